//! Is a difference more than chance? Tests for counts that come from a part of a small, known population.
//!
//! Three things make a share uncertain. **Who answered**: had others of the invited answered, the share would be another one;
//! the fewer did not answer, the less (finite population correction). **The disturbance** of the answers before they were
//! counted: it stays even where everybody answered. **How many looks** were taken: with eight areas one of them soon differs
//! by chance, so the chances are adjusted for their number (Holm).
//!
//! Sources: W. G. Cochran, *Sampling Techniques*, 3rd ed. 1977, theorem 3.2 and formula 3.8 (variance of a share in a finite
//! population), 2.16–2.22 (of a mean); S. Holm, *A simple sequentially rejective multiple test procedure*, Scandinavian
//! Journal of Statistics 6 (1979), 65–70.

use super::distribution::is_routed;
use super::row::{Point, Share};
use crate::anonymity::publication::Question;

/// Below this adjusted chance a difference counts as significant.
pub const LEVEL: f64 = 0.05;

/// The 97.5 % point of the normal distribution: what 95 % intervals reach to.
const REACH: f64 = 1.959_963_984_540_054;

/// In both groups at least this many must be expected on either side for the normal distribution to fit.
const EXPECTED: f64 = 5.0;

/// What the disturbance adds to the variance of a share, times the number of answers: measured as the squared difference between
/// published and true shares, on made-up municipalities whose truth is known (`tests/results/disturbed.rs`).
const DISTURBANCE: f64 = 0.4;

/// The same where only a part of the respondents was asked: who was asked is disturbed too.
const ROUTED: f64 = 0.7;

/// Sensitive questions are disturbed more.
const SENSITIVE: f64 = 1.5;

/// A group as a test of shares sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// How many of how many.
    pub share: Share,
    /// Of how many these are a part; nothing where that is not known, and then as of infinitely many.
    pub population: Option<u32>,
    /// Of its question, from [`disturbance`].
    pub disturbance: f64,
}

/// A group as a test of means sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored<'a> {
    /// The points of the scale, lowest first.
    pub points: &'a [Point],
    /// As for shares.
    pub population: Option<u32>,
    /// As for shares.
    pub disturbance: f64,
}

/// What the disturbance adds to the variance of a share of this question, times the number of answers. `k` is the smallest
/// group of the survey.
#[must_use]
pub fn disturbance(question: &Question, k: u32) -> f64 {
    let sensitive = if question.k > k { SENSITIVE } else { 1.0 };
    sensitive * if is_routed(question) { ROUTED } else { DISTURBANCE }
}

/// A difference between two groups, the first minus the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// In percentage points (or in points of the scale, for means).
    pub size: f64,
    /// Where the 95 % interval begins.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
    /// How likely a difference at least this large is where there is none; nothing where there are too few for this test.
    pub chance: Option<f64>,
    /// The same, for the number of groups that were looked at together; nothing until [`holm`] was used, or where there is no
    /// `chance`.
    pub adjusted: Option<f64>,
}

impl Difference {
    /// Whether it is more than chance.
    #[must_use]
    pub fn is_significant(&self) -> bool {
        self.adjusted.or(self.chance).is_some_and(|chance| chance <= LEVEL)
    }

    /// Too few answers for a test: neither different nor the same can be said.
    #[must_use]
    pub const fn too_few(&self) -> bool {
        self.chance.is_none()
    }
}

/// The two-proportion test with finite population correction; the interval is Wald's. Nothing where a group has fewer than two.
#[must_use]
pub fn shares(one: Sample, other: Sample) -> Option<Difference> {
    if one.share.of < 2 || other.share.of < 2 {
        return None;
    }
    let value = |sample: &Sample| f64::from(sample.share.part) / f64::from(sample.share.of);
    let (all, good) =
        (f64::from(one.share.of) + f64::from(other.share.of), f64::from(one.share.part) + f64::from(other.share.part));
    let pooled = good / all;
    let size = value(&one) - value(&other);
    let spread = (one.interval_variance() + other.interval_variance()).sqrt();
    let enough = [&one, &other].iter().all(|sample| {
        let of = f64::from(sample.share.of);
        of * pooled >= EXPECTED && of * (1.0 - pooled) >= EXPECTED
    });
    let variance = one.pooled_variance(pooled) + other.pooled_variance(pooled);
    Some(Difference {
        size: 100.0 * size,
        low: 100.0 * (size - REACH * spread),
        high: 100.0 * (size + REACH * spread),
        chance: (enough && variance > 0.0).then(|| two_sided(size / variance.sqrt())),
        adjusted: None,
    })
}

