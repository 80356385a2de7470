//! Can the trends that a survey asks for be drawn? A trend follows one measure: the same type, the same answers to choose
//! from, the same people asked. Surveys that are not at hand are taken at their word.

use std::collections::BTreeSet;

use crate::definition::diagnostic::Diagnostic;
use crate::definition::model::{Choice, Condition, Definition, Kind, Question, Scale, Test};
use crate::definition::parse::reader::advice;
use crate::definition::parse::source::{Earlier, Sources};
use crate::definition::rule::Rule;

/// `others` are earlier surveys that are at hand; the survey itself may be its own earlier wave.
pub(super) fn check(definition: &Definition, sources: &Sources, others: &[&Definition]) -> Vec<Diagnostic> {
    let said = sources.earlier.iter().filter_map(|earlier| {
        let (survey, name) = earlier.name.split_once('.')?;
        let here = Measure::of(definition, &earlier.question)?;
        let waves: Vec<&Definition> =
            others.iter().copied().chain([definition]).filter(|wave| wave.id == survey).collect();
        // One earlier wave that fits is enough for a trend; otherwise what comes nearest to fitting is said.
        let reasons: Option<Vec<Reason>> = waves.iter().map(|wave| here.differs(wave, name)).collect();
        let reason = reasons?.into_iter().max()?;
        Some(refused(earlier, &here, &waves, reason))
    });
    said.collect()
}

/// Why there is no trend, the farthest from one first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    NoSuchQuestion,
    Type(&'static str),
    Answers(String),
    Audience,
}

fn refused(earlier: &Earlier, here: &Measure, waves: &[&Definition], reason: Reason) -> Diagnostic {
    let name = &earlier.name;
    let as_before = "as before, or take it out of `same_as`";
    let (why, hint) = match reason {
        Reason::NoSuchQuestion => {
            let names: Vec<String> = waves.iter().flat_map(|wave| names(wave)).collect();
            let hint = advice(name, &names).unwrap_or_else(|| "lay the file of that wave beside this one".to_owned());
            ("there is no such question in that survey".to_owned(), hint)
        }
        Reason::Type(kind) => {
            (format!("it is of type {kind}, this one of type {}", here.kind), format!("ask {as_before}"))
        }
        Reason::Answers(answers) => (
            format!("it is answered with {answers}, this one with {}", here.words()),
            format!("let people answer {as_before}"),
        ),
        Reason::Audience => ("it is asked of another audience".to_owned(), format!("ask the same people {as_before}")),
    };
    Diagnostic::new(Rule::Trend, earlier.span, format!("`{name}` gives no trend: {why}")).hint(hint)
}

/// As `same_as` would name them.
fn names(wave: &Definition) -> Vec<String> {
    let of = |question: &Question| {
        let id = format!("{}.{}", wave.id, question.id);
        let items = match &question.kind {
            Kind::Matrix { items, .. } => items.iter().map(|item| format!("{id}.{}", item.id)).collect(),
            _ => Vec::new(),
        };
        std::iter::once(id).chain(items)
    };
    wave.questions().flat_map(|(_, question)| of(question)).collect()
}

/// What makes two questions comparable over time.
struct Measure {
    kind: &'static str,
    /// Points or options, all of them: another one would have drawn answers from these.
    answers: BTreeSet<Answer>,
    /// Several-choice options and items of a matrix, each a figure of its own: one in common makes a trend.
    parts: BTreeSet<Answer>,
    /// Who is asked, the same text for conditions that are written differently.
    audience: String,
}

/// Numbers in their order, then ids.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    Point(i64),
    Id(String),
}

