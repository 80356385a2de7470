//! The register in the database: the organisation's tree and the employees.

use std::collections::HashMap;

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::Db;
use super::accounts::listed;
use crate::people::phone::Phone;

/// A node of the organisation's tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrgUnit {
    /// Random text.
    pub id: String,
    /// The node above; none above an area.
    pub parent_id: Option<String>,
    /// 1 area, 2 service, 3 unit.
    pub level: i64,
    /// As the register says.
    pub name: String,
}

/// The whole tree, areas first, each level by name.
///
/// # Errors
/// What the database refuses.
pub async fn tree(connection: &mut AnyConnection) -> sqlx::Result<Vec<OrgUnit>> {
    let rows = sqlx::query("SELECT id, parent_id, level, name FROM org_units ORDER BY level, name, id")
        .fetch_all(connection)
        .await?;
    rows.iter().map(unit).collect()
}

/// The areas alone, by name.
///
/// # Errors
/// What the database refuses.
pub async fn areas(connection: &mut AnyConnection) -> sqlx::Result<Vec<OrgUnit>> {
    let sql = "SELECT id, parent_id, level, name FROM org_units WHERE level = 1 ORDER BY name, id";
    sqlx::query(sql).fetch_all(connection).await?.iter().map(unit).collect()
}

fn unit(row: &AnyRow) -> sqlx::Result<OrgUnit> {
    Ok(OrgUnit { id: row.try_get(0)?, parent_id: row.try_get(1)?, level: row.try_get(2)?, name: row.try_get(3)? })
}

/// Writes an employee's number, as somebody has corrected it by hand.
///
/// # Errors
/// What the database refuses.
pub async fn correct_phone(connection: &mut AnyConnection, employee: &str, phone: &Phone) -> sqlx::Result<()> {
    sqlx::query("UPDATE employees SET phone = $1 WHERE id = $2")
        .bind(phone.as_str())
        .bind(employee)
        .execute(connection)
        .await
        .map(drop)
}

/// The employee whom that number belongs to and whom the register calls a safety or union representative. Nobody, where
/// two of them share the number.
///
/// # Errors
/// What the database refuses.
pub async fn representative<'c>(reader: impl sqlx::AnyExecutor<'c>, phone: &str) -> sqlx::Result<Option<String>> {
    let sql = "SELECT id FROM employees \
         WHERE phone = $1 AND left_at IS NULL AND (safety_rep = 1 OR union_rep = 1) LIMIT 2";
    let mut found: Vec<String> = sqlx::query_scalar(sql).bind(phone).fetch_all(reader).await?;
    Ok(found.pop().filter(|_| found.is_empty()))
}

/// How many employees each area has, by the area's id; `None` are those whom the register places nowhere.
///
/// # Errors
/// What the database refuses.
pub async fn counts_by_area(connection: &mut AnyConnection) -> sqlx::Result<Vec<(Option<String>, i64)>> {
    sqlx::query_as(
        "SELECT COALESCE(above.parent_id, unit.parent_id, unit.id) AS area, COUNT(*)
         FROM employees e
         LEFT JOIN org_units unit ON unit.id = e.org_unit_id
         LEFT JOIN org_units above ON above.id = unit.parent_id
         WHERE e.left_at IS NULL
         GROUP BY COALESCE(above.parent_id, unit.parent_id, unit.id) ORDER BY 1",
    )
    .fetch_all(connection)
    .await
}

/// Who is in one area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaRoles {
    /// `None`: the register says nothing of where these people work.
    pub area_id: Option<String>,
    /// Everybody.
    pub people: i64,
    /// With staff responsibility.
    pub leaders: i64,
    /// Union representatives.
    pub union_reps: i64,
    /// Safety representatives.
    pub safety_reps: i64,
}

/// How many people of each role each area has.
///
/// # Errors
/// What the database refuses.
pub async fn roles_by_area(connection: &mut AnyConnection) -> sqlx::Result<Vec<AreaRoles>> {
    let rows: Vec<(Option<String>, i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT COALESCE(above.parent_id, unit.parent_id, unit.id), COUNT(*), \
         CAST(SUM(e.staff_responsibility) AS BIGINT), CAST(SUM(e.union_rep) AS BIGINT), \
         CAST(SUM(e.safety_rep) AS BIGINT) \
         FROM employees e \
         LEFT JOIN org_units unit ON unit.id = e.org_unit_id \
         LEFT JOIN org_units above ON above.id = unit.parent_id \
         WHERE e.left_at IS NULL \
         GROUP BY COALESCE(above.parent_id, unit.parent_id, unit.id)",
    )
    .fetch_all(connection)
    .await?;
    let roles = |(area_id, people, leaders, union_reps, safety_reps)| AreaRoles {
        area_id,
        people,
        leaders,
        union_reps,
        safety_reps,
    };
    Ok(rows.into_iter().map(roles).collect())
}

