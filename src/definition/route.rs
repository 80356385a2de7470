//! Who sees what: conditions in three values, and the pages and questions that apply to one respondent.

use super::model::{Answers, Attributes, Condition, Definition, Page, Question, Text};

/// Kleene's strong three-valued logic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// A question that it needs is unanswered.
    Unknown,
}

/// What one respondent is asked, given everything answered so far.
#[derive(Debug)]
pub struct Route<'d> {
    /// Pages with at least one visible question or notice, in order.
    pub pages: Vec<Step<'d>>,
}

/// A page as one respondent sees it.
#[derive(Debug)]
pub struct Step<'d> {
    /// The page.
    pub page: &'d Page,
    /// Its visible questions and notices, in order, each in the words meant for this respondent.
    pub questions: Vec<(&'d Question, &'d Text)>,
}

/// Decides one condition. Answers of hidden questions must not be in `answers` (see [`applicable`]).
#[must_use]
pub fn decide(definition: &Definition, condition: &Condition, attributes: &Attributes, answers: &Answers) -> Truth {
    let _ = (definition, condition, attributes, answers);
    Truth::Unknown
}

/// The pages and questions that apply. Hidden answers never open anything, so a grandchild of a hidden question is hidden too.
#[must_use]
pub fn route<'d>(definition: &'d Definition, attributes: &Attributes, answers: &Answers) -> Route<'d> {
    let _ = (definition, attributes, answers);
    Route { pages: Vec::new() }
}

/// What may be stored at submit: the answers to visible questions only.
#[must_use]
pub fn applicable(definition: &Definition, attributes: &Attributes, answers: &Answers) -> Answers {
    let _ = (definition, attributes, answers);
    Answers::new()
}
