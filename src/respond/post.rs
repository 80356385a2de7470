//! One page as a phone posts it: form fields in, typed answers or complaints out.

use std::collections::BTreeMap;

use super::draft::Draft;
use crate::definition::answer::{Reason, parse_answers};
use crate::definition::model::{Answer, Answers, Attributes, Definition, Kind, Page, Question};
use crate::definition::route::route;

/// The field of the button that only a browser shows that opens follow-ups: their ids.
pub const OPENS: &str = "opens";

/// Form fields in the order in which they were posted, decoded.
pub type Fields = Vec<(String, String)>;

/// What one page brought.
#[derive(Debug, Default)]
pub struct Posted<'d> {
    /// The questions that were on the page, answered or not.
    pub questions: Vec<&'d str>,
    /// Their answers, those that are in order.
    pub answers: Answers,
    /// What is wrong, by question (`matrix.item` for an item).
    pub problems: BTreeMap<String, Reason>,
}

/// Reads what was posted for `page` by somebody who had answered `so_far`. A complaint about a question that the other
/// answers hide is none.
#[must_use]
pub fn read<'d>(
    definition: &Definition,
    attributes: &Attributes,
    so_far: &Answers,
    page: &'d Page,
    fields: &Fields,
) -> Posted<'d> {
    let shown = shown(definition, attributes, so_far, page, fields);
    let mut posted = Posted::default();
    for question in page.questions.iter().filter(|question| shown.contains(&question.id)) {
        posted.questions.push(&question.id);
        match parse_answers(definition, question, fields) {
            Ok(answers) => posted.answers.extend(answers),
            Err(problem) => drop(posted.problems.insert(problem.key, problem.reason)),
        }
    }
    if !posted.problems.is_empty() {
        posted.forgive_hidden(definition, attributes, so_far);
    }
    posted
}

impl Posted<'_> {
    fn forgive_hidden(&mut self, definition: &Definition, attributes: &Attributes, so_far: &Answers) {
        // As the page would be kept: also what was cleared on it hides what it had opened.
        let mut draft = Draft { answers: so_far.clone(), ..Draft::default() };
        draft.replace(&self.questions, self.answers.clone());
        let route = route(definition, attributes, &draft.answers);
        let visible: Vec<&str> = route
            .pages
            .iter()
            .flat_map(|step| step.questions.iter().map(|(question, _)| question.id.as_str()))
            .collect();
        self.problems.retain(|key, _| visible.contains(&question_of(key)));
    }
}

/// The question that a key of [`Answers`] belongs to.
#[must_use]
pub fn question_of(key: &str) -> &str {
    key.split_once('.').map_or(key, |(question, _)| question)
}

/// The questions that the page says it showed, those that opened on it ([`super::follow`]), and whatever was answered all
/// the same; where the page does not say (a truncated post), those that it must have.
fn shown(
    definition: &Definition,
    attributes: &Attributes,
    so_far: &Answers,
    page: &Page,
    fields: &Fields,
) -> Vec<String> {
    let asked = |question: &&Question| question.kind != Kind::Notice;
    let list = |list: &str| fields.iter().find(|(name, _)| name == list).map(|(_, ids)| ids.as_str());
    if let Some(shown) = list("shown") {
        let named: Vec<&str> = shown.split(',').chain(list(OPENS).unwrap_or("").split(',')).map(str::trim).collect();
        let asked = page.questions.iter().filter(asked);
        let there = asked.filter(|question| named.contains(&question.id.as_str()) || is_answered(question, fields));
        return there.map(|question| question.id.clone()).collect();
    }
    let route = route(definition, attributes, so_far);
    let step = super::walk::step(&route, &page.id);
    step.map_or_else(Vec::new, |step| {
        step.questions.iter().map(|(q, _)| *q).filter(asked).map(|q| q.id.clone()).collect()
    })
}

fn is_answered(question: &Question, fields: &Fields) -> bool {
    let own = |name: &str| name.strip_prefix("q.").is_some_and(|key| question_of(key) == question.id);
    fields.iter().any(|(name, value)| own(name) && !value.is_empty())
}

/// Answers as the form fields that would post them again, so that a page is filled in from one place.
#[must_use]
pub fn fields_of(answers: &Answers) -> Fields {
    let mut fields = Fields::new();
    for (key, answer) in answers {
        let name = format!("q.{key}");
        match answer {
            Answer::Choice(id) => fields.push((name, id.clone())),
            Answer::Choices(ids) => fields.extend(ids.iter().map(|id| (name.clone(), id.clone()))),
            Answer::Rank(ids) => {
                fields.extend((1..).zip(ids).map(|(place, id)| (format!("{name}.{place}"), id.clone())));
            }
            Answer::Scale(value) | Answer::Number(value) => fields.push((name, value.to_string())),
            Answer::DontKnow => fields.push((name, "dont_know".to_owned())),
            Answer::Text(text) => fields.push((name, text.clone())),
        }
    }
    fields
}
