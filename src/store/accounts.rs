//! Who may log in, and who is logged in.

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::Db;

/// An account as it is stored.
#[derive(Clone, Debug)]
pub struct Account {
    /// Random text.
    pub id: String,
    /// What is typed at login.
    pub name: String,
    /// What it may do.
    pub role: String,
    /// argon2id, PHC string.
    pub password_hash: String,
}

/// Writes a new account, or gives an old one of that name a new password and role.
///
/// # Errors
/// What the database refuses.
pub async fn put(connection: &mut AnyConnection, account: &Account, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO accounts (id, name, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (name) DO UPDATE SET role = $3, password_hash = $4",
    )
    .bind(&account.id)
    .bind(&account.name)
    .bind(&account.role)
    .bind(&account.password_hash)
    .bind(now.as_millisecond())
    .execute(connection)
    .await
    .map(drop)
}

/// The account of that name.
///
/// # Errors
/// The database is out of reach.
pub async fn named(db: &Db, name: &str) -> sqlx::Result<Option<Account>> {
    let row: Option<(String, String, String, String)> =
        sqlx::query_as("SELECT id, name, role, password_hash FROM accounts WHERE name = $1")
            .bind(name)
            .fetch_optional(db.read())
            .await?;
    Ok(row.map(|(id, name, role, password_hash)| Account { id, name, role, password_hash }))
}

/// How many accounts have a role.
///
/// # Errors
/// The database is out of reach.
pub async fn count<'c>(reader: impl sqlx::AnyExecutor<'c>, role: &str) -> sqlx::Result<i64> {
    let sql = "SELECT COUNT(*) FROM accounts WHERE role = $1";
    sqlx::query_scalar(sql).bind(role).fetch_one(reader).await
}

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
pub async fn begin_session(connection: &mut AnyConnection, session: &Session, now: Timestamp) -> sqlx::Result<()> {
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

/// Who a running session belongs to: account name, role and the session's CSRF token.
///
/// # Errors
/// The database is out of reach.
pub async fn of_session(db: &Db, id: &str, now: Timestamp) -> sqlx::Result<Option<(String, String, String)>> {
    sqlx::query_as(
        "SELECT a.name, a.role, s.csrf FROM sessions s JOIN accounts a ON a.id = s.account_id \
         WHERE s.id = $1 AND s.expires_at > $2",
    )
    .bind(id)
    .bind(now.as_millisecond())
    .fetch_optional(db.read())
    .await
}

/// Ends a session.
///
/// # Errors
/// What the database refuses.
pub async fn end_session(connection: &mut AnyConnection, id: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM sessions WHERE id = $1").bind(id).execute(connection).await.map(drop)
}
