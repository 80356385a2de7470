//! A group against the rest: an area against the other areas, a unit against the rest of its service.
//!
//! A group is part of the whole, so it is compared with what is left of the whole without it. What is left is worked out by
//! subtraction in the file; the certificate proved that such a rest weighs at least *k* respondents or nobody. All groups
//! beside each other are looked at together and their chances adjusted, also for a reader who sees only some of them:
//! what is significant is so for every reader.

use super::distribution::is_routed;
use super::row::{DONT_KNOW, Measure, Point, Row, Share};
use super::significance::{Difference, Sample, Scored, disturbance, holm, means, shares};
use super::view::{Position, View};
use crate::anonymity::publication::{Group, Kind, Question};

/// A group beside the rest.
#[derive(Clone, Debug)]
pub struct Comparison<'p> {
    /// The group.
    pub group: &'p Group,
    /// Its share.
    pub own: Share,
    /// The share of the rest.
    pub rest: Share,
    /// In percentage points, with the chance adjusted for all groups beside each other.
    pub difference: Difference,
    /// On scales: the means, and their difference in points of the scale.
    pub means: Option<Means>,
}

/// Two means, not rounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Means {
    /// Of the group.
    pub own: f64,
    /// Of the rest.
    pub rest: f64,
    /// The first minus the second; its chance is not adjusted.
    pub difference: Difference,
}

/// What a question is compared by where nobody says anything else: favourable answers on scales, "yes" of a yes-no
/// question, otherwise nothing.
#[must_use]
pub fn usual(question: &Question) -> Option<Measure> {
    match question.kind {
        Kind::Scale => question.options.iter().any(|option| option.favourable).then_some(Measure::Favourable),
        Kind::YesNo => Some(Measure::Option(0)),
        Kind::Choice | Kind::Choices | Kind::Rank | Kind::Number => None,
    }
}

/// Every share in which a difference is worth a first look: favourable answers on scales, or each option of a choice but "don't
/// know". Not yes and no: most of these ask who somebody is, and areas differ in that by what they are.
#[must_use]
pub fn measures(question: &Question) -> Vec<Measure> {
    match question.kind {
        Kind::Choice | Kind::Choices => {
            // The last one is what was left open.
            let own = question.options.iter().enumerate().take(question.options.len().saturating_sub(1));
            own.filter(|(_, option)| option.id != DONT_KNOW).map(|(number, _)| Measure::Option(number)).collect()
        }
        Kind::Scale => usual(question).into_iter().collect(),
        Kind::YesNo | Kind::Rank | Kind::Number => Vec::new(),
    }
}

/// Every shown place right below `parent` (empty: the areas) against the rest of `against` (the parent itself, or empty
/// for the whole organisation), in the order of their paths. Those the reader does not see are left out after the adjustment.
#[must_use]
pub fn places<'p>(
    view: &View<'p>,
    question: &'p Question,
    measure: Measure,
    parent: &str,
    against: &str,
) -> Vec<Comparison<'p>> {
    let all = view.everything();
    let positions: Vec<Position<'_>> = all.below(parent).map(|place| Position::at(&place.id)).collect();
    let mut compared = beside(&all, question, measure, &positions, Position::at(against));
    compared.retain(|comparison| view.group(&question.population, Position::of(comparison.group)).is_some());
    compared
}

/// Every shown value of a breakdown at a place against the rest of that place.
#[must_use]
pub fn values<'p>(
    view: &View<'p>,
    question: &'p Question,
    measure: Measure,
    place: &str,
    breakdown: &str,
) -> Vec<Comparison<'p>> {
    let all = view.everything();
    let declared = all.publication().breakdowns.iter().find(|declared| declared.id == breakdown);
    let values = declared.into_iter().flat_map(|declared| &declared.values);
    let positions: Vec<Position<'_>> = values.map(|value| Position::at(place).by(breakdown, &value.id)).collect();
    let mut compared = beside(&all, question, measure, &positions, Position::at(place));
    compared.retain(|comparison| view.group(&question.population, Position::of(comparison.group)).is_some());
    compared
}

