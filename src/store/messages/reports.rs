//! Delivery reports, raw and each once.

use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::message::state::Report;

/// One delivery report, as it is kept.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// Digest of gateway, message and kind.
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

/// Keeps a report, and whether a message `follows` it. Says `false` where the same one was kept before.
///
/// # Errors
/// The database is gone.
pub async fn insert_report(connection: &mut AnyConnection, report: &NewReport, follows: bool) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO delivery_reports (id, message_id, gateway, kind, received_at, applied) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING",
    )
    .bind(report.id.as_str())
    .bind(report.message_id.as_str())
    .bind(report.gateway)
    .bind(report.kind.name())
    .bind(report.received.as_millisecond())
    .bind(i64::from(follows))
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
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
