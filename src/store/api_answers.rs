//! Answers to calls that came with an `Idempotency-Key`.

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::Db;

/// A call that came before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Hash of what was asked.
    pub request: String,
    /// The status of HTTP; `None`: not answered yet.
    pub status: Option<u16>,
    /// The rest of the answer, sealed.
    pub sealed: String,
    /// When it was asked first.
    pub at: Timestamp,
}

/// Writes that a call has begun. `false`: it has come before, and nothing is changed.
///
/// # Errors
/// What the database refuses.
pub async fn begin(connection: &mut AnyConnection, id: &str, request: &str, now: Timestamp) -> sqlx::Result<bool> {
    let begun = sqlx::query(
        "INSERT INTO api_answers (id, request, status, sealed, at) VALUES ($1, $2, 0, '', $3) ON CONFLICT (id) DO NOTHING",
    )
    .bind(id)
    .bind(request)
    .bind(now.as_millisecond())
    .execute(connection)
    .await?;
    Ok(begun.rows_affected() == 1)
}

/// Writes what was answered.
///
/// # Errors
/// What the database refuses.
pub async fn end(connection: &mut AnyConnection, id: &str, status: u16, sealed: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE api_answers SET status = $2, sealed = $3 WHERE id = $1")
        .bind(id)
        .bind(i64::from(status))
        .bind(sealed)
        .execute(connection)
        .await
        .map(drop)
}

/// The call that came before.
///
/// # Errors
/// The database is out of reach.
pub async fn find(db: &Db, id: &str) -> anyhow::Result<Option<Stored>> {
    let row: Option<(String, i64, String, i64)> =
        sqlx::query_as("SELECT request, status, sealed, at FROM api_answers WHERE id = $1")
            .bind(id)
            .fetch_optional(db.read())
            .await?;
    let stored = |(request, status, sealed, at)| {
        let status = u16::try_from(status)?;
        let at = Timestamp::from_millisecond(at)?;
        anyhow::Ok(Stored { request, status: Some(status).filter(|status| *status > 0), sealed, at })
    };
    row.map(stored).transpose()
}

/// Calls that were asked before that moment are as if they had never come.
///
/// # Errors
/// What the database refuses.
pub async fn forget(connection: &mut AnyConnection, before: Timestamp) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM api_answers WHERE at <= $1")
        .bind(before.as_millisecond())
        .execute(connection)
        .await
        .map(drop)
}
