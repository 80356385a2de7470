//! The organisation's tree with its numbers.

use serde::Serialize;

use super::Page;
use super::hr::samples::{AREAS, shell};
use super::hr::{Section, Shell};

/// `GET /people/tree`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TreePage {
    /// Around it.
    pub shell: Shell,
    /// By name.
    pub areas: Vec<Node>,
    /// People whom the register places nowhere.
    pub nowhere: u64,
}

/// An area, a service or a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Node {
    /// As the register calls it.
    pub name: String,
    /// Here and below.
    pub people: u64,
    /// Under five: it will never have results of its own.
    pub small: bool,
    /// By name.
    pub below: Vec<Node>,
}

impl Page for TreePage {
    const TEMPLATE: &'static str = "hr/tree";

    fn samples() -> Vec<(&'static str, Self)> {
        let node = |name: &str, people, below| Node { name: name.into(), people, small: people < 5, below };
        let area = |(name, people, _): (&str, u64, u64)| {
            let units = vec![node("Natt", 3, Vec::new()), node("Avdeling for tilrettelagte tjenester", 41, Vec::new())];
            node(name, people, vec![node("Tjeneste 1", 44, units), node("Tjeneste 2", people - 44, Vec::new())])
        };
        let page = TreePage { shell: shell(Section::People), areas: AREAS.map(area).into(), nowhere: 7 };
        vec![("empty", Self { areas: Vec::new(), nowhere: 0, ..page.clone() }), ("tree", page)]
    }
}
