use proptest::prelude::*;
use rand::SeedableRng as _;

use super::*;

const OPTIONS: u8 = 4;

/// Up to 80 people: their atom in the tree, their atom in a breakdown, their answer.
fn people() -> impl Strategy<Value = Vec<(u32, u32, u8)>> {
    let answer = prop_oneof![9 => 0..OPTIONS, 1 => Just(NOT_ASKED)];
    proptest::collection::vec((1_u32..4, 1_u32..3, answer), 0..80)
}

fn disturbed(people: &[(u32, u32, u8)], base: u32, seed: u64) -> (Vec<Vec<u32>>, Vec<u8>) {
    let labels = vec![people.iter().map(|one| one.0).collect(), people.iter().map(|one| one.0 * 10 + one.1).collect()];
    let mut answers: Vec<u8> = people.iter().map(|one| one.2).collect();
    disturb(&labels, &mut answers, OPTIONS, base, &mut ChaCha20Rng::seed_from_u64(seed));
    (labels, answers)
}

/// Those who answered in each atom of a family.
fn sizes(labels: &[u32], answers: &[u8]) -> std::collections::BTreeMap<u32, usize> {
    let mut sizes = std::collections::BTreeMap::new();
    for (label, _) in labels.iter().zip(answers).filter(|(_, answer)| **answer != NOT_ASKED) {
        *sizes.entry(*label).or_default() += 1;
    }
    sizes
}

/// Counts above 0 and under `base` in atoms that hold `least` or more.
fn small(labels: &[u32], answers: &[u8], base: usize, least: usize) -> usize {
    let atoms = sizes(labels, answers);
    let counts = atoms.iter().filter(|(_, size)| **size >= least).flat_map(|(atom, _)| {
        (0..OPTIONS).map(move |option| labels.iter().zip(answers).filter(|(l, a)| *l == atom && **a == option).count())
    });
    counts.filter(|count| (1..base).contains(count)).count()
}

proptest! {
    #[test]
    fn whoever_was_not_asked_stays_so_and_everybody_keeps_an_answer(people in people(), seed: u64) {
        let (_, answers) = disturbed(&people, 2, seed);
        for (before, after) in people.iter().map(|one| one.2).zip(&answers) {
            prop_assert_eq!(before == NOT_ASKED, *after == NOT_ASKED);
            prop_assert!(*after < OPTIONS || *after == NOT_ASKED);
        }
    }

    #[test]
    fn the_same_chance_gives_the_same_answers(people in people(), seed: u64) {
        prop_assert_eq!(disturbed(&people, 2, seed), disturbed(&people, 2, seed));
    }

    /// In the families of a plan every atom holds *k* or nobody; here atoms of five and more are looked at.
    #[test]
    fn no_count_is_small_in_an_atom_that_is_large_enough(people in people(), base in 2_u32..4, seed: u64) {
        let tree: Vec<(u32, u32, u8)> = people.iter().map(|one| (one.0, 1, one.2)).collect();
        let (labels, answers) = disturbed(&tree, base, seed);
        prop_assert_eq!(small(&labels[0], &answers, base as usize, 5), 0);
    }
}

/// Whatever a unanimous group has said, a count that stands alone or a change of nothing would be told from the figures: now
/// and then something moves, and mostly nothing does.
#[test]
fn something_moves_now_and_then() {
    let people: Vec<(u32, u32, u8)> = (0..30).map(|_| (1, 1, 2)).collect();
    let moved = |seed: &u64| disturbed(&people, 2, *seed).1.iter().any(|answer| *answer != 2);
    let count = (0..2_000).filter(moved).count();
    assert!((5..1_000).contains(&count), "{count}");
}
