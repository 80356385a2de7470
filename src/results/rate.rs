//! Who took part.

use super::row::whole_percent;
use super::view::{Position, View};
use crate::anonymity::publication::{Group, Rate};

/// A response rate as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Under 10 %.
    Under10,
    /// Whole percent, from 10 to 90.
    Percent(u32),
    /// Over 90 %: how few did not answer is not shown.
    Over90,
}

/// The response rate of one group.
#[derive(Clone, Copy, Debug)]
pub struct ResponseRate<'p> {
    /// The group.
    pub group: &'p Group,
    /// How many were invited; nothing where it is hidden.
    pub invited: Option<u32>,
    /// How many of them took part; nothing where it is hidden, and at both ends.
    pub answered: Option<u32>,
    /// The rate; nothing where it is hidden.
    pub part: Option<Part>,
}

/// Of a group at a position; nothing where the reader has no such row.
#[must_use]
pub fn at<'p>(view: &View<'p>, position: Position<'_>) -> Option<ResponseRate<'p>> {
    view.rate(position).map(|(group, rate)| response_rate(group, rate))
}

/// Of every place right below one (empty: the areas), in the order of their paths.
#[must_use]
pub fn below<'p>(view: &View<'p>, parent: &str) -> Vec<ResponseRate<'p>> {
    view.below(parent).filter_map(|place| at(view, Position::at(&place.id))).collect()
}

fn response_rate<'p>(group: &'p Group, rate: &Rate) -> ResponseRate<'p> {
    let part = rate.percent.as_deref().and_then(part);
    let answered = rate.counts.map(|[_, answered]| answered);
    ResponseRate {
        group,
        invited: rate.counts.map(|[invited, _]| invited),
        answered: answered.filter(|_| matches!(part, Some(Part::Percent(_)))),
        part,
    }
}

/// The rates of areas while a campaign runs, from how many were invited and have answered: as coarse as a published one, and
/// hidden by the plan's rule. Nothing is disturbed here, since no answer goes into it; `docs/anonymity.md` says what taking
/// part is worth.
#[must_use]
pub fn running(areas: &[(u32, u32)], k: u32) -> Vec<Option<Part>> {
    let mut shown: Vec<bool> = areas.iter().map(|(_, answered)| *answered >= k).collect();
    loop {
        let hidden: u32 =
            areas.iter().zip(&shown).filter(|(_, shown)| !**shown).map(|((_, answered), _)| answered).sum();
        let smallest = (0..areas.len()).filter(|area| shown[*area]).min_by_key(|area| areas[*area].1);
        match smallest {
            Some(smallest) if (1..k).contains(&hidden) => shown[smallest] = false,
            _ => break,
        }
    }
    let rate = |((invited, answered), shown): (&(u32, u32), bool)| {
        whole_percent(*answered, *invited).filter(|_| shown).map(|percent| match percent {
            0..10 => Part::Under10,
            10..=90 => Part::Percent(percent),
            _ => Part::Over90,
        })
    };
    areas.iter().zip(shown).map(rate).collect()
}

fn part(percent: &str) -> Option<Part> {
    match percent {
        "<10" => Some(Part::Under10),
        ">90" => Some(Part::Over90),
        percent => percent.parse().ok().map(Part::Percent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_rate_says_no_more_than_a_published_one() {
        let rates = running(&[(1000, 99), (1000, 690), (1000, 905), (40, 5)], 5);
        assert_eq!(
            rates,
            [Some(Part::Percent(10)), Some(Part::Percent(69)), Some(Part::Over90), Some(Part::Percent(13))]
        );
        assert_eq!(running(&[(1000, 90)], 5), [Some(Part::Under10)]);
    }

    #[test]
    fn few_are_hidden_and_take_one_with_them() {
        assert_eq!(running(&[(20, 4), (30, 9), (90, 45)], 5), [None, None, Some(Part::Percent(50))]);
        assert_eq!(
            running(&[(20, 4), (30, 3), (90, 45)], 5),
            [None, None, Some(Part::Percent(50))],
            "seven are enough"
        );
        assert_eq!(running(&[(20, 0), (30, 9)], 5), [None, Some(Part::Percent(30))], "nobody gives nobody away");
        assert_eq!(running(&[], 5), []);
    }
}
