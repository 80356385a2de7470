//! The figures of one question in one group, as counts; everything else in `results` is worked out from these.

use crate::anonymity::publication::{Base, Category, Group, Question, Table};

/// The category of "don't know".
pub const DONT_KNOW: &str = "dont_know";

/// `part` of `of` in whole percent, halves rounded up; nothing where `of` is 0.
#[must_use]
pub fn whole_percent(part: u32, of: u32) -> Option<u32> {
    let (part, of) = (u64::from(part), u64::from(of));
    (200 * part + of).checked_div(2 * of).and_then(|percent| u32::try_from(percent).ok())
}

/// What share of a group is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Of those who chose a point of the scale: the ones who chose a favourable one. Where a high value is bad (`reverse`) the
    /// favourable points are those at the other end: with 4 and 5 on a scale from 1 to 5 these are 2 and 1.
    Favourable,
    /// Of those who answered, "don't know" among them: the ones who chose the option of this number.
    Option(usize),
}

/// A part of a whole, both counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub part: u32,
    /// Of how many.
    pub of: u32,
}

/// One point of a scale and how many chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Its number.
    pub value: i64,
    /// Whether it is a good answer to this question, `reverse` taken into account.
    pub favourable: bool,
    /// How many chose it.
    pub count: u32,
}

/// The shown figures of one question in one group.
#[derive(Clone, Copy, Debug)]
pub struct Row<'p> {
    /// What was asked.
    pub question: &'p Question,
    /// Whom the figures are about.
    pub group: &'p Group,
    /// As it stands in the file.
    pub table: &'p Table,
    /// How many were asked, as shown.
    pub asked: &'p Base,
    /// How many answered, as shown, "don't know" among them.
    pub answered: &'p Base,
    /// What shares are of: how many answered, after the disturbance.
    pub of: u32,
    counts: &'p [u32],
}

impl<'p> Row<'p> {
    /// Nothing where the figures are hidden.
    #[must_use]
    pub fn of(question: &'p Question, group: &'p Group, table: &'p Table) -> Option<Self> {
        let counts = table.counts.as_deref().filter(|counts| counts.len() == question.options.len())?;
        let (asked, answered) = (group.base.as_ref()?, table.base.as_ref()?);
        Some(Self { question, group, table, asked, answered, of: table.of?, counts })
    }

    /// One count for every option of the question, in its order; the last is "asked and left open".
    #[must_use]
    pub const fn counts(&self) -> &'p [u32] {
        self.counts
    }

    /// What could be chosen and how many chose it: all options and "don't know", without "left open".
    pub fn options(&self) -> impl Iterator<Item = (&'p Category, u32)> + use<'p> {
        let counts = self.counts.iter().copied();
        let all = self.question.options.len().saturating_sub(1);
        self.question.options.iter().zip(counts).take(all)
    }

    /// Asked and left open.
    #[must_use]
    pub fn open(&self) -> u32 {
        self.counts.last().copied().unwrap_or_default()
    }

    /// How many chose "don't know"; nothing where that could not be chosen.
    #[must_use]
    pub fn dont_know(&self) -> Option<u32> {
        self.options().find(|(option, _)| option.id == DONT_KNOW).map(|(_, count)| count)
    }

    /// The points of the scale, lowest first; none where the question has no scale.
    #[must_use]
    pub fn points(&self) -> Vec<Point> {
        let point = |(option, count): (&Category, u32)| {
            Some(Point { value: option.value?, favourable: option.favourable, count })
        };
        self.options().filter_map(point).collect()
    }

    /// Those who chose a point of the scale: what means are of.
    #[must_use]
    pub fn on_scale(&self) -> u32 {
        self.points().iter().map(|point| point.count).sum()
    }

    /// The mean of the points that were chosen, not rounded; `turned` so that a high value is good.
    #[must_use]
    pub fn mean(&self, turned: bool) -> Option<f64> {
        let points = self.points();
        let ends = (points.iter().map(|point| point.value).min()?, points.iter().map(|point| point.value).max()?);
        let turn = |value: i64| if turned && self.question.reverse { ends.0 + ends.1 - value } else { value };
        let (sum, count) = points.iter().fold((0, 0), |(sum, count), point| {
            (sum + turn(point.value) * i64::from(point.count), count + point.count)
        });
        #[expect(clippy::cast_precision_loss, reason = "a sum of a few million points is exact in 53 bits")]
        (count > 0).then(|| sum as f64 / f64::from(count))
    }

    /// The share that is looked at; nothing where nobody answered, or where no point is favourable.
    #[must_use]
    pub fn share(&self, measure: Measure) -> Option<Share> {
        let share = match measure {
            Measure::Favourable => {
                let points = self.points();
                let good = || points.iter().filter(|point| point.favourable);
                good().next()?;
                Share { part: good().map(|point| point.count).sum(), of: self.on_scale() }
            }
            Measure::Option(index) => Share { part: self.options().nth(index).map(|(_, count)| count)?, of: self.of },
        };
        (share.of > 0).then_some(share)
    }
}
