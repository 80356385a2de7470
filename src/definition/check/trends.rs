//! Can the trends that a survey asks for be drawn? A trend follows one measure: the same type, the same answers to choose
//! from, the same people asked. Surveys that are not at hand are taken at their word.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use super::sameness::{Said, Sameness};
use crate::definition::diagnostic::Diagnostic;
use crate::definition::model::{Choice, Definition, Kind, Page, Question, Scale};
use crate::definition::parse::reader::{MAX_DIAGNOSTICS, advice};
use crate::definition::parse::source::{Earlier, Sources};
use crate::definition::rule::Rule;

/// `others` are surveys that are at hand; the survey itself may be its own earlier wave.
pub(super) fn check(definition: &Definition, sources: &Sources, others: &[&Definition]) -> Vec<Diagnostic> {
    let mut trends = Trends {
        waves: std::iter::once(definition).chain(others.iter().copied()).map(Wave::of).collect(),
        sameness: Sameness::default(),
        measured: HashMap::new(),
    };
    let mut pairs = HashSet::new();
    let earlier = sources.earlier.iter().filter(|earlier| pairs.insert((&earlier.question, &earlier.name)));
    // One more than is kept, so that the cut is noticed.
    earlier.filter_map(|earlier| trends.refuse(earlier)).take(MAX_DIAGNOSTICS + 1).collect()
}

struct Trends<'d> {
    /// The survey itself is the first.
    waves: Vec<Wave<'d>>,
    sameness: Sameness<'d>,
    /// By wave and name: many questions may name the same one.
    measured: HashMap<(usize, String), Option<Rc<Measure>>>,
}

struct Wave<'d> {
    definition: &'d Definition,
    questions: HashMap<&'d str, (&'d Page, &'d Question)>,
}

impl<'d> Wave<'d> {
    fn of(definition: &'d Definition) -> Self {
        let questions = definition.questions().map(|(page, question)| (question.id.as_str(), (page, question)));
        Self { definition, questions: questions.collect() }
    }

    /// Every question and item as `same_as` would name it.
    fn names(&self) -> Vec<String> {
        let of = |question: &Question| {
            let id = format!("{}.{}", self.definition.id, question.id);
            let items = match &question.kind {
                Kind::Matrix { items, .. } => items.iter().map(|item| format!("{id}.{}", item.id)).collect(),
                _ => Vec::new(),
            };
            std::iter::once(id).chain(items)
        };
        self.definition.questions().flat_map(|(_, question)| of(question)).collect()
    }
}

/// Why there is no trend; what is farthest from one comes first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    NoSuchQuestion,
    Type(&'static str),
    Answers(String),
    Audience,
}

