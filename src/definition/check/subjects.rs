//! Conditions ask what can be answered: closed questions that must be answered, tests that fit, values that exist.

use std::collections::BTreeMap;

use super::names::{Names, Subject};
use crate::definition::attributes::UNKNOWN;
use crate::definition::diagnostic::{Diagnostic, Span};
use crate::definition::model::{Attribute, Choice, Kind, Question, RegisterField, Test};
use crate::definition::parse::reader::advice;
use crate::definition::parse::source::{Use, What};
use crate::definition::rule::Rule;

pub(super) fn check(names: &Names<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = names.sources.uses.iter().flat_map(|used| one(names, used)).collect();
    found.extend(optional(names));
    found
}

fn one(names: &Names<'_>, used: &Use) -> Vec<Diagnostic> {
    let Some(subject) = names.subject(&used.name) else { return Vec::new() };
    match &used.what {
        What::Answered => asked(used, subject).into_iter().collect(),
        What::Compared { test, values } => match open(subject) {
            Some(kind) => vec![not_closed(used, kind)],
            None if !fits(subject, test) => vec![unfit(names, used, subject, test)],
            None => test_values(test)
                .zip(values)
                .filter_map(|(value, span)| exists(names, subject, &value, *span))
                .collect(),
        },
        _ => Vec::new(),
    }
}

fn asked(used: &Use, subject: Subject<'_>) -> Option<Diagnostic> {
    let message = match subject {
        Subject::Attribute(_) => format!("`{}` comes from the register and is not answered", used.name),
        Subject::Question(Question { kind: Kind::Notice, .. }) => {
            format!("`{}` is a notice and is not answered", used.name)
        }
        _ => return None,
    };
    Some(Diagnostic::new(Rule::ClosedQuestion, used.span, message).hint("`answered` is for questions"))
}

/// What an open question is called.
fn open(subject: Subject<'_>) -> Option<&'static str> {
    match subject {
        Subject::Question(question) => match question.kind {
            Kind::Text | Kind::LongText => Some("an open question"),
            Kind::Notice => Some("a notice"),
            Kind::Matrix { .. } => Some("a whole matrix"),
            _ => None,
        },
        _ => None,
    }
}

fn not_closed(used: &Use, kind: &str) -> Diagnostic {
    let message = format!("`{}` is {kind} and has no answer to compare with", used.name);
    let hint = match kind {
        "a whole matrix" => format!("name an item: `{}.item`", used.name),
        _ => "conditions look at closed questions; `answered` asks whether anything was answered".to_owned(),
    };
    Diagnostic::new(Rule::ClosedQuestion, used.span, message).hint(hint)
}

fn fits(subject: Subject<'_>, test: &Test) -> bool {
    let kind = match subject {
        Subject::Attribute(_) => return matches!(test, Test::OneOf(_) | Test::NoneOf(_)),
        Subject::Item(..) => return !matches!(test, Test::Includes(_) | Test::IncludesAll(_)),
        Subject::Question(question) => &question.kind,
    };
    match test {
        Test::OneOf(_) | Test::NoneOf(_) => !matches!(kind, Kind::Choices { .. } | Kind::Rank { .. }),
        Test::AtLeast(_) | Test::AtMost(_) => matches!(kind, Kind::Scale(_) | Kind::Number { .. }),
        Test::Includes(_) | Test::IncludesAll(_) => matches!(kind, Kind::Choices { .. } | Kind::Rank { .. }),
    }
}

fn unfit(names: &Names<'_>, used: &Use, subject: Subject<'_>, test: &Test) -> Diagnostic {
    let (word, belongs) = match test {
        Test::AtLeast(_) => ("at_least", "scales and numbers"),
        Test::AtMost(_) => ("at_most", "scales and numbers"),
        Test::Includes(_) => ("includes", "questions with several answers"),
        Test::IncludesAll(_) => ("includes_all", "questions with several answers"),
        Test::NoneOf(_) => ("is_not", "questions with one answer"),
        Test::OneOf(_) => ("a plain value", "questions with one answer"),
    };
    let several = matches!(subject, Subject::Question(Question { kind: Kind::Choices { .. } | Kind::Rank { .. }, .. }));
    let hint = if several {
        "write `{includes: option}`".to_owned()
    } else {
        match known_values(names, subject) {
            Some(values) => format!("name the answer: {}", values.join(", ")),
            None => "compare with a value".to_owned(),
        }
    };
    let message = format!("{word} does not fit `{}`: it is for {belongs}", used.name);
    Diagnostic::new(Rule::TestFits, used.span, message).hint(hint)
}

fn test_values(test: &Test) -> Box<dyn Iterator<Item = String> + '_> {
    match test {
        Test::OneOf(values) | Test::NoneOf(values) | Test::IncludesAll(values) => Box::new(values.iter().cloned()),
        Test::Includes(value) => Box::new(std::iter::once(value.clone())),
        Test::AtLeast(value) | Test::AtMost(value) => Box::new(std::iter::once(value.to_string())),
    }
}

