//! What is stored about one employee, in all tables.

use jiff::Timestamp;
use serde::Serialize;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::people::INVITATIONS_OF;

/// What is stored about one employee. Not whether somebody has begun, answered or said STOP, and no reminder, which would
/// tell the same: whoever hands this over reads it, and that is nobody's business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The register's row.
    pub employee: Person,
    /// Where they were invited.
    pub campaigns: Vec<Invited>,
    /// The account that the register gives a representative.
    pub account: Option<OwnAccount>,
}

/// A row of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    #[serde(skip)]
    pub(super) id: String,
    /// The employer's own.
    pub employee_number: String,
    /// As the register has it.
    pub name: Option<String>,
    /// E.164.
    pub phone: String,
    /// From the area down.
    pub place: Vec<String>,
    /// A plausible year.
    pub birth_year: Option<i64>,
    /// Two letters.
    pub language: Option<String>,
    /// `permanent`, `hourly`, ….
    pub employment: Option<String>,
    /// Leads people.
    pub staff_responsibility: bool,
    /// Elected by a union.
    pub union_rep: bool,
    /// Elected for safety.
    pub safety_rep: bool,
    /// Has left at this moment.
    pub left_at: Option<Timestamp>,
}

/// An invitation, as it was frozen at launch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Invited {
    /// The campaign's name.
    pub campaign: String,
    /// When it was launched.
    pub launched_at: Option<Timestamp>,
    /// Attribute id → value.
    pub attributes: serde_json::Value,
    /// Two letters.
    pub language: Option<String>,
    /// The place, from the area down.
    pub place: Vec<String>,
    /// The invitation by SMS; more than one, where it was sent again.
    pub messages: Vec<Sms>,
}

/// One SMS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sms {
    /// E.164.
    pub phone: String,
    /// What the phone shows as sender.
    pub sender: String,
    /// With `{link}` in the place of the link, which is stored nowhere.
    pub text: String,
    /// What has become of it.
    pub state: String,
    /// Why it failed, in the gateway's words.
    pub reason: Option<String>,
    /// By which gateway it left.
    pub gateway: Option<String>,
    /// What the gateway calls it.
    pub gateway_ref: Option<String>,
    /// When it was taken to be sent.
    pub sent_at: Option<Timestamp>,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnAccount {
    /// Its name.
    pub name: String,
    /// When its owner first logged in.
    pub created_at: Timestamp,
    /// Where it is logged in: since when, and from which address.
    pub sessions: Vec<(Timestamp, String)>,
    /// What it has done, from the audit log.
    pub done: Vec<Done>,
}

/// An entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Done {
    /// When.
    pub at: Timestamp,
    /// What.
    pub action: String,
    /// From which address.
    pub from: String,
    /// Of which campaign, and the rest.
    pub detail: String,
}

/// The record of the employee with that number.
///
/// # Errors
/// The database is out of reach, or a row makes no sense.
pub async fn of(connection: &mut AnyConnection, number: &str) -> anyhow::Result<Option<Record>> {
    let Some(employee) = person(connection, number).await? else { return Ok(None) };
    let campaigns = invited(connection, &employee.id).await?;
    let account = account(connection, &employee.id).await?;
    Ok(Some(Record { employee, campaigns, account }))
}

/// A node and those above it.
const PLACE: &str = "LEFT JOIN org_units u1 ON u1.id = {node} LEFT JOIN org_units u2 ON u2.id = u1.parent_id \
     LEFT JOIN org_units u3 ON u3.id = u2.parent_id";

fn place(row: &sqlx::any::AnyRow, from: usize) -> sqlx::Result<Vec<String>> {
    let names = (from..from + 3).map(|column| row.try_get::<Option<String>, _>(column));
    names.filter_map(Result::transpose).collect()
}

fn moment(milliseconds: Option<i64>) -> anyhow::Result<Option<Timestamp>> {
    Ok(milliseconds.map(Timestamp::from_millisecond).transpose()?)
}

async fn person(connection: &mut AnyConnection, number: &str) -> anyhow::Result<Option<Person>> {
    let sql = format!(
        "SELECT e.id, e.employee_number, e.name, e.phone, e.birth_year, e.language, e.employment, \
         e.staff_responsibility, e.union_rep, e.safety_rep, e.left_at, u3.name, u2.name, u1.name \
         FROM employees e {} WHERE e.employee_number = $1",
        PLACE.replace("{node}", "e.org_unit_id")
    );
    let Some(row) = sqlx::query(AssertSqlSafe(sql)).bind(number).fetch_optional(connection).await? else {
        return Ok(None);
    };
    let flag = |column: usize| row.try_get::<i64, _>(column).map(|flag| flag != 0);
    Ok(Some(Person {
        id: row.try_get(0)?,
        employee_number: row.try_get(1)?,
        name: row.try_get(2)?,
        phone: row.try_get(3)?,
        birth_year: row.try_get(4)?,
        language: row.try_get(5)?,
        employment: row.try_get(6)?,
        staff_responsibility: flag(7)?,
        union_rep: flag(8)?,
        safety_rep: flag(9)?,
        left_at: moment(row.try_get(10)?)?,
        place: place(&row, 11)?,
    }))
}

