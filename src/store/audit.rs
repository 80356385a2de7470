//! Who decided what, when.

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::Db;

/// One decision. Never answers, tokens or phone numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// The account's name; [`COMMAND`] or [`ITSELF`].
    pub who: String,
    /// One word for what was done: `paused`, `reminded`, ….
    pub action: String,
    /// Of this campaign.
    pub campaign: Option<String>,
    /// What else there is to know.
    pub detail: String,
}

/// Somebody at the machine, by a command.
pub const COMMAND: &str = "command";
/// medvirk itself.
pub const ITSELF: &str = "medvirk";

/// Writes one down, in the transaction of what was decided.
///
/// # Errors
/// What the database refuses.
pub async fn record(connection: &mut AnyConnection, id: &str, entry: &Entry) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO audit (id, at, who, action, campaign_id, detail) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(entry.at.as_millisecond())
        .bind(entry.who.as_str())
        .bind(entry.action.as_str())
        .bind(entry.campaign.as_deref())
        .bind(entry.detail.as_str())
        .execute(connection)
        .await
        .map(drop)
}

/// What was decided about a campaign, the newest first.
///
/// # Errors
/// The database is out of reach.
pub async fn of_campaign(db: &Db, campaign: &str) -> anyhow::Result<Vec<Entry>> {
    let rows: Vec<(i64, String, String, Option<String>, String)> = sqlx::query_as(
        "SELECT at, who, action, campaign_id, detail FROM audit WHERE campaign_id = $1 ORDER BY at DESC, id",
    )
    .bind(campaign)
    .fetch_all(db.read())
    .await?;
    let entry = |(at, who, action, campaign, detail)| {
        Ok(Entry { at: Timestamp::from_millisecond(at)?, who, action, campaign, detail })
    };
    rows.into_iter().map(entry).collect()
}