fn beside<'p>(
    view: &View<'p>,
    question: &'p Question,
    measure: Measure,
    positions: &[Position<'_>],
    against: Position<'_>,
) -> Vec<Comparison<'p>> {
    let Some(whole) = view.row(question, against) else { return Vec::new() };
    let one = |position: &Position<'_>| compare(view, measure, &view.row(question, *position)?, &whole);
    let mut compared: Vec<Comparison<'p>> = positions.iter().filter_map(one).collect();
    let chances: Vec<f64> = compared.iter().filter_map(|comparison| comparison.difference.chance).collect();
    let tested = compared.iter_mut().filter(|comparison| comparison.difference.chance.is_some());
    for (comparison, adjusted) in tested.zip(holm(&chances)) {
        comparison.difference.adjusted = Some(adjusted);
    }
    compared
}

fn compare<'p>(view: &View<'p>, measure: Measure, own: &Row<'p>, whole: &Row<'p>) -> Option<Comparison<'p>> {
    let (mine, all) = (own.share(measure)?, whole.share(measure)?);
    let rest = Share { part: all.part.checked_sub(mine.part)?, of: all.of.checked_sub(mine.of)? };
    if rest.part > rest.of || rest.of < own.question.k {
        return None;
    }
    let populations = (population(view, own), population(view, whole));
    let beyond = populations.0.zip(populations.1).and_then(|(own, whole)| whole.checked_sub(own));
    let disturbance = disturbance(own.question, view.publication().k);
    let sample = |share: Share, population: Option<u32>| Sample { share, population, disturbance };
    let (points, whole) = (own.points(), whole.points());
    let scored = Scored { points: &points, population: populations.0, disturbance };
    Some(Comparison {
        group: own.group,
        own: mine,
        rest,
        difference: shares(sample(mine, populations.0), sample(rest, beyond))?,
        means: compare_means(scored, &whole, beyond),
    })
}

fn compare_means(own: Scored<'_>, whole: &[Point], beyond: Option<u32>) -> Option<Means> {
    let left = |(all, own): (&Point, &Point)| Some(Point { count: all.count.checked_sub(own.count)?, ..*all });
    let points: Vec<Point> = whole.iter().zip(own.points).map(left).collect::<Option<_>>()?;
    let rest = Scored { points: &points, population: beyond, ..own };
    Some(Means { own: mean(own.points)?, rest: mean(&points)?, difference: means(own, rest)? })
}

/// The mean of the points that were chosen.
#[must_use]
pub fn mean(points: &[Point]) -> Option<f64> {
    let count: u32 = points.iter().map(|point| point.count).sum();
    let sum: i64 = points.iter().map(|point| point.value * i64::from(point.count)).sum();
    #[expect(clippy::cast_precision_loss, reason = "a sum of a few million points is exact in 53 bits")]
    (count > 0).then(|| sum as f64 / f64::from(count))
}

/// A row as a test of shares sees it.
#[must_use]
pub fn sample(view: &View<'_>, row: &Row<'_>, measure: Measure) -> Option<Sample> {
    let disturbance = disturbance(row.question, view.publication().k);
    Some(Sample { share: row.share(measure)?, population: population(view, row), disturbance })
}

/// How many people the answers of a group stand for: its invited. Of a routed question as large a part of them as was asked
/// among the respondents. Nothing where the invited are not shown (breakdowns by answers have none); the test is then on
/// the safe side.
#[must_use]
pub fn population(view: &View<'_>, row: &Row<'_>) -> Option<u32> {
    let position = Position::of(row.group);
    let [invited, took_part] = view.rate(position)?.1.counts?;
    if !is_routed(row.question) {
        return Some(invited);
    }
    let asked = row.of + row.open();
    let share = f64::from(asked) / f64::from(took_part.max(1));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most the number of the invited")]
    let part = (f64::from(invited) * share.min(1.0)).round() as u32;
    Some(part.max(asked))
}
