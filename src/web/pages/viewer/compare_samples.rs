//! Examples of a comparison.

use super::super::Section;
use super::super::samples::{around, bars};
use super::{CompareLine, ComparePage};

fn line(id: &str, points: i32, too_few: bool) -> CompareLine {
    let text = "I hvilken grad fikk du den informasjonen du trengte som medarbeider?";
    CompareLine {
        text: text.into(),
        address: "/results/b2/information".into(),
        points,
        significant: points.abs() > 10,
        too_few,
        figure: bars(id, text, &[("Oppvekst skole", 41), ("Eiendom", 58)]),
    }
}

pub(super) fn compare() -> Vec<(&'static str, ComparePage)> {
    let options =
        "<option value=\"\">Hele organisasjonen</option><option value=\"a1\" selected>Oppvekst skole</option>";
    let shown = ComparePage {
        around: around(Section::Compare),
        action: "/results/b2/side-by-side".into(),
        ones: options.into(),
        others: options.into(),
        one: Some("Oppvekst skole".into()),
        other: "Eiendom".into(),
        rest: false,
        lines: vec![line("a", -17, false), line("b", 12, false), line("c", 3, false), line("d", 2, true)],
        hidden: 3,
    };
    let rest = ComparePage { rest: true, hidden: 1, ..shown.clone() };
    let asking = ComparePage { one: None, lines: Vec::new(), hidden: 0, ..shown.clone() };
    let hidden = ComparePage { lines: Vec::new(), ..shown.clone() };
    let unit = |number: u32| {
        format!(
            "<option value=\"u{number}\">Oppvekst barnehage › Rognebærstien barnehage › Avdeling {number} for de aller yngste</option>"
        )
    };
    let units: String = (0..600).map(unit).collect();
    let many = ComparePage { ones: units.clone(), others: units, ..asking.clone() };
    vec![("many", many), ("units", shown), ("rest", rest), ("asking", asking), ("hidden", hidden)]
}
