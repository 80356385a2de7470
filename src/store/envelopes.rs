//! Answers that were sent in and are not opened yet: sealed, all of one size, under random ids.

use std::collections::HashMap;

use sqlx::{AnyConnection, AssertSqlSafe};

/// An envelope about to be written. Nothing of the invitation is in it.
#[derive(Clone, Debug)]
pub struct NewEnvelope {
    /// Random text, shared with nothing.
    pub id: String,
    /// The campaign.
    pub campaign_id: String,
    /// See [`crate::anonymity::seal::PublicKey::seal`].
    pub sealed: String,
}

/// Writes one.
///
/// # Errors
/// What the database refuses.
pub async fn insert(connection: &mut AnyConnection, new: &NewEnvelope) -> sqlx::Result<()> {
    let insert = sqlx::query("INSERT INTO envelopes (id, campaign_id, sealed) VALUES ($1, $2, $3)");
    let insert = insert.bind(new.id.as_str()).bind(new.campaign_id.as_str()).bind(new.sealed.as_str());
    insert.execute(connection).await.map(drop)
}

/// The ids of all envelopes of a campaign.
///
/// # Errors
/// What the database refuses.
pub async fn ids(connection: &mut AnyConnection, campaign: &str) -> sqlx::Result<Vec<String>> {
    let sql = "SELECT id FROM envelopes WHERE campaign_id = $1 ORDER BY id";
    sqlx::query_scalar(sql).bind(campaign).fetch_all(connection).await
}

/// So many are read at once.
pub const AT_ONCE: usize = 100;

/// What is in the envelopes of these ids (at most [`AT_ONCE`]), in their order.
///
/// # Errors
/// What the database refuses; one that is gone.
pub async fn sealed(connection: &mut AnyConnection, ids: &[String]) -> sqlx::Result<Vec<String>> {
    let places: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
    let sql = format!("SELECT id, sealed FROM envelopes WHERE id IN ({})", places.join(", "));
    let mut query = sqlx::query_as(AssertSqlSafe(sql));
    for id in ids {
        query = query.bind(id.as_str());
    }
    let rows: Vec<(String, String)> = query.fetch_all(connection).await?;
    let mut found: HashMap<String, String> = rows.into_iter().collect();
    ids.iter().map(|id| found.remove(id).ok_or(sqlx::Error::RowNotFound)).collect()
}

/// Deletes all of a campaign. Says how many.
///
/// # Errors
/// What the database refuses.
pub async fn delete_all(connection: &mut AnyConnection, campaign: &str) -> sqlx::Result<u64> {
    let sql = "DELETE FROM envelopes WHERE campaign_id = $1";
    Ok(sqlx::query(sql).bind(campaign).execute(connection).await?.rows_affected())
}
