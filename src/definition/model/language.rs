//! Languages, and texts in each of them.

use std::collections::BTreeMap;
use std::fmt;

/// Two lower-case letters, ISO 639-1: `nb`, `nn`, `en`, `pl`, ….
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 2]);

impl Language {
    /// Bokmål: what the product speaks where nobody says anything else.
    pub const NORWEGIAN: Self = Self(*b"nb");

    /// Two lower-case ASCII letters, or nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            &[a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Some(Self([a, b])),
            _ => None,
        }
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One text in every language of the survey.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub BTreeMap<Language, String>);

impl Text {
    /// The text in `language`; the empty text where the checker let a translation be missing.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        self.0.get(&language).map_or("", String::as_str)
    }
}
