//! The register as HR sees it: how many, where; and files that come into it.

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::http::{Response, StatusCode};

use super::Desk;
use crate::actions::campaign::Exit;
use crate::actions::export;
use crate::actions::import::{self, ImportError, Imported, Options};
use crate::people::columns::Column;
use crate::people::register::{FileError, Problem};
use crate::store::audit::{self, Action};
use crate::store::people::{self, OrgUnit};
use crate::web::norwegian_time;
use crate::web::pages::hr::Section;
use crate::web::pages::people::{HeadingLine, ImportOutcome, ImportProblem, LastImport, PeopleLine, PeoplePage};
use crate::web::pages::said::Said;
use crate::web::reply;
use crate::web::upload::Posted;

/// More problems of a file are not shown on a page; the file of them has all.
const SHOWN: usize = 50;

/// `GET /people`
pub async fn show(desk: Desk) -> Response<Body> {
    desk.render(page(&desk).await)
}

/// `POST /people`: a register file. `how` is `try` (nothing is saved), `report` (what is wrong with it, as CSV) or `import`;
/// `new_areas` and `skip_bad` as the command has them.
pub async fn import(desk: Desk, body: Bytes) -> Response<Body> {
    let posted = Posted::read(&desk.headers, body).await;
    let options = Options {
        dry_run: posted.text("how") != "import",
        skip_bad: !posted.text("skip_bad").is_empty(),
        new_areas: !posted.text("new_areas").is_empty(),
        complete: !posted.text("complete").is_empty(),
        // What can reach the simulator alone is made up.
        demo: Exit::of(&desk.app.settings) == Exit::Simulator,
        mapping: said(&posted),
    };
    let file = posted.bytes("file").cloned().unwrap_or_default();
    let lines = heading_lines(options.mapping.iter().map(|(heading, column)| (heading.as_str(), *column)));
    match import::import(&desk.app.db, &desk.app.ports, desk.visitor.who(), &file, options).await {
        Ok(imported) if posted.text("how") == "report" => report(&desk, &imported),
        Ok(imported) => told(&desk, outcome(&imported), lines).await,
        Err(ImportError::Database(error)) => desk.fault(&error.into()),
        Err(ImportError::File(FileError::Headings(headings))) => {
            let found = heading_lines(headings.found.iter().map(|(heading, column)| (heading.as_str(), *column)));
            let headings = headings.wrong.iter().map(Said::from).collect();
            told(&desk, ImportOutcome { headings, ..nothing() }, found).await
        }
        Err(error) => told(&desk, ImportOutcome { unreadable: Some(Said::from(&error)), ..nothing() }, lines).await,
    }
}

/// What HR says that headings mean: each `heading` with the `column` beside it.
fn said(posted: &Posted) -> BTreeMap<String, Option<Column>> {
    let pairs = posted.texts("heading").zip(posted.texts("column"));
    pairs.map(|(heading, column)| (heading.to_owned(), Column::named(column))).collect()
}

fn heading_lines<'h>(headings: impl Iterator<Item = (&'h str, Option<Column>)>) -> Vec<HeadingLine> {
    let line = |(heading, column): (&str, Option<Column>)| HeadingLine {
        heading: heading.to_owned(),
        column: column.map_or("", |column| column.headings()[0]),
    };
    headings.map(line).collect()
}

async fn told(desk: &Desk, outcome: ImportOutcome, headings: Vec<HeadingLine>) -> Response<Body> {
    let good = outcome.unreadable.is_none() && outcome.headings.is_empty() && outcome.bad_rows == 0;
    let status = if good { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = page(desk).await.map(|page| PeoplePage { imported: Some(outcome), headings, ..page });
    desk.render_as(status, page)
}

fn nothing() -> ImportOutcome {
    ImportOutcome {
        saved: false,
        unreadable: None,
        headings: Vec::new(),
        new: 0,
        changed: 0,
        unchanged: 0,
        missing: 0,
        complete: false,
        bad_rows: 0,
        problems: Vec::new(),
        more: 0,
    }
}

fn outcome(imported: &Imported) -> ImportOutcome {
    let Imported { saved, new, changed, unchanged, missing, complete, bad_rows, .. } = *imported;
    let problem = |problem: &Problem| ImportProblem {
        line: problem.line,
        column: problem.column.map(|column| column.to_string()),
        wrong: Said::from(&problem.wrong),
    };
    ImportOutcome {
        saved,
        new,
        changed,
        unchanged,
        missing,
        complete,
        bad_rows,
        problems: imported.problems.iter().take(SHOWN).map(problem).collect(),
        more: imported.problems.len().saturating_sub(SHOWN) as u64,
        ..nothing()
    }
}

/// Every problem of a file, to be mended where the file comes from.
fn report(desk: &Desk, imported: &Imported) -> Response<Body> {
    match export::import_problems_csv(&imported.problems) {
        Ok(csv) => reply::attachment("text/csv; charset=utf-8", "problems.csv", csv),
        Err(error) => desk.fault(&error),
    }
}

async fn page(desk: &Desk) -> anyhow::Result<PeoplePage> {
    let mut connection = desk.app.db.read().acquire().await?;
    let tree = people::tree(&mut connection).await?;
    let roles = people::roles_by_area(&mut connection).await?;
    let under = |level, area: &str| below(&tree, level, area);
    let line = |area: &people::AreaRoles| {
        let id = area.area_id.as_deref().unwrap_or_default();
        let name = tree.iter().find(|unit| unit.id == id).map_or("–", |unit| unit.name.as_str());
        PeopleLine {
            name: name.to_owned(),
            people: area.people.unsigned_abs(),
            services: under(2, id),
            units: under(3, id),
            leaders: area.leaders.unsigned_abs(),
            union_reps: area.union_reps.unsigned_abs(),
            safety_reps: area.safety_reps.unsigned_abs(),
        }
    };
    let mut areas: Vec<PeopleLine> = roles.iter().map(line).collect();
    areas.sort_by(|a, b| a.name.cmp(&b.name));
    let total = areas.iter().map(|area| area.people).sum();
    let last = audit::last(&desk.app.db, Action::Imported).await?.map(|entry| LastImport {
        at: entry.at.to_zoned(norwegian_time()),
        who: entry.who,
        rows: entry.detail,
    });
    let columns = Column::ALL.map(|column| column.headings()[0]).into();
    let shell = desk.shell(Section::People);
    Ok(PeoplePage { shell, total, areas, imported: None, last, headings: Vec::new(), columns })
}

/// How many nodes of a level stand below an area.
fn below(tree: &[OrgUnit], level: i64, area: &str) -> u64 {
    let parents: BTreeMap<&str, &str> =
        tree.iter().filter_map(|unit| Some((unit.id.as_str(), unit.parent_id.as_deref()?))).collect();
    let is_under = |unit: &&OrgUnit| {
        let mut at = unit.id.as_str();
        while let Some(parent) = parents.get(at) {
            at = parent;
        }
        unit.level == level && at == area
    };
    tree.iter().filter(is_under).count() as u64
}
