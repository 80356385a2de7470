//! The pages before the door: signing in, the code, the first password.

use serde::Serialize;

use super::Page;

#[path = "login_samples.rs"]
mod samples;

/// `GET /login`; posts `name`, `password`, `csrf`, `next` to `/login`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LoginPage {
    /// The hidden field `csrf`.
    pub csrf: String,
    /// Where to go afterwards.
    pub next: Option<String>,
    /// As it was typed.
    pub name: String,
    /// Why it did not work.
    pub fault: Option<LoginFault>,
    /// Codes can be sent; their number is posted as `phone` to `/login/phone`.
    pub codes: bool,
    /// The address that leads to the identity provider, where there is one. A link: a form may not lead to another site.
    pub provider: Option<String>,
    /// As the provider calls somebody who has no account: what to tell HR.
    pub known_as: Option<String>,
}

/// `GET /login/code`; posts `code`, `csrf`, `next` to the same address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodePage {
    /// The hidden field `csrf`.
    pub csrf: String,
    /// Where to go afterwards.
    pub next: Option<String>,
    /// It was sent to a phone; otherwise it comes from the authenticator.
    pub sent: bool,
    /// Why it did not work.
    pub fault: Option<LoginFault>,
}

/// Why signing in did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LoginFault {
    /// The name or the password; which one is not said.
    Wrong,
    /// Too many attempts.
    TooMany,
    /// The page was too old.
    Expired,
    /// What was typed is no phone number.
    BadNumber,
    /// The code.
    WrongCode,
    /// The identity provider knows them, and nobody here does.
    NoAccount,
    /// The identity provider is down.
    Down,
}

/// `GET /welcome/{token}`; posts `password` and `again` to the same address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WelcomePage {
    /// The account's name; nothing where the link is not worth anything any more.
    pub name: Option<String>,
    /// Why the password was not taken.
    pub fault: Option<WelcomeFault>,
}

/// Why a password was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WelcomeFault {
    /// Too few characters.
    Short,
    /// Too many.
    Long,
    /// Easy to guess.
    Guessable,
    /// Typed differently the second time.
    Different,
}

impl Page for LoginPage {
    const TEMPLATE: &'static str = "hr/login";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::login()
    }
}

impl Page for CodePage {
    const TEMPLATE: &'static str = "hr/code";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::code()
    }
}

impl Page for WelcomePage {
    const TEMPLATE: &'static str = "hr/welcome";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::welcome()
    }
}
