//! Who took part.

use super::view::{Position, View};
use crate::anonymity::publication::{Group, Rate};

/// A response rate as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Under 10 %.
    Under10,
    /// Whole percent, from 10 to 90.
    Percent(u32),
    /// Over 90 %: how few did not answer is not shown.
    Over90,
}

/// The response rate of one group.
#[derive(Clone, Copy, Debug)]
pub struct ResponseRate<'p> {
    /// The group.
    pub group: &'p Group,
    /// How many were invited; nothing where it is hidden.
    pub invited: Option<u32>,
    /// How many of them took part; nothing where it is hidden, and at both ends.
    pub answered: Option<u32>,
    /// The rate; nothing where it is hidden.
    pub part: Option<Part>,
}

/// Of a group at a position; nothing where the reader has no such row.
#[must_use]
pub fn at<'p>(view: &View<'p>, position: Position<'_>) -> Option<ResponseRate<'p>> {
    view.rate(position).map(|(group, rate)| response_rate(group, rate))
}

/// Of every place right below one (empty: the areas), in the order of their paths.
#[must_use]
pub fn below<'p>(view: &View<'p>, parent: &str) -> Vec<ResponseRate<'p>> {
    view.below(parent).filter_map(|place| at(view, Position::at(&place.id))).collect()
}

fn response_rate<'p>(group: &'p Group, rate: &Rate) -> ResponseRate<'p> {
    let part = rate.percent.as_deref().and_then(part);
    let answered = rate.counts.map(|[_, answered]| answered);
    ResponseRate {
        group,
        invited: rate.counts.map(|[invited, _]| invited),
        answered: answered.filter(|_| matches!(part, Some(Part::Percent(_)))),
        part,
    }
}

fn part(percent: &str) -> Option<Part> {
    match percent {
        "<10" => Some(Part::Under10),
        ">90" => Some(Part::Over90),
        percent => percent.parse().ok().map(Part::Percent),
    }
}
