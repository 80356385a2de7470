//! Delivery reports, raw and each once.

use std::collections::HashSet;

use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::message::state::Report;
use crate::store::bulk::rows;
use crate::store::dialect::Dialect;

/// One delivery report, as it is kept.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// Made of message, kind and gateway, so that the same report again has the same one.
    pub id: String,
    /// Ours; perhaps unknown.
    pub message_id: String,
    /// Which gateway said it.
    pub gateway: &'static str,
    /// What it said.
    pub kind: Report,
    /// When it arrived.
    pub received: Timestamp,
}

/// Keeps reports, each with whether a message `follows` it. Gives the ids of those that are new: the same one may have been
/// kept before, or stand here twice.
///
/// # Errors
/// The database is gone.
pub async fn insert_reports(
    connection: &mut AnyConnection,
    dialect: Dialect,
    reports: impl Iterator<Item = (&NewReport, bool)>,
) -> sqlx::Result<HashSet<String>> {
    let sql = format!(
        "INSERT INTO delivery_reports (id, message_id, gateway, kind, received_at, applied) \
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, CAST(value ->> 4 AS BIGINT), CAST(value ->> 5 AS BIGINT) \
         FROM {} WHERE 1 = 1 ORDER BY value ->> 0 ON CONFLICT (id) DO NOTHING RETURNING id",
        dialect.rows()
    );
    let new = sqlx::query_scalar(AssertSqlSafe(sql)).bind(rows(reports.map(row))?);
    Ok(new.fetch_all(connection).await?.into_iter().collect())
}

/// The report's columns, in the order of the statement that keeps it.
fn row((report, follows): (&NewReport, bool)) -> (&str, &str, &str, &'static str, i64, i64) {
    let NewReport { id, message_id, gateway, kind, received } = report;
    (id, message_id, gateway, kind.name(), received.as_millisecond(), i64::from(follows))
}

/// Forgets the reports that came before that moment about messages that are not ours.
///
/// # Errors
/// The database is gone.
pub async fn forget_unknown(connection: &mut AnyConnection, before: Timestamp) -> sqlx::Result<u64> {
    let done = sqlx::query("DELETE FROM delivery_reports WHERE applied = 0 AND received_at < $1")
        .bind(before.as_millisecond())
        .execute(connection)
        .await?;
    Ok(done.rows_affected())
}
