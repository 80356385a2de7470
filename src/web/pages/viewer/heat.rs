//! The heat map: units against questions or indices.

use serde::Serialize;

use super::Around;
use super::question::Choice;
use crate::web::pages::Page;

#[path = "heat_samples.rs"]
mod samples;

/// `GET /results/{campaign}/heat-map?place=ID&level=N&of=indices&sort=COLUMN`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatPage {
    /// Around it.
    pub around: Around,
    /// Questions or indices; empty where there are no indices.
    pub ofs: Vec<Choice>,
    /// Which level below the place: `1` areas, `2` services, `3` units.
    pub levels: Vec<Choice>,
    /// Questions or indices.
    pub columns: Vec<Column>,
    /// The body of the table, as HTML: with hundreds of units a template would be slow.
    pub body: String,
    /// One of the columns as a list, for a narrow screen; nothing where there are no columns.
    pub ranked: Option<Ranked>,
    /// How many cells are hidden.
    pub hidden: usize,
}

/// One column as a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ranked {
    /// The first items of the list, as HTML.
    pub list: String,
    /// The others.
    pub rest: String,
    /// How many others there are.
    pub others: usize,
    /// What is read.
    pub label: String,
    /// Its own page.
    pub address: String,
    /// How many places are not in it, because they are hidden.
    pub hidden: usize,
    /// Where the form leads that chooses another column.
    pub action: String,
    /// What else that form sends.
    pub kept: Vec<Kept>,
}

impl Ranked {
    /// So many can be looked through on a phone.
    const FIRST: usize = 25;

    /// The same with these items.
    #[must_use]
    pub fn of(self, items: &[String]) -> Self {
        let (first, rest) = items.split_at(items.len().min(Self::FIRST));
        Self { list: first.concat(), rest: rest.concat(), others: rest.len(), ..self }
    }
}

/// A part of the address that stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: String,
}

/// A question or an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// In the address.
    pub id: String,
    /// What is read.
    pub label: String,
    /// Its own page.
    pub address: String,
    /// The table in the order of this column.
    pub sort: String,
    /// It is in that order.
    pub sorted: bool,
    /// It is the one that is listed.
    pub listed: bool,
}

impl Page for HeatPage {
    const TEMPLATE: &'static str = "viewer/heat";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::heat()
    }
}
