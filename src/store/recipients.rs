//! Whom a campaign may reach.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::people::phone::Phone;

/// What a launch needs to know of one employee.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the register's own facts, independent of each other")]
pub struct Recipient {
    /// Random text; what [`all`] pages by.
    pub employee_id: String,
    /// For `{name}` in the message.
    pub name: Option<String>,
    /// Where the message goes.
    pub phone: Phone,
    /// The deepest node that is known.
    pub org_unit_id: Option<String>,
    /// The node of level 1 above it.
    pub area_id: Option<String>,
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
    /// Made up by the demo.
    pub demo: bool,
}

const RECIPIENTS: &str = "
    SELECT e.id, e.name, e.phone, e.org_unit_id, COALESCE(above.parent_id, unit.parent_id, unit.id), e.birth_year,
        e.language, e.employment, e.staff_responsibility, e.union_rep, e.safety_rep, e.demo
    FROM employees e
    LEFT JOIN org_units unit ON unit.id = e.org_unit_id
    LEFT JOIN org_units above ON above.id = unit.parent_id
    WHERE e.left_at IS NULL AND e.id > $1";

/// The next `limit` employees by id after `after` (all text is after the empty one). A full answer means that there may
/// be more.
///
/// # Errors
/// What the database refuses.
pub async fn all(connection: &mut AnyConnection, after: &str, limit: u32) -> sqlx::Result<Vec<Recipient>> {
    let sql = AssertSqlSafe(format!("{RECIPIENTS} ORDER BY e.id LIMIT $2"));
    let rows = sqlx::query(sql).bind(after).bind(i64::from(limit)).fetch_all(connection).await?;
    rows.iter().map(recipient).collect()
}

/// As [`all`], without those who have an invitation of the campaign, and without phones that said STOP to it.
///
/// # Errors
/// What the database refuses.
pub async fn not_invited(
    connection: &mut AnyConnection,
    campaign: &str,
    after: &str,
    limit: u32,
) -> sqlx::Result<Vec<Recipient>> {
    let sql = AssertSqlSafe(format!(
        "{RECIPIENTS} AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.campaign_id = $3 AND i.employee_id = e.id) \
         AND NOT EXISTS (SELECT 1 FROM messages m JOIN invitations i ON i.id = m.invitation_id \
           WHERE m.phone = e.phone AND m.campaign_id = $3 AND i.stopped_by = 'sms') \
         ORDER BY e.id LIMIT $2"
    ));
    let rows = sqlx::query(sql).bind(after).bind(i64::from(limit)).bind(campaign).fetch_all(connection).await?;
    rows.iter().map(recipient).collect()
}

fn recipient(row: &AnyRow) -> sqlx::Result<Recipient> {
    let flag = |column: usize| row.try_get::<i64, _>(column).map(|flag| flag != 0);
    Ok(Recipient {
        employee_id: row.try_get(0)?,
        name: row.try_get(1)?,
        phone: Phone::from_stored(row.try_get(2)?),
        org_unit_id: row.try_get(3)?,
        area_id: row.try_get(4)?,
        birth_year: row.try_get(5)?,
        language: row.try_get(6)?,
        employment: row.try_get(7)?,
        staff_responsibility: flag(8)?,
        union_rep: flag(9)?,
        safety_rep: flag(10)?,
        demo: flag(11)?,
    })
}
