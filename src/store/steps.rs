//! Who is half-way in.

use jiff::Timestamp;
use sqlx::AnyConnection;

/// So often a code is typed; then everything begins anew.
pub const TRIES: i64 = 5;

/// Somebody who has shown one thing and has to show another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The account that it lets into.
    pub account_id: Option<String>,
    /// The employee whose account by the register it lets into.
    pub employee_id: Option<String>,
    /// What is asked for.
    pub kind: Kind,
    /// Keyed hash of the code that was sent.
    pub code: String,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A code of the authenticator, or a recovery code.
    Totp,
    /// The code that was sent.
    Sms,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::Sms => "sms",
        }
    }
}

/// Writes a new one and forgets those that have ended.
///
/// # Errors
/// What the database refuses.
pub async fn begin(
    connection: &mut AnyConnection,
    id: &str,
    step: &Step,
    now: Timestamp,
    until: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM login_steps WHERE expires_at <= $1")
        .bind(now.as_millisecond())
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO login_steps (id, account_id, employee_id, kind, code, tries, expires_at) \
         VALUES ($1, $2, $3, $4, $5, 0, $6)",
    )
    .bind(id)
    .bind(step.account_id.as_deref())
    .bind(step.employee_id.as_deref())
    .bind(step.kind.name())
    .bind(&step.code)
    .bind(until.as_millisecond())
    .execute(connection)
    .await
    .map(drop)
}

/// Counts a try and gives the step; nothing where there is none, or no try is left.
///
/// # Errors
/// What the database refuses.
pub async fn try_at(connection: &mut AnyConnection, id: &str, now: Timestamp) -> sqlx::Result<Option<Step>> {
    let row: Option<(Option<String>, Option<String>, String, String)> = sqlx::query_as(
        "UPDATE login_steps SET tries = tries + 1 WHERE id = $1 AND expires_at > $2 AND tries < $3 \
         RETURNING account_id, employee_id, kind, code",
    )
    .bind(id)
    .bind(now.as_millisecond())
    .bind(TRIES)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|(account_id, employee_id, kind, code)| {
        let kind = if kind == "sms" { Kind::Sms } else { Kind::Totp };
        Step { account_id, employee_id, kind, code }
    }))
}

/// What a running step asks for, without counting anything.
///
/// # Errors
/// The database is out of reach.
pub async fn kind<'c>(reader: impl sqlx::AnyExecutor<'c>, id: &str, now: Timestamp) -> sqlx::Result<Option<Kind>> {
    let sql = "SELECT kind FROM login_steps WHERE id = $1 AND expires_at > $2 AND tries < $3";
    let kind: Option<String> =
        sqlx::query_scalar(sql).bind(id).bind(now.as_millisecond()).bind(TRIES).fetch_optional(reader).await?;
    Ok(kind.map(|kind| if kind == "sms" { Kind::Sms } else { Kind::Totp }))
}

/// Ends a step. Whether it was there: of two who are right at once, one gets in.
///
/// # Errors
/// What the database refuses.
pub async fn end(connection: &mut AnyConnection, id: &str) -> sqlx::Result<bool> {
    let ended = sqlx::query("DELETE FROM login_steps WHERE id = $1").bind(id).execute(connection).await?;
    Ok(ended.rows_affected() == 1)
}
