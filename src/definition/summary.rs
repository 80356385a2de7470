//! What a survey asks of whom: for every audience the shortest and the longest way through it, and one example of it.

mod ways;

use std::ops::ControlFlow;

use serde::Serialize;

use super::model::{Answers, Attributes, Condition, Definition, Kind, Language, Question, Text};
use super::route::{Route, Truth, decide, route};
use ways::Ways;

/// More ways than this are not walked one by one.
const MOST_WAYS: usize = 100_000;
/// Silent reading of plain prose in English, the mean of 190 studies (Brysbaert 2019, *How many words do we read per
/// minute?*, Journal of Memory and Language 109).
const WORDS_A_MINUTE: usize = 238;

/// A survey in figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Every way was walked; otherwise the figures are bounds that the true ones lie between.
    pub exact: bool,
    /// Everybody first, then the audiences in the order of the file.
    pub audiences: Vec<Asked>,
}

/// What one audience is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// Its id; everybody without one.
    pub audience: Option<String>,
    /// The ends; nothing where nobody can belong to the audience.
    pub ways: Option<Ends>,
}

/// The ways with the fewest and the most of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ends {
    /// Questions on the shortest and the longest way; a matrix counts once for each item, a notice not at all.
    pub questions: [usize; 2],
    /// Pages.
    pub pages: [usize; 2],
    /// Seconds to read what is shown, in the language with the most words.
    pub reading_seconds: [usize; 2],
}

/// Figures of one way.
#[derive(Clone, Copy, Default)]
struct Way {
    questions: usize,
    pages: usize,
    words: usize,
}

/// Walks every way through the survey.
#[must_use]
pub fn summary(definition: &Definition) -> Summary {
    let language = wordiest(definition);
    let mut found: Vec<Option<(Way, Way)>> = vec![None; definition.audiences.len() + 1];
    let mut left = MOST_WAYS;
    let done = Ways::all(definition).map(|ways| {
        ways.walk(|attributes, answers| {
            if left == 0 {
                return ControlFlow::Break(());
            }
            left -= 1;
            let way = Way::of(&route(definition, attributes, answers), definition, language);
            let conditions = definition.audiences.iter().map(|audience| &audience.condition);
            let belongs = conditions.map(|one| decide(definition, one, attributes, answers) == Truth::True);
            for (ends, _) in found.iter_mut().zip(std::iter::once(true).chain(belongs)).filter(|(_, belongs)| *belongs)
            {
                *ends = Some(ends.map_or((way, way), |ends| way.within(ends)));
            }
            ControlFlow::Continue(())
        })
    });
    let exact = done == Some(ControlFlow::Continue(()));
    if !exact {
        found.fill(Some(bounds(definition, language)));
    }
    let names = std::iter::once(None).chain(definition.audiences.iter().map(|audience| Some(audience.id.clone())));
    let asked = names.zip(found).map(|(audience, ends)| Asked { audience, ways: ends.map(Ends::from) });
    Summary { exact, audiences: asked.collect() }
}

/// Somebody of whom `condition` holds: the attributes and answers that make it so. Nothing where nobody was found.
#[must_use]
pub fn example(definition: &Definition, condition: &Condition) -> Option<(Attributes, Answers)> {
    let mut left = MOST_WAYS;
    let found = Ways::of(definition, condition)?.walk(|attributes, answers| {
        if decide(definition, condition, attributes, answers) == Truth::True {
            return ControlFlow::Break(Some((attributes.clone(), answers.clone())));
        }
        left -= 1;
        if left == 0 { ControlFlow::Break(None) } else { ControlFlow::Continue(()) }
    });
    found.break_value().flatten()
}

