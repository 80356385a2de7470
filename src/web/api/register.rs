//! The register by API: how many are in it, and files that come into it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::input::{Csv, Query};
use super::operation::Call;
use super::output::Found;
use super::problem::{Fault, Kind, Problem};
use crate::actions::campaign::Exit;
use crate::actions::import::{self, Options};
use crate::people::register;
use crate::store::people;

/// More problems of a file are not told: nobody reads them, and mending the first ones mends many.
const TOLD: usize = 1_000;

/// Who is in the register.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Register {
    /// Everybody.
    people: u64,
    /// By area, in the order of their names.
    areas: Vec<Area>,
}

/// Who is in one area.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Area {
    /// The register's id; `null` for those whom the register places nowhere.
    id: Option<String>,
    /// As the register says.
    name: Option<String>,
    /// Everybody there.
    people: u64,
}

/// `GET /api/v1/register`
pub async fn count(call: Call, (): ()) -> Result<Found<Register>, Problem> {
    let mut connection = call.app.db.read().acquire().await?;
    let tree = people::tree(&mut connection).await?;
    let counts = people::counts_by_area(&mut connection).await?;
    let area = |(id, count): (Option<String>, i64)| {
        let name = tree.iter().find(|unit| Some(&unit.id) == id.as_ref()).map(|unit| unit.name.clone());
        Area { id, name, people: count.unsigned_abs() }
    };
    let mut areas: Vec<Area> = counts.into_iter().map(area).collect();
    areas.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Found(Register { people: areas.iter().map(|area| area.people).sum(), areas }))
}

/// How an import is meant.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "switches, independent of each other")]
pub struct How {
    /// Check and count everything, save nothing.
    #[serde(default)]
    dry_run: bool,
    /// Import the good rows although there are bad ones.
    #[serde(default)]
    skip_bad: bool,
    /// Accept areas that no earlier import had.
    #[serde(default)]
    new_areas: bool,
    /// The file is the whole register: whoever is not in it has left, and gets no more messages.
    #[serde(default)]
    complete: bool,
}

/// What an import did, or would have done.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Imported {
    /// Whether it is in the register now.
    saved: bool,
    /// Employees that were not there before.
    new: u64,
    /// Employees that were there, and something of theirs changed.
    changed: u64,
    /// Employees that were there and are as they were.
    unchanged: u64,
    /// Employees that are in the register and not among the good rows: left alone, or gone where the file is `complete`.
    missing: u64,
    /// Rows whose phone number another row has too.
    shared_phones: usize,
    /// Rows that were wrong, and left out.
    bad_rows: u64,
    /// What is wrong with them: the first thousand things.
    problems: Vec<Fault>,
}

/// `POST /api/v1/register/imports`
pub async fn import(call: Call, (Query(how), Csv(file)): (Query<How>, Csv)) -> Result<Found<Imported>, Problem> {
    let app = &call.app;
    let options = Options {
        dry_run: how.dry_run,
        skip_bad: how.skip_bad,
        new_areas: how.new_areas,
        complete: how.complete,
        // What can reach the simulator alone is made up.
        demo: Exit::of(&app.settings) == Exit::Simulator,
        mapping: BTreeMap::new(),
    };
    let imported = import::import(&app.db, &app.ports, call.caller.who(), &file, options).await?;
    let problems: Vec<Fault> = imported.problems.iter().take(TOLD).map(fault).collect();
    if imported.bad_rows > 0 && !how.skip_bad {
        let detail =
            format!("{} rows are wrong: nothing was saved; mend them, or say skip_bad=true", imported.bad_rows);
        return Err(Problem::with(Kind::Invalid, detail, problems));
    }
    let import::Imported { saved, new, changed, unchanged, missing, shared_phones, bad_rows, .. } = imported;
    Ok(Found(Imported { saved, new, changed, unchanged, missing, shared_phones, bad_rows, problems }))
}

fn fault(problem: &register::Problem) -> Fault {
    let field = problem.column.map(|column| column.to_string());
    Fault { field, line: Some(problem.line), column: None, detail: problem.wrong.to_string() }
}
