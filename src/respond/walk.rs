//! The way through the pages: where a link opens, what comes after a page, what still needs an answer.

use super::draft::Draft;
use super::post::Posted;
use crate::definition::model::{Answers, Attributes, Definition, Kind, Question};
use crate::definition::route::{Route, Step, route};

/// The last screen, in the place of a page's id.
pub const SEND: &str = "send";

/// Where a respondent goes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next<'d> {
    /// A page, by its id.
    Page(&'d str),
    /// The last screen, where everything is sent in.
    Send,
}

/// Puts the answers of `page` into the draft, and moves to where they lead.
pub fn take<'d>(
    draft: &mut Draft,
    definition: &'d Definition,
    attributes: &Attributes,
    page: &str,
    posted: Posted<'_>,
) -> Next<'d> {
    draft.replace(&posted.questions, posted.answers);
    let route = route(definition, attributes, &draft.answers);
    let next = after(definition, &route, page, &posted.questions);
    let at = match next {
        Next::Page(page) => page,
        Next::Send => SEND,
    };
    draft.at = Some(at.to_owned());
    next
}

/// After the answers of `page` were taken: the same page once more when its answers opened a question that was not
/// `shown`, otherwise the next page of the route.
#[must_use]
pub fn after<'d>(definition: &Definition, route: &Route<'d>, page: &str, shown: &[&str]) -> Next<'d> {
    if let Some(step) = step(route, page)
        && step.questions.iter().any(|(question, _)| is_asked(question) && !shown.contains(&question.id.as_str()))
    {
        return Next::Page(&step.page.id);
    }
    let here = position(definition, page);
    let later = route.pages.iter().find(|step| position(definition, &step.page.id) > here);
    later.map_or(Next::Send, |step| Next::Page(&step.page.id))
}

/// The page before `page` on this respondent's way; for the last screen, the last page.
#[must_use]
pub fn before<'d>(definition: &Definition, route: &Route<'d>, page: Option<&str>) -> Option<&'d str> {
    let here = page.map_or(usize::MAX, |page| position(definition, page));
    route.pages.iter().rev().map(|step| step.page.id.as_str()).find(|id| position(definition, id) < here)
}

/// The first page that has a required question without an answer.
#[must_use]
pub fn incomplete<'d>(route: &Route<'d>, answers: &Answers) -> Option<&'d str> {
    let open = |step: &&Step<'d>| {
        step.questions.iter().any(|(question, _)| question.required && !is_answered(question, answers))
    };
    route.pages.iter().find(open).map(|step| step.page.id.as_str())
}

/// The page of that id, where this respondent sees it.
#[must_use]
pub fn step<'r, 'd>(route: &'r Route<'d>, page: &str) -> Option<&'r Step<'d>> {
    route.pages.iter().find(|step| step.page.id == page)
}

/// Whether the question has its answer; of a matrix, every item.
#[must_use]
pub fn is_answered(question: &Question, answers: &Answers) -> bool {
    match &question.kind {
        Kind::Notice => true,
        Kind::Matrix { items, .. } => {
            items.iter().all(|item| answers.contains_key(&format!("{}.{}", question.id, item.id)))
        }
        _ => answers.contains_key(&question.id),
    }
}

fn is_asked(question: &Question) -> bool {
    question.kind != Kind::Notice
}

fn position(definition: &Definition, page: &str) -> usize {
    definition.pages.iter().position(|candidate| candidate.id == page).unwrap_or(usize::MAX)
}
