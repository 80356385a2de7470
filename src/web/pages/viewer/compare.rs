//! Two units side by side, or a unit and the rest.

use serde::Serialize;

use super::Around;
use crate::report::chart::Figure;
use crate::web::pages::Page;

#[path = "compare_samples.rs"]
mod samples;

/// `GET /results/{campaign}/side-by-side?place=ID&with=ID`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComparePage {
    /// Around it.
    pub around: Around,
    /// Where the form leads.
    pub action: String,
    /// The places for the first field, as HTML options: there are hundreds.
    pub ones: String,
    /// The same for the second field.
    pub others: String,
    /// What the first is called; nothing while only one place is known.
    pub one: Option<String>,
    /// What the second is called.
    pub other: String,
    /// The second holds the first, so that it is what is left of it.
    pub rest: bool,
    /// Questions whose figures are shown for both, in the survey's order.
    pub lines: Vec<CompareLine>,
    /// Questions of which one side is hidden.
    pub hidden: usize,
}

/// One question of both.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CompareLine {
    /// What was asked.
    pub text: String,
    /// Its own page.
    pub address: String,
    /// The first minus the second, in whole percentage points.
    pub points: i32,
    /// That difference is more than chance.
    pub significant: bool,
    /// There are too few answers to tell.
    pub too_few: bool,
    /// Both, drawn.
    pub figure: Figure,
}

impl Page for ComparePage {
    const TEMPLATE: &'static str = "viewer/compare";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::compare()
    }
}
