//! Messages that somebody has to look at: in doubt, or to numbers that do not work.
//!
//! By name they are listed of the invitation's round alone: whoever gets a reminder has not answered, and that is nobody's
//! business.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::people::phone::Phone;
use crate::store::Db;
use crate::store::dialect::Dialect;

/// What HR decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Left to the next reminder.
    Left,
    /// Another one is sent in its place.
    Again,
}

impl Decision {
    const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Again => "again",
        }
    }
}

/// An invitation that did not arrive, or perhaps not.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The message.
    pub message_id: String,
    /// Its invitation.
    pub invitation_id: String,
    /// The employee's row; nothing where the register has none any more.
    pub employee_id: Option<String>,
    /// The employer's own number.
    pub employee_number: Option<String>,
    /// As the register has it.
    pub name: Option<String>,
    /// The area's name.
    pub area: Option<String>,
    /// Where the message went.
    pub phone: Phone,
    /// As the register has it now.
    pub registered: Option<Phone>,
    /// As stored: `uncertain`, `failed`, `undelivered` or `expired`.
    pub state: String,
    /// In the gateway's words.
    pub reason: Option<String>,
    /// Two letters, as at launch.
    pub language: Option<String>,
    /// Counts up with each time that it was sent again.
    pub copy: i64,
}

const PROBLEMS: &str = "
    SELECT m.id, m.invitation_id, e.id, e.employee_number, e.name, area.name, m.phone, e.phone, m.state, m.reason, i.language, m.copy
    FROM messages m JOIN invitations i ON i.id = m.invitation_id
    LEFT JOIN employees e ON e.id = i.employee_id LEFT JOIN org_units area ON area.id = i.area_id
    WHERE m.campaign_id = $1 AND m.round = 0 AND m.decision IS NULL
      AND m.state IN ('uncertain', 'undelivered', 'expired', 'failed')";

/// At most `limit` of them that nobody has decided about yet.
///
/// # Errors
/// The database is out of reach.
pub async fn problems(db: &Db, campaign: &str, limit: u32) -> sqlx::Result<Vec<Problem>> {
    let sql = format!("{PROBLEMS} ORDER BY area.name, e.name, e.employee_number, m.id LIMIT $2");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(campaign).bind(i64::from(limit)).fetch_all(db.read()).await?;
    rows.iter().map(read).collect()
}

/// Those whose number has been corrected in the register since.
///
/// # Errors
/// The database is out of reach.
pub async fn corrected(connection: &mut AnyConnection, campaign: &str) -> sqlx::Result<Vec<Problem>> {
    let sql = format!("{PROBLEMS} AND e.phone <> m.phone ORDER BY m.id");
    sqlx::query(AssertSqlSafe(sql)).bind(campaign).fetch_all(connection).await?.iter().map(read).collect()
}

/// One of them.
///
/// # Errors
/// The database is out of reach.
pub async fn problem(connection: &mut AnyConnection, campaign: &str, message: &str) -> sqlx::Result<Option<Problem>> {
    let sql = format!("{PROBLEMS} AND m.id = $2");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(campaign).bind(message).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> sqlx::Result<Problem> {
    Ok(Problem {
        message_id: row.try_get(0)?,
        invitation_id: row.try_get(1)?,
        employee_id: row.try_get(2)?,
        employee_number: row.try_get(3)?,
        name: row.try_get(4)?,
        area: row.try_get(5)?,
        phone: Phone::from_stored(row.try_get(6)?),
        registered: row.try_get::<Option<String>, _>(7)?.map(Phone::from_stored),
        state: row.try_get(8)?,
        reason: row.try_get(9)?,
        language: row.try_get(10)?,
        copy: row.try_get(11)?,
    })
}

/// A message in doubt, of any round.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// The message.
    pub message_id: String,
    /// Its invitation.
    pub invitation_id: String,
    /// Of this round.
    pub round: i64,
    /// Counts up with each time that it was sent again.
    pub copy: i64,
    /// Where it perhaps went.
    pub phone: Phone,
    /// Two letters, as at launch.
    pub language: Option<String>,
    /// For `{name}`.
    pub name: Option<String>,
}

type DoubtRow = (String, String, i64, i64, String, Option<String>, Option<String>);

/// Those of a campaign that were sent before that moment and that nobody has decided about, locked until the transaction
/// ends.
///
/// # Errors
/// The database is out of reach.
pub async fn doubts(
    connection: &mut AnyConnection,
    dialect: Dialect,
    campaign: &str,
    before: Timestamp,
) -> sqlx::Result<Vec<Doubt>> {
    let sql = format!(
        "SELECT messages.id, invitation_id, round, copy, messages.phone, i.language, e.name \
         FROM messages JOIN invitations i ON i.id = messages.invitation_id LEFT JOIN employees e ON e.id = i.employee_id \
         WHERE messages.campaign_id = $1 AND messages.state = 'uncertain' AND attempt_at <= $2 AND decision IS NULL \
         ORDER BY messages.id{}",
        dialect.skip_locked_messages()
    );
    let rows: Vec<DoubtRow> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(campaign).bind(before.as_millisecond()).fetch_all(connection).await?;
    let doubt = |(message_id, invitation_id, round, copy, phone, language, name)| Doubt {
        message_id,
        invitation_id,
        round,
        copy,
        phone: Phone::from_stored(phone),
        language,
        name,
    };
    Ok(rows.into_iter().map(doubt).collect())
}

/// How many wait for a decision, and when the oldest of them was sent.
///
/// # Errors
/// The database is out of reach.
pub async fn oldest_doubt(db: &Db, campaign: &str) -> anyhow::Result<Option<(u64, Timestamp)>> {
    let (count, oldest): (i64, Option<i64>) = sqlx::query_as(
        "SELECT COUNT(*), MIN(attempt_at) FROM messages \
         WHERE campaign_id = $1 AND state = 'uncertain' AND decision IS NULL",
    )
    .bind(campaign)
    .fetch_one(db.read())
    .await?;
    Ok(oldest.map(Timestamp::from_millisecond).transpose()?.map(|oldest| (count.unsigned_abs(), oldest)))
}

/// Writes down what was decided about a message.
///
/// # Errors
/// The database is gone.
pub async fn decide(connection: &mut AnyConnection, message: &str, decision: Decision) -> sqlx::Result<()> {
    sqlx::query("UPDATE messages SET decision = $1 WHERE id = $2")
        .bind(decision.name())
        .bind(message)
        .execute(connection)
        .await
        .map(drop)
}
