//! What was published: one immutable document for everybody. Pages, exports and programs read it and nothing else.

use std::collections::BTreeMap;
use std::fmt;

use data_encoding::HEXLOWER;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::certificate::Certificate;
use super::gate::Report;

/// The whole document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Publication {
    /// Of this document's shape.
    pub format: u32,
    /// The definition's id.
    pub survey: String,
    /// Its title, by language.
    pub title: Words,
    /// Smallest group; twice that for sensitive questions.
    pub k: u32,
    /// 1, 2, …: each stays published for ever.
    pub edition: u32,
    /// Whether the survey was closed.
    pub last: bool,
    /// How many were invited.
    pub invited: u32,
    /// How many answered.
    pub respondents: u32,
    /// The languages of the survey, the default first.
    pub languages: Vec<String>,
    /// What figures are broken down by, along the tree.
    pub breakdowns: Vec<Breakdown>,
    /// What was asked, in the order of the survey.
    pub questions: Vec<Question>,
    /// Whom figures are about.
    pub groups: Vec<Group>,
    /// The figures.
    pub tables: Vec<Table>,
    /// Who took part.
    pub response: Vec<Rate>,
    /// What was proven, one for every population.
    pub certificate: Vec<Certificate>,
    /// What the attacker found, before the document left.
    pub gate: Report,
    /// SHA-256 of the document with an empty hash, hexadecimal.
    pub hash: String,
}

/// A text by language.
pub type Words = BTreeMap<String, String>;

/// What figures are broken down by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Breakdown {
    /// Id of the attribute, or of the breakdown by audiences.
    pub id: String,
    /// Its values.
    pub values: Vec<OptionText>,
}

/// A question, or an item of a matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// As tables name it.
    pub id: String,
    /// Id of the question; that of the matrix for an item.
    pub question: String,
    /// Words by language, for each audience that has its own; `""` is everybody.
    pub wordings: BTreeMap<String, Words>,
    /// `yes_no`, `choice`, `choices`, `rank`, `scale`, `number`.
    pub kind: Kind,
    /// The population it was asked in, as groups name it: `everybody`, or a routed one.
    pub population: String,
    /// Smallest group for this question.
    pub k: u32,
    /// What `counts` count, in this order; the last is always `open`, asked and left open.
    pub options: Vec<Category>,
    /// A high value is bad.
    pub reverse: bool,
    /// Questions of earlier waves that a trend is drawn from.
    pub same_as: Vec<String>,
}

/// How a question was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Yes or no.
    YesNo,
    /// One option.
    Choice,
    /// Several options: counts are of respondents who chose each.
    Choices,
    /// The most important ones: counts are of respondents who put each among them.
    Rank,
    /// A point of a scale.
    Scale,
    /// A number, in bands.
    Number,
}

impl Kind {
    /// Whether one respondent is counted in several options.
    #[must_use]
    pub const fn several(self) -> bool {
        matches!(self, Self::Choices | Self::Rank)
    }
}

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OptionText {
    /// As the definition names it.
    pub id: String,
    /// By language; empty where the product's own words say it (`yes`, `no`, `other`, ages).
    pub label: Words,
}

/// One thing that is counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Category {
    /// As the definition names it; `dont_know` and `open` are the product's own.
    pub id: String,
    /// By language; empty where the product's own words say it.
    pub label: Words,
    /// On scales: its number.
    pub value: Option<i64>,
    /// On scales: whether it is a good answer.
    pub favourable: bool,
}

/// Whom figures are about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// As tables name it.
    pub id: String,
    /// `everybody`, or the routed population.
    pub audience: String,
    /// The register's id of the place; empty for the whole.
    pub place: String,
    /// Names from the area down; empty for the whole.
    pub unit: Vec<String>,
    /// What it is broken down by.
    pub breakdown: Option<String>,
    /// The value in that breakdown.
    pub value: Option<String>,
    /// How many were asked; `None` where the group is hidden.
    pub base: Option<Base>,
    /// As a reader calls it, in the survey's default language.
    pub label: String,
}

/// How many stand behind a figure, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Base {
    /// Exactly this many.
    Exact(u32),
    /// Where the number itself would tell what was answered: `5–9`, `10–19`, ….
    About(String),
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(number) => number.fmt(f),
            Self::About(class) => f.write_str(class),
        }
    }
}

impl Base {
    /// The class of a number that is not shown: 5–9, 10–19, 20–49, 50–99, and then by hundreds.
    #[must_use]
    pub fn about(number: u32) -> Self {
        let (from, to) = match number {
            0..=4 => (0, 4),
            5..=9 => (5, 9),
            10..=19 => (10, 19),
            20..=49 => (20, 49),
            50..=99 => (50, 99),
            _ => (number / 100 * 100, number / 100 * 100 + 99),
        };
        Self::About(format!("{from}–{to}"))
    }
}

/// The answers of one group to one question. Everything is made from the disturbed counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// Id of the question.
    pub question: String,
    /// Id of the group.
    pub group: String,
    /// The edition it came with.
    pub edition: u32,
    /// One for every option of the question, in its order; `None` where the group is hidden.
    pub counts: Option<Vec<u32>>,
    /// What shares are of: how many answered, after the disturbance.
    pub of: Option<u32>,
    /// How many answered, as it is shown.
    pub base: Option<Base>,
    /// How many of the group were not asked, as it is shown.
    pub not_asked: Option<Base>,
    /// On scales: the mean, to one decimal.
    pub mean: Option<f64>,
    /// On scales: the share of favourable answers, whole percent.
    pub favourable: Option<u32>,
}

/// How many of a group took part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rate {
    /// Id of the group (audience `invited`).
    pub group: String,
    /// How many were invited, and of them who took part; `None` where hidden.
    pub counts: Option<[u32; 2]>,
    /// Whole percent from 10 to 90, `<10` under and `>90` over that.
    pub percent: Option<String>,
}

/// How much of one level is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Of this breakdown; the places themselves without one.
    pub breakdown: Option<String>,
    /// 0 the whole, 1 areas, 2 services, 3 units.
    pub level: usize,
    /// Groups that are shown.
    pub shown: u32,
    /// Groups beside them that are not.
    pub hidden: u32,
}

impl Publication {
    /// Puts the hash of everything else in its place.
    ///
    /// # Errors
    /// A number that JSON does not know; means are finite, so there is none.
    pub fn sign(mut self) -> serde_json::Result<Self> {
        self.hash = String::new();
        self.hash = self.digest()?;
        Ok(self)
    }

    /// Whether nothing was changed since.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        let bare = Self { hash: String::new(), ..self.clone() };
        bare.digest().is_ok_and(|digest| digest == self.hash)
    }

    /// How many groups are shown and hidden, by breakdown and level: 0 the whole, 1 areas, 2 services, 3 units.
    #[must_use]
    pub fn coverage(&self) -> Vec<Coverage> {
        let mut counted: BTreeMap<(Option<&str>, usize), Coverage> = BTreeMap::new();
        for group in self.groups.iter().filter(|group| group.audience == super::publish::EVERYBODY) {
            let breakdown = group.breakdown.as_deref();
            let level = group.unit.len();
            let none = || Coverage { breakdown: breakdown.map(str::to_owned), level, shown: 0, hidden: 0 };
            let coverage = counted.entry((breakdown, level)).or_insert_with(none);
            *(if group.base.is_some() { &mut coverage.shown } else { &mut coverage.hidden }) += 1;
        }
        counted.into_values().collect()
    }

    fn digest(&self) -> serde_json::Result<String> {
        Ok(HEXLOWER.encode(&Sha256::digest(serde_json::to_vec(self)?)))
    }
}