impl Measure {
    /// A question, or an item of a matrix, which is a scale question of its own.
    fn of(definition: &Definition, name: &str) -> Option<Self> {
        let (id, item) = name.split_once('.').map_or((name, None), |(id, item)| (id, Some(item)));
        let (page, question) = definition.questions().find(|(_, question)| question.id == id)?;
        let points = |scale: &str| definition.scale(scale).map(points).unwrap_or_default();
        let (mut answers, mut parts) = (BTreeSet::new(), BTreeSet::new());
        let kind = match (&question.kind, item) {
            (Kind::Matrix { scale, items }, Some(item)) => {
                items.iter().find(|known| known.id == item)?;
                answers = points(scale);
                "scale"
            }
            (_, Some(_)) => return None,
            (Kind::Matrix { scale, items }, None) => {
                answers = points(scale);
                parts = items.iter().map(|item| Answer::Id(item.id.clone())).collect();
                "matrix"
            }
            (Kind::Scale(scale), None) => {
                answers = points(scale);
                "scale"
            }
            (Kind::Choice { options, other }, None) => {
                answers = ids(options, *other);
                "choice"
            }
            (Kind::Rank { options, .. }, None) => {
                answers = ids(options, false);
                "rank"
            }
            (Kind::Choices { options, other, .. }, None) => {
                parts = ids(options, *other);
                "choices"
            }
            (Kind::YesNo, None) => "yes_no",
            (Kind::Number { .. }, None) => "number",
            (Kind::Text, None) => "text",
            (Kind::LongText, None) => "long_text",
            (Kind::Notice, None) => "notice",
        };
        let conditions: Vec<&Condition> = page.audience.iter().chain(&question.audience).collect();
        Some(Self { kind, answers, parts, audience: joined(definition, &conditions, true) })
    }

    /// Nothing where `wave` asked the same.
    fn differs(&self, wave: &Definition, name: &str) -> Option<Reason> {
        let Some(then) = Self::of(wave, name) else { return Some(Reason::NoSuchQuestion) };
        if then.kind != self.kind {
            Some(Reason::Type(then.kind))
        } else if then.answers != self.answers || (!self.parts.is_empty() && self.parts.is_disjoint(&then.parts)) {
            Some(Reason::Answers(then.words()))
        } else {
            (then.audience != self.audience).then_some(Reason::Audience)
        }
    }

    fn words(&self) -> String {
        let word = |answer: &Answer| match answer {
            Answer::Point(value) => value.to_string(),
            Answer::Id(id) => id.clone(),
        };
        self.answers.iter().chain(&self.parts).map(word).collect::<Vec<_>>().join(", ")
    }
}

fn points(scale: &Scale) -> BTreeSet<Answer> {
    scale.points.iter().map(|point| Answer::Point(point.value)).collect()
}

fn ids(options: &[Choice], other: bool) -> BTreeSet<Answer> {
    let own = options.iter().map(|option| option.id.clone());
    own.chain(other.then(|| "other".to_owned())).map(Answer::Id).collect()
}

/// All (or any) of the conditions as one text; order, repetition and names of audiences make no difference.
fn joined(definition: &Definition, conditions: &[&Condition], all: bool) -> String {
    let mut texts = Vec::new();
    for condition in conditions {
        flatten(definition, condition, all, &mut texts);
    }
    texts.sort_unstable();
    texts.dedup();
    match texts.as_slice() {
        [one] => one.clone(),
        _ => format!("{}({})", if all { "all" } else { "any" }, texts.join(", ")),
    }
}

fn flatten(definition: &Definition, condition: &Condition, all: bool, into: &mut Vec<String>) {
    match condition {
        Condition::Audience(id) => match definition.audience(id) {
            Some(audience) => flatten(definition, &audience.condition, all, into),
            None => into.push(id.clone()),
        },
        Condition::All(parts) if all => parts.iter().for_each(|part| flatten(definition, part, all, into)),
        Condition::Any(parts) if !all => parts.iter().for_each(|part| flatten(definition, part, all, into)),
        Condition::All(parts) => into.push(joined(definition, &parts.iter().collect::<Vec<_>>(), true)),
        Condition::Any(parts) => into.push(joined(definition, &parts.iter().collect::<Vec<_>>(), false)),
        Condition::Not(part) => into.push(format!("not {}", joined(definition, &[part], true))),
        Condition::Answered(question) => into.push(format!("answered {question}")),
        Condition::Is { subject, test } => into.push(format!("{subject} {:?}", sorted(test))),
    }
}

/// The order of values says nothing.
fn sorted(test: &Test) -> Test {
    let mut test = test.clone();
    if let Test::OneOf(values) | Test::NoneOf(values) | Test::IncludesAll(values) = &mut test {
        values.sort_unstable();
        values.dedup();
    }
    test
}
