//! The messages of one step together: each statement costs a way to the database and back, and a step has dozens of them.

use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::{MESSAGE, read_message};
use crate::message::state::{Attempt, Message, State};
use crate::store::bulk::rows;
use crate::store::dialect::Dialect;

/// Those of the messages that are known, locked in the order of their ids until the transaction ends.
///
/// # Errors
/// The database is gone, or a row makes no sense.
pub async fn load_all(
    connection: &mut AnyConnection,
    dialect: Dialect,
    ids: &[&str],
) -> sqlx::Result<Vec<(String, Message)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, {MESSAGE} FROM messages WHERE id IN (SELECT value ->> 0 FROM {}) ORDER BY id{}",
        dialect.rows(),
        dialect.for_update()
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(rows(ids.iter().map(|id| (id,)))?);
    query.fetch_all(connection).await?.iter().map(|row| Ok((row.try_get("id")?, read_message(row)?))).collect()
}

/// Writes that these messages have been taken by `attempt`, to go through `gateway`: what [`Message::leased`] says of each.
///
/// # Errors
/// The database is gone.
pub async fn save_leases(
    connection: &mut AnyConnection,
    dialect: Dialect,
    ids: &[&str],
    attempt: &Attempt,
    gateway: &str,
) -> sqlx::Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "UPDATE messages SET state = 'sending', attempts = attempts + 1, attempt_node = $2, attempt_boot = $3, \
           attempt_at = $4, gateway = $5, reason = NULL WHERE id IN (SELECT value ->> 0 FROM {})",
        dialect.rows()
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(rows(ids.iter().map(|id| (id,)))?);
    let query = query.bind(attempt.node.as_str()).bind(attempt.boot.as_str());
    query.bind(Timestamp::as_millisecond(attempt.at)).bind(gateway).execute(connection).await.map(drop)
}

/// Writes that the gateway has these messages, each with its id there if it gave one.
///
/// # Errors
/// The database is gone.
pub async fn save_accepted(
    connection: &mut AnyConnection,
    dialect: Dialect,
    accepted: &[(&str, Option<String>)],
) -> sqlx::Result<()> {
    if accepted.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "UPDATE messages SET state = $2, gateway_ref = accepted.reference, reason = NULL \
         FROM (SELECT value ->> 0 AS id, value ->> 1 AS reference FROM {}) AS accepted WHERE messages.id = accepted.id",
        dialect.rows()
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(rows(accepted)?).bind(State::Accepted.name());
    query.execute(connection).await.map(drop)
}

/// Writes where these messages stand after a report: what [`Message::reported`] says of each.
///
/// # Errors
/// The database is gone.
pub async fn save_reported(
    connection: &mut AnyConnection,
    dialect: Dialect,
    reported: &[(&str, &State)],
) -> sqlx::Result<()> {
    if reported.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "UPDATE messages SET state = reported.state, reason = NULL \
         FROM (SELECT value ->> 0 AS id, value ->> 1 AS state FROM {}) AS reported WHERE messages.id = reported.id",
        dialect.rows()
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(rows(reported.iter().map(|(id, state)| (id, state.name())))?);
    query.execute(connection).await.map(drop)
}
