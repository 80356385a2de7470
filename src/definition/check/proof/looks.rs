//! What conditions look at, and what they tell apart there.

use std::collections::HashMap;

use crate::definition::model::{Condition, Definition, Test};

/// What is looked at, by name.
#[derive(Default)]
pub(super) struct Looks<'d>(HashMap<&'d str, Looked<'d>>);

/// What conditions tell apart in one subject.
#[derive(Default)]
pub(super) struct Looked<'d> {
    /// Values that are named.
    pub(super) values: Vec<&'d str>,
    /// Numbers from which on a comparison has another outcome than before.
    pub(super) bounds: Vec<i64>,
}

impl<'d> Looks<'d> {
    /// Of all conditions of a file.
    pub(super) fn of(definition: &'d Definition) -> Self {
        let mut looks = Self::default();
        let audiences = definition.audiences.iter().map(|audience| &audience.condition);
        let pages = definition.pages.iter().filter_map(|page| page.audience.as_ref());
        let questions = definition.questions().filter_map(|(_, question)| question.audience.as_ref());
        for condition in audiences.chain(pages).chain(questions) {
            looks.condition(condition);
        }
        looks
    }

    pub(super) fn at(&self, subject: &str) -> Option<&Looked<'d>> {
        self.0.get(subject)
    }

    fn condition(&mut self, condition: &'d Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| self.condition(part)),
            Condition::Not(part) => self.condition(part),
            Condition::Audience(_) => {}
            Condition::Answered(subject) => {
                self.0.entry(subject).or_default();
            }
            Condition::Is { subject, test } => self.0.entry(subject).or_default().test(test),
        }
    }
}

impl<'d> Looked<'d> {
    fn test(&mut self, test: &'d Test) {
        match test {
            Test::OneOf(values) | Test::NoneOf(values) | Test::IncludesAll(values) => {
                self.values.extend(values.iter().map(String::as_str));
                let numbers = values.iter().filter_map(|value| value.parse::<i64>().ok());
                self.bounds.extend(numbers.flat_map(|number| [Some(number), number.checked_add(1)]).flatten());
            }
            Test::Includes(value) => self.values.push(value),
            Test::AtLeast(least) => self.bounds.push(*least),
            Test::AtMost(most) => self.bounds.extend(most.checked_add(1)),
        }
    }
}
