//! What stands out: where a first look at a publication should go.

use super::compare::{Comparison, measures, places};
use super::row::{Measure, Row, Share, whole_percent};
use super::view::{Position, View};
use crate::anonymity::publication::{Group, Kind, Question};

/// A group that differs from the rest in a question.
#[derive(Clone, Debug)]
pub struct Standing<'p> {
    /// The question.
    pub question: &'p Question,
    /// In which share.
    pub measure: Measure,
    /// The group and the rest.
    pub comparison: Comparison<'p>,
}

/// A question with its favourable share.
#[derive(Clone, Debug)]
pub struct Favourable<'p> {
    /// The question.
    pub question: &'p Question,
    /// Of whom.
    pub group: &'p Group,
    /// The favourable answers, of those who chose a point.
    pub share: Share,
    /// In whole percent.
    pub percent: u32,
}

/// What stands out at a place and right below it.
#[derive(Clone, Debug)]
pub struct Overview<'p> {
    /// The largest significant differences between a place right below and the rest, largest first.
    pub differences: Vec<Standing<'p>>,
    /// The questions with the lowest favourable shares at the place itself, lowest first.
    pub lowest: Vec<Favourable<'p>>,
    /// Those with the highest, highest first; none that is among the lowest.
    pub highest: Vec<Favourable<'p>>,
}

/// Looks at all questions for differences, and at all scales for the ends, at a place (empty: the whole) and gives at most `most` of each kind. Equals stand in the order of
/// the questions, then of the places. Questions are not adjusted for each other: among a hundred of them some differ by chance,
/// and these are hints where to look.
#[must_use]
pub fn overview<'p>(view: &View<'p>, place: &str, most: usize) -> Overview<'p> {
    let all = view.publication().questions.iter();
    let scales = all.clone().filter(|question| question.kind == Kind::Scale);
    let mut differences: Vec<Standing<'p>> = all.flat_map(|question| standing(view, question, place, place)).collect();
    differences.sort_by(|one, other| other.size().total_cmp(&one.size()));
    differences.truncate(most);
    let mut shares: Vec<Favourable<'p>> =
        scales.filter_map(|question| favourable(&view.row(question, Position::at(place))?)).collect();
    shares.sort_by(|one, other| one.share.compare(other.share));
    let half = shares.len().div_ceil(2).min(most);
    let highest = shares.split_off(shares.len() - (shares.len() - half).min(most)).into_iter().rev().collect();
    shares.truncate(half);
    Overview { differences, lowest: shares, highest }
}

/// The significant differences in a question between the places right below `parent` and the rest of `against`, in the order of the
/// places. Where several options of a choice differ at a place, the largest difference stands for them; the chances are adjusted for
/// the number of options (Bonferroni).
#[must_use]
pub fn standing<'p>(view: &View<'p>, question: &'p Question, parent: &str, against: &str) -> Vec<Standing<'p>> {
    let measures = measures(question);
    let count = f64::from(u32::try_from(measures.len()).unwrap_or(u32::MAX));
    let mut found: Vec<Standing<'p>> = Vec::new();
    for measure in measures {
        for mut comparison in places(view, question, measure, parent, against) {
            comparison.difference.adjusted = comparison.difference.adjusted.map(|chance| (chance * count).min(1.0));
            let standing = Standing { question, measure, comparison };
            if !standing.comparison.difference.is_significant() {
                continue;
            }
            match found.iter_mut().find(|known| known.comparison.group.place == standing.comparison.group.place) {
                Some(known) if known.size() < standing.size() => *known = standing,
                Some(_) => {}
                None => found.push(standing),
            }
        }
    }
    found
}

impl Standing<'_> {
    fn size(&self) -> f64 {
        self.comparison.difference.size.abs()
    }
}

fn favourable<'p>(row: &Row<'p>) -> Option<Favourable<'p>> {
    let share = row.share(Measure::Favourable)?;
    let percent = whole_percent(share.part, share.of)?;
    Some(Favourable { question: row.question, group: row.group, share, percent })
}

impl Share {
    /// The smaller share first, exactly.
    fn compare(self, other: Self) -> std::cmp::Ordering {
        let cross = |one: Self, other: Self| u64::from(one.part) * u64::from(other.of);
        cross(self, other).cmp(&cross(other, self))
    }
}
