//! The campaigns, and one of them live.

use serde::Serialize;

use super::Page;
use super::hr::Shell;
use super::viewer::overview::Part;
use crate::campaign::held::{Held, Why};

#[path = "campaign_samples.rs"]
mod samples;

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
