//! One's own account.

use serde::Serialize;

use super::Page;
use super::hr::samples::shell;
use super::hr::{Section, Shell};
use crate::people::role::Role;

/// `GET /account`. Posts `csrf` to `/account/sign-out`, `csrf`, `secret` and `code` to `/account/factor`, and `csrf` and
/// `code` to `/account/factor/remove`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountPage {
    /// Around it.
    pub shell: Shell,
    /// What the account may do.
    pub role: Role,
    /// Where it is logged in.
    pub sessions: Vec<SessionLine>,
    /// The second factor.
    #[serde(flatten)]
    pub factor: Factor,
    /// Nothing else may be done without one.
    pub required: bool,
    /// The code was not right.
    pub wrong: bool,
}

/// Somebody logged in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SessionLine {
    /// The one that is looking.
    pub here: bool,
    /// From which address; empty where nobody knows.
    pub from: String,
    /// When it began.
    pub begun: jiff::Zoned,
    /// The last request.
    pub seen: jiff::Zoned,
}

/// The second factor of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "factor", rename_all = "snake_case")]
pub enum Factor {
    /// There is none; this one could be taken.
    None {
        /// For an authenticator's camera, as an address of its own data.
        picture: String,
        /// The same to be typed.
        secret: String,
    },
    /// There is one since a moment ago.
    New {
        /// For whoever loses the authenticator; shown once.
        codes: Vec<String>,
    },
    /// There is one.
    Set,
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "hr/account";

    fn samples() -> Vec<(&'static str, Self)> {
        let line = |here, from: &str| {
            let at: jiff::Zoned = "2020-06-24T20:00:00+02:00[Europe/Oslo]".parse().ok()?;
            Some(SessionLine { here, from: from.into(), begun: at.clone(), seen: at })
        };
        let sessions: Vec<SessionLine> = [line(true, "192.0.2.7"), line(false, "")].into_iter().flatten().collect();
        let page = |factor, required, wrong| AccountPage {
            shell: Shell { demo: false, ..shell(Section::Account) },
            role: Role::Hr,
            sessions: sessions.clone(),
            factor,
            required,
            wrong,
        };
        let none = || Factor::None { picture: "data:,".into(), secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".into() };
        let codes = vec!["MZXW6YTBOI======".into(), "GEZDGNBVGY3TQOJQ".into()];
        vec![
            ("none", page(none(), false, false)),
            ("required", page(none(), true, false)),
            ("wrong", page(none(), false, true)),
            ("new", page(Factor::New { codes }, false, false)),
            ("set", page(Factor::Set, false, false)),
            ("set-wrong", page(Factor::Set, false, true)),
        ]
    }
}