fn exists(names: &Names<'_>, subject: Subject<'_>, value: &str, span: Span) -> Option<Diagnostic> {
    let wrong = |hint: String| {
        let message = format!("`{value}` is no possible answer");
        Some(Diagnostic::new(Rule::ValueExists, span, message).hint(hint))
    };
    if let Subject::Question(Question { kind: Kind::Number { min, max, .. }, .. }) = subject {
        return match value.parse::<i64>() {
            Ok(number) if min.is_none_or(|min| min <= number) && max.is_none_or(|max| number <= max) => None,
            Ok(_) => wrong("it is outside `min` and `max`".to_owned()),
            Err(_) => wrong("the question asks for a whole number".to_owned()),
        };
    }
    let known = known_values(names, subject)?;
    if known.iter().any(|known| known == value) {
        return None;
    }
    wrong(advice(value, &known).unwrap_or_else(|| format!("possible are {}", known.join(", "))))
}

/// Every answer that there can be; nothing where that is not known.
fn known_values(names: &Names<'_>, subject: Subject<'_>) -> Option<Vec<String>> {
    let on_scale = |name: &str| {
        let scale = names.scale(name)?;
        let points = scale.points.iter().map(|point| point.value.to_string());
        Some(points.chain(scale.dont_know.is_some().then(|| "dont_know".to_owned())).collect())
    };
    match subject {
        Subject::Attribute(attribute) => register_values(attribute),
        Subject::Item(_, scale) => on_scale(scale),
        Subject::Question(question) => match &question.kind {
            Kind::YesNo => Some(vec!["yes".to_owned(), "no".to_owned()]),
            Kind::Choice { options, other } | Kind::Choices { options, other, .. } => Some(ids(options, *other)),
            Kind::Rank { options, .. } => Some(ids(options, false)),
            Kind::Scale(scale) => on_scale(scale),
            _ => None,
        },
    }
}

fn ids(options: &[Choice], other: bool) -> Vec<String> {
    options.iter().map(|option| option.id.clone()).chain(other.then(|| "other".to_owned())).collect()
}

fn register_values(attribute: &Attribute) -> Option<Vec<String>> {
    match attribute.from {
        RegisterField::BirthYear => {
            let mut values = crate::definition::attributes::band_names(&attribute.bands);
            values.push(UNKNOWN.to_owned());
            Some(values)
        }
        RegisterField::StaffResponsibility | RegisterField::UnionRep | RegisterField::SafetyRep => {
            Some(vec!["yes".to_owned(), "no".to_owned()])
        }
        RegisterField::Employment | RegisterField::Language => None,
    }
}

/// Questions that conditions look at and that may be left open: whoever does so would drop out of the rest unseen.
fn optional(names: &Names<'_>) -> Vec<Diagnostic> {
    let mut found = BTreeMap::new();
    for used in names.sources.uses.iter().filter(|used| matches!(used.what, What::Compared { .. })) {
        let question = match names.subject(&used.name) {
            Some(subject) if open(subject).is_some() => continue,
            Some(Subject::Question(question) | Subject::Item(question, _)) if !question.required => question,
            _ => continue,
        };
        let Some(asked) = names.sources.questions.get(&question.id) else { continue };
        found.entry(question.id.as_str()).or_insert_with(|| {
            let message = format!("conditions look at `{}`, so it cannot be left open", question.id);
            let hint = format!("write `required: true` (a condition in line {} looks at it)", used.span.start.line);
            Diagnostic::new(Rule::RoutingRequired, asked.span, message).hint(hint)
        });
    }
    found.into_values().collect()
}
