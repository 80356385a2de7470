//! Answers that have been opened. No row here leads to a person, a time or a text.

use sqlx::AnyConnection;

use super::{Bulk, Db};

/// A response about to be written, or as results read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The deepest node of the tree that is known, as at launch.
    pub unit_id: Option<String>,
    /// JSON object of attributes.
    pub attributes: String,
    /// JSON object of the applicable answers, without any words.
    pub answers: String,
    /// 1, 2, …: the responses of one wave were opened together.
    pub wave: i64,
}

/// Writes responses as they come, many in one statement.
pub struct Inserter<'c> {
    campaign: &'c str,
    bulk: Bulk,
}

impl<'c> Inserter<'c> {
    /// For one campaign.
    #[must_use]
    pub fn new(campaign: &'c str) -> Self {
        Self {
            campaign,
            bulk: Bulk::new("INSERT INTO responses (id, campaign_id, unit_id, attributes, answers, wave)", 6),
        }
    }

    /// `id` is random and shared with nothing.
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn add(&mut self, connection: &mut AnyConnection, id: &str, new: &Response) -> sqlx::Result<()> {
        let row = self.bulk.bind(id)?.bind(self.campaign)?.bind(new.unit_id.as_deref())?;
        row.bind(new.attributes.as_str())?.bind(new.answers.as_str())?.bind(new.wave)?;
        self.bulk.flush_full(connection).await
    }

    /// Call after the last one.
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn finish(self, connection: &mut AnyConnection) -> sqlx::Result<()> {
        self.bulk.finish(connection).await
    }
}

/// All of one campaign, in the order of their random ids. Nothing before the campaign is opened.
///
/// # Errors
/// The database is out of reach.
pub async fn all(db: &Db, campaign_id: &str) -> sqlx::Result<Vec<Response>> {
    let rows: Vec<(Option<String>, String, String, i64)> =
        sqlx::query_as("SELECT unit_id, attributes, answers, wave FROM responses WHERE campaign_id = $1 ORDER BY id")
            .bind(campaign_id)
            .fetch_all(db.read())
            .await?;
    let response = |(unit_id, attributes, answers, wave)| Response { unit_id, attributes, answers, wave };
    Ok(rows.into_iter().map(response).collect())
}

/// How many waves have been opened.
///
/// # Errors
/// The database is out of reach.
pub async fn waves<'c>(reader: impl sqlx::AnyExecutor<'c>, campaign_id: &str) -> sqlx::Result<i64> {
    let sql = "SELECT MAX(wave) FROM responses WHERE campaign_id = $1";
    let (last,): (Option<i64>,) = sqlx::query_as(sql).bind(campaign_id).fetch_one(reader).await?;
    Ok(last.unwrap_or(0))
}

/// How many there are of each wave, by the node of the tree.
///
/// # Errors
/// The database is out of reach.
pub async fn by_unit(
    connection: &mut AnyConnection,
    campaign_id: &str,
) -> sqlx::Result<Vec<(Option<String>, i64, i64)>> {
    let sql = "SELECT unit_id, wave, COUNT(*) FROM responses WHERE campaign_id = $1 GROUP BY unit_id, wave";
    sqlx::query_as(sql).bind(campaign_id).fetch_all(connection).await
}
