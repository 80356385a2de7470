//! Charts as SVG: horizontal bars for choices, stacked bars for scales and comparisons.

use serde::{Deserialize, Serialize};

/// The figures of one question, ready to be drawn and to be written as a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Unique on the page; letters, digits, `-` and `_`.
    pub id: String,
    /// What was asked.
    pub title: String,
    /// How it is drawn.
    pub shape: Shape,
    /// Options or points, in order.
    pub options: Vec<FigureOption>,
    /// One for the whole; several put audiences side by side. Bars draw the first alone.
    pub rows: Vec<Row>,
}

/// How a figure is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One bar for each option: the shares need not add up to the whole.
    Bars,
    /// One bar for each row, cut into the options: the shares add up to the whole.
    Stacked,
}

/// An option or a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureOption {
    /// What is read.
    pub label: String,
    /// "Don't know": outside the order of the points, drawn in grey.
    pub aside: bool,
}

/// One group's counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Which group; none for the whole.
    pub label: Option<String>,
    /// Respondents who answered; the shares are of these.
    pub base: u64,
    /// Per option, in the figure's order.
    pub counts: Vec<u64>,
}