/// Where the ways are too many: what everybody sees, and all there is.
fn bounds(definition: &Definition, language: Language) -> (Way, Way) {
    let (mut least, mut most) = (Way::default(), Way::default());
    for page in &definition.pages {
        let always: Vec<&Question> = page.questions.iter().filter(|question| question.audience.is_none()).collect();
        if page.audience.is_none() && !always.is_empty() {
            least.page(
                always.into_iter().map(|question| (question, least_words(question, language))),
                definition,
                language,
            );
        }
        let all = page.questions.iter().map(|question| (question, most_words(question, language)));
        most.page(all, definition, language);
    }
    (least, most)
}

fn wordings(question: &Question) -> Vec<&Text> {
    match &question.wording {
        super::model::Wording::Everybody(text) => vec![text],
        super::model::Wording::ByAudience(texts) => texts.iter().map(|(_, text)| text).collect(),
    }
}

fn least_words(question: &Question, language: Language) -> usize {
    wordings(question).into_iter().map(|text| words(text, language)).min().unwrap_or_default()
}

fn most_words(question: &Question, language: Language) -> usize {
    wordings(question).into_iter().map(|text| words(text, language)).max().unwrap_or_default()
}

impl Way {
    fn of(route: &Route<'_>, definition: &Definition, language: Language) -> Self {
        let mut way = Self::default();
        for step in &route.pages {
            let questions = step.questions.iter().map(|(question, text)| (*question, words(text, language)));
            way.page(questions, definition, language);
        }
        way
    }

    /// Adds one page with what is seen of it, each question with the words of its wording.
    fn page<'q>(
        &mut self,
        questions: impl Iterator<Item = (&'q Question, usize)>,
        definition: &Definition,
        language: Language,
    ) {
        self.pages += 1;
        for (question, wording) in questions {
            self.words += wording + words_around(question, definition, language);
            self.questions += match &question.kind {
                Kind::Notice => 0,
                Kind::Matrix { items, .. } => items.len(),
                _ => 1,
            };
        }
    }

    fn within(self, (least, most): (Self, Self)) -> (Self, Self) {
        let pick = |by: fn(usize, usize) -> usize, end: Self| Self {
            questions: by(self.questions, end.questions),
            pages: by(self.pages, end.pages),
            words: by(self.words, end.words),
        };
        (pick(usize::min, least), pick(usize::max, most))
    }
}

impl From<(Way, Way)> for Ends {
    fn from((least, most): (Way, Way)) -> Self {
        let seconds = |words: usize| (words * 60).div_ceil(WORDS_A_MINUTE);
        Self {
            questions: [least.questions, most.questions],
            pages: [least.pages, most.pages],
            reading_seconds: [seconds(least.words), seconds(most.words)],
        }
    }
}

/// The language whose readers have the most words before them.
fn wordiest(definition: &Definition) -> Language {
    let most = |language: &Language| bounds(definition, *language).1.words;
    definition.languages.iter().copied().max_by_key(most).unwrap_or_else(|| definition.default_language())
}

fn words(text: &Text, language: Language) -> usize {
    text.get(language).split_whitespace().count()
}

/// What is read beside the question itself: help, options, points, items.
fn words_around(question: &Question, definition: &Definition, language: Language) -> usize {
    let count = |text: &Text| words(text, language);
    let help = question.help.as_ref().map_or(0, count);
    let points = |scale: &str| {
        definition.scale(scale).map_or(0, |scale| {
            let labels = scale.points.iter().map(|point| count(&point.label)).sum::<usize>();
            labels + scale.dont_know.as_ref().map_or(0, count)
        })
    };
    let field = match &question.kind {
        Kind::Choice { options, .. } | Kind::Choices { options, .. } | Kind::Rank { options, .. } => {
            options.iter().map(|option| count(&option.label)).sum()
        }
        Kind::Scale(scale) => points(scale),
        Kind::Matrix { scale, items } => points(scale) + items.iter().map(|item| count(&item.label)).sum::<usize>(),
        Kind::Number { unit, .. } => unit.as_ref().map_or(0, count),
        Kind::YesNo => 2,
        Kind::Text | Kind::LongText | Kind::Notice => 0,
    };
    help + field
}
