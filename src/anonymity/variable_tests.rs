use proptest::prelude::*;

use super::*;

/// The smallest and the largest number of the band of that name.
fn within(name: &str) -> (i64, i64) {
    if let Some(below) = name.strip_prefix('<') {
        return (i64::MIN, below.parse::<i64>().unwrap() - 1);
    }
    if let Some(from) = name.strip_suffix('+') {
        return (from.parse().unwrap(), i64::MAX);
    }
    // The first digit may have a minus before it.
    match name.get(1..).and_then(|rest| rest.find('-')) {
        Some(hyphen) => (name[..=hyphen].parse().unwrap(), name[hyphen + 2..].parse().unwrap()),
        None => (name.parse().unwrap(), name.parse().unwrap()),
    }
}

fn names(min: Option<i64>, max: Option<i64>) -> Vec<String> {
    band_names(&starts(min, max), max)
}

#[test]
fn bands_without_a_bound_are_decades() {
    assert_eq!(names(None, None), ["<0", "0-9", "10-99", "100-999", "1000-9999", "10000+"]);
    assert_eq!(names(Some(1), None), ["1-10", "11-100", "101-1000", "1001-10000", "10001+"]);
    assert_eq!(names(None, Some(40)), ["<0", "0-9", "10-40"]);
    assert_eq!(names(None, Some(-1)), ["<0"]);
}

#[test]
fn bands_between_bounds_are_single_numbers_or_five() {
    assert_eq!(names(Some(0), Some(3)), ["0", "1", "2", "3"]);
    assert_eq!(names(Some(0), Some(100)), ["0-20", "21-41", "42-62", "63-83", "84-100"]);
    assert_eq!(names(Some(-2), Some(-1)), ["-2", "-1"]);
}

proptest! {
    #[test]
    fn every_number_that_is_allowed_is_in_one_band(
        low in proptest::option::of(-100_000_i64..100_000),
        high in proptest::option::of(1_i64..100_000),
        share in 0.0_f64..1.0,
    ) {
        let max = high.map(|high| low.unwrap_or(0) + high);
        let (least, most) = (low.unwrap_or(-1_000_000), max.unwrap_or(1_000_000));
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "any number between will do")]
        let value = least + ((most - least) as f64 * share) as i64;
        let starts = starts(low, max);
        let bands = band_names(&starts, max);
        let holding: Vec<&String> = bands.iter().filter(|name| {
            let (from, to) = within(name);
            from <= value && value <= to
        }).collect();
        let band = starts.partition_point(|start| *start <= value) - 1;
        prop_assert_eq!(holding, vec![&bands[band]]);
    }
}
