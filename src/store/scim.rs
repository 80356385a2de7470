//! Employees whom an identity provider keeps up to date.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::Db;
use crate::definition::model::Language;
use crate::people::employee::Employee;
use crate::people::phone::Phone;

/// An employee, and what the provider calls them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The register's id, which is SCIM's too.
    pub id: String,
    /// As the register has them.
    pub employee: Employee,
    /// They have not left.
    pub active: bool,
    /// What the provider says; `None`: it has never spoken of them.
    pub provided: Option<Provided>,
}

/// What the provider calls somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provided {
    /// Unique there, whatever its case.
    pub user_name: String,
    /// Its own id.
    pub external_id: Option<String>,
    /// When it made the user.
    pub created_at: Timestamp,
    /// When it last changed it.
    pub changed_at: Timestamp,
}

const KNOWN: &str = "SELECT e.id, e.employee_number, e.name, e.phone, e.birth_year, e.language, e.employment, \
     e.staff_responsibility, e.union_rep, e.safety_rep, e.left_at, top.name, above.name, unit.name, \
     s.user_name, s.external_id, s.created_at, s.changed_at \
     FROM employees e LEFT JOIN scim_users s ON s.employee_id = e.id \
     LEFT JOIN org_units unit ON unit.id = e.org_unit_id \
     LEFT JOIN org_units above ON above.id = unit.parent_id LEFT JOIN org_units top ON top.id = above.parent_id";

fn known(row: &AnyRow) -> anyhow::Result<Known> {
    let flag = |column: usize| row.try_get::<i64, _>(column).map(|flag| flag != 0);
    let text = |column: usize| row.try_get::<Option<String>, _>(column);
    let moment = |column: usize| anyhow::Ok(Timestamp::from_millisecond(row.try_get(column)?)?);
    let provided = match text(14)? {
        Some(user_name) => {
            Some(Provided { user_name, external_id: text(15)?, created_at: moment(16)?, changed_at: moment(17)? })
        }
        None => None,
    };
    let employee = Employee {
        number: row.try_get(1)?,
        name: text(2)?,
        phone: Phone::from_stored(row.try_get(3)?),
        place: [text(11)?, text(12)?, text(13)?].into_iter().flatten().collect(),
        birth_year: row.try_get(4)?,
        language: text(5)?.as_deref().and_then(Language::parse),
        employment: text(6)?,
        staff_responsibility: flag(7)?,
        union_rep: flag(8)?,
        safety_rep: flag(9)?,
    };
    let left: Option<i64> = row.try_get(10)?;
    Ok(Known { id: row.try_get(0)?, employee, active: left.is_none(), provided })
}

/// By what somebody is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The register's id, of those whom the provider knows.
    Id,
    /// The provider's name, whatever its case.
    UserName,
    /// The provider's id.
    ExternalId,
    /// The employer's number, of everybody.
    Number,
}

/// The employee of that id, name or number.
///
/// # Errors
/// The database is out of reach.
pub async fn find(connection: &mut AnyConnection, by: By, value: &str) -> anyhow::Result<Option<Known>> {
    let (condition, value) = match by {
        By::Id => ("e.id = $1 AND s.user_name IS NOT NULL", value.to_owned()),
        By::UserName => ("s.user_key = $1", value.to_lowercase()),
        By::ExternalId => ("s.external_id = $1", value.to_owned()),
        By::Number => ("e.employee_number = $1", value.to_owned()),
    };
    let sql = AssertSqlSafe(format!("{KNOWN} WHERE {condition} ORDER BY e.id LIMIT 1"));
    let row = sqlx::query(sql).bind(value).fetch_optional(connection).await?;
    row.as_ref().map(known).transpose()
}

/// How many the provider knows, and `limit` of them after the first `offset`, the earliest first.
///
/// # Errors
/// The database is out of reach.
pub async fn page(db: &Db, offset: i64, limit: i64) -> anyhow::Result<(i64, Vec<Known>)> {
    let total: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM scim_users").fetch_one(db.read()).await?;
    let sql =
        AssertSqlSafe(format!("{KNOWN} WHERE s.user_name IS NOT NULL ORDER BY s.created_at, e.id LIMIT $1 OFFSET $2"));
    let rows = sqlx::query(sql).bind(limit).bind(offset).fetch_all(db.read()).await?;
    Ok((total, rows.iter().map(known).collect::<anyhow::Result<_>>()?))
}

/// Writes what the provider calls an employee.
///
/// # Errors
/// What the database refuses, such as a name that is taken.
pub async fn provide(
    connection: &mut AnyConnection,
    employee: &str,
    user_name: &str,
    external_id: Option<&str>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO scim_users (employee_id, user_name, user_key, external_id, created_at, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (employee_id) DO UPDATE SET user_name = excluded.user_name, \
         user_key = excluded.user_key, external_id = excluded.external_id, changed_at = excluded.changed_at",
    )
    .bind(employee)
    .bind(user_name)
    .bind(user_name.to_lowercase())
    .bind(external_id)
    .bind(now.as_millisecond())
    .execute(connection)
    .await
    .map(drop)
}

/// The provider knows them no more.
///
/// # Errors
/// What the database refuses.
pub async fn forget(connection: &mut AnyConnection, employee: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM scim_users WHERE employee_id = $1").bind(employee).execute(connection).await.map(drop)
}
