//! Results: all questions of a campaign, and one of them with its areas.

use serde::Serialize;

use super::Page;
use super::hr::Shell;
use super::texts::WordsSection;
use crate::report::chart::Figure;

#[path = "results_samples.rs"]
mod samples;

/// `GET /results`: what was published, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublishedPage {
    /// Around it.
    pub shell: Shell,
    /// Newest first.
    pub campaigns: Vec<PublishedLine>,
}

/// One campaign with results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublishedLine {
    /// In addresses.
    pub id: String,
    /// As HR called it.
    pub name: String,
    /// The survey's title.
    pub survey: String,
}

impl Page for PublishedPage {
    const TEMPLATE: &'static str = "hr/published";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::published()
    }
}

/// `GET /results/{campaign}`: every question with a small chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResultsPage {
    /// Around it.
    pub shell: Shell,
    /// The campaign's id, in addresses.
    pub campaign: String,
    /// As HR called it.
    pub name: String,
    /// People.
    pub invited: u64,
    /// Responses.
    pub answered: u64,
    /// Groups under this many answers are not shown.
    pub minimum_group: u32,
    /// Whether anything was published.
    pub published: bool,
    /// In the survey's order.
    pub questions: Vec<QuestionCard>,
}

/// One question in the overview.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionCard {
    /// In the address.
    pub id: String,
    /// What was asked.
    pub text: String,
    /// Who was asked; everybody without one.
    pub audience: Option<String>,
    /// What may be shown of the answers.
    #[serde(flatten)]
    pub answers: Answers,
}

/// What may be shown of the answers to a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "answers", rename_all = "snake_case")]
pub enum Answers {
    /// The chart and its table come from the same figure.
    Shown {
        /// Respondents who answered it, as it is shown: `6087`, `10–19`.
        base: String,
        /// One row for the whole, or one for each audience compared.
        figure: Figure,
    },
    /// Nothing but why.
    Hidden {
        /// Why.
        reason: Hidden,
    },
}

/// Why figures are not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hidden {
    /// Fewer answers than the smallest group.
    TooFew,
    /// Words are not shown before somebody has removed what identifies people.
    FreeText,
    /// Its themes and words stand below, on the question's page.
    Words,
}

/// `GET /results/{campaign}/{question}`: one question, the whole and the areas.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionResultPage {
    /// Around it.
    pub shell: Shell,
    /// The campaign's id, in addresses.
    pub campaign: String,
    /// As HR called it.
    pub name: String,
    /// The question.
    pub question: QuestionCard,
    /// Groups under this many answers are not shown.
    pub minimum_group: u32,
    /// The places above the one that is shown, the whole first.
    pub above: Vec<Crumb>,
    /// What the place can be divided by; the places below it first.
    pub breakdowns: Vec<Choice>,
    /// Head of the table; empty where nothing is shown.
    pub options: Vec<String>,
    /// The place first, then its parts.
    pub groups: Vec<GroupLine>,
    /// Scales: the rows have means.
    pub means: bool,
    /// What was published of what people wrote.
    pub words: Vec<WordsSection>,
    /// Id of the question before.
    pub previous: Option<String>,
    /// Id of the question after.
    pub next: Option<String>,
}

/// A place above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Crumb {
    /// None for the whole.
    pub name: Option<String>,
    /// This question there.
    pub address: String,
}

/// A way to divide a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The breakdown's id; the places below without one.
    pub id: Option<String>,
    /// This question so divided.
    pub address: String,
    /// It is what the page shows.
    pub chosen: bool,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupLine {
    /// A place, or a value of the breakdown; the whole organisation without one.
    pub name: Option<String>,
    /// Where its own parts are shown.
    pub address: Option<String>,
    /// None where there are too few answers.
    pub figures: Option<GroupFigures>,
}

/// The figures of one row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupFigures {
    /// Respondents who answered, as it is shown.
    pub base: String,
    /// What shares are of.
    pub of: u64,
    /// Per option, in the order of the head.
    pub counts: Vec<u64>,
    /// Asked, and left open.
    pub open: u64,
    /// Scales: without "don't know".
    pub mean: Option<f64>,
    /// Scales: whole percent of favourable answers.
    pub favourable: Option<u64>,
}

impl Page for ResultsPage {
    const TEMPLATE: &'static str = "hr/results";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::overview()
    }
}

impl Page for QuestionResultPage {
    const TEMPLATE: &'static str = "hr/question";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::question()
    }
}
