//! Writing the register: employees, and the organisation that they stand in.

use std::collections::HashMap;

use sqlx::AnyConnection;

use super::Bulk;
use super::people::OrgUnit;
use crate::people::employee::Employee;
use crate::ports::Chance;

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
