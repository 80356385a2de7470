//! What holds for every publication and every reader.

use medvirk::anonymity::publication::{Base, Publication};
use medvirk::results::compare::{places, usual};
use medvirk::results::distribution::{Distribution, hundred, is_routed};
use medvirk::results::significance::holm;
use medvirk::results::standing_out::overview;
use medvirk::results::view::{Position, Scope, View};
use medvirk::results::weight::weighted;
use proptest::prelude::*;

fn all_places(publication: &Publication) -> Vec<String> {
    let mut places: Vec<String> = publication.groups.iter().map(|group| group.place.clone()).collect();
    places.sort();
    places.dedup();
    places
}

/// Hides every group that `hidden` says, the whole excepted, as if fewer had answered.
fn hide(mut publication: Publication, hidden: impl Fn(&str) -> bool) -> Publication {
    let is_hidden = |id: &str| hidden(id.split_once('.').unwrap().1);
    for group in publication.groups.iter_mut().filter(|group| !group.place.is_empty() && is_hidden(&group.id)) {
        group.base = None;
        publication.tables.iter_mut().filter(|table| table.group == group.id).for_each(|table| {
            (table.counts, table.of, table.base, table.mean, table.favourable) = (None, None, None, None, None);
            table.not_asked = None;
        });
        publication.response.iter_mut().filter(|rate| rate.group == group.id).for_each(|rate| {
            (rate.counts, rate.percent) = (None, None);
        });
    }
    publication
}

#[test]
fn every_figure_comes_from_the_counts_of_the_file() {
    for publication in [crate::hand(), crate::pulse()] {
        let view = View::of(&publication, &Scope::Whole);
        for table in &publication.tables {
            let question = view.question(&table.question).unwrap();
            let group = publication.groups.iter().find(|group| group.id == table.group).unwrap();
            let shown = Distribution::of(&view, question, Position::of(group)).unwrap();
            assert_eq!(shown.figures.is_some(), table.counts.is_some());
            let (Some(figures), Some(counts)) = (shown.figures, &table.counts) else { continue };
            let mut ours: Vec<u32> = figures.bars.iter().map(|bar| bar.count).collect();
            ours.push(figures.missing.open);
            assert_eq!(&ours, counts);
            assert_eq!(figures.mean, table.mean);
            assert!(figures.favourable == table.favourable);
            if !question.kind.several() {
                let sum: u32 = figures.bars.iter().filter_map(|bar| bar.percent).sum();
                assert_eq!(sum, if figures.bars.iter().any(|bar| bar.count > 0) { 100 } else { 0 });
            }
        }
    }
}