impl Sample {
    /// Of the share, if the true one is `pooled` (Cochran, theorem 3.2).
    fn pooled_variance(&self, pooled: f64) -> f64 {
        let of = f64::from(self.share.of);
        pooled * (1.0 - pooled) / of * unseen(self.share.of, self.population, 1.0) + self.disturbance / of
    }

    /// Of the share, estimated from itself (Cochran, formula 3.8).
    fn interval_variance(&self) -> f64 {
        let of = f64::from(self.share.of);
        let share = f64::from(self.share.part) / of;
        share * (1.0 - share) / (of - 1.0) * unseen(self.share.of, self.population, 0.0) + self.disturbance / of
    }
}

/// The part of the population that is not seen: (N − n) / (N − `less`).
fn unseen(seen: u32, population: Option<u32>, less: f64) -> f64 {
    let Some(population) = population else { return 1.0 };
    let (all, seen) = (f64::from(population), f64::from(seen));
    if all <= seen { 0.0 } else { (all - seen) / (all - less) }
}

/// The difference of two means on a scale, with its interval; the chance is by the normal distribution, and nothing where a group has
/// fewer than 30 answers.
#[must_use]
pub fn means(one: Scored<'_>, other: Scored<'_>) -> Option<Difference> {
    const ENOUGH: u32 = 30;
    let (first, second) = (Moments::of(&one)?, Moments::of(&other)?);
    let size = first.mean - second.mean;
    let spread = (first.variance + second.variance).sqrt();
    let enough = first.count >= ENOUGH && second.count >= ENOUGH && spread > 0.0;
    Some(Difference {
        size,
        low: size - REACH * spread,
        high: size + REACH * spread,
        chance: enough.then(|| two_sided(size / spread)),
        adjusted: None,
    })
}

/// The mean of one group and its 95 % interval; nothing where fewer than two answered.
#[must_use]
pub fn interval(group: Scored<'_>) -> Option<(f64, f64)> {
    let Moments { mean, variance, .. } = Moments::of(&group)?;
    let spread = REACH * variance.sqrt();
    Some((mean - spread, mean + spread))
}

struct Moments {
    count: u32,
    mean: f64,
    /// Of the mean.
    variance: f64,
}

impl Moments {
    /// Nothing where fewer than two answered.
    fn of(group: &Scored<'_>) -> Option<Self> {
        let points = group.points;
        let count: u32 = points.iter().map(|point| point.count).sum();
        if count < 2 {
            return None;
        }
        let of = f64::from(count);
        #[expect(clippy::cast_precision_loss, reason = "points of a scale are small numbers")]
        let value = |point: &Point| point.value as f64;
        let mean = points.iter().map(|point| value(point) * f64::from(point.count)).sum::<f64>() / of;
        let squares: f64 = points.iter().map(|point| (value(point) - mean).powi(2) * f64::from(point.count)).sum();
        let width = value(points.last()?) - value(points.first()?);
        // Measured too: an answer that moves across the boundary of a share often moves by most of the scale.
        let disturbed = group.disturbance * width.powi(2) / 2.0;
        let variance = (squares / (of - 1.0) * unseen(count, group.population, 0.0) + disturbed) / of;
        Some(Self { count, mean, variance })
    }
}

/// The chance of a value at least this far from 0, on either side, in the standard normal distribution.
#[must_use]
pub fn two_sided(score: f64) -> f64 {
    libm::erfc(score.abs() / std::f64::consts::SQRT_2)
}

/// Adjusts chances for how many there are (Holm's step-down method): smallest first, each times the number of those not yet
/// done, never less than one before it, at most 1. In the order that they came in.
#[must_use]
pub fn holm(chances: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..chances.len()).collect();
    order.sort_by(|one, other| chances[*one].total_cmp(&chances[*other]));
    let mut adjusted = vec![1.0; chances.len()];
    let mut least: f64 = 0.0;
    let left = (1..=u32::try_from(chances.len()).unwrap_or(u32::MAX)).rev();
    for (index, left) in order.into_iter().zip(left) {
        least = least.max((chances[index] * f64::from(left)).min(1.0));
        adjusted[index] = least;
    }
    adjusted
}
