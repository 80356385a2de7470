//! The versions of a campaign's survey.

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::Db;

/// What a survey said once.
#[derive(Clone, Debug)]
pub struct Version {
    /// 1, 2, ….
    pub number: i64,
    /// When it was saved.
    pub at: Timestamp,
    /// Who saved it.
    pub who: String,
    /// The YAML.
    pub definition: String,
}

/// Adds the next version.
///
/// # Errors
/// What the database refuses.
pub async fn add(
    connection: &mut AnyConnection,
    campaign: &str,
    at: Timestamp,
    who: &str,
    definition: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO definitions (campaign_id, number, written_at, written_by, definition) \
         SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4 FROM definitions WHERE campaign_id = $5",
    )
    .bind(campaign)
    .bind(at.as_millisecond())
    .bind(who)
    .bind(definition)
    .bind(campaign)
    .execute(connection)
    .await
    .map(drop)
}

/// All of a campaign, the first one first.
///
/// # Errors
/// The database is out of reach.
pub async fn all(db: &Db, campaign: &str) -> anyhow::Result<Vec<Version>> {
    let sql =
        "SELECT number, written_at, written_by, definition FROM definitions WHERE campaign_id = $1 ORDER BY number";
    let rows: Vec<(i64, i64, String, String)> = sqlx::query_as(sql).bind(campaign).fetch_all(db.read()).await?;
    let version =
        |(number, at, who, definition)| Ok(Version { number, at: Timestamp::from_millisecond(at)?, who, definition });
    rows.into_iter().map(version).collect()
}