#[test]
fn what_is_missing_is_told_as_the_file_tells_it() {
    for publication in [crate::hand(), crate::pulse()] {
        let view = View::of(&publication, &Scope::Whole);
        let mut routed = 0;
        for question in publication.questions.iter().filter(|question| is_routed(question)) {
            for group in publication.groups.iter().filter(|group| group.audience == question.population) {
                let Some(shown) = Distribution::of(&view, question, Position::of(group)) else { continue };
                let Some(figures) = shown.figures else { continue };
                assert!(matches!(figures.missing.not_asked, Some(Base::About(_))));
                assert!(matches!((figures.asked, figures.answered), (Base::About(_), Base::About(_))));
                routed += 1;
            }
        }
        assert!(routed > 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_view_is_a_part_of_the_file(chosen in proptest::collection::vec(any::<prop::sample::Index>(), 0..4)) {
        for publication in [crate::hand(), crate::pulse()] {
            let places = all_places(&publication);
            let own: Vec<String> = chosen.iter().map(|index| index.get(&places).clone()).collect();
            let view = View::of(&publication, &Scope::Places(own.clone()));
            let part = view.part();
            prop_assert!(part.groups.iter().all(|group| publication.groups.contains(group)));
            prop_assert!(part.tables.iter().all(|table| publication.tables.contains(table)));
            prop_assert!(part.response.iter().all(|rate| publication.response.contains(rate)));
            // Whatever is found through the view is in that part, and the other way round.
            for group in &publication.groups {
                let found = view.group(&group.audience, Position::of(group));
                prop_assert_eq!(found, part.groups.iter().find(|other| *other == group));
            }
            // Deep places of others are not there, and no breakdown of others but the whole's.
            let paths: Vec<&[String]> = publication.groups.iter().filter(|g| own.contains(&g.place) && !g.place.is_empty())
                .map(|group| group.unit.as_slice()).collect();
            for group in part.groups.iter().filter(|group| !group.unit.is_empty()) {
                let mine = paths.iter().any(|path| group.unit.starts_with(path));
                let above = paths.iter().any(|path| path.starts_with(&group.unit)) || group.unit.len() == 1;
                prop_assert!(mine || (above && group.breakdown.is_none()));
            }
        }
    }

    #[test]
    fn what_is_significant_is_so_for_every_reader(index in any::<prop::sample::Index>()) {
        let publication = crate::pulse();
        let whole = View::of(&publication, &Scope::Whole);
        let places_ = all_places(&publication);
        let view = View::of(&publication, &Scope::Places(vec![index.get(&places_).clone()]));
        for question in &publication.questions {
            let Some(measure) = usual(question) else { continue };
            let theirs = places(&whole, question, measure, "", "");
            for mine in places(&view, question, measure, "", "") {
                let same = theirs.iter().find(|other| other.group == mine.group).unwrap();
                prop_assert_eq!(mine.difference, same.difference);
            }
        }
    }

    #[test]
    fn weights_add_up_to_the_invited(hidden in proptest::collection::vec(any::<bool>(), 64)) {
        for (publication, breakdown) in [(crate::hand(), "age"), (crate::pulse(), "employment")] {
            let spread = |id: &str| hidden[id.bytes().map(usize::from).sum::<usize>() % hidden.len()];
            let publication = hide(publication, spread);
            let view = View::of(&publication, &Scope::Whole);
            let [invited, _] = view.rate(Position::WHOLE).unwrap().1.counts.unwrap();
            for question in &publication.questions {
                let Some(weighted) = weighted(&view, question, "", breakdown) else { continue };
                let sum: f64 = weighted.cells.iter().filter_map(|cell| Some(cell.weight? * f64::from(cell.respondents))).sum();
                prop_assert!((sum - f64::from(invited)).abs() < 1e-6, "{} and not {}", sum, invited);
                prop_assert_eq!(weighted.population, invited);
                if !question.kind.several() {
                    let shares: f64 = weighted.weighted.shares.iter().map(|(_, share)| share).sum();
                    prop_assert!((shares - 100.0).abs() < 1e-6);
                }
            }
            let overview = overview(&view, "", 5);
            prop_assert!(overview.lowest.is_sorted_by(|one, other| one.percent <= other.percent));
            prop_assert!(overview.highest.is_sorted_by(|one, other| one.percent >= other.percent));
        }
    }

    #[test]
    fn holm_keeps_the_order_and_only_raises(mut chances in proptest::collection::vec(0.0..=1.0_f64, 0..20)) {
        chances.sort_by(f64::total_cmp);
        let adjusted = holm(&chances);
        prop_assert!(adjusted.is_sorted());
        prop_assert!(chances.iter().zip(&adjusted).all(|(before, after)| before <= after && *after <= 1.0));
        let largest = chances.iter().rev().take(1).zip(adjusted.iter().rev());
        prop_assert!(largest.into_iter().all(|(before, after)| after >= before));
    }

    #[test]
    fn percents_add_up_and_are_off_by_less_than_one(counts in proptest::collection::vec(0u32..5000, 1..12)) {
        let sum: u32 = counts.iter().sum();
        match hundred(&counts) {
            None => prop_assert_eq!(sum, 0),
            Some(percents) => {
                prop_assert_eq!(percents.iter().sum::<u32>(), 100);
                for (percent, count) in percents.iter().zip(&counts) {
                    let off = f64::from(*percent) - 100.0 * f64::from(*count) / f64::from(sum);
                    prop_assert!(off.abs() < 1.0);
                }
            }
        }
    }
}
