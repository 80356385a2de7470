//! Who is logged in.

use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::Db;
use super::accounts::{self, Account, COLUMNS};

/// Somebody logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie's value.
    pub id: String,
    /// Whose.
    pub account_id: String,
    /// What every form of this session must carry.
    pub csrf: String,
    /// It ends at this moment, epoch milliseconds.
    pub expires_at: i64,
}

/// Writes a new session and forgets those that have ended.
///
/// # Errors
/// What the database refuses.
pub async fn begin(connection: &mut AnyConnection, session: &Session, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM sessions WHERE expires_at <= $1")
        .bind(now.as_millisecond())
        .execute(&mut *connection)
        .await?;
    sqlx::query("INSERT INTO sessions (id, account_id, csrf, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(&session.id)
        .bind(&session.account_id)
        .bind(&session.csrf)
        .bind(session.expires_at)
        .execute(connection)
        .await
        .map(drop)
}

/// Who a running session belongs to, as the account is now, and the session's CSRF token.
///
/// # Errors
/// The database is out of reach.
pub async fn find(db: &Db, id: &str, now: Timestamp) -> sqlx::Result<Option<(Account, String)>> {
    let sql = format!(
        "SELECT {COLUMNS}, s.csrf FROM sessions s JOIN accounts a ON a.id = s.account_id \
         LEFT JOIN account_places p ON p.account_id = a.id WHERE s.id = $1 AND s.expires_at > $2"
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(id).bind(now.as_millisecond()).fetch_all(db.read()).await?;
    let csrf = rows.first().map(|row| row.try_get(7)).transpose()?;
    Ok(accounts::read(&rows)?.zip(csrf))
}

/// Ends a session.
///
/// # Errors
/// What the database refuses.
pub async fn end(connection: &mut AnyConnection, id: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM sessions WHERE id = $1").bind(id).execute(connection).await.map(drop)
}

/// Ends every session of an account.
///
/// # Errors
/// What the database refuses.
pub async fn end_all(connection: &mut AnyConnection, account: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM sessions WHERE account_id = $1").bind(account).execute(connection).await.map(drop)
}
