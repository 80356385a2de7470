//! How often each answer was given in each group.

use super::questions::is_favourable;
use super::{Shown, Writing};
use crate::anonymity::edition::Population;
use crate::anonymity::labels::Groups;
use crate::anonymity::publication::{Base, Publication, Table};
use crate::anonymity::rounding::NOT_ASKED;
use crate::anonymity::variable::{Counting, Variable};
use crate::anonymity::world::Column;
use crate::definition::model::{Kind as Asked, Point};

impl Writing<'_, '_> {
    pub(super) fn tables(&self, index: usize, population: &Population, groups: &[Shown], document: &mut Publication) {
        let variable = &self.edition.world.variables[index];
        let column = &self.edition.world.columns[index];
        // Breakdowns by answers are made after the questions that any of them rests on, and say nothing about those.
        let is_source = |source: &String| *source == variable.key || *source == variable.question.id;
        let source = self.making.families.iter().flat_map(|family| &family.sources).any(is_source);
        let families: Vec<usize> = (0..population.plan.shown.len())
            .filter(|family| !source || self.making.families[*family].sources.is_empty())
            .collect();
        let scale = self.scale(variable);
        for family in families {
            let counts = self.counts(variable, column, population, family);
            for shown in groups.iter().filter(|shown| shown.family == family) {
                let counts = shown.group.base.as_ref().map(|_| counts.get(shown.place, shown.value).clone());
                let asked = *population.plan.sizes[family].get(shown.place, shown.value);
                let all = self.edition.populations[0].plan.sizes[family].get(shown.place, shown.value);
                let not_asked = population.condition.as_ref().map(|_| all - asked);
                let whom = (shown.group.id.as_str(), asked, not_asked);
                document.tables.push(table(variable, document.edition, whom, counts, &scale));
            }
        }
    }

    /// How many of every group chose each option.
    fn counts(
        &self,
        variable: &Variable<'_>,
        column: &Column,
        population: &Population,
        family: usize,
    ) -> Groups<Vec<u32>> {
        let tree = self.making.tree;
        let values = population.plan.shown[family].values();
        let none = vec![0; usize::from(variable.categories())];
        let mut counts = Groups::<Vec<u32>>::new(tree, values);
        for (member, value) in self.edition.members.values[family].iter().enumerate() {
            if *value == 0 || !population.asked[member] || column.category[member] == NOT_ASKED {
                continue;
            }
            let cell = counts.get_mut(self.edition.members.place(member), usize::from(*value));
            if cell.is_empty() {
                cell.clone_from(&none);
            }
            count(variable, column, member, cell);
        }
        for place in (1..tree.len()).rev() {
            for value in 1..=values {
                let below = counts.get(place, value).clone();
                let above = counts.get_mut(tree.place(place).parent, value);
                if above.is_empty() {
                    *above = below;
                } else {
                    above.iter_mut().zip(&below).for_each(|(above, below)| *above += below);
                }
            }
        }
        counts
    }

    fn scale(&self, variable: &Variable<'_>) -> Vec<(i64, bool)> {
        let definition = self.edition.world.definition;
        match &variable.question.kind {
            Asked::Scale(scale) | Asked::Matrix { scale, .. } => {
                definition.scale(scale).map_or_else(Vec::new, |scale| {
                    let good = |point: &Point| (point.value, is_favourable(scale, point.value, variable));
                    scale.points.iter().map(good).collect()
                })
            }
            _ => Vec::new(),
        }
    }
}

fn count(variable: &Variable<'_>, column: &Column, member: usize, counts: &mut [u32]) {
    let category = usize::from(column.category[member]);
    if variable.counting != Counting::Several || column.category[member] == variable.open() {
        counts[category] += 1;
        return;
    }
    for (option, count) in counts.iter_mut().enumerate().take(variable.options.len()) {
        *count += u32::from(column.chosen[member] >> option & 1 == 1);
    }
}

fn table(
    variable: &Variable<'_>,
    edition: u32,
    (group, asked, not_asked): (&str, u32, Option<u32>),
    counts: Option<Vec<u32>>,
    scale: &[(i64, bool)],
) -> Table {
    let figures = counts.as_deref().map(|counts| Figures::of(counts, scale));
    let of = counts.as_deref().map(|counts| asked - counts.last().copied().unwrap_or_default());
    let base = |answered: u32| if not_asked.is_some() { Base::about(answered) } else { Base::Exact(answered) };
    Table {
        question: variable.key.clone(),
        group: group.to_owned(),
        edition,
        of,
        base: of.map(base),
        not_asked: of.map(|_| not_asked.map_or(Base::Exact(0), Base::about)),
        mean: figures.as_ref().and_then(|figures| figures.mean),
        favourable: figures.as_ref().and_then(|figures| figures.favourable),
        counts,
    }
}

/// What is worked out from the disturbed counts.
struct Figures {
    mean: Option<f64>,
    favourable: Option<u32>,
}

impl Figures {
    fn of(counts: &[u32], scale: &[(i64, bool)]) -> Self {
        let on_scale = || scale.iter().zip(counts).map(|((value, favourable), count)| (*value, *favourable, *count));
        let base: u32 = on_scale().map(|(_, _, count)| count).sum();
        let sum: i64 = on_scale().map(|(value, _, count)| value * i64::from(count)).sum();
        let good: u32 = on_scale().filter(|(_, favourable, _)| *favourable).map(|(_, _, count)| count).sum();
        #[expect(clippy::cast_precision_loss, reason = "a sum of a few million points is exact in 53 bits")]
        let mean = (base > 0).then(|| (sum as f64 / f64::from(base) * 10.0).round() / 10.0);
        let judged = base > 0 && scale.iter().any(|(_, favourable)| *favourable);
        Self { mean, favourable: judged.then(|| whole_percent(good, base)) }
    }
}

/// Rounded half up; 0 of 0 is 0.
pub(super) fn whole_percent(part: u32, of: u32) -> u32 {
    if of == 0 { 0 } else { (200 * part + of) / (2 * of) }
}
