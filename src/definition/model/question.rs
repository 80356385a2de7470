//! What is asked, and how it is answered.

use super::{Condition, Text};

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
