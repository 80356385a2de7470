//! HR's pages: signing in, the campaigns, one campaign, the launch, the people, and what went wrong.

use serde::Serialize;

use super::Page;
use super::viewer::overview::Part;
use crate::campaign::held::{Held, Why};
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

/// `GET /`: the campaigns, newest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HomePage {
    /// Around it.
    pub shell: Shell,
    /// Newest first.
    pub campaigns: Vec<CampaignLine>,
}

/// One campaign in the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CampaignLine {
    /// In addresses.
    pub id: String,
    /// As HR called it.
    pub name: String,
    /// Where it is in its life.
    pub state: CampaignState,
    /// People.
    pub invited: u64,
    /// Responses.
    pub answered: u64,
    /// The last moment for answers.
    pub closes: Option<jiff::Zoned>,
}

/// Where a campaign is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CampaignState {
    /// Not launched.
    Draft,
    /// Messages are leaving; answers are taken.
    Sending,
    /// All messages have left; answers are taken.
    Open,
    /// No more answers.
    Closed,
    /// Results are out.
    Published,
}

/// `GET /campaigns/{id}`. Its buttons post `csrf` to `/campaigns/{id}/close` and `/campaigns/{id}/publish`; launching goes
/// by `GET /campaigns/{id}/launch`. `?paused=1` stops the page from refreshing itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CampaignPage {
    /// Around it.
    pub shell: Shell,
    /// In addresses.
    pub id: String,
    /// As HR called it.
    pub name: String,
    /// The survey's title.
    pub survey: String,
    /// Where it is in its life.
    pub state: CampaignState,
    /// The first moment for answers.
    pub opens: Option<jiff::Zoned>,
    /// The last moment for answers.
    pub closes: Option<jiff::Zoned>,
    /// What changes under the reader's eyes.
    #[serde(flatten)]
    pub figures: Figures,
    /// The opening time is over.
    pub opened: bool,
    /// Why nothing leaves.
    pub held: Option<HeldNote>,
    /// Figures are changing: a script hears of it, and without one the page loads itself again.
    pub moving: bool,
    /// The reader stopped that.
    pub paused: bool,
    /// Where the answers are, once it is closed.
    pub answers: Answers,
    /// Why the shares of two did not open them: one of the words that `locales/` know as `hr-share-…`.
    pub share_fault: Option<&'static str>,
}

/// What changes on a campaign's page under the reader's eyes: a part of [`CampaignPage`], and by itself what
/// `GET /campaigns/{id}/events` sends.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// Of what is around them. When it is another, so is the page.
    pub phase: String,
    /// The whole.
    pub counts: Counts,
    /// Per area, in the order of their names.
    pub areas: Vec<AreaLine>,
    /// When the last message leaves, while messages are leaving.
    pub ends: Option<jiff::Zoned>,
    /// Messages that left in the last minute.
    pub last_minute: u64,
    /// Groups under this many answers are not shown.
    pub minimum_group: u32,
}

/// Where the answers of a campaign are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answers {
    /// In envelopes.
    Sealed,
    /// In envelopes that two must open together.
    SealedByTwo,
    /// Opened: they can be published.
    Opened,
}

/// Invitations and messages by where they are. `sent` = `delivered` + those still without a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// People.
    pub invited: u64,
    /// Not yet handed to the gateway.
    pub waiting: u64,
    /// Taken by the gateway.
    pub sent: u64,
    /// Reported on the phone.
    pub delivered: u64,
    /// Given up.
    pub failed: u64,
    /// Perhaps sent; nobody knows.
    pub uncertain: u64,
    /// First answer given, not yet sent in.
    pub started: u64,
    /// Responses.
    pub answered: u64,
}

