//! Who is logged in.

use jiff::{SignedDuration, Timestamp};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::Db;
use super::accounts::{self, Account, COLUMNS, JOINS};

/// Somebody logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie's value.
    pub id: String,
    /// Whose.
    pub account_id: String,
    /// What every form of this session must carry.
    pub csrf: String,
    /// The address at login.
    pub origin: String,
    /// When it began.
    pub begun: Timestamp,
    /// It ends at this moment, whatever happens.
    pub until: Timestamp,
}

/// A session as its account sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// SHA-256 of the cookie's value.
    pub id: String,
    /// The address at login.
    pub origin: String,
    /// When it began.
    pub begun: Timestamp,
    /// The last request, give or take a few minutes.
    pub seen: Timestamp,
}

/// Writes a new session and forgets those that have ended.
///
/// # Errors
/// What the database refuses.
pub async fn begin(connection: &mut AnyConnection, session: &Session) -> sqlx::Result<()> {
    let begun = session.begun.as_millisecond();
    sqlx::query("DELETE FROM sessions WHERE expires_at <= $1").bind(begun).execute(&mut *connection).await?;
    sqlx::query(
        "INSERT INTO sessions (id, account_id, csrf, origin, begun_at, seen_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $5, $6)",
    )
    .bind(&session.id)
    .bind(&session.account_id)
    .bind(&session.csrf)
    .bind(&session.origin)
    .bind(begun)
    .bind(session.until.as_millisecond())
    .execute(connection)
    .await
    .map(drop)
}

/// A running session: its account as it is now, its CSRF token, and its last request.
#[derive(Clone, Debug)]
pub struct Running {
    /// Whose.
    pub account: Account,
    /// What every form must carry.
    pub csrf: String,
    /// The last request, give or take a few minutes.
    pub seen: Timestamp,
}

/// The session of that id, where it runs and has not rested for longer than `idle`.
///
/// # Errors
/// The database is out of reach.
pub async fn find(db: &Db, id: &str, now: Timestamp, idle: SignedDuration) -> anyhow::Result<Option<Running>> {
    let sql = format!(
        "SELECT {COLUMNS}, s.csrf, s.seen_at FROM sessions s JOIN accounts a ON a.id = s.account_id {JOINS} \
         WHERE s.id = $1 AND s.expires_at > $2 AND s.seen_at > $3"
    );
    let rested = now.checked_sub(idle).unwrap_or(Timestamp::MIN).as_millisecond();
    let rows =
        sqlx::query(AssertSqlSafe(sql)).bind(id).bind(now.as_millisecond()).bind(rested).fetch_all(db.read()).await?;
    let (Some(account), Some(row)) = (accounts::read(&rows)?, rows.first()) else { return Ok(None) };
    let at = accounts::WIDTH;
    Ok(Some(Running { account, csrf: row.try_get(at)?, seen: Timestamp::from_millisecond(row.try_get(at + 1)?)? }))
}

/// Writes down that a session does not rest.
///
/// # Errors
/// What the database refuses.
pub async fn seen(connection: &mut AnyConnection, id: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("UPDATE sessions SET seen_at = $1 WHERE id = $2")
        .bind(now.as_millisecond())
        .bind(id)
        .execute(connection)
        .await
        .map(drop)
}

/// The running sessions of an account, the newest first.
///
/// # Errors
/// The database is out of reach.
pub async fn of_account(db: &Db, account: &str, now: Timestamp, idle: SignedDuration) -> anyhow::Result<Vec<Seen>> {
    let rested = now.checked_sub(idle).unwrap_or(Timestamp::MIN).as_millisecond();
    let rows: Vec<(String, String, i64, i64)> = sqlx::query_as(
        "SELECT id, origin, begun_at, seen_at FROM sessions \
         WHERE account_id = $1 AND expires_at > $2 AND seen_at > $3 ORDER BY begun_at DESC, id",
    )
    .bind(account)
    .bind(now.as_millisecond())
    .bind(rested)
    .fetch_all(db.read())
    .await?;
    let seen = |(id, origin, begun, seen)| {
        let (begun, seen) = (Timestamp::from_millisecond(begun)?, Timestamp::from_millisecond(seen)?);
        Ok(Seen { id, origin, begun, seen })
    };
    rows.into_iter().map(seen).collect()
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
