//! What may be shown of the texts that answer one question: decided here, for the whole and its areas and nothing finer.
//!
//! A text stands alone: it is one member of a population of its own, with an area and themes, and nothing leads from it to
//! other answers. The plan of all figures ([`super::plan`]) decides from how many texts there are which areas may be
//! told apart at all. Then three rules follow:
//!
//! - A **theme** is a yes or no of every text, disturbed like any other answer ([`super::rounding`]), so that no count is
//!   exact. Where a theme has fewer than *k* texts, before or after the disturbance, its count is hidden; and so is
//!   what would give such a count away: what is hidden beside the shown areas holds none or at least *k*.
//! - **Words** are shown where at least [`WORDS_FROM`] texts stand, and where what is not shown as an area holds none or as many.
//! - They are **shuffled** with the campaign's secret seed, for the whole and for each area anew.

use rand::seq::SliceRandom as _;

use super::disturbed::chance;
use super::labels::Members;
use super::plan::{Plan, Terms};
use super::rounding::disturb;
use super::tree::{Tree, WHOLE};

/// Fewer texts than this are never shown together.
pub const WORDS_FROM: u32 = 10;

/// A text that was released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The area; the whole for those whom the register placed nowhere.
    pub place: usize,
    /// For each theme whether it is about it.
    pub themes: Vec<bool>,
    /// Cleaned words.
    pub words: String,
}

/// What a question's texts are judged by.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The whole and its areas.
    pub tree: &'a Tree,
    /// As the document names the question.
    pub question: &'a str,
    /// As the document names the themes.
    pub themes: &'a [String],
    /// The smallest count.
    pub k: u32,
    /// The smallest count above 0 that the disturbance leaves.
    pub base: u32,
    /// The campaign's secret.
    pub seed: &'a [u8; 32],
}

/// What is shown; for each place, the whole first. `None` is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// How many texts stand there.
    pub sizes: Vec<Option<u32>>,
    /// Theme → place → how many are about it.
    pub themes: Vec<Vec<Option<u32>>>,
    /// The words themselves.
    pub words: Vec<Option<Vec<String>>>,
}

impl Rules<'_> {
    /// Decides. `with_words`: themes alone are the rule, words the exception.
    #[must_use]
    pub fn shown(&self, texts: &[Written], with_words: bool) -> Shown {
        let plan = self.plan(texts, self.k);
        let size = |place: usize| plan.shows_place(place).then(|| *plan.sizes[0].get(place, 1));
        Shown {
            sizes: (0..self.tree.len()).map(size).collect(),
            themes: (0..self.themes.len()).map(|theme| self.theme(texts, &plan, theme)).collect(),
            words: if with_words { self.words(texts) } else { vec![None; self.tree.len()] },
        }
    }

    fn plan(&self, texts: &[Written], k: u32) -> Plan {
        let members = members(texts);
        Plan::of(&Terms {
            tree: self.tree,
            members: &members,
            spare: &[0],
            values: &[1],
            k,
            deepest: 1,
            within: &[],
            earlier: &[],
        })
    }

    fn theme(&self, texts: &[Written], plan: &Plan, theme: usize) -> Vec<Option<u32>> {
        let mut about: Vec<u8> = texts.iter().map(|text| u8::from(text.themes[theme])).collect();
        let truly = self.count(texts, &about);
        let mut chance = chance(self.seed, &["theme", self.question, &self.themes[theme]]);
        disturb(&plan.labels(self.tree, &members(texts)), &mut about, 2, self.base, &mut chance);
        let open: Vec<bool> = (0..self.tree.len()).map(|place| plan.shows_place(place)).collect();
        counts(&truly, &self.count(texts, &about), &open, self.k)
    }

    /// How many are about it, by place, the whole with all areas in it.
    fn count(&self, texts: &[Written], about: &[u8]) -> Vec<u32> {
        let mut counts = vec![0; self.tree.len()];
        for (text, about) in texts.iter().zip(about) {
            counts[WHOLE] += u32::from(*about);
            if text.place != WHOLE {
                counts[text.place] += u32::from(*about);
            }
        }
        counts
    }

    fn words(&self, texts: &[Written]) -> Vec<Option<Vec<String>>> {
        let plan = self.plan(texts, self.k.max(WORDS_FROM));
        let words = |place: usize| plan.shows_place(place).then(|| self.shuffled(texts, place));
        (0..self.tree.len()).map(words).collect()
    }

    fn shuffled(&self, texts: &[Written], place: usize) -> Vec<String> {
        let here = texts.iter().filter(|text| place == WHOLE || text.place == place);
        let mut words: Vec<String> = here.map(|text| text.words.clone()).collect();
        // In an order of their own first, so that the order in which they lie says nothing even to whoever has the seed.
        words.sort_unstable();
        words.shuffle(&mut chance(self.seed, &["words", self.question, &self.tree.place(place).id]));
        words
    }
}

fn members(texts: &[Written]) -> Members {
    let place = |text: &Written| u32::try_from(text.place).unwrap_or_default();
    Members { places: texts.iter().map(place).collect(), values: vec![vec![1; texts.len()]] }
}

/// Of one theme's counts, those that are shown. `open`: places that may be told apart at all.
fn counts(truly: &[u32], disturbed: &[u32], open: &[bool], k: u32) -> Vec<Option<u32>> {
    let enough = |place: usize| open[place] && truly[place].min(disturbed[place]) >= k;
    if !enough(WHOLE) {
        return vec![None; open.len()];
    }
    let mut shown: Vec<usize> = (1..open.len()).filter(|place| enough(*place)).collect();
    let gives_away = |shown: &[usize], counts: &[u32]| {
        (1..k).contains(&(counts[WHOLE] - shown.iter().map(|place| counts[*place]).sum::<u32>()))
    };
    while gives_away(&shown, truly) || gives_away(&shown, disturbed) {
        let Some(smallest) = (0..shown.len()).min_by_key(|at| disturbed[shown[*at]]) else { break };
        shown.remove(smallest);
    }
    let count = |place: usize| (place == WHOLE || shown.contains(&place)).then_some(disturbed[place]);
    (0..open.len()).map(count).collect()
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
