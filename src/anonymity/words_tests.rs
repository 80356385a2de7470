//! The rules against thousands of small worlds, and by hand.

use proptest::prelude::*;

use super::super::tree::Node;
use super::*;

const SEED: [u8; 32] = [3; 32];

fn tree(areas: usize) -> Tree {
    Tree::new((1..=areas).map(|area| Node { id: format!("a{area}"), parent: None, name: format!("Area {area}") }))
}

fn text(place: usize, themes: &[bool], number: usize) -> Written {
    Written { place, themes: themes.to_vec(), words: format!("text {number}") }
}

/// So many texts in each place, the whole's own first; of the first so many are about the one theme.
fn world(places: &[(usize, usize)]) -> Vec<Written> {
    let all =
        places.iter().enumerate().flat_map(|(place, (texts, about))| (0..*texts).map(move |n| (place, n < *about)));
    all.enumerate().map(|(number, (place, about))| text(place, &[about], number)).collect()
}

fn shown(areas: usize, texts: &[Written], k: u32) -> Shown {
    let (tree, themes) = (tree(areas), vec!["t".to_owned()]);
    Rules { tree: &tree, question: "q", themes: &themes, k, base: if k > 5 { 3 } else { 2 }, seed: &SEED }
        .shown(texts, true)
}

#[test]
fn nothing_of_nothing() {
    let none = shown(2, &[], 5);
    assert!(none.sizes.iter().all(Option::is_none) && none.words.iter().all(Option::is_none));
    assert!(none.themes[0].iter().all(Option::is_none));
}

#[test]
fn words_of_ten_and_not_of_nine() {
    assert!(shown(1, &world(&[(0, 0), (9, 0)]), 5).words.iter().all(Option::is_none));
    let ten = shown(1, &world(&[(0, 0), (10, 0)]), 5);
    assert_eq!(ten.words.iter().map(|words| words.as_ref().map(Vec::len)).collect::<Vec<_>>(), [Some(10), Some(10)]);
    // Nine elsewhere would be what is left of the whole.
    let nine_left = shown(2, &world(&[(0, 0), (12, 0), (9, 0)]), 5);
    assert_eq!(nine_left.words.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, false]);
    let ten_left = shown(3, &world(&[(1, 0), (12, 0), (5, 0), (4, 0)]), 5);
    assert_eq!(ten_left.words.iter().map(Option::is_some).collect::<Vec<_>>(), [true, true, false, false]);
}

#[test]
fn a_sensitive_question_needs_twice_as_many() {
    let eight = world(&[(0, 0), (30, 8)]);
    assert_eq!(shown(1, &eight, 10).themes[0], [None, None]);
    assert!(shown(1, &world(&[(0, 0), (30, 20)]), 10).themes[0][WHOLE].is_some());
}

#[test]
fn a_small_count_is_hidden_and_what_gives_it_away() {
    // By hand, undisturbed: of 20, 12, 6 and 3 the three are too few, and then the six would give them away.
    let open = [true; 4];
    assert_eq!(counts(&[41, 20, 12, 9], &[41, 20, 12, 9], &open, 5), [Some(41), Some(20), Some(12), Some(9)]);
    assert_eq!(counts(&[35, 20, 12, 3], &[35, 20, 12, 3], &open, 5), [Some(35), Some(20), None, None]);
    assert_eq!(counts(&[32, 20, 12, 0], &[32, 20, 12, 0], &open, 5), [Some(32), Some(20), Some(12), None]);
    assert_eq!(counts(&[4, 4, 0, 0], &[4, 4, 0, 0], &open, 5), [None; 4]);
    // What is too small only before the disturbance, or only after it, is hidden as well.
    assert_eq!(counts(&[24, 20, 4, 0], &[26, 20, 6, 0], &open, 5), [Some(26), None, None, None]);
    assert_eq!(counts(&[25, 20, 5, 0], &[24, 20, 4, 0], &open, 5), [Some(24), None, None, None]);
    // An area that may not be told apart says nothing of its themes either.
    assert_eq!(counts(&[20, 12, 8], &[20, 12, 8], &[true, true, false], 5), [Some(20), Some(12), None]);
}

