//! Who sees what: conditions in three values, and the pages and questions that apply to one respondent.
//!
//! Conditions look back only (the checker holds that), so one walk from the first question to the last decides
//! everything: when a question is reached, all that it depends on is decided, and what was hidden stays out of sight
//! for the rest of the walk.

use super::attributes::UNKNOWN;
use super::model::{Answer, Answers, Attributes, Condition, Definition, Page, Question, Test, Text, Wording};

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

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
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
    View { definition, attributes, answers, hidden: Vec::new() }.decide(condition)
}

/// The pages and questions that apply. Hidden answers never open anything, so a grandchild of a hidden question is hidden too.
#[must_use]
pub fn route<'d>(definition: &'d Definition, attributes: &Attributes, answers: &Answers) -> Route<'d> {
    let mut pages = Vec::with_capacity(definition.pages.len());
    walk(definition, attributes, answers, |page, questions| {
        if !questions.is_empty() {
            pages.push(Step { page, questions });
        }
    });
    Route { pages }
}

/// What may be stored at submit: the answers to visible questions only.
#[must_use]
pub fn applicable(definition: &Definition, attributes: &Attributes, answers: &Answers) -> Answers {
    let mut kept = answers.clone();
    let mut visible = Vec::new();
    walk(definition, attributes, answers, |_, questions| {
        visible.extend(questions.into_iter().map(|(question, _)| question.id.as_str()));
    });
    kept.retain(|key, _| visible.contains(&question_of(key)));
    // The words of `other` belong to the option; without it they were meant for nobody.
    let other = |key: &String| key.strip_suffix(".other").is_none_or(|question| chose_other(answers, question));
    kept.retain(|key, _| other(key));
    kept
}

fn chose_other(answers: &Answers, question: &str) -> bool {
    match answers.get(question) {
        Some(Answer::Choice(chosen)) => chosen == "other",
        Some(Answer::Choices(chosen)) => chosen.iter().any(|option| option == "other"),
        // No answer of the question's own: a matrix, whose item is called `other`.
        _ => true,
    }
}

/// The question that a key of [`Answers`] belongs to.
fn question_of(key: &str) -> &str {
    key.split_once('.').map_or(key, |(question, _)| question)
}

/// Visits every page with what is visible of it.
fn walk<'d>(
    definition: &'d Definition,
    attributes: &Attributes,
    answers: &Answers,
    mut visit: impl FnMut(&'d Page, Vec<(&'d Question, &'d Text)>),
) {
    let mut view = View { definition, attributes, answers, hidden: Vec::new() };
    for page in &definition.pages {
        let open = view.opens(page.audience.as_ref());
        let mut questions = Vec::new();
        for question in &page.questions {
            let words = if open && view.opens(question.audience.as_ref()) { view.words(question) } else { None };
            match words {
                Some(words) => questions.push((question, words)),
                None => view.hidden.push(&question.id),
            }
        }
        visit(page, questions);
    }
}

/// What conditions can see at one point of the walk.
struct View<'d, 'r> {
    definition: &'d Definition,
    attributes: &'r Attributes,
    answers: &'r Answers,
    /// Questions that turned out not to apply: their answers, if there are any, do not count.
    hidden: Vec<&'d str>,
}

impl<'d> View<'d, '_> {
    fn opens(&self, condition: Option<&Condition>) -> bool {
        condition.is_none_or(|condition| self.decide(condition) == Truth::True)
    }

    /// The wording meant for this respondent; nothing while it is not known which one that is.
    fn words(&self, question: &'d Question) -> Option<&'d Text> {
        match &question.wording {
            Wording::Everybody(text) => Some(text),
            Wording::ByAudience(wordings) => {
                let mine = wordings.iter().find(|(audience, _)| self.audience(audience) == Truth::True);
                mine.map(|(_, text)| text)
            }
        }
    }

    fn audience(&self, id: &str) -> Truth {
        self.definition.audience(id).map_or(Truth::Unknown, |audience| self.decide(&audience.condition))
    }

    fn decide(&self, condition: &Condition) -> Truth {
        match condition {
            Condition::All(parts) => self.first(parts, Truth::False),
            Condition::Any(parts) => self.first(parts, Truth::True),
            Condition::Not(part) => !self.decide(part),
            Condition::Audience(id) => self.audience(id),
            Condition::Answered(question) => self.answered(question).into(),
            Condition::Is { subject, test } => self.compare(subject, test),
        }
    }

    /// `decisive` as soon as one part is; else unknown if one part is; else the opposite.
    fn first(&self, parts: &[Condition], decisive: Truth) -> Truth {
        let mut all = !decisive;
        for part in parts {
            match self.decide(part) {
                truth if truth == decisive => return decisive,
                Truth::Unknown => all = Truth::Unknown,
                _ => {}
            }
        }
        all
    }

    fn answer(&self, subject: &str) -> Option<&Answer> {
        let answer = self.answers.get(subject)?;
        (!self.hidden.contains(&question_of(subject))).then_some(answer)
    }

    /// A matrix is answered with its first item.
    fn answered(&self, subject: &str) -> bool {
        let item = |key: &str| key.strip_prefix(subject).is_some_and(|rest| rest.starts_with('.'));
        self.answer(subject).is_some()
            || self
                .answers
                .range(subject.to_owned()..)
                .map_while(|(key, _)| key.starts_with(subject).then_some(key))
                .any(|key| item(key) && self.answer(key).is_some())
    }

    fn compare(&self, subject: &str, test: &Test) -> Truth {
        if let Some(answer) = self.answer(subject) {
            return holds(test, answer).into();
        }
        match self.definition.attributes.iter().find(|attribute| attribute.id == subject) {
            Some(_) => is_value(test, self.attributes.get(subject).map_or(UNKNOWN, String::as_str)).into(),
            None => Truth::Unknown,
        }
    }
}

/// Whether a comparison holds for a single value as text.
pub(super) fn is_value(test: &Test, value: &str) -> bool {
    match test {
        Test::OneOf(values) => values.iter().any(|known| known == value),
        Test::NoneOf(values) => values.iter().all(|known| known != value),
        Test::AtLeast(_) | Test::AtMost(_) | Test::Includes(_) | Test::IncludesAll(_) => false,
    }
}

/// Whether a comparison holds for an answer.
#[must_use]
pub fn holds(test: &Test, answer: &Answer) -> bool {
    match answer {
        Answer::Choice(option) => is_value(test, option),
        Answer::DontKnow => is_value(test, "dont_know"),
        Answer::Scale(value) | Answer::Number(value) => is_number(test, *value),
        Answer::Choices(chosen) | Answer::Rank(chosen) => match test {
            Test::Includes(option) => chosen.contains(option),
            Test::IncludesAll(options) => options.iter().all(|option| chosen.contains(option)),
            _ => false,
        },
        Answer::Text(_) => false,
    }
}

fn is_number(test: &Test, value: i64) -> bool {
    let is = |text: &String| text.parse() == Ok(value);
    match test {
        Test::OneOf(values) => values.iter().any(is),
        Test::NoneOf(values) => !values.iter().any(is),
        Test::AtLeast(least) => value >= *least,
        Test::AtMost(most) => value <= *most,
        Test::Includes(_) | Test::IncludesAll(_) => false,
    }
}