async fn invited(connection: &mut AnyConnection, employee: &str) -> anyhow::Result<Vec<Invited>> {
    let sql = format!(
        "SELECT i.id, c.name, c.launched_at, i.attributes, i.language, u3.name, u2.name, u1.name FROM campaigns c \
         JOIN invitations i ON i.campaign_id = c.id AND i.employee_id = $1 {} ORDER BY c.launched_at, c.id",
        PLACE.replace("{node}", "COALESCE(i.unit_id, i.area_id)")
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(employee).fetch_all(&mut *connection).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(Invited {
            messages: messages(connection, row.try_get(0)?).await?,
            campaign: row.try_get(1)?,
            launched_at: moment(row.try_get(2)?)?,
            attributes: serde_json::from_str(row.try_get(3)?)?,
            language: row.try_get(4)?,
            place: place(&row, 5)?,
        });
    }
    Ok(all)
}

async fn messages(connection: &mut AnyConnection, invitation: &str) -> anyhow::Result<Vec<Sms>> {
    let sql = "SELECT phone, sender, body, state, reason, gateway, gateway_ref, attempt_at FROM messages \
         WHERE invitation_id = $1 AND round = 0 ORDER BY copy";
    let rows = sqlx::query(sql).bind(invitation).fetch_all(connection).await?;
    let sms = |row: &sqlx::any::AnyRow| {
        let state: String = row.try_get(3)?;
        // Why something was cancelled may be that they have answered.
        let reason = if state == "cancelled" { None } else { row.try_get(4)? };
        anyhow::Ok(Sms {
            phone: row.try_get(0)?,
            sender: row.try_get(1)?,
            text: row.try_get(2)?,
            state,
            reason,
            gateway: row.try_get(5)?,
            gateway_ref: row.try_get(6)?,
            sent_at: moment(row.try_get(7)?)?,
        })
    };
    rows.iter().map(sms).collect()
}

async fn account(connection: &mut AnyConnection, employee: &str) -> anyhow::Result<Option<OwnAccount>> {
    let account: Option<(String, String, i64)> =
        sqlx::query_as("SELECT id, name, created_at FROM accounts WHERE employee_id = $1")
            .bind(employee)
            .fetch_optional(&mut *connection)
            .await?;
    let Some((id, name, created_at)) = account else { return Ok(None) };
    let sessions: Vec<(i64, String)> =
        sqlx::query_as("SELECT begun_at, origin FROM sessions WHERE account_id = $1 ORDER BY begun_at")
            .bind(id)
            .fetch_all(&mut *connection)
            .await?;
    let done: Vec<(i64, String, String, String)> =
        sqlx::query_as("SELECT at, action, origin, detail FROM audit WHERE who = $1 ORDER BY number")
            .bind(name.as_str())
            .fetch_all(connection)
            .await?;
    let session = |(begun, from)| Ok((Timestamp::from_millisecond(begun)?, from));
    let entry = |(at, action, from, detail)| Ok(Done { at: Timestamp::from_millisecond(at)?, action, from, detail });
    Ok(Some(OwnAccount {
        name,
        created_at: Timestamp::from_millisecond(created_at)?,
        sessions: sessions.into_iter().map(session).collect::<anyhow::Result<_>>()?,
        done: done.into_iter().map(entry).collect::<anyhow::Result<_>>()?,
    }))
}

/// What was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    /// Invitations that lead to nobody any more.
    pub campaigns: u64,
    /// Messages without a number and a text now.
    pub messages: u64,
}

/// Takes everything away that leads to an employee: the register's row, the link and the draft of each invitation, the number and the
/// text of each message; what has not left is cancelled. Invitations stay as numbers, without a name: results count them.
/// Nothing where nobody has that number.
///
/// # Errors
/// What the database refuses.
pub async fn erase(connection: &mut AnyConnection, number: &str) -> sqlx::Result<Option<Erased>> {
    let id = "SELECT id FROM employees WHERE employee_number = $1";
    let Some(employee): Option<String> = sqlx::query_scalar(id).bind(number).fetch_optional(&mut *connection).await?
    else {
        return Ok(None);
    };
    let run = |statement: String| sqlx::query(AssertSqlSafe(statement)).bind(employee.as_str());
    let of = INVITATIONS_OF;
    run(format!("DELETE FROM drafts WHERE invitation_id IN {of}")).execute(&mut *connection).await?;
    let messages = format!(
        "UPDATE messages SET phone = '', body = '', reason = NULL, decision = COALESCE(decision, 'left'), \
         state = CASE WHEN state IN ('planned', 'queued', 'retry_wait') THEN 'cancelled' ELSE state END \
         WHERE invitation_id IN {of}"
    );
    let messages = run(messages).execute(&mut *connection).await?.rows_affected();
    // The hash of the link goes too: no link has a hash of this form.
    let invitations =
        format!("UPDATE invitations SET employee_id = 'erased ' || id, token_hash = 'erased ' || id WHERE id IN {of}");
    let campaigns = run(invitations).execute(&mut *connection).await?.rows_affected();
    super::people::remove(connection, &employee).await?;
    Ok(Some(Erased { campaigns, messages }))
}
