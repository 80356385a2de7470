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
    /// How many cells are hidden.
    pub hidden: usize,
    /// How many places there are.
    pub places: usize,
}

/// A question or an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// What is read.
    pub label: String,
    /// Its own page.
    pub address: String,
    /// The table in the order of this column.
    pub sort: String,
    /// It is in that order.
    pub sorted: bool,
}

impl Page for HeatPage {
    const TEMPLATE: &'static str = "viewer/heat";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::heat()
    }
}