/// One area of a campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AreaLine {
    /// As the register calls it.
    pub name: String,
    /// Invitations.
    pub invited: u64,
    /// Taken by the gateway.
    pub sent: u64,
    /// Reported on the phone.
    pub delivered: u64,
    /// Given up.
    pub failed: u64,
    /// Perhaps sent; nobody knows.
    pub uncertain: u64,
    /// First answer given, not yet sent in; nothing where they are too few to be shown.
    pub started: Option<u64>,
    /// The response rate, no finer than it may be published.
    pub rate: Part,
    /// In whole percent: an end of the scale where `rate` says so.
    pub percent: u32,
}

/// Why nothing of a campaign leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeldNote {
    /// One of the words that `locales/` know as `hr-held-why-…`.
    pub why: &'static str,
    /// Whoever paused it; empty where nobody did.
    pub who: String,
    /// What the machine itself said, in English.
    pub words: Option<String>,
}

impl HeldNote {
    /// For HR.
    #[must_use]
    pub fn of(held: &Held) -> Self {
        let (why, detail) = (held.why.name(), held.detail.clone());
        match held.why {
            Why::Person => Self { why, who: detail, words: None },
            // The page says as much.
            Why::Doubts => Self { why, who: String::new(), words: None },
            _ => Self { why, who: String::new(), words: Some(detail) },
        }
    }
}

/// `GET /people`: the register.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PeoplePage {
    /// Around it.
    pub shell: Shell,
    /// People altogether.
    pub total: u64,
    /// In the register's order.
    pub areas: Vec<PeopleLine>,
    /// What came of a file.
    pub imported: Option<ImportOutcome>,
    /// When the register was last read in, and by whom.
    pub last: Option<LastImport>,
    /// What the headings of a file mean, for HR to say: empty where they say it themselves.
    pub headings: Vec<HeadingLine>,
    /// What they may mean.
    pub columns: Vec<&'static str>,
}

/// The last time that the register was read in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LastImport {
    /// When.
    pub at: jiff::Zoned,
    /// Who did it.
    pub who: String,
    /// How many rows.
    pub rows: String,
}

/// A heading, and the column it is taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeadingLine {
    /// As it stands in the file.
    pub heading: String,
    /// One of the register's; empty to leave it out.
    pub column: &'static str,
}

/// What came of a register file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportOutcome {
    /// It is in the register now.
    pub saved: bool,
    /// Why nothing of it could be read; holds no phone number.
    pub unreadable: Option<String>,
    /// It is the headings, and HR can say what they mean.
    pub headings: bool,
    /// People who were not there before.
    pub new: u64,
    /// People of whom something changed.
    pub changed: u64,
    /// People who are as they were.
    pub unchanged: u64,
    /// People who are in the register and not in the file.
    pub missing: u64,
    /// The file is the whole register: the missing ones have left.
    pub complete: bool,
    /// Rows that are wrong.
    pub bad_rows: u64,
    /// What is wrong with the first of them.
    pub problems: Vec<ImportProblem>,
    /// How many more there are.
    pub more: u64,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportProblem {
    /// As an editor counts.
    pub line: u64,
    /// Where in the row; nothing where the whole row is wrong.
    pub column: Option<String>,
    /// What to mend.
    pub message: String,
}

/// One area of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PeopleLine {
    /// As the register calls it.
    pub name: String,
    /// People.
    pub people: u64,
    /// Services in it.
    pub services: u64,
    /// Units in it.
    pub units: u64,
    /// With staff responsibility.
    pub leaders: u64,
    /// Union representatives.
    pub union_reps: u64,
    /// Safety representatives.
    pub safety_reps: u64,
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

impl Page for HomePage {
    const TEMPLATE: &'static str = "hr/home";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::home()
    }
}

impl Page for CampaignPage {
    const TEMPLATE: &'static str = "hr/campaign";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::campaign()
    }
}

impl Page for Figures {
    const TEMPLATE: &'static str = "hr/figures";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::campaign().into_iter().map(|(name, page)| (name, page.figures)).collect()
    }
}

impl Page for PeoplePage {
    const TEMPLATE: &'static str = "hr/people";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::people()
    }
}

impl Page for FailurePage {
    const TEMPLATE: &'static str = "hr/problem";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::failure()
    }
}
