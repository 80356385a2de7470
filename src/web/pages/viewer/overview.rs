//! The first page of results: who took part, what stands out, and every question.

use serde::Serialize;

use super::Around;
use crate::report::chart::Figure;
use crate::results::rate::Part as Share;
use crate::web::pages::Page;

#[path = "overview_samples.rs"]
mod samples;

/// `GET /results/{campaign}?place=ID`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OverviewPage {
    /// Around it.
    pub around: Around,
    /// Whether anything was published.
    pub published: bool,
    /// Of the place; nothing where the reader has no such row.
    pub rate: Option<Rate>,
    /// Of the places right below.
    pub places: Vec<PlaceLine>,
    /// What a first look should go to.
    pub findings: Vec<Finding>,
    /// What else stands out.
    pub more: Vec<Finding>,
    /// No question has a figure here.
    pub suppressed: bool,
    /// All questions, by the pages of the survey.
    pub chapters: Vec<Chapter>,
}

/// Who took part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// How many were invited; nothing where it is hidden.
    pub invited: Option<u32>,
    /// How many took part; nothing where that is hidden, and at both ends.
    pub answered: Option<u32>,
    /// What may be said of the share.
    pub part: Part,
    /// In whole percent, for a bar; at the ends where these begin.
    pub percent: u32,
}

/// What may be said of a response rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Nothing.
    Hidden,
    /// Under 10 %.
    Under,
    /// As it is.
    Percent,
    /// Over 90 %.
    Over,
}

impl Part {
    /// What may be said of a rate, and how long its bar is.
    #[must_use]
    pub const fn of(rate: Option<Share>) -> (Self, u32) {
        match rate {
            None => (Self::Hidden, 0),
            Some(Share::Under10) => (Self::Under, 10),
            Some(Share::Percent(percent)) => (Self::Percent, percent),
            Some(Share::Over90) => (Self::Over, 90),
        }
    }
}

/// A place below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceLine {
    /// What it is called.
    pub name: String,
    /// Its own overview; nothing where there is none.
    pub address: Option<String>,
    /// Who took part there.
    pub rate: Rate,
}

/// Something that stands out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// What kind of thing.
    pub kind: FindingKind,
    /// What was asked.
    pub question: String,
    /// Which answer is counted; nothing where it is the favourable ones.
    pub answer: Option<String>,
    /// The question, at that place.
    pub address: String,
    /// Where it is so.
    pub place: String,
    /// Who gave that answer there, whole percent.
    pub own: u32,
    /// The same of those it is compared with.
    pub other: Option<u32>,
    /// The difference, in whole percentage points.
    pub points: Option<u32>,
    /// Both, drawn.
    pub figure: Figure,
}

/// Why something stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Significantly more favourable than the rest.
    Higher,
    /// Significantly less favourable than the rest.
    Lower,
    /// More favourable than in the wave before.
    Up,
    /// Less favourable than in the wave before.
    Down,
    /// Among the highest of all questions.
    Highest,
    /// Among the lowest of all questions.
    Lowest,
}

/// A page of the survey.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chapter {
    /// Its title; some have none.
    pub title: Option<String>,
    /// In the survey's order.
    pub questions: Vec<QuestionLine>,
}

/// A question in the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionLine {
    /// What was asked.
    pub text: String,
    /// Who was asked; everybody without one.
    pub audience: Option<String>,
    /// Its page.
    pub address: String,
    /// How many answered, as it is shown; nothing where it is hidden.
    pub base: Option<String>,
    /// What may be said in one glance.
    pub glance: Glance,
}

/// A question in one glance.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Glance {
    /// Favourable answers on a scale.
    Favourable {
        /// Whole percent.
        percent: u32,
        /// The whole scale.
        figure: Figure,
    },
    /// The option that most have chosen.
    Most {
        /// What it says.
        option: String,
        /// Whole percent.
        percent: u32,
        /// All options, or that one.
        figure: Figure,
    },
    /// Answered in words that were published.
    Words,
    /// Answered in words, of which nothing was published yet.
    Unread,
    /// Too few answers.
    Hidden,
}

impl Page for OverviewPage {
    const TEMPLATE: &'static str = "viewer/overview";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::overview()
    }
}
