//! What stands around HR's pages, and what they show when something went wrong.

use serde::Serialize;

use super::Page;
use crate::people::role::Role;

#[path = "hr_samples.rs"]
pub(super) mod samples;

/// What stands around every page but the form's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shell {
    /// Name of the account; nobody is signed in without one.
    pub account: Option<String>,
    /// What that account may do: which entries the menu has.
    pub role: Option<Role>,
    /// Goes into every form as the hidden field `csrf`.
    pub csrf: String,
    /// The phone simulator is there.
    pub demo: bool,
    /// Which entry of the menu is marked.
    pub section: Section,
}

/// An entry of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// `/`
    Campaigns,
    /// `/results`
    Results,
    /// `/people`
    People,
    /// `/accounts`
    Accounts,
    /// `/keys`
    Keys,
    /// `/audit`
    Audit,
    /// `/account`
    Account,
    /// `/simulator`
    Phones,
    /// None of them.
    None,
}

/// An HR page that could not be shown, or an action that was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FailurePage {
    /// Around it.
    pub shell: Shell,
    /// Why.
    pub failure: Failure,
    /// What to mend, where more is known; never holds a number, a token or an answer.
    pub detail: Option<String>,
}

/// Why a page cannot be shown or an action was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The account may not.
    Forbidden,
    /// The form's CSRF token is missing or old.
    Expired,
    /// No such thing.
    NotFound,
    /// The state of things does not allow it.
    Refused,
    /// Too many requests in a short time.
    TooMany,
    /// The post is larger than any form of ours.
    TooLarge,
    /// A fault of ours.
    Broken,
    /// The store is out of reach for the moment.
    Down,
}

impl Failure {
    /// The HTTP status that tells it to programs.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::Forbidden | Self::Expired => 403,
            Self::NotFound => 404,
            Self::Refused => 409,
            Self::TooLarge => 413,
            Self::TooMany => 429,
            Self::Broken => 500,
            Self::Down => 503,
        }
    }
}

impl Page for FailurePage {
    const TEMPLATE: &'static str = "hr/problem";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::failure()
    }
}
