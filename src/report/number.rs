//! Numbers as each language writes them.

/// How a language writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// `6 087`, `3,4`, `69 %`, with no-break spaces.
    Norwegian,
    /// `6 087`, `3,4`, `69%`.
    Polish,
    /// `6,087`, `3.4`, `69%`.
    English,
}

const NO_BREAK_SPACE: char = '\u{a0}';

impl Notation {
    /// The notation of a language by its two letters; English where it is not known.
    #[must_use]
    pub fn of(language: &str) -> Self {
        match language {
            "nb" | "nn" | "no" | "se" => Self::Norwegian,
            "pl" => Self::Polish,
            _ => Self::English,
        }
    }

    /// A whole number, its thousands set apart.
    #[must_use]
    pub fn whole(self, number: i128) -> String {
        let digits = number.unsigned_abs().to_string();
        let sign = if number < 0 { "\u{2212}" } else { "" };
        let separator = if self == Self::English { ',' } else { NO_BREAK_SPACE };
        let mut text = String::from(sign);
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }

    /// A number with `decimals` of them.
    #[must_use]
    pub fn decimal(self, number: f64, decimals: usize) -> String {
        let text = format!("{number:.decimals$}");
        let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
        let whole = whole.parse().map_or_else(|_| whole.to_owned(), |whole| self.whole(whole));
        let point = if self == Self::English { '.' } else { ',' };
        if rest.is_empty() { whole } else { format!("{whole}{point}{rest}") }
    }

    /// `part` of `whole` in whole percent; nothing of nothing is a dash.
    #[must_use]
    pub fn share(self, part: u64, whole: u64) -> String {
        self.percent(percent(part, whole).and_then(|percent| u32::try_from(percent).ok()))
    }

    /// Whole percent; nothing is a dash.
    #[must_use]
    pub fn percent(self, percent: Option<u32>) -> String {
        match percent {
            None => "–".to_owned(),
            Some(percent) if self == Self::Norwegian => format!("{percent}{NO_BREAK_SPACE}%"),
            Some(percent) => format!("{percent}%"),
        }
    }
}

/// `part` of `whole` in whole percent, halves rounded up; none where `whole` is nothing.
#[must_use]
pub fn percent(part: u64, whole: u64) -> Option<u128> {
    let (part, whole) = (u128::from(part), u128::from(whole));
    (part * 200 + whole).checked_div(whole * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart_as_the_language_does() {
        assert_eq!(Notation::of("nb").whole(6087), "6\u{a0}087");
        assert_eq!(Notation::of("en").whole(1_234_567), "1,234,567");
        assert_eq!(Notation::of("pl").whole(-8880), "\u{2212}8\u{a0}880");
        assert_eq!(Notation::of("nb").whole(100), "100");
    }

    #[test]
    fn decimals_follow_a_comma_in_norwegian() {
        assert_eq!(Notation::Norwegian.decimal(3.449, 1), "3,4");
        assert_eq!(Notation::English.decimal(4440.5, 2), "4,440.50");
        assert_eq!(Notation::Norwegian.decimal(12.6, 0), "13");
    }

    #[test]
    fn shares_are_whole_percent() {
        assert_eq!(Notation::Norwegian.share(6087, 8880), "69\u{a0}%");
        assert_eq!(Notation::English.share(1, 200), "1%");
        assert_eq!(Notation::English.share(0, 0), "–");
        assert_eq!(percent(u64::MAX, u64::MAX), Some(100));
    }
}
