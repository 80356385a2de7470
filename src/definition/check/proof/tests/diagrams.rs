//! Decision diagrams are sets, and give up in time.

use super::super::diagram::{Diagram, EVERYBODY, NOBODY, Set, TooEntangled};
use super::Dice;

/// A random set of numbers below 2⁶, as a diagram and as bits.
fn random(dice: &mut Dice, diagram: &mut Diagram, depth: usize) -> (Set, u64) {
    if depth == 0 {
        let bit = dice.below(6);
        let members = (0..64_u64).filter(|number| number >> bit & 1 == 1).fold(0, |set, number| set | 1 << number);
        return (diagram.node(u32::try_from(bit).unwrap(), NOBODY, EVERYBODY).unwrap(), members);
    }
    let (a, in_a) = random(dice, diagram, depth - 1);
    let (b, in_b) = random(dice, diagram, depth - 1);
    match dice.below(3) {
        0 => (diagram.both(a, b).unwrap(), in_a & in_b),
        1 => (diagram.either(a, b).unwrap(), in_a | in_b),
        _ => (diagram.without(a, b).unwrap(), in_a & !in_b),
    }
}

#[test]
fn operations_are_those_of_sets_and_equal_sets_are_one() {
    for seed in 0..500 {
        let (mut dice, mut diagram) = (Dice::of(seed), Diagram::default());
        let sets: Vec<_> = (0..6).map(|depth| random(&mut dice, &mut diagram, depth)).collect();
        for (a, in_a) in &sets {
            assert_eq!(*a == NOBODY, *in_a == 0);
            assert_eq!(*a == EVERYBODY, *in_a == u64::MAX);
            for (b, in_b) in &sets {
                assert_eq!(a == b, in_a == in_b);
            }
            match diagram.somebody(*a) {
                None => assert_eq!(*in_a, 0),
                Some(bits) => {
                    // Whatever the other bits are, these make a member.
                    let fits = |number: &u64| bits.iter().all(|(bit, set)| (number >> bit & 1 == 1) == *set);
                    assert!((0..64_u64).filter(fits).all(|number| in_a >> number & 1 == 1));
                }
            }
        }
    }
}

/// `x1 = y1, x2 = y2, …` with all x before all y doubles with each pair.
#[test]
fn entangled_sets_end_at_the_limit() {
    let mut diagram = Diagram::default();
    let entangle = |diagram: &mut Diagram| -> Result<Set, TooEntangled> {
        let mut all = EVERYBODY;
        for pair in 0..30 {
            let x = diagram.node(pair, NOBODY, EVERYBODY)?;
            let y = diagram.node(100 + pair, NOBODY, EVERYBODY)?;
            let one = diagram.without(x, y)?;
            let other = diagram.without(y, x)?;
            let different = diagram.either(one, other)?;
            all = diagram.without(all, different)?;
        }
        Ok(all)
    };
    assert_eq!(entangle(&mut diagram), Err(TooEntangled));
    assert_eq!(diagram.take_bits(5000), Err(TooEntangled));
}
