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

/// A campaign of which something is published, and its last edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The campaign's id.
    pub campaign: String,
    /// HR's name for it.
    pub name: String,
    /// When the campaign was made.
    pub created_at: i64,
    /// 1, 2, ….
    pub edition: i64,
    /// When that edition came out.
    pub published_at: i64,
    /// Of its document.
    pub hash: String,
}

/// Campaigns of which something is published, the newest first: the next `limit` after the one that was made at a moment
/// and has an id.
///
/// # Errors
/// The database is out of reach.
pub async fn page(db: &Db, after: Option<&(i64, String)>, limit: u32) -> sqlx::Result<Vec<Row>> {
    let (moment, id) = after.map_or((i64::MAX, ""), |(moment, id)| (*moment, id.as_str()));
    let rows: Vec<(String, String, i64, i64, i64, String)> = sqlx::query_as(
        "SELECT c.id, c.name, c.created_at, p.edition, p.published_at, p.hash \
         FROM campaigns c JOIN publications p ON p.campaign_id = c.id \
         WHERE p.edition = (SELECT MAX(edition) FROM publications l WHERE l.campaign_id = c.id) \
         AND (c.created_at < $1 OR (c.created_at = $1 AND c.id > $2)) ORDER BY c.created_at DESC, c.id LIMIT $3",
    )
    .bind(moment)
    .bind(id)
    .bind(i64::from(limit))
    .fetch_all(db.read())
    .await?;
    let row = |(campaign, name, created_at, edition, published_at, hash)| Row {
        campaign,
        name,
        created_at,
        edition,
        published_at,
        hash,
    };
    Ok(rows.into_iter().map(row).collect())
}