/// With other seeds the same texts give other counts: nobody can count back.
#[test]
fn counts_are_disturbed() {
    let (tree, themes) = (tree(2), vec!["t".to_owned()]);
    let texts = world(&[(0, 0), (40, 20), (40, 20)]);
    let count = |seed: u8| {
        let seed = [seed; 32];
        let rules = Rules { tree: &tree, question: "q", themes: &themes, k: 5, base: 2, seed: &seed };
        rules.shown(&texts, false).themes[0][WHOLE]
    };
    let seen: std::collections::BTreeSet<_> = (0..30).map(count).collect();
    assert!(seen.len() > 1, "{seen:?}");
    assert_eq!(count(1), count(1));
}

fn worlds() -> impl Strategy<Value = (usize, Vec<Written>)> {
    (1usize..6).prop_flat_map(|areas| {
        let rows = proptest::collection::vec((0..=areas, any::<bool>()), 0..90);
        rows.prop_map(move |rows| {
            let written = |(number, (place, about))| text(place, &[about], number);
            (areas, rows.into_iter().enumerate().map(written).collect())
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_small_number_is_shown_or_left(((areas, texts), k) in (worlds(), prop_oneof![Just(5u32), Just(10)])) {
        let shown = shown(areas, &texts, k);
        let here = |place: usize| texts.iter().filter(|text| place == WHOLE || text.place == place).count();
        let about = |place: usize| {
            texts.iter().filter(|text| (place == WHOLE || text.place == place) && text.themes[0]).count()
        };
        let k = k as usize;

        for (place, size) in shown.sizes.iter().enumerate() {
            prop_assert!(size.is_none_or(|size| size as usize == here(place) && here(place) >= k));
        }

        let counts = &shown.themes[0];
        for (place, count) in counts.iter().enumerate() {
            prop_assert!(count.is_none_or(|count| count as usize >= k && about(place) >= k));
            prop_assert!(count.is_none() || shown.sizes[place].is_some());
        }
        let areas_shown = || (1..=areas).filter(|area| counts[*area].is_some());
        if let Some(whole) = counts[WHOLE] {
            let left = whole - areas_shown().filter_map(|area| counts[area]).sum::<u32>();
            prop_assert!(left == 0 || left as usize >= k, "{left} left by subtraction");
            let left = about(WHOLE) - areas_shown().map(about).sum::<usize>();
            prop_assert!(left == 0 || left >= k, "{left} truly left");
        } else {
            prop_assert_eq!(areas_shown().count(), 0);
        }

        let least = k.max(10);
        for (place, words) in shown.words.iter().enumerate() {
            let Some(words) = words else { continue };
            prop_assert!(words.len() >= least);
            let mut words = words.clone();
            let mut written: Vec<String> = texts
                .iter()
                .filter(|text| place == WHOLE || text.place == place)
                .map(|text| text.words.clone())
                .collect();
            words.sort();
            written.sort();
            prop_assert_eq!(words, written);
        }
        let of_areas: usize = shown.words[1..].iter().flatten().map(Vec::len).sum();
        if shown.words[WHOLE].is_some() {
            let left = texts.len() - of_areas;
            prop_assert!(left == 0 || left >= least, "{left} words left");
        } else {
            prop_assert_eq!(of_areas, 0);
        }
    }

    /// Neither which texts lie where, nor what they say, decides which groups are shown; and their order says nothing.
    #[test]
    fn groups_depend_on_how_many_alone((areas, texts) in worlds()) {
        let one = shown(areas, &texts, 5);
        let mut turned = texts.clone();
        turned.reverse();
        let other = shown(areas, &turned, 5);
        prop_assert_eq!(&one.sizes, &other.sizes);
        prop_assert_eq!(&one.words, &other.words);
        let flipped: Vec<Written> =
            texts.iter().map(|text| Written { themes: vec![!text.themes[0]], ..text.clone() }).collect();
        let flipped = shown(areas, &flipped, 5);
        prop_assert_eq!(one.sizes, flipped.sizes);
        prop_assert_eq!(one.words, flipped.words);
    }
}
