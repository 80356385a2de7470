//! Addresses that are told what happens, and what they are still to be told.

use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::Db;

/// An address that is told what happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Random text.
    pub id: String,
    /// Where events are sent.
    pub address: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: String,
}

/// How an address takes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Events that have arrived.
    pub arrived: i64,
    /// Events that are still tried.
    pub waiting: i64,
    /// Events that were tried for a day and given up.
    pub given_up: i64,
    /// Why the latest event that has not arrived did not.
    pub problem: Option<String>,
}

/// An event that somebody is about to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Random text, the same at each try.
    pub id: String,
    /// Of the address.
    pub webhook: String,
    /// Where it goes.
    pub address: String,
    /// JSON.
    pub body: String,
    /// Tries before this one.
    pub attempts: i64,
}

/// Writes a new address.
///
/// # Errors
/// What the database refuses.
pub async fn insert(connection: &mut AnyConnection, new: &Webhook) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO webhooks (id, address, created_at, created_by) VALUES ($1, $2, $3, $4)")
        .bind(&new.id)
        .bind(&new.address)
        .bind(new.created_at.as_millisecond())
        .bind(&new.created_by)
        .execute(connection)
        .await
        .map(drop)
}

/// All, the oldest first.
///
/// # Errors
/// The database is out of reach.
pub async fn all(connection: &mut AnyConnection) -> anyhow::Result<Vec<Webhook>> {
    let sql = "SELECT id, address, created_at, created_by FROM webhooks ORDER BY created_at, id";
    let rows: Vec<(String, String, i64, String)> = sqlx::query_as(sql).fetch_all(connection).await?;
    let webhook = |(id, address, created_at, created_by)| {
        anyhow::Ok(Webhook { id, address, created_at: Timestamp::from_millisecond(created_at)?, created_by })
    };
    rows.into_iter().map(webhook).collect()
}

/// Takes an address away, with all that it was still to be told. Its address, where it was there.
///
/// # Errors
/// What the database refuses.
pub async fn delete(connection: &mut AnyConnection, id: &str) -> sqlx::Result<Option<String>> {
    sqlx::query("DELETE FROM webhook_events WHERE webhook_id = $1").bind(id).execute(&mut *connection).await?;
    let sql = "DELETE FROM webhooks WHERE id = $1 RETURNING address";
    sqlx::query_scalar(sql).bind(id).fetch_optional(connection).await
}

/// Writes an event for one address.
///
/// # Errors
/// What the database refuses.
pub async fn tell(
    connection: &mut AnyConnection,
    id: &str,
    webhook: &str,
    body: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO webhook_events (id, webhook_id, body, at, due_at, attempts) VALUES ($1, $2, $3, $4, $4, 0)",
    )
    .bind(id)
    .bind(webhook)
    .bind(body)
    .bind(now.as_millisecond())
    .execute(connection)
    .await
    .map(drop)
}

/// Takes the event that is due the longest, until `lease`: nobody else takes it before.
///
/// # Errors
/// What the database refuses.
pub async fn take(
    connection: &mut AnyConnection,
    skip_locked: &str,
    now: Timestamp,
    lease: Timestamp,
) -> sqlx::Result<Option<Due>> {
    let sql = format!(
        "UPDATE webhook_events SET due_at = $2 WHERE id IN (SELECT id FROM webhook_events WHERE due_at <= $1 \
         ORDER BY due_at, id LIMIT 1{skip_locked}) \
         RETURNING id, webhook_id, (SELECT address FROM webhooks w WHERE w.id = webhook_id), body, attempts"
    );
    let row: Option<(String, String, String, String, i64)> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(now.as_millisecond())
        .bind(lease.as_millisecond())
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|(id, webhook, address, body, attempts)| Due { id, webhook, address, body, attempts }))
}

/// Writes that an event has arrived.
///
/// # Errors
/// What the database refuses.
pub async fn arrived(connection: &mut AnyConnection, id: &str, now: Timestamp) -> sqlx::Result<()> {
    let sql = "UPDATE webhook_events SET due_at = NULL, arrived_at = $2, attempts = attempts + 1, problem = NULL \
               WHERE id = $1";
    sqlx::query(sql).bind(id).bind(now.as_millisecond()).execute(connection).await.map(drop)
}

/// Writes that an event has not arrived, and when it is tried next; never, where it is given up.
///
/// # Errors
/// What the database refuses.
pub async fn failed(
    connection: &mut AnyConnection,
    id: &str,
    problem: &str,
    next: Option<Timestamp>,
) -> sqlx::Result<()> {
    let sql = "UPDATE webhook_events SET due_at = $3, attempts = attempts + 1, problem = $2 WHERE id = $1";
    let next = next.map(Timestamp::as_millisecond);
    sqlx::query(sql).bind(id).bind(problem).bind(next).execute(connection).await.map(drop)
}

/// How an address takes it.
///
/// # Errors
/// The database is out of reach.
pub async fn standing(db: &Db, webhook: &str) -> sqlx::Result<Standing> {
    let (arrived, waiting, given_up): (i64, i64, i64) = sqlx::query_as(
        "SELECT COUNT(arrived_at), COUNT(due_at), COUNT(CASE WHEN arrived_at IS NULL AND due_at IS NULL THEN 1 END) \
         FROM webhook_events WHERE webhook_id = $1",
    )
    .bind(webhook)
    .fetch_one(db.read())
    .await?;
    let sql =
        "SELECT problem FROM webhook_events WHERE webhook_id = $1 AND problem IS NOT NULL ORDER BY at DESC, id LIMIT 1";
    let problem = sqlx::query_scalar(sql).bind(webhook).fetch_optional(db.read()).await?;
    Ok(Standing { arrived, waiting, given_up, problem })
}

/// Events from before that moment, whatever became of them, are gone for good.
///
/// # Errors
/// What the database refuses.
pub async fn forget(connection: &mut AnyConnection, before: Timestamp) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM webhook_events WHERE at < $1")
        .bind(before.as_millisecond())
        .execute(connection)
        .await
        .map(drop)
}
