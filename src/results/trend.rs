//! The same question over several waves.
//!
//! A trend follows one measure: the same type, the same answers to choose from, the same kind of people asked. Which questions
//! are the same is said by `same_as` in the later survey. A wave that does not fit is refused with the reason, and never drawn.

use std::collections::BTreeSet;

use super::compare::{sample, usual};
use super::distribution::{Distribution, is_routed};
use super::significance::{Difference, Sample, shares};
use super::view::{Position, View};
use crate::anonymity::publication::{Kind, Question};

/// One wave of a measure.
#[derive(Clone, Debug)]
pub struct Wave<'p> {
    /// Its number among the earlier views given, from 0; nothing for the latest wave itself.
    pub earlier: Option<usize>,
    /// As it was asked then.
    pub distribution: Distribution<'p>,
    /// The usual share of this wave minus that of the one before it, in percentage points; nothing for the first wave, where one
    /// is hidden, or where the question has no usual share. The chance is adjusted for nothing. The same people answer in
    /// several waves without being known again, so the waves are taken as independent, which is on the safe side.
    pub change: Option<Difference>,
}

/// A measure over time.
#[derive(Clone, Debug)]
pub struct Trend<'p> {
    /// The waves that fit, in the order given, the latest last.
    pub waves: Vec<Wave<'p>>,
    /// The waves that were named and do not fit.
    pub refused: Vec<Refused>,
}

/// A wave that gives no trend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its number among the earlier views given.
    pub earlier: usize,
    /// As `same_as` names it: `survey.question`.
    pub name: String,
    /// Why not.
    pub reason: Reason,
}

/// Why a wave gives no trend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// That survey published no such question.
    NoSuchQuestion,
    /// It was asked in another way.
    Type {
        /// How, then.
        then: Kind,
    },
    /// There were other answers to choose from.
    Answers,
    /// A high value was good then and is bad now, or the other way round.
    Direction,
    /// It was asked of everybody and now is not, or the other way round.
    Audience,
}

/// Follows a question back through earlier publications, given in the order of time: of each campaign its last edition, seen
/// by the same reader.
#[must_use]
pub fn trend<'p>(view: &View<'p>, question: &'p Question, position: Position<'_>, earlier: &[View<'p>]) -> Trend<'p> {
    let (mut waves, mut refused) = (Vec::new(), Vec::new());
    let mut before: Option<Sample> = None;
    for (number, wave) in earlier.iter().enumerate() {
        match then(question, wave) {
            None => {}
            Some(Ok(then)) => {
                waves.extend(one(wave, then, position, &mut before).map(|(distribution, change)| Wave {
                    earlier: Some(number),
                    distribution,
                    change,
                }));
            }
            Some(Err((name, reason))) => refused.push(Refused { earlier: number, name, reason }),
        }
    }
    let latest = one(view, question, position, &mut before);
    waves.extend(latest.map(|(distribution, change)| Wave { earlier: None, distribution, change }));
    Trend { waves, refused }
}

fn one<'p>(
    view: &View<'p>,
    question: &'p Question,
    position: Position<'_>,
    before: &mut Option<Sample>,
) -> Option<(Distribution<'p>, Option<Difference>)> {
    let distribution = Distribution::of(view, question, position)?;
    let now = usual(question).zip(view.row(question, position)).and_then(|(measure, row)| sample(view, &row, measure));
    let change = now.zip(*before).and_then(|(now, before)| shares(now, before));
    *before = now;
    Some((distribution, change))
}

/// The question as an earlier wave asked it; nothing where `same_as` does not name that survey.
fn then<'p>(question: &Question, wave: &View<'p>) -> Option<Result<&'p Question, (String, Reason)>> {
    let survey = &wave.publication().survey;
    let mut nearest = None;
    for name in &question.same_as {
        let Some((_, id)) = name.split_once('.').filter(|(named, _)| named == survey) else { continue };
        match wave.question(&within(question, id)).ok_or(Reason::NoSuchQuestion).and_then(|then| fits(question, then)) {
            Ok(then) => return Some(Ok(then)),
            Err(reason) => nearest = nearest.or(Some((name.clone(), reason))),
        }
    }
    nearest.map(Err)
}

/// An item of a matrix follows the item of the same name where `same_as` names a matrix.
fn within(question: &Question, id: &str) -> String {
    match question.id.split_once('.') {
        Some((_, item)) if !id.contains('.') => format!("{id}.{item}"),
        _ => id.to_owned(),
    }
}

fn fits<'p>(now: &Question, then: &'p Question) -> Result<&'p Question, Reason> {
    let answers = |question: &Question| -> BTreeSet<String> {
        let own = question.options.iter().take(question.options.len().saturating_sub(1));
        own.filter(|option| option.id != super::row::DONT_KNOW).map(|option| option.id.clone()).collect()
    };
    let (ours, theirs) = (answers(now), answers(then));
    // Of several options each is a figure of its own: one in common makes a trend of that one.
    let same = if now.kind == Kind::Choices { !ours.is_disjoint(&theirs) } else { ours == theirs };
    if now.kind != then.kind {
        Err(Reason::Type { then: then.kind })
    } else if !same {
        Err(Reason::Answers)
    } else if now.reverse != then.reverse {
        Err(Reason::Direction)
    } else if is_routed(now) != is_routed(then) {
        Err(Reason::Audience)
    } else {
        Ok(then)
    }
}
