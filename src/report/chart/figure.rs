//! What is drawn: words and numbers, and which kind of picture fits them.

use serde::{Deserialize, Serialize};

use crate::report::number::Notation;

/// The figures of one question, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Unique on the page; letters, digits, `-` and `_`.
    pub id: String,
    /// What was asked.
    pub title: String,
    /// Of whom, and how many answered: what a figure must never leave without.
    pub subtitle: String,
    /// Where the figures come from.
    pub source: String,
    /// How it is drawn.
    pub picture: Picture,
}

/// How a figure is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Picture {
    /// One bar each, all in one colour: the shares need not add up to the whole.
    Bars {
        /// From the top.
        rows: Vec<Bar>,
    },
    /// One bar for each row, cut into the options: the shares add up to the whole.
    Stacked {
        /// What the parts are, from the left.
        keys: Vec<Key>,
        /// The middle of all rows stands in one line, so that good and bad are seen as two sides.
        diverging: bool,
        /// From the top.
        rows: Vec<Stack>,
    },
    /// A dot for each row on one scale, with its interval.
    Dots {
        /// The lowest point of the scale.
        from: f64,
        /// The highest.
        to: f64,
        /// From the top.
        rows: Vec<Dot>,
    },
    /// Shares over time, one line each.
    Slopes {
        /// From the left.
        waves: Vec<String>,
        /// Each with a share for every wave.
        lines: Vec<Line>,
    },
}

/// A part of a stacked bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// What is read.
    pub label: String,
    /// How it is coloured.
    pub tone: Tone,
}

/// How a part is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// A point of a scale, the worst first.
    Point,
    /// One of several options without an order of value.
    Option,
    /// "Don't know": outside the order, in grey.
    Aside,
}

/// A row that stands out against what it was compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Significantly higher.
    Higher,
    /// Significantly lower.
    Lower,
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// What is read.
    pub label: String,
    /// Who is behind it, as it is shown; nothing where all bars have one base.
    pub base: Option<String>,
    /// Whole percent.
    pub percent: Option<u32>,
    /// What is read in the place of the percent, where that may not be said exactly.
    pub about: Option<String>,
    /// "Don't know", or what a row is compared with: in grey.
    pub aside: bool,
    /// Against the rest.
    pub mark: Option<Mark>,
}

impl Bar {
    /// What stands at its end.
    #[must_use]
    pub fn share(&self, notation: Notation) -> String {
        self.about.clone().unwrap_or_else(|| notation.percent(self.percent))
    }
}

/// A cut bar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stack {
    /// Which group; nothing where there is one alone.
    pub label: Option<String>,
    /// How many answered, as it is shown.
    pub base: String,
    /// Whole percent, in the order of the keys.
    pub percents: Vec<u32>,
    /// The row that the others are parts of.
    pub whole: bool,
    /// Against the rest.
    pub mark: Option<Mark>,
}

/// A value with its interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dot {
    /// Which group.
    pub label: String,
    /// How many answered, as it is shown.
    pub base: String,
    /// Where it is; nothing where nobody chose a point.
    pub value: Option<f64>,
    /// Where it most likely would be, had all answered.
    pub interval: Option<(f64, f64)>,
    /// The row that the others are parts of: a tick in all rows says where it is.
    pub whole: bool,
    /// Against the rest.
    pub mark: Option<Mark>,
}

/// A share over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// What is read.
    pub label: String,
    /// Whole percent in each wave; nothing where it is hidden.
    pub percents: Vec<Option<u32>>,
}

impl Figure {
    /// What the colours stand for; none where there is one.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        match &self.picture {
            Picture::Stacked { keys, .. } => keys,
            _ => &[],
        }
    }
}

/// The figures in one sentence for each row, for those who hear the picture.
pub(super) fn describe(figure: &Figure, notation: Notation) -> String {
    let sentences: Vec<String> = match &figure.picture {
        Picture::Bars { rows } => rows.iter().map(|row| bar(row, notation)).collect(),
        Picture::Stacked { keys, rows, .. } => rows.iter().map(|row| stack(keys, row, notation)).collect(),
        Picture::Dots { rows, .. } => rows.iter().map(|row| dot(row, notation)).collect(),
        Picture::Slopes { waves, lines } => lines.iter().map(|line| slope(waves, line, notation)).collect(),
    };
    sentences.join(" ")
}

fn bar(row: &Bar, notation: Notation) -> String {
    format!("{}: {}.", row.label, row.share(notation))
}

fn stack(keys: &[Key], row: &Stack, notation: Notation) -> String {
    let part = |(key, percent): (&Key, &u32)| format!("{} {}", key.label, notation.percent(Some(*percent)));
    let parts: Vec<String> = keys.iter().zip(&row.percents).map(part).collect();
    let group = row.label.as_ref().map(|label| format!("{label} (n = {}): ", row.base)).unwrap_or_default();
    format!("{group}{}.", parts.join(", "))
}

fn dot(row: &Dot, notation: Notation) -> String {
    let number = |value: f64| notation.decimal(value, 1);
    let interval = row.interval.map(|(low, high)| format!(" ({}–{})", number(low), number(high))).unwrap_or_default();
    format!("{} (n = {}): {}{interval}.", row.label, row.base, row.value.map_or_else(|| "–".to_owned(), number))
}

fn slope(waves: &[String], line: &Line, notation: Notation) -> String {
    let wave = |(wave, percent): (&String, &Option<u32>)| format!("{wave} {}", notation.percent(*percent));
    let waves: Vec<String> = waves.iter().zip(&line.percents).map(wave).collect();
    format!("{}: {}.", line.label, waves.join(", "))
}