/// How many work right in each unit; without one are those whom the register places nowhere.
///
/// # Errors
/// What the database refuses.
pub async fn count_by_unit(connection: &mut AnyConnection) -> sqlx::Result<HashMap<Option<String>, i64>> {
    let sql = "SELECT org_unit_id, COUNT(*) FROM employees WHERE left_at IS NULL GROUP BY org_unit_id";
    let rows: Vec<(Option<String>, i64)> = sqlx::query_as(sql).fetch_all(connection).await?;
    Ok(rows.into_iter().collect())
}

/// How many employees are made up and how many are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Headcount {
    /// By the demo.
    pub demo: i64,
    /// By an employer.
    pub real: i64,
    /// Of both, those who have left.
    pub left: i64,
}

/// Counts the employees.
///
/// # Errors
/// What the database refuses.
pub async fn headcount(connection: &mut AnyConnection) -> sqlx::Result<Headcount> {
    let counts = "SELECT COUNT(*), COUNT(CASE WHEN demo = 1 THEN 1 END), COUNT(left_at) FROM employees";
    let (all, demo, left): (i64, i64, i64) = sqlx::query_as(counts).fetch_one(connection).await?;
    Ok(Headcount { demo, real: all - demo, left })
}

/// Id and number of all who have not left.
///
/// # Errors
/// What the database refuses.
pub async fn numbers(connection: &mut AnyConnection) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as("SELECT id, employee_number FROM employees WHERE left_at IS NULL ORDER BY id")
        .fetch_all(connection)
        .await
}

/// Of an employee, in all campaigns.
pub(super) const INVITATIONS_OF: &str =
    "(SELECT i.id FROM campaigns c JOIN invitations i ON i.campaign_id = c.id AND i.employee_id = $1)";

/// Marks an employee as one who has left: no message goes there any more, and what has not left is cancelled. Whoever comes
/// back in a later import is the same person again, and is not invited twice.
///
/// # Errors
/// What the database refuses.
pub async fn leave(connection: &mut AnyConnection, employee: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("UPDATE employees SET left_at = $2 WHERE id = $1 AND left_at IS NULL")
        .bind(employee)
        .bind(now.as_millisecond())
        .execute(&mut *connection)
        .await?;
    let cancelled = AssertSqlSafe(format!(
        "UPDATE messages SET state = 'cancelled', reason = 'the person is not employed any more' \
         WHERE invitation_id IN {INVITATIONS_OF} AND state IN ('planned', 'queued', 'retry_wait')"
    ));
    sqlx::query(cancelled).bind(employee).execute(connection).await.map(drop)
}

/// Those who left at `before` or earlier and to whom no invitation refers any more.
///
/// # Errors
/// The database is out of reach.
pub async fn gone(db: &Db, before: Timestamp) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT id FROM employees WHERE left_at <= $1 AND NOT EXISTS (SELECT 1 FROM campaigns c \
         JOIN invitations i ON i.campaign_id = c.id AND i.employee_id = employees.id) ORDER BY id",
    )
    .bind(before.as_millisecond())
    .fetch_all(db.read())
    .await
}

/// Deletes an employee from the register, and the account that came from there.
///
/// # Errors
/// What the database refuses.
pub async fn remove(connection: &mut AnyConnection, employee: &str) -> sqlx::Result<()> {
    let own = sqlx::query_scalar("SELECT id FROM accounts WHERE employee_id = $1");
    let accounts: Vec<String> = own.bind(employee).fetch_all(&mut *connection).await?;
    for account in accounts {
        listed::remove(connection, &account).await?;
    }
    let own = [
        "DELETE FROM login_steps WHERE employee_id = $1",
        "DELETE FROM scim_users WHERE employee_id = $1",
        "DELETE FROM employees WHERE id = $1",
    ];
    for statement in own {
        sqlx::query(statement).bind(employee).execute(&mut *connection).await?;
    }
    Ok(())
}
