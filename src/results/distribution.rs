//! How a group answered a question: counts and percent, mean and favourable share, and what is missing.

use super::row::{DONT_KNOW, Measure, Row, whole_percent};
use super::view::{Position, View};
use crate::anonymity::publication::{Base, Category, Group, Question};
use crate::anonymity::publish::EVERYBODY;

/// One question in one group.
#[derive(Clone, Debug)]
pub struct Distribution<'p> {
    /// What was asked.
    pub question: &'p Question,
    /// Whom it is about.
    pub group: &'p Group,
    /// Nothing where the group is hidden.
    pub figures: Option<Figures<'p>>,
}

/// The figures of a group that is shown.
#[derive(Clone, Debug)]
pub struct Figures<'p> {
    /// How many were asked, as it is shown.
    pub asked: &'p Base,
    /// How many answered, as it is shown, "don't know" among them.
    pub answered: &'p Base,
    /// What could be chosen, in the order of the question.
    pub bars: Vec<Bar<'p>>,
    /// Who is not among the answers, and why.
    pub missing: Missing<'p>,
    /// On scales: the mean of the points, to one decimal, as the file gives it (also where a high value is bad).
    pub mean: Option<f64>,
    /// On scales: whole percent of those who chose a point whose answer is good ([`Measure::Favourable`]). Where a high value
    /// is bad this differs from the figure of the file, which always is of the scale's own favourable points.
    pub favourable: Option<u32>,
}

/// One option and how many chose it.
#[derive(Clone, Debug)]
pub struct Bar<'p> {
    /// The option.
    pub option: &'p Category,
    /// How many chose it.
    pub count: u32,
    /// Of those who answered; nothing where nobody did. Where one option each is chosen, all bars add up to 100.
    pub percent: Option<u32>,
    /// "Don't know": outside the order of the points, and in no mean.
    pub aside: bool,
}

/// The three kinds of missing answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing<'p> {
    /// Took part in the survey and was not asked this, as it is shown; nothing where the file does not say it.
    pub not_asked: Option<&'p Base>,
    /// Was asked and left it open.
    pub open: u32,
    /// Said so; nothing where that could not be chosen.
    pub dont_know: Option<u32>,
}

impl<'p> Distribution<'p> {
    /// Of a question at a position; nothing where there is no such row for this reader.
    #[must_use]
    pub fn of(view: &View<'p>, question: &'p Question, position: Position<'_>) -> Option<Self> {
        let (group, table) = view.table(question, position)?;
        let row = Row::of(question, group, table);
        Some(Self { question, group, figures: row.map(|row| Figures::of(&row)) })
    }
}

impl<'p> Figures<'p> {
    fn of(row: &Row<'p>) -> Self {
        let favourable = row.share(Measure::Favourable).and_then(|share| whole_percent(share.part, share.of));
        Self {
            asked: row.asked,
            answered: row.answered,
            bars: bars(row),
            missing: Missing { not_asked: row.table.not_asked.as_ref(), open: row.open(), dont_know: row.dont_know() },
            mean: row.table.mean,
            favourable,
        }
    }
}

fn bars<'p>(row: &Row<'p>) -> Vec<Bar<'p>> {
    let counts: Vec<u32> = row.options().map(|(_, count)| count).collect();
    // Where several can be chosen, each share stands for itself.
    let together = if row.question.kind.several() { None } else { hundred(&counts) };
    let percent = |index: usize, count: u32| match &together {
        Some(percents) => percents.get(index).copied(),
        None => whole_percent(count, row.of),
    };
    let bar = |(index, (option, count)): (usize, (&'p Category, u32))| Bar {
        option,
        count,
        percent: percent(index, count),
        aside: option.id == DONT_KNOW,
    };
    row.options().enumerate().map(bar).collect()
}

/// Whole percents that add up to 100, by largest remainders (Hamilton's method): each is rounded down, and what is left
/// goes to those that lost most; of equals the larger count first, then the earlier one. Each is less than one percent
/// from the true share. Nothing where all counts are 0.
#[must_use]
pub fn hundred(counts: &[u32]) -> Option<Vec<u32>> {
    let sum: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    let part = |count: u32| (100 * u64::from(count)).checked_div(sum);
    let mut percents: Vec<u64> = counts.iter().map(|count| part(*count)).collect::<Option<_>>()?;
    let lost = |index: usize| 100 * u64::from(counts[index]) % sum;
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse((lost(*index), counts[*index])));
    let left = usize::try_from(100_u64.saturating_sub(percents.iter().sum())).unwrap_or(0);
    order.iter().take(left).for_each(|index| percents[*index] += 1);
    percents.into_iter().map(|percent| u32::try_from(percent).ok()).collect()
}

/// Whether only a part of the respondents was asked.
#[must_use]
pub fn is_routed(question: &Question) -> bool {
    !question.population.starts_with(EVERYBODY)
}
