//! A survey as data, after parsing: every name resolved, every number in its range.

use jiff::{SignedDuration, Timestamp, civil, tz::TimeZone};

mod condition;
mod language;
mod question;

pub use condition::{Answer, Answers, Attributes, Audience, Condition, Test};
pub use language::{Language, Text};
pub use question::{Choice, Item, Kind, Page, Point, Question, Scale, Wording};

/// A whole survey.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// `[a-z0-9-]+`
    pub id: String,
    /// At least one; the first is the default.
    pub languages: Vec<Language>,
    /// Shown on top of every page.
    pub title: Text,
    /// First screen.
    pub intro: Text,
    /// First screen: that this is no incident report, and where incidents are reported instead.
    pub incident_note: Option<Text>,
    /// Last screen.
    pub thanks: Text,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// *k*: groups under this many respondents are never shown. At least 5.
    pub minimum_group: u32,
    /// The texts that are sent.
    pub sms: Sms,
    /// When answers are taken.
    pub window: Option<Window>,
    /// When and how fast messages may leave.
    pub sending: Sending,
    /// From the register, frozen at launch.
    pub attributes: Vec<Attribute>,
    /// Published along the tree.
    pub breakdowns: Vec<Breakdown>,
    /// Named scales.
    pub scales: Vec<Scale>,
    /// Named conditions, in the order of the file.
    pub audiences: Vec<Audience>,
    /// At least one.
    pub pages: Vec<Page>,
    /// What is compared with what.
    pub results: Results,
}

/// Whom an employee may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// A person or an office.
    pub name: String,
    /// As it is dialled.
    pub phone: Option<String>,
    /// http or https.
    pub url: Option<String>,
}

/// The texts that are sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sms {
    /// 3–11 letters, digits and spaces.
    pub sender: String,
    /// Holds `{link}` once; may hold `{closes}` and `{name}`.
    pub invitation: Text,
    /// As `invitation`.
    pub reminder: Option<Text>,
    /// How long after opening each reminder is due.
    pub reminders: Vec<SignedDuration>,
}

/// When answers are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// From this moment.
    pub opens: Timestamp,
    /// Until this moment, and an hour of grace.
    pub closes: Timestamp,
    /// The zone in which both were written and are shown.
    pub zone: TimeZone,
}

/// When and how fast messages may leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// No message before this hour of the day.
    pub from: civil::Time,
    /// No message from this hour of the day on.
    pub until: civil::Time,
    /// Days on which messages may leave.
    pub days: Vec<civil::Weekday>,
    /// SMS parts a second, at least 1.
    pub parts_per_second: u32,
    /// The messages of a round become due one after the other over this time; zero: all at once.
    pub spread: SignedDuration,
}

impl Default for Sending {
    /// 08:00–20:00, Monday to Saturday, 20 parts a second.
    fn default() -> Self {
        use civil::Weekday::{Friday, Monday, Saturday, Thursday, Tuesday, Wednesday};
        Self {
            from: civil::Time::constant(8, 0, 0, 0),
            until: civil::Time::constant(20, 0, 0, 0),
            days: vec![Monday, Tuesday, Wednesday, Thursday, Friday, Saturday],
            parts_per_second: 20,
            spread: SignedDuration::ZERO,
        }
    }
}

/// A fact of the register that conditions and breakdowns may use. Its value is always text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// As conditions name it.
    pub id: String,
    /// The register's column.
    pub from: RegisterField,
    /// Lower bounds of the bands after the first (`[30, 40]`: `-29`, `30-39`, `40-`); empty for a value taken as it is.
    pub bands: Vec<i64>,
}

/// Columns of the register that an attribute can be made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisterField {
    /// A year; an attribute from it is an age at launch.
    BirthYear,
    /// `permanent`, `hourly`, …
    Employment,
    /// Two letters.
    Language,
    /// `yes` or `no`.
    StaffResponsibility,
    /// `yes` or `no`.
    UnionRep,
    /// `yes` or `no`.
    SafetyRep,
}

/// What figures are broken down by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breakdown {
    /// Every value of one attribute.
    Attribute(String),
    /// Audiences that exclude each other.
    Audiences {
        /// What the breakdown is called.
        id: String,
        /// Their names.
        audiences: Vec<String>,
    },
}

/// What results put side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// One measure by audience.
    pub compare: Vec<Compare>,
    /// Means of several questions.
    pub indices: Vec<Index>,
    /// Leader's and employee's view of one thing.
    pub pairs: Vec<Pair>,
}

/// One measure by audience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compare {
    /// Question id.
    pub question: String,
    /// Audience ids.
    pub by: Vec<String>,
}

/// A mean of several scale questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its name in results.
    pub id: String,
    /// What readers call it.
    pub label: Option<Text>,
    /// Question ids.
    pub of: Vec<String>,
    /// Fewer answered than this, and a respondent has no index.
    pub min_answered: u32,
}

/// Leader's and employee's view of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Question id.
    pub leader: String,
    /// Question id.
    pub employee: String,
}

impl Definition {
    /// The scale of that name; the checker guarantees that every scale a question names exists.
    #[must_use]
    pub fn scale(&self, id: &str) -> Option<&Scale> {
        self.scales.iter().find(|scale| scale.id == id)
    }

    /// The audience of that name.
    #[must_use]
    pub fn audience(&self, id: &str) -> Option<&Audience> {
        self.audiences.iter().find(|audience| audience.id == id)
    }

    /// The page of that id.
    #[must_use]
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.id == id)
    }

    /// Every question, in the order of the file, with its page.
    pub fn questions(&self) -> impl Iterator<Item = (&Page, &Question)> {
        self.pages.iter().flat_map(|page| page.questions.iter().map(move |question| (page, question)))
    }

    /// The default language.
    #[must_use]
    pub fn default_language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::NORWEGIAN)
    }
}
