//! Examples of the people's page.

use super::{HeadingLine, ImportOutcome, ImportProblem, LastImport, PeopleLine, PeoplePage};
use crate::people::columns::Column;
use crate::people::wrong::{Wrong, WrongHeading};
use crate::web::pages::hr::Section;
use crate::web::pages::hr::samples::{AREAS, at, shell};
use crate::web::pages::said::Said;

pub(super) fn people() -> Vec<(&'static str, PeoplePage)> {
    let line = |(name, people, _): (&str, u64, u64)| PeopleLine {
        name: name.into(),
        people,
        services: people / 150,
        units: people / 15,
        leaders: people * 7 / 100,
        union_reps: people * 6 / 100,
        safety_reps: people * 4 / 100,
    };
    let areas = PeoplePage {
        shell: shell(Section::People),
        total: 8880,
        areas: AREAS.map(line).into(),
        imported: None,
        last: None,
        headings: Vec::new(),
        columns: vec!["employee_id", "phone"],
    };
    let problem = |line, column: Option<&str>| ImportProblem {
        line,
        column: column.map(Into::into),
        wrong: (&Wrong::NearArea("Helse".into(), "Helse & sosial".into())).into(),
    };
    let good = ImportOutcome {
        saved: true,
        unreadable: None,
        headings: Vec::new(),
        new: 212,
        changed: 14,
        unchanged: 8654,
        missing: 3,
        complete: false,
        bad_rows: 0,
        problems: Vec::new(),
        more: 0,
    };
    let bad = ImportOutcome {
        saved: false,
        bad_rows: 52,
        problems: vec![problem(3, Some("phone")), problem(4, None)],
        more: 50,
        ..good.clone()
    };
    let unreadable =
        ImportOutcome { saved: false, unreadable: Some(Said::new("workbook", Vec::new())), ..good.clone() };
    let after = |outcome: &ImportOutcome| PeoplePage { imported: Some(outcome.clone()), ..areas.clone() };
    vec![
        (
            "headings",
            PeoplePage {
                last: at("2020-06-01T09:00:00+02:00[Europe/Oslo]").map(|at| LastImport {
                    at,
                    who: "Kari HR".into(),
                    rows: "8880".into(),
                }),
                headings: vec![
                    HeadingLine { heading: "Ressursnr".into(), column: "" },
                    HeadingLine { heading: "Mobil".into(), column: "phone" },
                ],
                ..after(&ImportOutcome {
                    headings: vec![
                        (&WrongHeading::Unknown("<b>Ressursnr".into())).into(),
                        (&WrongHeading::Missing(Column::EmployeeId)).into(),
                    ],
                    ..good.clone()
                })
            },
        ),
        ("tried", after(&ImportOutcome { saved: false, ..good.clone() })),
        ("imported", after(&good)),
        ("complete", after(&ImportOutcome { complete: true, ..good.clone() })),
        ("bad", after(&bad)),
        ("unreadable", after(&unreadable)),
        ("empty", PeoplePage { total: 0, areas: Vec::new(), ..areas.clone() }),
        ("areas", areas),
    ]
}
