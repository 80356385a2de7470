//! Who looks, as whom, with which answers: in memory alone.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use crate::definition::model::Condition;
use crate::definition::model::{Attributes, Definition, Page};
use crate::definition::route::route;
use crate::definition::summary::example;
use crate::respond::draft::Draft;
use crate::respond::walk;

/// More than anybody has open; the oldest goes first.
const KEPT: usize = 50;

/// One window of somebody's browser.
#[derive(Clone, Debug, Default)]
pub(super) struct Visit {
    /// Answers and place, as on the real form.
    pub(super) draft: Draft,
    /// What the register would say.
    pub(super) attributes: Attributes,
    /// Whom one asked to be.
    pub(super) audience: Option<String>,
    /// Nobody was found who belongs to that audience.
    pub(super) nobody: bool,
    /// Everything was sent in.
    pub(super) sent: bool,
}

/// All of them, the newest last.
#[derive(Default)]
pub(super) struct Visits(Mutex<VecDeque<(String, Visit)>>);

impl Visits {
    /// The visit of that id; a new one where it is not known.
    pub(super) fn get(&self, id: &str) -> Visit {
        let visits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        visits.iter().find(|(known, _)| known == id).map(|(_, visit)| visit.clone()).unwrap_or_default()
    }

    pub(super) fn put(&self, id: &str, visit: Visit) {
        let mut visits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        visits.retain(|(known, _)| known != id);
        if visits.len() >= KEPT {
            visits.pop_front();
        }
        visits.push_back((id.to_owned(), visit));
    }
}

impl Visit {
    /// Becomes somebody who belongs to that audience.
    pub(super) fn be(&mut self, survey: &Definition, audience: &str) {
        self.audience = Some(audience.to_owned());
        self.nobody = !self.satisfy(survey, &Condition::Audience(audience.to_owned()));
    }

    /// Becomes somebody who sees something of `page`, where that takes other answers than those at hand.
    pub(super) fn see(&mut self, survey: &Definition, page: &Page) {
        let sees =
            |visit: &Self| walk::step(&route(survey, &visit.attributes, &visit.draft.answers), &page.id).is_some();
        if sees(self) {
            return;
        }
        for question in &page.questions {
            let both = page.audience.iter().chain(&question.audience).cloned().collect();
            let mut other = self.clone();
            if other.satisfy(survey, &Condition::All(both)) && sees(&other) {
                *self = other;
                return;
            }
        }
    }

    fn satisfy(&mut self, survey: &Definition, condition: &Condition) -> bool {
        let Some((attributes, answers)) = example(survey, condition) else { return false };
        self.attributes.extend(attributes);
        self.draft = Draft { answers, at: None, language: self.draft.language.take() };
        self.sent = false;
        true
    }
}
