//! Conditions, and the answers that decide them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Text;

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
