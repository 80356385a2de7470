//! Examples of the heat map.

use super::super::Section;
use super::super::question::Choice;
use super::super::samples::around;
use super::{Column, HeatPage, Kept, Ranked};
use crate::report::heat::{Cell, Row, Unit, body, hidden, ranked};
use crate::report::number::Notation;

fn choice(id: &str, chosen: bool) -> Choice {
    Choice { id: id.into(), address: "/results/b2/heat-map".into(), chosen }
}

fn column(label: &str, sorted: bool) -> Column {
    Column {
        id: if sorted { "information" } else { "overall" }.into(),
        label: label.into(),
        address: "/results/b2/information".into(),
        sort: "?sort=information".into(),
        sorted,
        listed: sorted,
    }
}

fn row(name: &str, address: bool, values: [Option<f64>; 2]) -> Row {
    let cell = |value: Option<f64>| Cell { value, against: value.map(|value| value - 54.0) };
    Row {
        name: name.into(),
        above: None,
        address: address.then(|| "/results/b2".into()),
        whole: false,
        cells: values.map(cell).into(),
    }
}

pub(super) fn heat() -> Vec<(&'static str, HeatPage)> {
    let rows = [
        Row { whole: true, ..row("Hele organisasjonen", false, [Some(54.0), Some(61.0)]) },
        row("Oppvekst skole", true, [Some(31.0), None]),
        row("Avdeling for de aller yngste i barnehagen ved Rognebærstien <og omegn>", false, [Some(81.0), Some(47.0)]),
    ];
    let shown = HeatPage {
        around: around(Section::Heat),
        ofs: vec![choice("questions", true), choice("indices", false)],
        levels: vec![choice("1", true), choice("2", false), choice("3", false)],
        columns: vec![
            column("I hvilken grad fikk du den informasjonen du trengte som medarbeider?", true),
            column("Hvordan var det alt i alt å være omdisponert?", false),
        ],
        body: body(&rows, Unit::Percent, Notation::Norwegian, "Skjermet"),
        ranked: Some(
            Ranked {
                list: String::new(),
                rest: String::new(),
                others: 0,
                label: "I hvilken grad fikk du den informasjonen du trengte som medarbeider?".into(),
                address: "/results/b2/information".into(),
                hidden: 1,
                action: "/results/b2/heat-map".into(),
                kept: vec![Kept { name: "level", value: "1".into() }],
            }
            .of(&items(&rows)),
        ),
        hidden: 1,
    };
    let empty = HeatPage {
        ofs: Vec::new(),
        levels: Vec::new(),
        columns: Vec::new(),
        body: String::new(),
        ranked: None,
        hidden: 0,
        ..shown.clone()
    };
    let one = HeatPage { levels: Vec::new(), ofs: Vec::new(), ..map(&shown, &rows[..2]) };
    let nothing: Vec<Row> =
        rows.iter().map(|row| Row { cells: vec![Cell { value: None, against: None }; 2], ..row.clone() }).collect();
    let hidden = HeatPage { columns: shown.columns.clone(), ..map(&shown, &nothing) };
    vec![("one", one), ("hidden", hidden), ("many", many(&shown)), ("shown", shown), ("empty", empty)]
}

/// The same page with other rows.
fn map(page: &HeatPage, rows: &[Row]) -> HeatPage {
    let listed = page.ranked.clone().map(|ranked| Ranked { hidden: hidden(rows, 0), ..ranked }.of(&items(rows)));
    HeatPage {
        body: body(rows, Unit::Percent, Notation::Norwegian, "Skjermet"),
        ranked: listed,
        hidden: rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.value.is_none()).count(),
        ..page.clone()
    }
}

fn items(rows: &[Row]) -> Vec<String> {
    ranked(rows, 0, Unit::Percent, Notation::Norwegian)
}

/// Six hundred units with long names, four questions.
fn many(page: &HeatPage) -> HeatPage {
    let cell = |number: u32| {
        let value = (!number.is_multiple_of(7)).then(|| f64::from(number * 37 % 101));
        Cell { value, against: value.map(|value| value - 54.0) }
    };
    let unit = |number: u32| Row {
        name: format!("Avdeling {number} for de aller yngste ved Rognebærstien"),
        above: Some("Oppvekst barnehage › Tusenbein og Rognebærstien barnehager".into()),
        address: None,
        whole: number == 0,
        cells: (0..4).map(|question| cell(number * 4 + question + 1)).collect(),
    };
    let rows: Vec<Row> = (0..=600).map(unit).collect();
    let questions = ["Fikk du informasjonen?", "Ble du tatt imot?", "Var smittevernet godt nok?", "Hvordan var det?"];
    let columns = questions.map(|label| Column { id: label.to_lowercase(), ..column(label, false) });
    let [first, rest @ ..] = columns;
    let columns = std::iter::once(Column { listed: true, ..first }).chain(rest).collect();
    HeatPage { columns, ..map(page, &rows) }
}
