//! The accounts of others, as HR makes, changes and removes them.

use serde::Serialize;

use super::Page;
use super::hr::Shell;
use crate::actions::accounts::by_hr::Hands;
use crate::people::role::Role;

#[path = "accounts_samples.rs"]
mod samples;

/// `GET /accounts`. Posts `csrf` and an [`AccountForm`] to `/accounts`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountsPage {
    /// Around it.
    pub shell: Shell,
    /// Those that somebody has made, by name.
    pub accounts: Vec<AccountLine>,
    /// Representatives who came in by the register, by name.
    pub registered: Vec<AccountLine>,
    /// Of an account that was made a moment ago; it is shown this once.
    pub made: Option<MadeLink>,
    /// For a new one.
    pub form: AccountForm,
}

/// `GET /accounts/{account}`. Posts `csrf` and an [`AccountForm`] to the same address, and `csrf` to `…/link`,
/// `…/forget-factor` and `…/remove`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OneAccountPage {
    /// Around it.
    pub shell: Shell,
    /// As it is.
    pub account: AccountLine,
    /// Who decides about it: one of the words that `locales/` know as `hr-accounts-hands-…`.
    pub hands: &'static str,
    /// Its link was made a moment ago; it is shown this once.
    pub made: Option<MadeLink>,
    /// Something was changed a moment ago.
    pub changed: bool,
    /// Why something was not done that has no field.
    pub refused: Option<Fault>,
    /// To change it.
    pub form: AccountForm,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountLine {
    /// In addresses.
    pub id: String,
    /// What is typed at login.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// It sees the whole organisation.
    pub whole: bool,
    /// Otherwise these places, from the area down.
    pub places: Vec<String>,
    /// How its owner comes in.
    pub entry: Entry,
    /// Until when a link to set a password is worth something.
    pub link_until: Option<jiff::Zoned>,
    /// It has a second factor.
    pub factor: bool,
    /// The last time that its owner came in.
    pub last: Option<jiff::Zoned>,
    /// It is the reader's own.
    pub own: bool,
}

/// How the owner of an account comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// With a password.
    Password,
    /// By the identity provider.
    Work,
    /// With a code to the phone.
    Code,
    /// Not yet: there is no password.
    None,
}

/// A link by which somebody sets a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MadeLink {
    /// Whose.
    pub name: String,
    /// The whole address.
    pub link: String,
}

/// What is typed for an account: `name` (of a new one), `role`, `scope` (`whole` or `places`), `place` (an id, once for
/// each), `phone`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountForm {
    /// Where it is posted.
    pub action: String,
    /// It is a new account, and needs a name.
    pub new: bool,
    /// As it was typed.
    pub name: String,
    /// Which is chosen.
    pub role: Role,
    /// What can be chosen.
    pub roles: Vec<Role>,
    /// The whole organisation is chosen.
    pub whole: bool,
    /// The register's areas with all below.
    pub places: Vec<PlaceChoice>,
    /// As it was typed.
    pub phone: String,
    /// What was wrong with it.
    pub fault: Fault,
}

/// A place that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceChoice {
    /// The register's id.
    pub id: String,
    /// As the register says.
    pub name: String,
    /// It is chosen.
    pub chosen: bool,
    /// Something below it is chosen.
    pub open: bool,
    /// By name.
    pub below: Vec<PlaceChoice>,
}

/// What is wrong, and at which field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// `name`, `role`, `places`, `phone`; empty where there is no field.
    pub field: &'static str,
    /// One of the words that `locales/` know as `hr-accounts-fault-…`; empty where nothing is wrong.
    pub why: &'static str,
}

/// As `locales/` name who decides, behind `hr-accounts-hands-`.
#[must_use]
pub const fn word(hands: Hands) -> &'static str {
    match hands {
        Hands::Hr => "hr",
        Hands::Own => "own",
        Hands::Operator => "operator",
        Hands::Provider => "provider",
        Hands::Register => "register",
    }
}

impl Page for AccountsPage {
    const TEMPLATE: &'static str = "hr/accounts";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::accounts()
    }
}

impl Page for OneAccountPage {
    const TEMPLATE: &'static str = "hr/one_account";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::one()
    }
}
