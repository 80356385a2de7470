//! An index: the mean of several scale questions, turned so that a high value is good.
//!
//! A publication holds no respondents, only counts, and that is the point of it: an index for each respondent would be a new
//! variable, as revealing as a question of its own. So an index is here the **mean of the items' means**, each of all who
//! answered that item. It is the mean of the respondents' own indices where everybody answered all items, and differs from it as
//! far as those who skip one item answer the others in another way. The rule for missing items looks at the group and not at the
//! respondent: fewer than `min_answered` items with a mean, and the group has no index.

use super::row::Row;
use super::view::{Position, View};
use crate::anonymity::publication::{Group, Question};
use crate::definition::model::Index as Declared;

/// An index of one group.
#[derive(Clone, Debug)]
pub struct Index<'p> {
    /// The mean of the items' means, not rounded; nothing where too few items are shown.
    pub value: Option<f64>,
    /// The smallest number of answers on the scale among the items with a mean; 0 where there is none.
    pub base: u32,
    /// Its items in the order of the definition; those that were not published are left out.
    pub items: Vec<Item<'p>>,
    /// How many items with a mean are needed.
    pub needed: u32,
}

/// One item of an index.
#[derive(Clone, Debug)]
pub struct Item<'p> {
    /// The question.
    pub question: &'p Question,
    /// The group of those who were asked it; nothing where the reader has no such row.
    pub group: Option<&'p Group>,
    /// Its mean, turned so that a high value is good, not rounded; nothing where it is hidden or nobody chose a point.
    pub mean: Option<f64>,
    /// How many chose a point.
    pub base: u32,
}

impl<'p> Index<'p> {
    /// Of a group at a position.
    #[must_use]
    pub fn of(view: &View<'p>, declared: &Declared, position: Position<'_>) -> Self {
        let questions = declared.of.iter().filter_map(|id| view.question(id));
        let items: Vec<Item<'p>> = questions.map(|question| item(view, question, position)).collect();
        let shown = || items.iter().filter_map(|item| Some((item.mean?, item.base)));
        let count = u32::try_from(shown().count()).unwrap_or(u32::MAX);
        let sum: f64 = shown().map(|(mean, _)| mean).sum();
        let value = (count > 0 && count >= declared.min_answered).then(|| sum / f64::from(count));
        let base = shown().map(|(_, base)| base).min().unwrap_or(0);
        Self { value, base, items, needed: declared.min_answered }
    }
}

fn item<'p>(view: &View<'p>, question: &'p Question, position: Position<'_>) -> Item<'p> {
    let row = view.row(question, position);
    Item {
        question,
        group: view.table(question, position).map(|(group, _)| group),
        mean: row.as_ref().and_then(|row| row.mean(true)),
        base: row.as_ref().map_or(0, Row::on_scale),
    }
}
