use proptest::prelude::*;

use super::*;
use crate::anonymity::tree::Node;

const K: u32 = 5;

/// Two areas with two services each.
fn tree() -> Tree {
    let node = |id: &str, parent: Option<&str>| Node { id: id.into(), parent: parent.map(Into::into), name: id.into() };
    let services = |area: &'static str| [1, 2].map(move |n| node(&format!("{area}{n}"), Some(area)));
    let areas = [node("a", None), node("b", None)];
    Tree::new(areas.into_iter().chain(services("a")).chain(services("b")))
}

/// So many people in each place but the whole, each with one of two values by turns.
fn members(tree: &Tree, people: &[usize]) -> Members {
    let places: Vec<u32> = (1..).zip(people).flat_map(|(place, count)| vec![place; *count]).collect();
    assert!(places.iter().all(|place| (*place as usize) < tree.len()));
    let values = (0..places.len()).map(|member| u16::from(member % 3 == 0) + 1).collect();
    Members { values: vec![vec![1; places.len()], values], places }
}

fn plan(tree: &Tree, members: &Members, earlier: &[Vec<u32>]) -> Plan {
    let terms =
        Terms { tree, members, values: &[1, 2], k: K, spare: &[0, 0], deepest: usize::MAX, within: &[], earlier };
    Plan::of(&terms)
}

/// The places that are shown, by name.
fn places<'t>(tree: &'t Tree, plan: &Plan) -> Vec<&'t str> {
    (1..tree.len()).filter(|place| plan.shows_place(*place)).map(|place| tree.place(place).id.as_str()).collect()
}

#[test]
fn the_smallest_shown_place_is_hidden_with_a_small_one() {
    let tree = tree();
    // a, b, a1, a2, b1, b2
    let shown = plan(&tree, &members(&tree, &[0, 0, 20, 9, 30, 3]), &[]);
    assert_eq!(places(&tree, &shown), ["a", "b", "a1", "a2"], "b2 has 3, so b1 stays hidden with it");
    let shown = plan(&tree, &members(&tree, &[0, 0, 20, 9, 30, 0]), &[]);
    assert_eq!(places(&tree, &shown), ["a", "b", "a1", "a2", "b1"], "nobody is left beside b1");
}

#[test]
fn too_few_are_shown_nowhere() {
    let tree = tree();
    let shown = plan(&tree, &members(&tree, &[0, 0, 2, 0, 2, 0]), &[]);
    assert!(!shown.shows_place(WHOLE) && shown.certificate.is_none());
}

#[test]
fn two_who_came_after_an_edition_are_told_by_no_later_one() {
    let tree = tree();
    let all = members(&tree, &[0, 0, 20, 20, 20, 20]);
    let (first, rest): (Vec<usize>, Vec<usize>) = (0..all.places.len()).partition(|member| member % 10 != 7);
    assert_eq!(rest.len(), 8);
    let areas_then: Vec<u32> = (0..all.places.len())
        .map(|member| if first.contains(&member) { 1 + u32::from(member >= 40) } else { 0 })
        .collect();
    let shown = plan(&tree, &all, std::slice::from_ref(&areas_then));
    // Four are new in each area, so no area can be shown again beside what was shown of it, and eight are new in the whole.
    assert!(shown.shows_place(WHOLE));
    assert!(
        !places(&tree, &shown).contains(&"a") || !places(&tree, &shown).contains(&"b"),
        "{:?}",
        places(&tree, &shown)
    );
}

proptest! {
    #[test]
    fn nothing_shown_and_nothing_left_beside_it_is_small(people in proptest::collection::vec(0_usize..24, 6)) {
        let tree = tree();
        let members = members(&tree, &people);
        let plan = plan(&tree, &members, &[]);
        let size = |family: usize, place: usize, value: usize| *plan.sizes[family].get(place, value);
        let small = |count: u32| (1..K).contains(&count);
        for place in 0..tree.len() {
            for (family, values) in [(TREE, 1), (1, 2)] {
                for value in (1..=values).filter(|value| *plan.shown[family].get(place, *value)) {
                    prop_assert!(size(family, place, value) >= K);
                }
            }
            if plan.shows_place(place) {
                let below = tree.place(place).children.iter().filter(|below| plan.shows_place(**below));
                let left = size(TREE, place, 1) - below.map(|below| size(TREE, *below, 1)).sum::<u32>();
                prop_assert!(!small(left), "{left} are left of place {place}");
                let values = (1..=2).filter(|value| *plan.shown[1].get(place, *value));
                let left = size(TREE, place, 1) - values.map(|value| size(1, place, value)).sum::<u32>();
                prop_assert!(!small(left), "{left} are left of the breakdown at place {place}");
            }
        }
    }

    #[test]
    fn what_is_shown_is_certified(people in proptest::collection::vec(0_usize..24, 6)) {
        let tree = tree();
        let members = members(&tree, &people);
        let plan = plan(&tree, &members, &[]);
        let enough = members.places.len() >= K as usize;
        prop_assert_eq!(plan.shows_place(WHOLE), enough);
        prop_assert_eq!(certify(&plan.labels(&tree, &members), K).is_ok(), enough || members.places.is_empty());
    }
}
