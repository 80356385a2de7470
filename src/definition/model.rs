//! A survey as data, after parsing: every name resolved, every number in its range.

use std::collections::BTreeMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp, civil, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// Two lower-case letters, ISO 639-1: `nb`, `nn`, `en`, `pl`, ….
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 2]);

impl Language {
    /// Bokmål: what the product speaks where nobody says anything else.
    pub const NORWEGIAN: Self = Self(*b"nb");

    /// Two lower-case ASCII letters, or nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            &[a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Some(Self([a, b])),
            _ => None,
        }
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One text in every language of the survey.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub BTreeMap<Language, String>);

impl Text {
    /// The text in `language`; the empty text where the checker let a translation be missing.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        self.0.get(&language).map_or("", String::as_str)
    }
}

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

/// Ordered points that a scale question is answered on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// As questions name it.
    pub id: String,
    /// Ascending values, at least two.
    pub points: Vec<Point>,
    /// Where given, "don't know" can be chosen; it is never in a mean.
    pub dont_know: Option<Text>,
    /// Values that count as favourable.
    pub favourable: Vec<i64>,
}

/// One point of a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Its number.
    pub value: i64,
    /// Its words.
    pub label: Text,
}

/// A named condition: routes questions and tags results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// As other conditions name it.
    pub id: String,
    /// What results call it; the id where the definition gives no label.
    pub label: Option<Text>,
    /// Who belongs to it.
    pub condition: Condition,
}

/// A question about attributes and earlier answers, decided in three values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Every one holds.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A named condition, by its id.
    Audience(String),
    /// The question has an answer.
    Answered(String),
    /// The answer to a closed question, or an attribute, is as said.
    Is {
        /// Id of the question (`matrix.item` for an item) or the attribute.
        subject: String,
        /// What it is compared with.
        test: Test,
    },
}

/// What an answer or attribute is compared with. Values are option ids, `yes`/`no`, scale values as text, `dont_know`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// One of these.
    OneOf(Vec<String>),
    /// Answered, and none of these.
    NoneOf(Vec<String>),
    /// A scale value or number of at least this.
    AtLeast(i64),
    /// A scale value or number of at most this.
    AtMost(i64),
    /// Several-choice: this option is among the chosen.
    Includes(String),
    /// Several-choice: all of these are.
    IncludesAll(Vec<String>),
}

/// What is seen at once on the phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Stands in the address.
    pub id: String,
    /// Above the questions.
    pub title: Option<Text>,
    /// Who sees it; everybody without one.
    pub audience: Option<Condition>,
    /// At least one.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own in the language")]
pub struct Question {
    /// Unique in the survey.
    pub id: String,
    /// What is asked.
    pub wording: Wording,
    /// Shown under it.
    pub help: Option<Text>,
    /// How it is answered.
    pub kind: Kind,
    /// Nobody goes on without an answer.
    pub required: bool,
    /// Who is asked, beyond the page's own condition.
    pub audience: Option<Condition>,
    /// Needs twice the smallest group.
    pub sensitive: bool,
    /// On scales: a high value is bad.
    pub reverse: bool,
    /// Options in random order (the same for one respondent).
    pub random_order: bool,
    /// `survey.question` of earlier waves.
    pub same_as: Vec<String>,
}

/// What is asked: the same of everybody, or worded by audience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wording {
    /// One text.
    Everybody(Text),
    /// One measure, worded for each audience; each respondent belongs to exactly one.
    ByAudience(Vec<(String, Text)>),
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `yes` or `no`.
    YesNo,
    /// One option.
    Choice {
        /// At least two.
        options: Vec<Choice>,
        /// A last option `other` with words of one's own.
        other: bool,
    },
    /// Several options.
    Choices {
        /// At least two.
        options: Vec<Choice>,
        /// A last option `other` with words of one's own.
        other: bool,
        /// At most this many.
        max: Option<u32>,
    },
    /// The most important ones, in order.
    Rank {
        /// At least two.
        options: Vec<Choice>,
        /// How many are ranked.
        top: u32,
    },
    /// One point of a named scale.
    Scale(String),
    /// Several items on one named scale; in the data each is a question `id.item` of its own.
    Matrix {
        /// The named scale.
        scale: String,
        /// At least one.
        items: Vec<Item>,
    },
    /// A whole number.
    Number {
        /// Smallest allowed.
        min: Option<i64>,
        /// Largest allowed.
        max: Option<i64>,
        /// Shown after the field.
        unit: Option<Text>,
    },
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// Shown, not asked.
    Notice,
}

/// An option of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Unique in its question.
    pub id: String,
    /// What is read.
    pub label: Text,
    /// Several-choice: excludes all others ("none of these").
    pub exclusive: bool,
}

/// An item of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Unique in its matrix.
    pub id: String,
    /// What is read.
    pub label: Text,
    /// A high value is bad.
    pub reverse: bool,
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

/// A respondent's attributes: attribute id → value.
pub type Attributes = BTreeMap<String, String>;

/// Answers so far: question id (`matrix.item` for an item, `question.other` for the words of `other`) → answer.
pub type Answers = BTreeMap<String, Answer>;

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The option's id; `yes`/`no` of a yes-no question; `other`.
    Choice(String),
    /// Option ids in the definition's order.
    Choices(Vec<String>),
    /// Option ids, the most important first.
    Rank(Vec<String>),
    /// A point's value.
    Scale(i64),
    /// The scale's "don't know".
    DontKnow,
    /// A whole number.
    Number(i64),
    /// Words.
    Text(String),
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
