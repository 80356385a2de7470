//! What was asked, in the words of the survey.

use std::collections::BTreeMap;

use super::{Writing, words};
use crate::anonymity::publication::{Category, Kind, Question, Words};
use crate::anonymity::variable::Variable;
use crate::definition::model::{Kind as Asked, Language, Point, Question as Definition, Scale, Text, Wording};

impl Writing<'_, '_> {
    pub(super) fn question(&self, variable: &Variable<'_>, population: &str, k: u32) -> Question {
        let question = variable.question;
        Question {
            id: variable.key.clone(),
            question: question.id.clone(),
            wordings: wordings(question, variable.item()),
            kind: kind(variable),
            population: population.to_owned(),
            k,
            options: self.options(variable),
            reverse: variable.reverse(),
            same_as: question.same_as.clone(),
        }
    }

    fn options(&self, variable: &Variable<'_>) -> Vec<Category> {
        let definition = self.edition.world.definition;
        let plain = |id: &str, label: Words| Category { id: id.to_owned(), label, value: None, favourable: false };
        let mut options: Vec<Category> = match &variable.question.kind {
            Asked::Scale(scale) | Asked::Matrix { scale, .. } => {
                let scale = definition.scale(scale);
                let points = scale.map_or_else(Vec::new, |scale| {
                    let point = |point: &Point| Category {
                        id: point.value.to_string(),
                        label: words(&point.label),
                        value: Some(point.value),
                        favourable: is_favourable(scale, point.value, variable),
                    };
                    scale.points.iter().map(point).collect()
                });
                let dont_know = scale.and_then(|scale| scale.dont_know.as_ref());
                points.into_iter().chain(dont_know.map(|label| plain("dont_know", words(label)))).collect()
            }
            Asked::Choice { options, .. } | Asked::Choices { options, .. } | Asked::Rank { options, .. } => {
                let label = |id: &String| options.iter().find(|option| option.id == *id).map(|o| words(&o.label));
                variable.options.iter().map(|id| plain(id, label(id).unwrap_or_default())).collect()
            }
            _ => variable.options.iter().map(|id| plain(id, Words::new())).collect(),
        };
        options.push(plain("open", Words::new()));
        options
    }
}

/// Where a high value is bad, the good points are at the other end: with 4 and 5 on a scale from 1 to 5 these are 2 and 1.
pub(super) fn is_favourable(scale: &Scale, value: i64, variable: &Variable<'_>) -> bool {
    let values = || scale.points.iter().map(|point| point.value);
    let ends = values().min().zip(values().max()).filter(|_| variable.reverse());
    scale.favourable.contains(&ends.map_or(value, |(low, high)| low + high - value))
}

fn kind(variable: &Variable<'_>) -> Kind {
    match &variable.question.kind {
        Asked::YesNo => Kind::YesNo,
        Asked::Choices { .. } => Kind::Choices,
        Asked::Rank { .. } => Kind::Rank,
        Asked::Scale(_) | Asked::Matrix { .. } => Kind::Scale,
        Asked::Number { .. } => Kind::Number,
        _ => Kind::Choice,
    }
}

fn wordings(question: &Definition, item: Option<&str>) -> BTreeMap<String, Words> {
    let label = match (&question.kind, item) {
        (Asked::Matrix { items, .. }, Some(id)) => items.iter().find(|item| item.id == id).map(|item| &item.label),
        _ => None,
    };
    let whole = |text: &Text| -> Words {
        let add = |(language, text): (&Language, &String)| {
            let item = label.map_or_else(String::new, |label| format!(" {}", label.get(*language)));
            (language.to_string(), format!("{text}{item}"))
        };
        text.0.iter().map(add).collect()
    };
    match &question.wording {
        Wording::Everybody(text) => BTreeMap::from([(String::new(), whole(text))]),
        Wording::ByAudience(wordings) => {
            wordings.iter().map(|(audience, text)| (audience.clone(), whole(text))).collect()
        }
    }
}
