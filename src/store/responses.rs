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
        Self { campaign, bulk: Bulk::new("INSERT INTO responses (id, campaign_id, unit_id, attributes, answers)", 5) }
    }

    /// `id` is random and shared with nothing.
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn add(&mut self, connection: &mut AnyConnection, id: &str, new: &Response) -> sqlx::Result<()> {
        let row = self.bulk.bind(id)?.bind(self.campaign)?.bind(new.unit_id.as_deref())?;
        row.bind(new.attributes.as_str())?.bind(new.answers.as_str())?;
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
    let rows: Vec<(Option<String>, String, String)> =
        sqlx::query_as("SELECT unit_id, attributes, answers FROM responses WHERE campaign_id = $1 ORDER BY id")
            .bind(campaign_id)
            .fetch_all(db.read())
            .await?;
    Ok(rows.into_iter().map(|(unit_id, attributes, answers)| Response { unit_id, attributes, answers }).collect())
}
