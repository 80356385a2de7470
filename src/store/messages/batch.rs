//! The messages of one step together: each statement costs a way to the database and back, and a step has dozens of them.

use std::fmt::Write as _;

use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::{MESSAGE, read_message};
use crate::message::state::{Attempt, Message, State};
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
    let places = places(1, ids.len());
    let sql = format!("SELECT id, {MESSAGE} FROM messages WHERE id IN ({places}) ORDER BY id{}", dialect.for_update());
    let query = ids.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, id| query.bind(*id));
    query.fetch_all(connection).await?.iter().map(|row| Ok((row.try_get("id")?, read_message(row)?))).collect()
}

/// Writes that these messages have been taken by `attempt`, to go through `gateway`: what [`Message::leased`] says of each.
///
/// # Errors
/// The database is gone.
pub async fn save_leases(
    connection: &mut AnyConnection,
    ids: &[&str],
    attempt: &Attempt,
    gateway: &str,
) -> sqlx::Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "UPDATE messages SET state = 'sending', attempts = attempts + 1, attempt_node = $1, attempt_boot = $2, \
           attempt_at = $3, gateway = $4, reason = NULL WHERE id IN ({})",
        places(5, ids.len())
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(attempt.node.as_str()).bind(attempt.boot.as_str());
    let query = query.bind(Timestamp::as_millisecond(attempt.at)).bind(gateway);
    ids.iter().fold(query, |query, id| query.bind(*id)).execute(connection).await.map(drop)
}

/// Writes that the gateway has these messages, each with its id there if it gave one.
///
/// # Errors
/// The database is gone.
pub async fn save_accepted(connection: &mut AnyConnection, accepted: &[(&str, Option<String>)]) -> sqlx::Result<()> {
    if accepted.is_empty() {
        return Ok(());
    }
    let mut rows = String::new();
    for row in 0..accepted.len() {
        let comma = if row == 0 { "" } else { ", " };
        let _ = write!(rows, "{comma}(${}, ${})", 2 * row + 2, 2 * row + 3);
    }
    // Both databases call the columns of VALUES column1, column2.
    let sql = format!(
        "UPDATE messages SET state = $1, gateway_ref = accepted.column2, reason = NULL \
         FROM (VALUES {rows}) AS accepted WHERE messages.id = accepted.column1"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(State::Accepted.name());
    let query = accepted.iter().fold(query, |query, (id, reference)| query.bind(*id).bind(reference.as_deref()));
    query.execute(connection).await.map(drop)
}

/// `$first, …`, so many.
fn places(first: usize, count: usize) -> String {
    let mut places = format!("${first}");
    for place in first + 1..first + count {
        let _ = write!(places, ", ${place}");
    }
    places
}
