//! What was published of the texts. A row is written once and never changed or deleted.

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::Db;

/// The document, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Of the document.
    pub hash: String,
    /// JSON.
    pub document: String,
}

/// Writes it. `false`: there is one already, and nothing is changed.
///
/// # Errors
/// What the database refuses.
pub async fn insert(
    connection: &mut AnyConnection,
    campaign: &str,
    now: Timestamp,
    new: &Stored,
) -> sqlx::Result<bool> {
    let sql = "INSERT INTO text_publications (campaign_id, published_at, hash, document) VALUES ($1, $2, $3, $4) \
               ON CONFLICT DO NOTHING";
    let row = sqlx::query(sql).bind(campaign).bind(now.as_millisecond());
    Ok(row.bind(&new.hash).bind(&new.document).execute(connection).await?.rows_affected() == 1)
}

/// A campaign's; `None` where nothing was published.
///
/// # Errors
/// The database is out of reach.
pub async fn find(db: &Db, campaign: &str) -> sqlx::Result<Option<Stored>> {
    let sql = "SELECT hash, document FROM text_publications WHERE campaign_id = $1";
    let row: Option<(String, String)> = sqlx::query_as(sql).bind(campaign).fetch_optional(db.read()).await?;
    Ok(row.map(|(hash, document)| Stored { hash, document }))
}

/// Whether a campaign's texts are out.
///
/// # Errors
/// The database is out of reach.
pub async fn exists<'c>(reader: impl sqlx::AnyExecutor<'c>, campaign: &str) -> sqlx::Result<bool> {
    let sql = "SELECT COUNT(*) FROM text_publications WHERE campaign_id = $1";
    let (count,): (i64,) = sqlx::query_as(sql).bind(campaign).fetch_one(reader).await?;
    Ok(count > 0)
}
