//! The page before a launch, and the one after it where two must open together.

use serde::Serialize;

use super::Page;
use super::hr::Shell;
use super::said::Said;

#[path = "launch_samples.rs"]
mod samples;

/// `GET /campaigns/{id}/launch`: what would happen, step by step. Posts `confirm` and `by_two` to the same address.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LaunchPage {
    /// Around it.
    pub shell: Shell,
    /// In addresses.
    pub id: String,
    /// As HR called it.
    pub name: String,
    /// People who get an SMS.
    pub recipients: u64,
    /// SMS parts altogether.
    pub parts: u64,
    /// Per language of the text.
    pub texts: Vec<LaunchText>,
    /// Phone numbers that are no mobile's.
    pub invalid: u64,
    /// Phone numbers that more than one person has.
    pub duplicates: u64,
    /// What it costs, where the price of a part is known.
    pub cost: Option<Cost>,
    /// From the first message to the last.
    pub seconds: u64,
    /// Numbers of other countries.
    pub foreign: u64,
    /// When the last message leaves, by the survey's hours.
    pub ends: Option<jiff::Zoned>,
    /// What will be hidden; nothing where launching is impossible.
    pub hidden: Option<Hidden>,
    /// What must be mended first; launching is impossible while there is any.
    pub obstacles: Vec<Said>,
    /// What was typed to confirm is not the number of recipients.
    pub miscounted: bool,
    /// What came of a sample to one's own phone.
    pub sample: Option<Sample>,
}

/// What came of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sample {
    /// The gateway has it.
    Sent,
    /// What was typed is no phone number.
    BadNumber,
    /// The gateway did not take it, or nobody knows.
    NotSent,
    /// Enough of them were sent within the hour.
    TooMany,
}

/// The SMS of one language.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LaunchText {
    /// Its own name for itself.
    pub language: String,
    /// People who get it.
    pub recipients: u64,
    /// SMS parts of the longest one.
    pub longest: u64,
    /// SMS parts altogether.
    pub parts: u64,
    /// What they cost, where the price of a part is known.
    pub cost: Option<Cost>,
    /// As it will be read, with an example of a link.
    pub text: String,
    /// What makes it cost more than it needs to.
    pub costly: Vec<CostlyCharacter>,
}

/// A character that more than halves what fits in a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CostlyCharacter {
    /// As it stands in the text.
    pub character: String,
    /// What could stand there; nothing where there is no substitute.
    pub instead: Option<String>,
}

/// A price.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cost {
    /// In whole and parts of `currency`.
    pub amount: f64,
    /// `NOK`, ….
    pub currency: String,
}

/// What the register says about the results to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hidden {
    /// Groups under this many answers are not shown.
    pub minimum_group: u32,
    /// Places by level, then groups of each breakdown by level.
    pub lines: Vec<HiddenLine>,
    /// Pairs of places that would have a report together, the one that helps most people first.
    pub merges: Vec<MergeLine>,
    /// How many pairs more there are.
    pub more: u64,
}

/// Places or groups of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HiddenLine {
    /// A breakdown's id; nothing for the places themselves.
    pub by: Option<String>,
    /// 0 the whole, 1 areas, 2 services, 3 units.
    pub level: String,
    /// All that have anybody in them.
    pub groups: u32,
    /// Hidden even if everybody answers.
    pub hidden: u32,
    /// Large enough only if many answer.
    pub doubtful: u32,
}

/// Two places that would have a report together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MergeLine {
    /// Names from the area down to where both belong.
    pub within: String,
    /// The smaller.
    pub one: String,
    /// Who works there.
    pub one_people: u32,
    /// The other.
    pub other: String,
    /// Who works there.
    pub other_people: u32,
    /// How many would be in no report of their own otherwise.
    pub helped: u32,
}

/// What a launch shows once whose key is split: the shares, which are nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SharesPage {
    /// Around it.
    pub shell: Shell,
    /// In addresses.
    pub id: String,
    /// As HR called it.
    pub name: String,
    /// People who get an SMS.
    pub recipients: u64,
    /// Of HR, of the safety service, and for a safe.
    pub shares: Vec<ShareLine>,
}

/// A share and who keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShareLine {
    /// One of the words that `locales/` know as `hr-share-of-…`.
    pub holder: &'static str,
    /// Groups of letters and digits.
    pub text: String,
}

impl Page for LaunchPage {
    const TEMPLATE: &'static str = "hr/launch";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::launch()
    }
}

impl Page for SharesPage {
    const TEMPLATE: &'static str = "hr/shares";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::shares()
    }
}
