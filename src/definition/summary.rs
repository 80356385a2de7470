//! What a survey asks of whom: for every audience the shortest, the middle and the longest way through it, and one
//! example of it.
//!
//! A way is one combination of answers and register values that the survey's conditions can tell apart. All ways count
//! alike: the median says that half of the combinations lead through no more than that, not that half of the people do.

mod ways;

use std::collections::BTreeMap;
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
    /// Its ways; nothing where nobody can belong to the audience.
    pub ways: Option<Figures>,
}

/// The ways of one audience, by each measure for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// A matrix counts once for each item, a notice not at all.
    pub questions: Span,
    /// Pages.
    pub pages: Span,
    /// Seconds to read what is shown, in the language with the most words.
    pub reading_seconds: Span,
}

/// One measure over all ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// On the way that has the least of it.
    pub shortest: usize,
    /// At least half of the ways have no more, and at least half no less; of two such values the lower. Nothing where
    /// not every way was walked.
    pub median: Option<usize>,
    /// On the way that has the most of it.
    pub longest: usize,
}

/// Figures of one way.
#[derive(Clone, Copy, Default)]
struct Way {
    questions: usize,
    pages: usize,
    words: usize,
}

/// How many ways have how much of one measure.
#[derive(Clone, Default)]
struct Spread(BTreeMap<usize, usize>);

/// All ways of one audience.
#[derive(Clone, Default)]
struct Walked {
    questions: Spread,
    pages: Spread,
    words: Spread,
}

/// Walks every way through the survey.
#[must_use]
pub fn summary(definition: &Definition) -> Summary {
    let language = wordiest(definition);
    let mut found = vec![Walked::default(); definition.audiences.len() + 1];
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
            let belongs = std::iter::once(true).chain(belongs);
            found.iter_mut().zip(belongs).filter(|(_, belongs)| *belongs).for_each(|(walked, _)| walked.add(way));
            ControlFlow::Continue(())
        })
    });
    let exact = done == Some(ControlFlow::Continue(()));
    let bounds = (!exact).then(|| bounds(definition, language).into());
    let names = std::iter::once(None).chain(definition.audiences.iter().map(|audience| Some(audience.id.clone())));
    let asked =
        names.zip(found).map(|(audience, walked)| Asked { audience, ways: bounds.or_else(|| walked.figures()) });
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
}

impl Spread {
    fn add(&mut self, amount: usize) {
        *self.0.entry(amount).or_default() += 1;
    }

    fn span(&self) -> Option<Span> {
        let ways: usize = self.0.values().sum();
        let mut passed = 0;
        let median = self.0.iter().find(|(_, count)| {
            passed += **count;
            2 * passed >= ways
        });
        let (shortest, longest) = (*self.0.first_key_value()?.0, *self.0.last_key_value()?.0);
        Some(Span { shortest, median: median.map(|(amount, _)| *amount), longest })
    }
}

impl Walked {
    fn add(&mut self, way: Way) {
        self.questions.add(way.questions);
        self.pages.add(way.pages);
        self.words.add(way.words);
    }

    fn figures(&self) -> Option<Figures> {
        let reading_seconds = self.words.span()?.map(seconds);
        Some(Figures { questions: self.questions.span()?, pages: self.pages.span()?, reading_seconds })
    }
}

impl Span {
    fn between(shortest: usize, longest: usize) -> Self {
        Self { shortest, median: None, longest }
    }

    fn map(self, of: fn(usize) -> usize) -> Self {
        Self { shortest: of(self.shortest), median: self.median.map(of), longest: of(self.longest) }
    }
}

impl From<(Way, Way)> for Figures {
    fn from((least, most): (Way, Way)) -> Self {
        Self {
            questions: Span::between(least.questions, most.questions),
            pages: Span::between(least.pages, most.pages),
            reading_seconds: Span::between(least.words, most.words).map(seconds),
        }
    }
}

fn seconds(words: usize) -> usize {
    (words * 60).div_ceil(WORDS_A_MINUTE)
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
