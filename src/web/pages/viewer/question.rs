//! One question of the results: the whole, what it is divided into, and how it was in earlier waves.

use serde::Serialize;

use super::Around;
use crate::report::chart::Figure;
use crate::web::pages::Page;
use crate::web::pages::texts::WordsSection;

#[path = "question_samples.rs"]
mod samples;

/// `GET /results/{campaign}/{question}?place=ID&by=BREAKDOWN&show=means&option=ID`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionPage {
    /// Around it.
    pub around: Around,
    /// What was asked.
    pub text: String,
    /// Who was asked; everybody without one.
    pub audience: Option<String>,
    /// Smallest group for this question.
    pub minimum_group: u32,
    /// The place by itself; nothing where it is hidden, or answered in words.
    pub whole: Option<Whole>,
    /// What it is divided into; nothing where nothing is shown.
    pub divided: Option<Divided>,
    /// One measure worded by audience, or a pair of leaders and employees.
    pub sides: Option<Sides>,
    /// The same in earlier waves.
    pub trend: Option<Trend>,
    /// What was published of what people wrote.
    pub words: Vec<WordsSection>,
    /// Answered in words, of which nothing was published yet.
    pub unread: bool,
    /// The question before.
    pub previous: Option<String>,
    /// The question after.
    pub next: Option<String>,
}

/// A place by itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Whole {
    /// All options.
    pub figure: Figure,
    /// How many were asked, as it is shown.
    pub asked: String,
    /// How many answered, as it is shown.
    pub answered: String,
    /// How many were not asked; nothing where the file does not say it.
    pub not_asked: Option<String>,
    /// Asked and left open.
    pub open: u32,
    /// Said so; nothing where that could not be chosen.
    pub dont_know: Option<u32>,
    /// On scales.
    pub mean: Option<f64>,
    /// On scales: whole percent.
    pub favourable: Option<u32>,
    /// The picture as a file.
    pub svg: String,
}

/// A place divided.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Divided {
    /// By the places below, or a breakdown; the places first.
    pub ways: Vec<Choice>,
    /// Shares or means, on scales.
    pub shows: Vec<Choice>,
    /// Which option is compared, where bars can hold only one.
    pub options: Vec<Choice>,
    /// The groups one below the other; nothing where there is no part to show.
    pub figure: Option<Figure>,
    /// How many parts are hidden.
    pub hidden: usize,
    /// How many parts there are.
    pub parts: usize,
    /// Whether any part is marked as significantly different.
    pub marked: bool,
    /// Head of the table.
    pub head: Vec<String>,
    /// The place first, then its parts.
    pub rows: Vec<Line>,
    /// Scales: the rows have means.
    pub means: bool,
    /// The picture as a file.
    pub svg: String,
    /// The numbers as a file.
    pub csv: String,
}

/// Something to choose by a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// A breakdown's id, `places`, `shares`, `means`; of options the words themselves.
    pub id: String,
    /// This page so chosen.
    pub address: String,
    /// It is what the page shows.
    pub chosen: bool,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What it is called.
    pub name: String,
    /// It is the place itself.
    pub whole: bool,
    /// Where its own parts are shown.
    pub address: Option<String>,
    /// None where there are too few answers.
    pub figures: Option<LineFigures>,
}

/// The figures of one row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineFigures {
    /// How many answered, as it is shown.
    pub base: String,
    /// Whole percent, in the order of the head.
    pub percents: Vec<Option<u32>>,
    /// Asked, and left open.
    pub open: u32,
    /// Scales: without "don't know".
    pub mean: Option<f64>,
    /// Scales: whole percent of favourable answers.
    pub favourable: Option<u32>,
    /// Against the rest of the place, in whole percentage points; nothing for the place itself.
    pub points: Option<i32>,
    /// That difference is more than chance.
    pub significant: bool,
    /// There are too few answers to tell.
    pub too_few: bool,
}

/// Things that belong side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sides {
    /// One measure by audience; otherwise a pair.
    pub wordings: Vec<Wording>,
    /// One row for each.
    pub figure: Figure,
    /// Of a pair: leaders minus employees, in whole percentage points.
    pub points: Option<i32>,
    /// That difference is more than chance.
    pub significant: bool,
}

/// What one audience was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wording {
    /// Who.
    pub audience: String,
    /// In which words.
    pub text: String,
}

/// A question over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trend {
    /// One line for each figure that is followed; nothing where one wave is left.
    pub figure: Option<Figure>,
    /// Since the wave before, in whole percentage points.
    pub points: Option<i32>,
    /// That change is more than chance.
    pub significant: bool,
    /// Waves that do not fit.
    pub refused: Vec<Refused>,
}

/// A wave that gives no trend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// As HR called it.
    pub wave: String,
    /// `no_such_question`, `type`, `answers`, `direction`, `audience`.
    pub reason: &'static str,
}

impl Page for QuestionPage {
    const TEMPLATE: &'static str = "viewer/question";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::question()
    }
}
