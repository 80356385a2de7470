//! What an employee sees when the form cannot be shown.

use serde::Serialize;

use super::Page;
use super::form::Contact;

/// A form page that could not be shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProblemPage {
    /// Why.
    pub problem: Problem,
    /// The survey's title, where the link told it.
    pub survey: Option<String>,
    /// Whom to ask, where it is known.
    pub contact: Option<Contact>,
    /// When it opens or closed, for those two problems.
    pub at: Option<jiff::Zoned>,
}

/// Why a form page cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// No invitation has this link.
    UnknownLink,
    /// The survey takes no more answers.
    Closed,
    /// The survey takes no answers yet.
    NotOpen,
    /// The answers of this link have been sent.
    Answered,
    /// The post is incomplete or no form of ours.
    BadForm,
    /// The post is larger than any form of ours.
    TooLarge,
    /// Too many requests in a short time.
    TooMany,
    /// A fault of ours.
    Broken,
    /// The store is out of reach for the moment.
    Down,
}

impl Problem {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::UnknownLink,
        Self::Closed,
        Self::NotOpen,
        Self::Answered,
        Self::BadForm,
        Self::TooLarge,
        Self::TooMany,
        Self::Broken,
        Self::Down,
    ];

    /// The HTTP status that tells it to programs.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::UnknownLink => 404,
            Self::Closed | Self::Answered => 410,
            Self::NotOpen => 403,
            Self::BadForm => 400,
            Self::TooLarge => 413,
            Self::TooMany => 429,
            Self::Broken => 500,
            Self::Down => 503,
        }
    }
}

impl Page for ProblemPage {
    const TEMPLATE: &'static str = "form/problem";

    fn samples() -> Vec<(&'static str, Self)> {
        let contact = Contact { name: "HR-avdelingen".into(), phone: Some("+4767500000".into()), url: None };
        let at = "2020-06-24T20:00:00+02:00[Europe/Oslo]".parse().ok();
        let bare = |problem| Self { problem, survey: None, contact: None, at: None };
        let known = |problem| Self {
            survey: Some("Midtveisevaluering".into()),
            contact: Some(contact.clone()),
            at: at.clone(),
            ..bare(problem)
        };
        vec![
            ("unknown-link", bare(Problem::UnknownLink)),
            ("closed", known(Problem::Closed)),
            ("closed-long-ago", bare(Problem::Closed)),
            ("not-open", known(Problem::NotOpen)),
            ("not-open-yet", bare(Problem::NotOpen)),
            ("answered", known(Problem::Answered)),
            ("bad-form", bare(Problem::BadForm)),
            ("too-large", bare(Problem::TooLarge)),
            ("too-many", bare(Problem::TooMany)),
            ("broken", bare(Problem::Broken)),
            ("down", bare(Problem::Down)),
        ]
    }
}
