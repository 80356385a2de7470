//! Counts while a campaign runs: the whole organisation and the areas, nothing under the smallest group.
//!
//! These figures carry no certificate. They follow the simplest rule that is not broken by one subtraction: what is
//! hidden, taken together, is never a group of one to *k*−1 either. They are for HR alone and say so.

use std::collections::BTreeMap;

use crate::definition::model::{Answer, Answers, Attributes, Definition, Kind, Question};
use crate::definition::route::route;

/// One response, as it was stored.
#[derive(Clone, Debug)]
pub struct Response {
    /// Level 1 of the tree; responses without one count for the whole only.
    pub area: Option<String>,
    /// Frozen at launch.
    pub attributes: Attributes,
    /// Applicable answers.
    pub answers: Answers,
}

/// Counts of one question (or one item of a matrix).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Id of the question.
    pub question: String,
    /// Id of the matrix item.
    pub item: Option<String>,
    /// The whole organisation; `None` under the smallest group.
    pub whole: Option<Counts>,
    /// Every area that has an invitation, by id; `None` where hidden.
    pub areas: BTreeMap<String, Option<Counts>>,
}

/// Counts of one group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many answered, "don't know" included.
    pub base: u32,
    /// How many were asked and left it open.
    pub open: u32,
    /// How many said "don't know".
    pub dont_know: u32,
    /// Option id or scale value → how many.
    pub values: BTreeMap<String, u32>,
}

/// Tables of all questions, in the order of the definition. `areas` are those that anybody was invited from.
#[must_use]
pub fn tables(definition: &Definition, areas: &[String], responses: &[Response]) -> Vec<Table> {
    let asked: Vec<Vec<&str>> = responses.iter().map(|response| asked(definition, response)).collect();
    let rows =
        definition.questions().flat_map(|(_, question)| rows(question).into_iter().map(move |row| (question, row)));
    rows.map(|(question, item)| {
        let key = item.as_ref().map_or_else(|| question.id.clone(), |item| format!("{}.{item}", question.id));
        let of_question = responses.iter().zip(&asked).filter(|(_, asked)| asked.contains(&question.id.as_str()));
        let smallest = if question.sensitive { 2 * definition.minimum_group } else { definition.minimum_group };
        let (whole, by_area) = count(areas, &key, of_question.map(|(response, _)| response));
        let areas = hide_small(by_area, smallest);
        Table { question: question.id.clone(), item, whole: (whole.base >= smallest).then_some(whole), areas }
    })
    .collect()
}

/// A matrix has one table for each of its items, a notice none.
fn rows(question: &Question) -> Vec<Option<String>> {
    match &question.kind {
        Kind::Notice => Vec::new(),
        Kind::Matrix { items, .. } => items.iter().map(|item| Some(item.id.clone())).collect(),
        _ => vec![None],
    }
}

fn asked<'d>(definition: &'d Definition, response: &Response) -> Vec<&'d str> {
    let route = route(definition, &response.attributes, &response.answers);
    route.pages.iter().flat_map(|step| step.questions.iter().map(|(question, _)| question.id.as_str())).collect()
}

fn count<'r>(
    areas: &[String],
    key: &str,
    responses: impl Iterator<Item = &'r Response>,
) -> (Counts, BTreeMap<String, Counts>) {
    let mut whole = Counts::default();
    let mut by_area: BTreeMap<String, Counts> = areas.iter().map(|area| (area.clone(), Counts::default())).collect();
    for response in responses {
        let answer = response.answers.get(key);
        whole.add(answer);
        if let Some(counts) = response.area.as_ref().and_then(|area| by_area.get_mut(area)) {
            counts.add(answer);
        }
    }
    (whole, by_area)
}

impl Counts {
    /// The mean of the scale's values, "don't know" left out; none without an answer on the scale.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let values = self.values.iter().filter_map(|(value, count)| Some((value.parse::<i32>().ok()?, *count)));
        let (sum, count) =
            values.fold((0.0, 0), |(sum, n), (value, count)| (sum + f64::from(value) * f64::from(count), n + count));
        (count > 0).then(|| sum / f64::from(count))
    }

    fn add(&mut self, answer: Option<&Answer>) {
        let Some(answer) = answer else {
            self.open += 1;
            return;
        };
        self.base += 1;
        match answer {
            Answer::DontKnow => self.dont_know += 1,
            Answer::Choice(id) => self.add_value(id.clone()),
            Answer::Choices(ids) | Answer::Rank(ids) => ids.iter().for_each(|id| self.add_value(id.clone())),
            Answer::Scale(value) => self.add_value(value.to_string()),
            Answer::Number(_) | Answer::Text(_) => {}
        }
    }

    fn add_value(&mut self, id: String) {
        *self.values.entry(id).or_default() += 1;
    }
}

/// Hides every area under `smallest`, and the smallest shown ones as long as what is hidden together is one to
/// `smallest`−1 (which the whole minus the shown would give away).
fn hide_small(by_area: BTreeMap<String, Counts>, smallest: u32) -> BTreeMap<String, Option<Counts>> {
    let mut hidden: u32 = by_area.values().map(|counts| counts.base).filter(|base| *base < smallest).sum();
    let mut shown: BTreeMap<String, Option<Counts>> =
        by_area.into_iter().map(|(area, counts)| (area, (counts.base >= smallest).then_some(counts))).collect();
    while (1..smallest).contains(&hidden) {
        let next = shown.values_mut().filter(|counts| counts.is_some()).min_by_key(|counts| base(counts.as_ref()));
        let Some(next) = next else { break };
        hidden += base(next.as_ref());
        *next = None;
    }
    shown
}

fn base(counts: Option<&Counts>) -> u32 {
    counts.map_or(0, |counts| counts.base)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn areas(bases: &[u32]) -> BTreeMap<String, Counts> {
        let counts = |&base| Counts { base, ..Counts::default() };
        bases.iter().enumerate().map(|(area, base)| (format!("{area:02}"), counts(base))).collect()
    }

    #[test]
    fn a_lone_small_area_takes_the_next_one_with_it() {
        let shown: Vec<bool> = hide_small(areas(&[40, 3, 9, 12]), 5).values().map(Option::is_some).collect();
        assert_eq!(shown, [true, false, false, true]);
    }

    proptest! {
        #[test]
        fn what_is_hidden_is_never_a_small_group(bases in proptest::collection::vec(0u32..20, 0..12), k in 5u32..11) {
            let shown = hide_small(areas(&bases), k);
            let hidden: u32 = bases.iter().zip(shown.values()).filter(|(_, c)| c.is_none()).map(|(base, _)| base).sum();
            let nothing_left = shown.values().all(Option::is_none);
            prop_assert!(hidden == 0 || hidden >= k || nothing_left);
            prop_assert!(shown.values().flatten().all(|counts| counts.base >= k));
        }
    }
}
