//! Indices with their items.

use serde::Serialize;

use super::Around;
use crate::report::chart::Figure;
use crate::web::pages::Page;

#[path = "index_samples.rs"]
mod samples;

/// `GET /results/{campaign}/all-indices?place=ID`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicesPage {
    /// Around it.
    pub around: Around,
    /// In the survey's order.
    pub indices: Vec<IndexCard>,
}

/// One index at one place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndexCard {
    /// In anchors.
    pub id: String,
    /// What readers call it.
    pub label: String,
    /// The mean of its items' means; nothing where too few of them are shown.
    pub value: Option<f64>,
    /// The smallest number of answers among its items, as it is shown.
    pub base: String,
    /// How many items must have a mean.
    pub needed: u32,
    /// The place and what lies below it; nothing where nothing is shown.
    pub parts: Option<Figure>,
    /// How many parts are hidden.
    pub hidden: usize,
    /// Its items.
    pub items: Vec<ItemLine>,
}

/// One item of an index.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemLine {
    /// What was asked.
    pub text: String,
    /// Its own page.
    pub address: String,
    /// Turned so that a high value is good; nothing where it is hidden.
    pub mean: Option<f64>,
    /// A high value was bad, and the mean is turned.
    pub turned: bool,
}

impl Page for IndicesPage {
    const TEMPLATE: &'static str = "viewer/indices";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::indices()
    }
}
