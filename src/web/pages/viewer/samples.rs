//! What the examples of all pages of results have in common.

use super::{Around, Section, Spot, Tab};
use crate::report::chart::{Bar, Dot, Figure, Key, Line, Mark, Picture, Stack, Tone};
use crate::web::pages::hr::Section as Menu;
use crate::web::pages::hr::samples::{NAME, shell};

pub(super) fn around(section: Section) -> Around {
    Around {
        shell: shell(Menu::Results),
        organisation: Some("Eksempel kommune".into()),
        logo: Some("/assets/logo?v=0123456789ab".into()),
        campaign: "b2".into(),
        title: "Midtveisevaluering av pandemien".into(),
        name: Some(NAME.into()),
        section,
        pages: [Section::Overview, Section::Heat, Section::Compare, Section::Indices]
            .map(|section| Tab { section, address: "/results/b2".into() })
            .into(),
        above: vec![Spot { name: "Hele organisasjonen".into(), address: "/results/b2".into(), here: false }],
        place: "Pleie og omsorg".into(),
        own: Vec::new(),
        minimum_group: 5,
    }
}

fn figure(id: &str, title: &str, picture: Picture) -> Figure {
    Figure {
        id: id.into(),
        title: title.into(),
        subtitle: "Spurt: alle · n = 6 087".into(),
        source: "Midtveisevaluering".into(),
        picture,
    }
}

pub(super) fn bars(id: &str, title: &str, rows: &[(&str, u32)]) -> Figure {
    let bar = |(number, (label, percent)): (usize, &(&str, u32))| Bar {
        label: (*label).into(),
        base: (number > 1).then(|| "412".into()),
        percent: Some(*percent),
        about: None,
        aside: number == 1,
        mark: (number == 0).then_some(if rows.get(1).is_some_and(|other| other.1 > *percent) {
            Mark::Lower
        } else {
            Mark::Higher
        }),
    };
    figure(id, title, Picture::Bars { rows: rows.iter().enumerate().map(bar).collect() })
}

/// One bar alone, or one for each of the groups.
pub(super) fn scale(id: &str, title: &str, groups: &[&str]) -> Figure {
    let labels = ["I svært liten grad", "I liten grad", "I noen grad", "I stor grad", "I svært stor grad", "Vet ikke"];
    let tone = |label: &str| if label == "Vet ikke" { Tone::Aside } else { Tone::Point };
    let keys = labels.map(|label| Key { label: label.into(), tone: tone(label) }).into();
    let shapes = [[4, 9, 31, 40, 14, 2], [13, 24, 30, 22, 8, 3], [2, 6, 19, 48, 24, 1]];
    let row = |number: usize, label: Option<&str>| Stack {
        label: label.map(Into::into),
        base: "1 004".into(),
        percents: shapes[number % 3].into(),
        whole: number == 0,
        mark: [None, Some(Mark::Lower), Some(Mark::Higher)][number % 3],
    };
    let rows = if groups.is_empty() {
        vec![row(0, None)]
    } else {
        groups.iter().enumerate().map(|(number, group)| row(number, Some(group))).collect()
    };
    figure(id, title, Picture::Stacked { keys, diverging: true, rows })
}

pub(super) fn dots(id: &str, title: &str) -> Figure {
    let dot = |label: &str, value: Option<f64>, whole: bool| Dot {
        label: label.into(),
        base: "1 004".into(),
        value,
        interval: value.map(|value| (value - 0.2, value + 0.2)),
        whole,
        mark: None,
    };
    let rows = vec![
        dot("Hele organisasjonen", Some(3.5), true),
        dot("Oppvekst skole", Some(2.8), false),
        dot("Eiendom", None, false),
    ];
    figure(id, title, Picture::Dots { from: 1.0, to: 5.0, rows })
}

/// Over waves of these names, one of them hidden where there are more than two.
pub(super) fn slopes(id: &str, title: &str, waves: &[&str]) -> Figure {
    let shares = [Some(49), Some(58), None, Some(61), Some(54)];
    let lines = vec![Line { label: "Positive".into(), percents: shares[..waves.len()].into() }];
    figure(id, title, Picture::Slopes { waves: waves.iter().map(|name| (*name).to_owned()).collect(), lines })
}