impl Trends<'_> {
    /// One earlier wave that fits is enough for a trend; otherwise what comes nearest to fitting is said. The survey is its
    /// own earlier wave where no other file has the question.
    fn refuse(&mut self, earlier: &Earlier) -> Option<Diagnostic> {
        let (survey, name) = earlier.name.split_once('.')?;
        let here = self.measure(0, &earlier.question)?;
        let mut nearest = None;
        for wave in (1..self.waves.len()).chain([0]) {
            let own_is_needed = matches!(nearest, None | Some(Reason::NoSuchQuestion));
            if self.waves[wave].definition.id == survey && (wave > 0 || own_is_needed) {
                let then = self.measure(wave, name);
                nearest = nearest.max(Some(here.differs(then.as_deref())?));
            }
        }
        Some(self.refused(earlier, survey, &here, nearest?))
    }

    fn refused(&self, earlier: &Earlier, survey: &str, here: &Measure, reason: Reason) -> Diagnostic {
        let name = &earlier.name;
        let (why, mend) = match reason {
            Reason::NoSuchQuestion => {
                let waves = self.waves.iter().filter(|wave| wave.definition.id == survey);
                let hint = advice(name, &waves.flat_map(Wave::names).collect::<Vec<_>>());
                let hint = hint.unwrap_or_else(|| "lay the file of that wave beside this one".to_owned());
                let message = format!("`{name}` gives no trend: there is no such question in that survey");
                return Diagnostic::new(Rule::Trend, earlier.span, message).hint(hint);
            }
            Reason::Type(kind) => (format!("it is of type {kind}, this one of type {}", here.kind), "ask"),
            Reason::Answers(answers) => {
                (format!("it is answered with {answers}, this one with {}", here.words()), "let people answer")
            }
            Reason::Audience => ("it is asked of another audience".to_owned(), "ask the same people"),
        };
        Diagnostic::new(Rule::Trend, earlier.span, format!("`{name}` gives no trend: {why}"))
            .hint(format!("{mend} as before, or take it out of `same_as`"))
    }

    fn measure(&mut self, wave: usize, name: &str) -> Option<Rc<Measure>> {
        let key = (wave, name.to_owned());
        if let Some(known) = self.measured.get(&key) {
            return known.clone();
        }
        let measure = self.measure_anew(wave, name).map(Rc::new);
        self.measured.insert(key, measure.clone());
        measure
    }

    /// A question of that wave, or an item of a matrix, which is a scale question of its own.
    fn measure_anew(&mut self, wave: usize, name: &str) -> Option<Measure> {
        let (id, item) = name.split_once('.').map_or((name, None), |(id, item)| (id, Some(item)));
        let Wave { definition, questions } = self.waves.get(wave)?;
        let (page, question) = questions.get(id).copied()?;
        let (kind, answers, parts) = asked(definition, &question.kind, item)?;
        let conditions = page.audience.iter().chain(&question.audience);
        let audience = self.sameness.all((wave, *definition), conditions);
        Some(Measure { kind, answers, parts, audience })
    }
}

/// What makes two questions comparable over time.
struct Measure {
    kind: &'static str,
    /// Points or options, all of them: another one would have drawn answers from these.
    answers: Answers,
    /// Several-choice options and items of a matrix, each a figure of its own: one in common makes a trend.
    parts: Answers,
    audience: Said,
}

type Answers = BTreeSet<Answer>;

/// Numbers in their order, or ids.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    Point(i64),
    Id(String),
}

impl Measure {
    /// Nothing where the same was asked.
    fn differs(&self, then: Option<&Self>) -> Option<Reason> {
        let Some(then) = then else { return Some(Reason::NoSuchQuestion) };
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

/// The type with its answers and its parts; nothing for an item that there is not.
fn asked(definition: &Definition, kind: &Kind, item: Option<&str>) -> Option<(&'static str, Answers, Answers)> {
    let points = |scale: &str| definition.scale(scale).map(points).unwrap_or_default();
    let (kind, answers, parts) = match (kind, item) {
        (Kind::Matrix { scale, items }, Some(item)) => {
            items.iter().find(|known| known.id == item)?;
            ("scale", points(scale), Answers::new())
        }
        (_, Some(_)) => return None,
        (Kind::Matrix { scale, items }, None) => {
            ("matrix", points(scale), items.iter().map(|item| Answer::Id(item.id.clone())).collect())
        }
        (Kind::Scale(scale), None) => ("scale", points(scale), Answers::new()),
        (Kind::Choice { options, other }, None) => ("choice", ids(options, *other), Answers::new()),
        (Kind::Rank { options, .. }, None) => ("rank", ids(options, false), Answers::new()),
        (Kind::Choices { options, other, .. }, None) => ("choices", Answers::new(), ids(options, *other)),
        (Kind::YesNo, None) => ("yes_no", Answers::new(), Answers::new()),
        (Kind::Number { .. }, None) => ("number", Answers::new(), Answers::new()),
        (Kind::Text, None) => ("text", Answers::new(), Answers::new()),
        (Kind::LongText, None) => ("long_text", Answers::new(), Answers::new()),
        (Kind::Notice, None) => ("notice", Answers::new(), Answers::new()),
    };
    Some((kind, answers, parts))
}

fn points(scale: &Scale) -> Answers {
    scale.points.iter().map(|point| Answer::Point(point.value)).collect()
}

fn ids(options: &[Choice], other: bool) -> Answers {
    let own = options.iter().map(|option| option.id.clone());
    own.chain(other.then(|| "other".to_owned())).map(Answer::Id).collect()
}
