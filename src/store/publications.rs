//! What was published. Rows are written once and never changed or deleted.

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::Db;

/// One edition, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// 1, 2, ….
    pub edition: i64,
    /// Of the document.
    pub hash: String,
    /// JSON.
    pub document: String,
}

/// Writes an edition.
///
/// # Errors
/// What the database refuses, such as the same edition twice.
pub async fn insert(connection: &mut AnyConnection, campaign: &str, now: Timestamp, new: &Stored) -> sqlx::Result<()> {
    let sql =
        "INSERT INTO publications (campaign_id, edition, published_at, hash, document) VALUES ($1, $2, $3, $4, $5)";
    let row = sqlx::query(sql).bind(campaign).bind(new.edition).bind(now.as_millisecond());
    row.bind(&new.hash).bind(&new.document).execute(connection).await.map(drop)
}

/// The number of a campaign's last edition; `None` where nothing was published.
///
/// # Errors
/// The database is out of reach.
pub async fn last(db: &Db, campaign: &str) -> sqlx::Result<Option<i64>> {
    let sql = "SELECT MAX(edition) FROM publications WHERE campaign_id = $1";
    let row: (Option<i64>,) = sqlx::query_as(sql).bind(campaign).fetch_one(db.read()).await?;
    Ok(row.0)
}

/// One edition.
///
/// # Errors
/// The database is out of reach.
pub async fn find(db: &Db, campaign: &str, edition: i64) -> sqlx::Result<Option<Stored>> {
    let sql = "SELECT edition, hash, document FROM publications WHERE campaign_id = $1 AND edition = $2";
    let row: Option<(i64, String, String)> =
        sqlx::query_as(sql).bind(campaign).bind(edition).fetch_optional(db.read()).await?;
    Ok(row.map(|(edition, hash, document)| Stored { edition, hash, document }))
}
