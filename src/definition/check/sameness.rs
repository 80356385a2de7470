//! Which conditions say the same, also in different surveys: order, repetition and names of audiences make no difference.
//!
//! Every condition gets a number, and those that say the same get the same one. An audience is numbered once, so that
//! thousands of questions may be asked of a large one.

use std::collections::HashMap;

use crate::definition::model::{Condition, Definition, Test};

/// The number of a condition.
pub(super) type Said = usize;

/// What has been said so far.
#[derive(Default)]
pub(super) struct Sameness<'d> {
    said: Vec<Saying>,
    numbers: HashMap<Saying, Said>,
    /// By the survey's place among those compared, and the audience's name.
    audiences: HashMap<(usize, &'d str), Said>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Saying {
    /// Sorted, none twice, none of them an `All` itself.
    All(Vec<Said>),
    /// Likewise.
    Any(Vec<Said>),
    Not(Said),
    Plain(String),
}

impl<'d> Sameness<'d> {
    /// The number of all these conditions together. Audiences stand on questions in the end: the check of circles and
    /// sizes comes first.
    pub(super) fn all(
        &mut self,
        survey: (usize, &'d Definition),
        conditions: impl Iterator<Item = &'d Condition>,
    ) -> Said {
        let mut parts = Vec::new();
        for condition in conditions {
            let part = self.one(survey, condition);
            match self.said.get(part) {
                Some(Saying::All(inner)) => parts.extend(inner),
                _ => parts.push(part),
            }
        }
        self.together(parts, Saying::All)
    }

    fn any(&mut self, survey: (usize, &'d Definition), conditions: &'d [Condition]) -> Said {
        let mut parts = Vec::new();
        for condition in conditions {
            let part = self.one(survey, condition);
            match self.said.get(part) {
                Some(Saying::Any(inner)) => parts.extend(inner),
                _ => parts.push(part),
            }
        }
        self.together(parts, Saying::Any)
    }

    fn one(&mut self, survey: (usize, &'d Definition), condition: &'d Condition) -> Said {
        match condition {
            Condition::All(parts) => self.all(survey, parts.iter()),
            Condition::Any(parts) => self.any(survey, parts),
            Condition::Not(part) => {
                let part = self.one(survey, part);
                self.number(Saying::Not(part))
            }
            Condition::Audience(id) => self.audience(survey, id),
            Condition::Answered(question) => self.number(Saying::Plain(format!("answered {question}"))),
            Condition::Is { subject, test } => self.number(Saying::Plain(format!("{subject} {:?}", sorted(test)))),
        }
    }

    fn audience(&mut self, survey: (usize, &'d Definition), id: &'d str) -> Said {
        if let Some(known) = self.audiences.get(&(survey.0, id)) {
            return *known;
        }
        let number = match survey.1.audience(id) {
            Some(audience) => self.one(survey, &audience.condition),
            None => self.number(Saying::Plain(id.to_owned())),
        };
        self.audiences.insert((survey.0, id), number);
        number
    }

    fn together(&mut self, mut parts: Vec<Said>, saying: impl FnOnce(Vec<Said>) -> Saying) -> Said {
        parts.sort_unstable();
        parts.dedup();
        match parts.as_slice() {
            [one] => *one,
            _ => self.number(saying(parts)),
        }
    }

    fn number(&mut self, saying: Saying) -> Said {
        let next = self.said.len();
        let number = *self.numbers.entry(saying.clone()).or_insert(next);
        if number == next {
            self.said.push(saying);
        }
        number
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
