//! How often somebody has asked for links that nobody has, counted by all nodes together.

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::Db;
use super::dialect::Dialect;
use super::group::Write;

/// One more request for a link that nobody has.
#[derive(Debug)]
pub struct Guess {
    /// Keyed hash of who asks, another one in every stretch of time.
    pub who: String,
    /// When that stretch of time began.
    pub since: Timestamp,
}

impl Write for Guess {
    type Done = ();

    async fn apply(&self, connection: &mut AnyConnection, _: Dialect) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO guesses (who, since, count) VALUES ($1, $2, 1) \
             ON CONFLICT (who) DO UPDATE SET count = guesses.count + 1",
        )
        .bind(&self.who)
        .bind(self.since.as_millisecond())
        .execute(connection)
        .await
        .map(drop)
    }
}

/// Counts one more at once, and says how many there have been.
///
/// # Errors
/// What the database refuses.
pub async fn add(connection: &mut AnyConnection, guess: &Guess) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO guesses (who, since, count) VALUES ($1, $2, 1) \
         ON CONFLICT (who) DO UPDATE SET count = guesses.count + 1 RETURNING count",
    )
    .bind(&guess.who)
    .bind(guess.since.as_millisecond())
    .fetch_one(connection)
    .await
}

/// How many there have been.
///
/// # Errors
/// The database is out of reach.
pub async fn count(db: &Db, who: &str) -> sqlx::Result<i64> {
    let count: Option<i64> =
        sqlx::query_scalar("SELECT count FROM guesses WHERE who = $1").bind(who).fetch_optional(db.read()).await?;
    Ok(count.unwrap_or(0))
}

/// What was counted before that moment is gone for good.
///
/// # Errors
/// What the database refuses.
pub async fn forget(connection: &mut AnyConnection, before: Timestamp) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM guesses WHERE since < $1")
        .bind(before.as_millisecond())
        .execute(connection)
        .await
        .map(drop)
}
