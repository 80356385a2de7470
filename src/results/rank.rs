//! What was put among the most important, ranked by how many did.

use super::row::{Row, whole_percent};
use crate::anonymity::publication::Category;

/// One option in its rank.
#[derive(Clone, Debug)]
pub struct Ranked<'p> {
    /// From 1; options with the same count share a rank, and the next one follows after as many (1, 2, 2, 4).
    pub rank: u32,
    /// The option.
    pub option: &'p Category,
    /// How many respondents put it among the most important, whatever its place there.
    pub count: u32,
    /// Of those who answered, whole percent.
    pub percent: Option<u32>,
}

/// The options of a `rank` (or several-choice) question in one group, the most often chosen first, equals in the order of the
/// question.
#[must_use]
pub fn ranks<'p>(row: &Row<'p>) -> Vec<Ranked<'p>> {
    let all: Vec<(&'p Category, u32)> = row.options().collect();
    let before = |count: u32| all.iter().filter(|(_, other)| *other > count).count();
    let ranked = |(option, count): &(&'p Category, u32)| Ranked {
        rank: u32::try_from(before(*count) + 1).unwrap_or(u32::MAX),
        option,
        count: *count,
        percent: whole_percent(*count, row.of),
    };
    let mut ranks: Vec<Ranked<'p>> = all.iter().map(ranked).collect();
    ranks.sort_by_key(|ranked| ranked.rank);
    ranks
}
