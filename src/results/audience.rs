//! Who was asked, in words.

use crate::anonymity::variable::variables;
use crate::definition::model::{Condition, Definition, Kind, Language, Question, Test};

/// A condition as a reader of results says it. Named audiences are called by their labels.
#[must_use]
pub fn describe(definition: &Definition, language: Language, condition: &Condition) -> String {
    let words = Words::of(language);
    let join = |conditions: &[Condition], word: &str| {
        let parts: Vec<String> = conditions.iter().map(|part| describe(definition, language, part)).collect();
        parts.join(&format!(" {word} "))
    };
    match condition {
        Condition::All(conditions) => join(conditions, words.and),
        Condition::Any(conditions) => join(conditions, words.or),
        Condition::Not(inner) => format!("{} {}", words.not, describe(definition, language, inner)),
        Condition::Audience(id) => {
            let label = definition.audience(id).and_then(|audience| audience.label.as_ref());
            label.map_or_else(|| id.clone(), |label| label.get(language).to_owned())
        }
        Condition::Answered(id) => id.clone(),
        Condition::Is { subject, test } => format!("{subject}: {}", answer(definition, language, subject, test)),
    }
}

/// Who was asked a question of a publication (`matrix.item` for an item), in words; nothing where everybody was.
#[must_use]
pub fn asked(definition: &Definition, language: Language, question: &str) -> Option<String> {
    let variables = variables(definition);
    let condition = variables.iter().find(|variable| variable.key == question)?.condition()?;
    Some(describe(definition, language, &condition))
}

fn answer(definition: &Definition, language: Language, subject: &str, test: &Test) -> String {
    let id = subject.split('.').next().unwrap_or(subject);
    let question = definition.questions().map(|(_, question)| question).find(|question| question.id == id);
    let label = |value: &String| option(definition, question, language, value).unwrap_or_else(|| value.clone());
    match test {
        Test::OneOf(values) | Test::IncludesAll(values) => values.iter().map(label).collect::<Vec<_>>().join("/"),
        Test::NoneOf(values) => {
            format!("{} {}", Words::of(language).not, values.iter().map(label).collect::<Vec<_>>().join("/"))
        }
        Test::Includes(value) => label(value),
        Test::AtLeast(value) => format!("≥ {value}"),
        Test::AtMost(value) => format!("≤ {value}"),
    }
}

fn option(definition: &Definition, question: Option<&Question>, language: Language, value: &str) -> Option<String> {
    match &question?.kind {
        Kind::Choice { options, .. } | Kind::Choices { options, .. } | Kind::Rank { options, .. } => {
            options.iter().find(|option| option.id == value).map(|option| option.label.get(language).to_owned())
        }
        Kind::Scale(scale) | Kind::Matrix { scale, .. } => {
            let points = &definition.scale(scale)?.points;
            points.iter().find(|point| point.value.to_string() == value).map(|p| p.label.get(language).to_owned())
        }
        _ => None,
    }
}

struct Words {
    and: &'static str,
    or: &'static str,
    not: &'static str,
}

impl Words {
    fn of(language: Language) -> Self {
        match language.as_str() {
            "nb" => Self { and: "og", or: "eller", not: "ikke" },
            "nn" => Self { and: "og", or: "eller", not: "ikkje" },
            "pl" => Self { and: "i", or: "lub", not: "nie" },
            _ => Self { and: "and", or: "or", not: "not" },
        }
    }
}
