//! Examples of indices.

use super::super::Section;
use super::super::samples::{around, dots};
use super::{IndexCard, IndicesPage, ItemLine};

fn item(mean: Option<f64>, turned: bool) -> ItemLine {
    ItemLine {
        text: "I hvilken grad ble du fulgt opp av lederen der?".into(),
        address: "/results/b2/followed_up".into(),
        mean,
        turned,
    }
}

pub(super) fn indices() -> Vec<(&'static str, IndicesPage)> {
    let shown = IndexCard {
        id: "reception".into(),
        label: "Mottakelse".into(),
        value: Some(3.6),
        base: "200–299".into(),
        needed: 2,
        parts: Some(dots("reception", "Mottakelse")),
        hidden: 2,
        items: vec![item(Some(3.4), false), item(Some(3.8), true), item(None, false)],
    };
    let hidden = IndexCard { id: "workload".into(), value: None, parts: None, hidden: 0, ..shown.clone() };
    let page = IndicesPage { around: around(Section::Indices), indices: vec![shown, hidden] };
    vec![("shown", page.clone()), ("none", IndicesPage { indices: Vec::new(), ..page })]
}
