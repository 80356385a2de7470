//! Examples of the heat map.

use super::super::Section;
use super::super::question::Choice;
use super::super::samples::around;
use super::{Column, HeatPage};
use crate::report::heat::{Cell, Row, Unit, body};
use crate::report::number::Notation;

fn choice(id: &str, chosen: bool) -> Choice {
    Choice { id: id.into(), address: "/results/b2/heat-map".into(), chosen }
}

fn column(label: &str, sorted: bool) -> Column {
    Column { label: label.into(), address: "/results/b2/information".into(), sort: "?sort=information".into(), sorted }
}

fn row(name: &str, address: bool, values: [Option<f64>; 2]) -> Row {
    let cell = |value: Option<f64>| Cell { value, against: value.map(|value| value - 54.0) };
    Row {
        name: name.into(),
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
        hidden: 1,
        places: 2,
    };
    let empty = HeatPage {
        ofs: Vec::new(),
        levels: Vec::new(),
        columns: Vec::new(),
        body: String::new(),
        hidden: 0,
        places: 0,
        ..shown.clone()
    };
    vec![("shown", shown), ("empty", empty)]
}
