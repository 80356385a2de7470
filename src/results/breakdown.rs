//! One question along a breakdown, and things that belong side by side: wordings by audience, a leader's question beside the
//! employee's.

use super::compare::sample;
use super::distribution::Distribution;
use super::row::Measure;
use super::significance::{Difference, Sample, shares};
use super::view::{Position, View};
use crate::anonymity::publication::{Breakdown, OptionText, Question, Words};
use crate::definition::model::{Compare, Definition};

/// One value of a breakdown.
#[derive(Clone, Debug)]
pub struct Part<'p> {
    /// The value.
    pub value: &'p OptionText,
    /// Its own words for the question, where each audience has its own.
    pub wording: Option<&'p Words>,
    /// The answers of those who have it.
    pub distribution: Distribution<'p>,
}

/// A question along one breakdown at a place (empty: the whole), in the order of its values. Empty where the question is not broken
/// down by it (a breakdown says nothing about the questions that it rests on) or the reader does not see it.
#[must_use]
pub fn along<'p>(view: &View<'p>, question: &'p Question, place: &str, breakdown: &'p Breakdown) -> Vec<Part<'p>> {
    let part = |value: &'p OptionText| {
        let position = Position::at(place).by(&breakdown.id, &value.id);
        let distribution = Distribution::of(view, question, position)?;
        Some(Part { value, wording: question.wordings.get(&value.id), distribution })
    };
    breakdown.values.iter().filter_map(part).collect()
}

/// A question along every breakdown in which it has anything at a place.
#[must_use]
pub fn every<'p>(view: &View<'p>, question: &'p Question, place: &str) -> Vec<(&'p Breakdown, Vec<Part<'p>>)> {
    let breakdowns = view.publication().breakdowns.iter();
    let parts = breakdowns.map(|breakdown| (breakdown, along(view, question, place, breakdown)));
    parts.filter(|(_, parts)| !parts.is_empty()).collect()
}

/// One measure worded by audience, the audiences side by side. Needs a breakdown whose values are those audiences; empty where
/// there is none, or where everybody is asked in the same words. In the breakdown's order, which is the definition's.
#[must_use]
pub fn sides<'p>(view: &View<'p>, question: &'p Question, place: &str) -> Vec<Part<'p>> {
    let audiences: Vec<&String> = question.wordings.keys().filter(|audience| !audience.is_empty()).collect();
    if audiences.is_empty() {
        return Vec::new();
    }
    by_audiences(view, question, place, &audiences)
}

/// What `results.compare` of the definition puts side by side, in its order.
#[must_use]
pub fn compared<'p>(view: &View<'p>, compare: &Compare, place: &str) -> Vec<Part<'p>> {
    let question = view.question(&compare.question);
    let audiences: Vec<&String> = compare.by.iter().collect();
    let mut parts = question.map_or_else(Vec::new, |question| by_audiences(view, question, place, &audiences));
    parts.sort_by_key(|part| audiences.iter().position(|audience| **audience == part.value.id));
    parts
}

fn by_audiences<'p>(view: &View<'p>, question: &'p Question, place: &str, audiences: &[&String]) -> Vec<Part<'p>> {
    let holds = |breakdown: &&Breakdown| {
        audiences.iter().all(|audience| breakdown.values.iter().any(|value| value.id == **audience))
    };
    let Some(breakdown) = view.publication().breakdowns.iter().find(holds) else { return Vec::new() };
    let mut parts = along(view, question, place, breakdown);
    parts.retain(|part| audiences.iter().any(|audience| **audience == part.value.id));
    parts
}

/// A leader's question beside the employee's.
#[derive(Clone, Debug)]
pub struct Pair<'p> {
    /// What leaders said.
    pub leader: Distribution<'p>,
    /// What employees said.
    pub employee: Distribution<'p>,
    /// Favourable share of the leaders minus that of the employees, in percentage points; nothing where one is hidden. Both are
    /// taken as drawn from many, since the numbers of invited leaders and employees are not shown: the test is on the safe side.
    pub difference: Option<Difference>,
}

/// What `results.pairs` of the definition puts side by side at a place; pairs of which a reader sees nothing are left out.
#[must_use]
pub fn pairs<'p>(view: &View<'p>, definition: &Definition, place: &str) -> Vec<Pair<'p>> {
    let position = Position::at(place);
    let pair = |pair: &crate::definition::model::Pair| {
        let (leader, employee) = (view.question(&pair.leader)?, view.question(&pair.employee)?);
        let many = |question: &'p Question| {
            let row = view.row(question, position)?;
            Some(Sample { population: None, ..sample(view, &row, Measure::Favourable)? })
        };
        let difference = many(leader).zip(many(employee)).and_then(|(one, other)| shares(one, other));
        let leader = Distribution::of(view, leader, position)?;
        Some(Pair { leader, employee: Distribution::of(view, employee, position)?, difference })
    };
    definition.results.pairs.iter().filter_map(pair).collect()
}
