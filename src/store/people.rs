//! The register in the database: the organisation's tree and the employees.

use std::collections::HashMap;

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::{Bulk, Db};
use crate::people::employee::Employee;
use crate::people::phone::Phone;
use crate::ports::Chance;

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

/// What a launch needs to know of one employee.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the register's own facts, independent of each other")]
pub struct Recipient {
    /// Random text; what [`recipients`] pages by.
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
pub async fn recipients(connection: &mut AnyConnection, after: &str, limit: u32) -> sqlx::Result<Vec<Recipient>> {
    let sql = AssertSqlSafe(format!("{RECIPIENTS} ORDER BY e.id LIMIT $2"));
    let rows = sqlx::query(sql).bind(after).bind(i64::from(limit)).fetch_all(connection).await?;
    rows.iter().map(recipient).collect()
}

/// As [`recipients`], without those who have an invitation of the campaign, and without phones that said STOP to it.
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

fn recipient(row: &sqlx::any::AnyRow) -> sqlx::Result<Recipient> {
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
    for table in ["sessions", "account_places", "account_links", "recovery_codes"] {
        let of_account = "account_id IN (SELECT id FROM accounts WHERE employee_id = $1)";
        let statement = AssertSqlSafe(format!("DELETE FROM {table} WHERE {of_account}"));
        sqlx::query(statement).bind(employee).execute(&mut *connection).await?;
    }
    let own = [
        "DELETE FROM accounts WHERE employee_id = $1",
        "DELETE FROM scim_users WHERE employee_id = $1",
        "DELETE FROM employees WHERE id = $1",
    ];
    for statement in own {
        sqlx::query(statement).bind(employee).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Writes employees, and the nodes of the tree they stand in, in as few statements as possible.
pub struct Writer<'c> {
    chance: &'c Chance,
    demo: bool,
    /// Nodes above the areas: none, so this is the tree's root.
    root: Branch,
    units: Option<Bulk>,
    employees: Bulk,
}

/// A node and those under it, by name.
#[derive(Default)]
struct Branch {
    id: Option<String>,
    under: HashMap<String, Branch>,
}

const INSERT_UNIT: &str = "INSERT INTO org_units (id, parent_id, level, name)";

const INSERT_EMPLOYEE: &str = "INSERT INTO employees (id, employee_number, name, phone, org_unit_id, birth_year, \
     language, employment, staff_responsibility, union_rep, safety_rep, demo)";

/// A row that would not change is not touched, so that the database's count of rows is that of new and changed ones.
const UPDATE_EMPLOYEE: &str = "ON CONFLICT (employee_number) DO UPDATE SET name = excluded.name, \
     phone = excluded.phone, org_unit_id = excluded.org_unit_id, birth_year = excluded.birth_year, \
     language = excluded.language, employment = excluded.employment, \
     staff_responsibility = excluded.staff_responsibility, union_rep = excluded.union_rep, \
     safety_rep = excluded.safety_rep, left_at = NULL \
     WHERE employees.name IS DISTINCT FROM excluded.name OR employees.phone <> excluded.phone \
     OR employees.org_unit_id IS DISTINCT FROM excluded.org_unit_id \
     OR employees.birth_year IS DISTINCT FROM excluded.birth_year \
     OR employees.language IS DISTINCT FROM excluded.language \
     OR employees.employment IS DISTINCT FROM excluded.employment \
     OR employees.staff_responsibility <> excluded.staff_responsibility \
     OR employees.union_rep <> excluded.union_rep OR employees.safety_rep <> excluded.safety_rep \
     OR employees.left_at IS NOT NULL";

impl<'c> Writer<'c> {
    /// Begins with the tree as it is. Ids of new rows come from `chance`; `demo` marks the employees as made up.
    #[must_use]
    pub fn new(tree: &[OrgUnit], chance: &'c Chance, demo: bool) -> Self {
        let employees = Bulk::new(INSERT_EMPLOYEE, 12).with_tail(UPDATE_EMPLOYEE);
        Self { chance, demo, root: Branch::default().with(tree), units: None, employees }
    }

    /// Adds or updates one employee, matched by number. No number may come twice.
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn put(&mut self, connection: &mut AnyConnection, employee: &Employee) -> sqlx::Result<()> {
        let unit = self.unit(&employee.place)?;
        let language = employee.language.as_ref().map(|language| language.as_str().to_owned());
        self.employees
            .bind(self.chance.id())?
            .bind(employee.number.clone())?
            .bind(employee.name.clone())?
            .bind(employee.phone.as_str().to_owned())?
            .bind(unit)?
            .bind(employee.birth_year)?
            .bind(language)?
            .bind(employee.employment.clone())?
            .bind(i64::from(employee.staff_responsibility))?
            .bind(i64::from(employee.union_rep))?
            .bind(i64::from(employee.safety_rep))?
            .bind(i64::from(self.demo))?;
        if self.employees.is_full() {
            self.write_units(connection).await?;
        }
        self.employees.flush_full(connection).await
    }

    /// Writes what is left. Gives how many employees are new or changed.
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn finish(mut self, connection: &mut AnyConnection) -> sqlx::Result<u64> {
        self.write_units(connection).await?;
        self.employees.finish_and_count(connection).await
    }

    /// The id of the deepest of `names`; nodes that are missing are made.
    fn unit(&mut self, names: &[String]) -> sqlx::Result<Option<String>> {
        let mut branch = &mut self.root;
        for (name, level) in names.iter().zip(1_i64..) {
            let parent = branch.id.clone();
            if !branch.under.contains_key(name) {
                let id = self.chance.id();
                let bulk = self.units.get_or_insert_with(|| Bulk::new(INSERT_UNIT, 4));
                bulk.bind(id.clone())?.bind(parent)?.bind(level)?.bind(name.clone())?;
                branch.under.insert(name.clone(), Branch { id: Some(id), under: HashMap::new() });
            }
            branch = branch.under.entry(name.clone()).or_default();
        }
        Ok(branch.id.clone())
    }

    /// Before the employees that stand in them, as the foreign key asks.
    async fn write_units(&mut self, connection: &mut AnyConnection) -> sqlx::Result<()> {
        match self.units.take() {
            Some(units) => units.finish(connection).await,
            None => Ok(()),
        }
    }
}

impl Branch {
    /// Hangs `tree`, which lists parents before children, under this root.
    fn with(mut self, tree: &[OrgUnit]) -> Self {
        let by_id: HashMap<&str, &OrgUnit> = tree.iter().map(|unit| (unit.id.as_str(), unit)).collect();
        for unit in tree {
            let mut path = vec![unit];
            while let Some(above) = path.last().and_then(|unit| by_id.get(unit.parent_id.as_deref()?)) {
                path.push(above);
            }
            path.iter().rev().fold(&mut self, |branch, unit| branch.child(unit));
        }
        self
    }

    fn child(&mut self, unit: &OrgUnit) -> &mut Self {
        let new = || Self { id: Some(unit.id.clone()), under: HashMap::new() };
        self.under.entry(unit.name.clone()).or_insert_with(new)
    }
}
