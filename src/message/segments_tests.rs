use proptest::prelude::*;

use super::segments::{DEFAULT, Encoding, Segments, is_gsm};

/// The slow way: write the text out unit by unit, then cut, stepping back where the cut would split a pair.
fn oracle(text: &str) -> (Encoding, usize, usize) {
    if !text.chars().all(is_gsm) {
        let units: Vec<u16> = text.encode_utf16().collect();
        let high = |unit: &u16| (0xD800..0xDC00).contains(unit);
        return (Encoding::Ucs2, units.len(), cut(&units, 70, 67, high));
    }
    let mut septets = Vec::new();
    for character in text.chars() {
        if !DEFAULT.contains(character) {
            septets.push(0x1B);
        }
        septets.push(0);
    }
    let length = septets.len();
    (Encoding::Gsm7, length, cut(&septets, 160, 153, |septet| *septet == 0x1B))
}

fn cut<T>(mut units: &[T], alone: usize, joined: usize, opens_pair: impl Fn(&T) -> bool) -> usize {
    if units.len() <= alone {
        return 1;
    }
    let mut parts = 1;
    while units.len() > joined {
        let at = if opens_pair(&units[joined - 1]) { joined - 1 } else { joined };
        units = &units[at..];
        parts += 1;
    }
    parts
}

fn parts(text: &str) -> u32 {
    Segments::of(text).parts
}

#[test]
fn the_alphabet_is_whole() {
    assert_eq!(DEFAULT.chars().count(), 127, "128 septets without the escape");
    for character in "æøåÆØÅéüäöÉÇ@€^{}\\[~]|\n".chars() {
        assert!(is_gsm(character), "{character}");
    }
    for character in "«»“”’–—…çáš\u{a0}\t🙂".chars() {
        assert!(!is_gsm(character), "{character}");
    }
}

#[test]
fn borders_of_parts() {
    assert_eq!(parts(""), 1);
    for (length, expected) in [(160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4)] {
        assert_eq!(parts(&"a".repeat(length)), expected, "{length} septets");
    }
    for (length, expected) in [(70, 1), (71, 2), (134, 2), (135, 3)] {
        assert_eq!(parts(&"–".repeat(length)), expected, "{length} units");
    }
    assert_eq!(parts(&"€".repeat(80)), 1);
    assert_eq!(parts(&"€".repeat(81)), 2);
    assert_eq!(parts(&"€".repeat(152)), 2, "76 pairs to a part, one septet left empty");
    assert_eq!(parts(&"€".repeat(153)), 3);
    assert_eq!(parts(&"🙂".repeat(35)), 1);
    assert_eq!(parts(&"🙂".repeat(66)), 2, "33 pairs to a part, one unit left empty");
    assert_eq!(parts(&"🙂".repeat(67)), 3);
}

#[test]
fn one_character_more_than_halves_a_part() {
    let plain = "a".repeat(150);
    assert_eq!(parts(&plain), 1);
    assert_eq!(parts(&format!("{plain}…")), 3);
}

proptest! {
    #[test]
    fn counts_as_the_slow_way(text in "[a-zæøå€{}\\[\\]~|^]{0,500}|[a-z€–🙂š]{0,300}|.{0,200}") {
        let fast = Segments::of(&text);
        let (encoding, units, parts) = oracle(&text);
        prop_assert_eq!(fast.encoding, encoding);
        prop_assert_eq!(fast.units as usize, units);
        prop_assert_eq!(fast.parts as usize, parts);
    }
}
