//! What every page of results has around it.

pub mod compare;
pub mod heat;
pub mod index;
pub mod overview;
pub mod question;
mod samples;

use serde::Serialize;

use super::hr::Shell;

/// Around every page of results.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Around {
    /// Around that.
    pub shell: Shell,
    /// Whose survey it is; nothing where the installation has no name.
    pub organisation: Option<String>,
    /// The address of the employer's logo.
    pub logo: Option<String>,
    /// The campaign's id, in addresses.
    pub campaign: String,
    /// The survey's title.
    pub title: String,
    /// As HR called this campaign, where that is something else.
    pub name: Option<String>,
    /// Which page this is.
    pub section: Section,
    /// The pages beside it, at the same place.
    pub pages: Vec<Tab>,
    /// The way up from the place that is shown: the whole first.
    pub above: Vec<Spot>,
    /// What the place is called.
    pub place: String,
    /// The reader's own places, where there are several.
    pub own: Vec<Spot>,
    /// Groups under this many answers are not shown.
    pub minimum_group: u32,
}

/// A page of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// What stands out, and all questions.
    Overview,
    /// One question.
    Question,
    /// Units against questions.
    Heat,
    /// Two units side by side.
    Compare,
    /// Indices with their items.
    Indices,
}

/// A page beside this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tab {
    /// Which.
    pub section: Section,
    /// Where.
    pub address: String,
}

/// A place somebody can go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spot {
    /// What it is called.
    pub name: String,
    /// The same page there.
    pub address: String,
    /// It is what the page shows.
    pub here: bool,
}
