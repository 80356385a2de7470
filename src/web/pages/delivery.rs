//! HR's page of a campaign's messages: rounds, what is in doubt, numbers to mend, and who decided what.

use serde::Serialize;

use super::Page;
use super::campaign::HeldNote;
use super::hr::{Section, Shell, samples};
use crate::campaign::held::{Held, Why};

/// `GET /campaigns/{id}/delivery`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeliveryPage {
    /// Around it.
    pub shell: Shell,
    /// In addresses.
    pub id: String,
    /// As HR called it.
    pub name: String,
    /// Messages may be written, paused and sent.
    pub sends: bool,
    /// Why nothing leaves.
    pub held: Option<HeldNote>,
    /// The invitation first.
    pub rounds: Vec<RoundLine>,
    /// By the survey's schedule.
    pub next_reminder: Option<jiff::Zoned>,
    /// Messages in doubt that nobody has decided about.
    pub doubts: Option<Doubts>,
    /// Invitations that did not arrive.
    pub problems: Vec<ProblemLine>,
    /// There are more of them than are shown.
    pub more: bool,
    /// What came of a number that was corrected.
    pub mended: Option<Mended>,
    /// Newest first.
    pub decided: Vec<Decided>,
}

/// One round and where its messages stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoundLine {
    /// 0 the invitation, 1 the first reminder, ….
    pub round: i64,
    /// When its messages were written.
    pub written: jiff::Zoned,
    /// Not yet handed to the gateway.
    pub waiting: u64,
    /// Taken by the gateway.
    pub sent: u64,
    /// Reported on the phone.
    pub delivered: u64,
    /// Given up.
    pub failed: u64,
    /// Perhaps sent.
    pub uncertain: u64,
    /// No longer wanted.
    pub cancelled: u64,
}

/// Messages in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Doubts {
    /// How many.
    pub count: u64,
    /// Some are old enough to be decided about.
    pub ripe: bool,
}

/// An invitation that did not arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemLine {
    /// The message, in the form that mends it.
    pub message: String,
    /// The employer's own number.
    pub number: String,
    /// As the register has it.
    pub name: Option<String>,
    /// As the register calls it.
    pub area: String,
    /// Where the message went.
    pub phone: String,
    /// `uncertain`, `failed`, `undelivered` or `expired`.
    pub state: String,
    /// In the gateway's words.
    pub reason: Option<String>,
}

/// What came of a number that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mended {
    /// The invitation goes there.
    Sent,
    /// It is no phone number.
    BadNumber,
}

/// Who decided what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decided {
    /// When.
    pub at: jiff::Zoned,
    /// The account; `medvirk` itself, or a `command`.
    pub who: String,
    /// One of the words that `locales/` know as `hr-decided-…`.
    pub action: String,
    /// Why, where it is a pause.
    pub held: Option<HeldNote>,
    /// What else there is to know.
    pub detail: String,
}

impl Page for DeliveryPage {
    const TEMPLATE: &'static str = "hr/delivery";

    fn samples() -> Vec<(&'static str, Self)> {
        let at = |text: &str| text.parse::<jiff::Zoned>().unwrap_or_default();
        let round = |round, written: &str| RoundLine {
            round,
            written: at(written),
            waiting: 12,
            sent: 8846,
            delivered: 8790,
            failed: 31,
            uncertain: 3,
            cancelled: 4,
        };
        let problem = |number: &str, name: Option<&str>, state: &str| ProblemLine {
            message: format!("m{number}"),
            number: number.into(),
            name: name.map(Into::into),
            area: "Pleie og omsorg".into(),
            phone: "+4790000001".into(),
            state: state.into(),
            reason: (state == "failed").then(|| "the gateway answered with status 422".into()),
        };
        let refused = Held { why: Why::Account, detail: "Kannel refuses the user or the password".into() };
        let paused = Why::ALL.map(|why| Decided {
            at: at("2020-06-11T09:30:00+02:00[Europe/Oslo]"),
            who: "medvirk".into(),
            action: "paused".into(),
            held: Some(HeldNote::of(&Held { why, detail: "Kannel refuses the user or the password".into() })),
            detail: String::new(),
        });
        let decided = ["paused", "resumed", "reminded", "people_added", "unsent_cancelled", "doubts_left"]
            .into_iter()
            .chain([
                "doubts_sent_again",
                "number_corrected",
                "sample_sent",
                "opened",
                "purged",
                "themes_changed",
                "words_published",
            ])
            .map(|action| Decided {
                held: None,
                at: at("2020-06-12T09:30:00+02:00[Europe/Oslo]"),
                who: "Kari HR".into(),
                action: action.into(),
                detail: if action == "paused" { String::new() } else { "3 messages".into() },
            });
        let whole = Self {
            shell: samples::shell(Section::Campaigns),
            id: "b2".into(),
            name: samples::NAME.into(),
            sends: true,
            held: Some(HeldNote::of(&refused)),
            rounds: vec![
                round(0, "2020-06-10T09:00:00+02:00[Europe/Oslo]"),
                round(1, "2020-06-13T09:00:00+02:00[Europe/Oslo]"),
            ],
            next_reminder: Some(at("2020-06-17T09:00:00+02:00[Europe/Oslo]")),
            doubts: Some(Doubts { count: 3, ripe: true }),
            problems: vec![
                problem("1001", Some("Kari Nordmann"), "failed"),
                problem("1002", None, "undelivered"),
                problem("1003", None, "expired"),
                problem("1004", None, "uncertain"),
            ],
            more: true,
            mended: Some(Mended::Sent),
            decided: decided.chain(paused).collect(),
        };
        let quiet = Self {
            held: None,
            doubts: Some(Doubts { count: 1, ripe: false }),
            mended: Some(Mended::BadNumber),
            more: false,
            next_reminder: None,
            decided: Vec::new(),
            ..whole.clone()
        };
        let over = Self { sends: false, problems: Vec::new(), doubts: None, mended: None, ..quiet.clone() };
        vec![("whole", whole), ("quiet", quiet), ("over", over)]
    }
}
