//! What the readers of other formats hand over: one question as it was found, with its names and codes of there.

use super::expression::{Dialect, Expression, parse};
use crate::definition::model::Text;

/// A question as it was found.
pub(super) struct Found {
    /// Where.
    pub(super) origin: String,
    /// How conditions name it; the first becomes its id.
    pub(super) names: Vec<String>,
    pub(super) text: Text,
    pub(super) help: Text,
    pub(super) required: bool,
    pub(super) random_order: bool,
    /// All of them have to hold.
    pub(super) relevance: Vec<Relevance>,
    pub(super) kind: FoundKind,
}

/// How it is answered.
pub(super) enum FoundKind {
    /// `Y` and `N`.
    YesNo,
    Choice {
        options: Vec<FoundOption>,
        other: Option<Other>,
    },
    Choices {
        options: Vec<FoundOption>,
        other: Option<Other>,
        max: Option<u32>,
    },
    Rank {
        options: Vec<FoundOption>,
        top: Option<u32>,
    },
    Scale(FoundScale),
    Matrix(FoundScale, Vec<FoundItem>),
    Number {
        min: Option<i64>,
        max: Option<i64>,
    },
    Text,
    LongText,
    Notice,
}

/// The code of the last option, with words of one's own.
pub(super) type Other = String;

/// One option, also one that is a question of its own there (LimeSurvey's several-choice).
pub(super) struct FoundOption {
    pub(super) code: String,
    /// Names of a question that says `Y` where this option is chosen.
    pub(super) names: Vec<String>,
    pub(super) label: Text,
    pub(super) exclusive: bool,
}

/// One item of a matrix.
pub(super) struct FoundItem {
    pub(super) code: String,
    pub(super) names: Vec<String>,
    pub(super) label: Text,
}

/// Points with their codes of there, ascending.
#[derive(Clone)]
pub(super) struct FoundScale {
    pub(super) name: String,
    pub(super) points: Vec<FoundPoint>,
    pub(super) dont_know: Option<(String, Text)>,
}

/// What to say of a scale whose points have no numbers.
pub(super) const IN_ORDER: &str = "the points are numbered in their order; see that they go from low to high, and that \"don't know\" is none \
                                   of them";

/// One point.
#[derive(Clone)]
pub(super) struct FoundPoint {
    pub(super) code: String,
    pub(super) value: i64,
    pub(super) label: Text,
}

/// Who is asked, as it was written.
#[derive(Clone)]
pub(super) struct Relevance {
    pub(super) written: String,
    pub(super) read: Result<Expression, String>,
}

impl Relevance {
    /// Nothing where everybody is asked.
    pub(super) fn of(written: &str, dialect: Dialect) -> Option<Self> {
        let written = written.trim();
        match written {
            "" | "1" | "true()" => None,
            "0" | "false()" => {
                Some(Self { written: written.to_owned(), read: Err("nobody would be asked".to_owned()) })
            }
            _ => Some(Self { written: written.to_owned(), read: parse(written, dialect) }),
        }
    }
}
