//! The cells of a row, one rule per kind of value. What is wrong says what to write instead.

use super::wrong::Wrong;
use crate::definition::model::Language;

/// Longer cells are mistakes, mostly a quotation mark that is never closed.
const LONGEST: usize = 200;

/// Ages at which somebody can be employed.
const AGES: std::ops::RangeInclusive<i64> = 13..=100;

/// A cell without the space around it; `None` when empty.
pub(super) fn cell(raw: &str) -> Result<Option<&str>, Wrong> {
    let text = raw.trim();
    if text.chars().count() > LONGEST {
        return Err(Wrong::Long(LONGEST));
    }
    if text.contains(['\n', '\r', '\t']) {
        return Err(Wrong::Lines);
    }
    Ok((!text.is_empty()).then_some(text))
}

pub(super) fn yes_no(text: Option<&str>) -> Result<bool, Wrong> {
    match text.map(str::to_lowercase).as_deref() {
        Some("ja" | "yes" | "1" | "x" | "true") => Ok(true),
        None | Some("nei" | "no" | "0" | "false") => Ok(false),
        Some(_) => Err(Wrong::YesNo),
    }
}

pub(super) fn birth_year(text: Option<&str>, current_year: i64) -> Result<Option<i64>, Wrong> {
    let (first, last) = (current_year - AGES.end(), current_year - AGES.start());
    let Some(text) = text else { return Ok(None) };
    match text.parse() {
        Ok(year) if (first..=last).contains(&year) => Ok(Some(year)),
        _ => Err(Wrong::BirthYear(first, last)),
    }
}

pub(super) fn language(text: Option<&str>) -> Result<Option<Language>, Wrong> {
    let Some(text) = text else { return Ok(None) };
    match Language::parse(&text.to_ascii_lowercase()) {
        Some(language) => Ok(Some(language)),
        None => Err(Wrong::Language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_in_every_spelling() {
        for text in ["ja", "JA", "yes", "1", "x", "True"] {
            assert_eq!(yes_no(Some(text)), Ok(true), "{text}");
        }
        for text in [Some("nei"), Some("No"), Some("0"), Some("FALSE"), None] {
            assert_eq!(yes_no(text), Ok(false), "{text:?}");
        }
        assert!(yes_no(Some("kanskje")).is_err());
    }

    #[test]
    fn birth_years_are_plausible_for_the_year_it_is() {
        assert_eq!(birth_year(Some("1980"), 2026), Ok(Some(1980)));
        assert_eq!(birth_year(None, 2026), Ok(None));
        assert_eq!(birth_year(Some("2013"), 2026), Ok(Some(2013)));
        for text in ["2014", "1925", "80", "1980.0", "nitten"] {
            assert!(birth_year(Some(text), 2026).unwrap_err().to_string().contains("between 1926 and 2013"), "{text}");
        }
    }

    #[test]
    fn languages_are_two_letters() {
        assert_eq!(language(Some("NB")).unwrap().unwrap().as_str(), "nb");
        assert!(language(Some("norsk")).is_err());
    }

    #[test]
    fn cells_are_trimmed_and_short() {
        assert_eq!(cell("  a b "), Ok(Some("a b")));
        assert_eq!(cell(" \u{a0}"), Ok(None));
        assert!(cell(&"å".repeat(201)).is_err());
        assert_eq!(cell(&"å".repeat(200)).unwrap().map(|text| text.chars().count()), Some(200));
        assert!(cell("a\nb").is_err());
    }
}
