//! Phone numbers, once they are known to be right.

use std::fmt;

/// A mobile or unknown-type number in E.164 (`+4790000000`). Its `Debug` shows the last two digits only, so that no log
/// can hold a number by accident.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

impl Phone {
    /// A number as it was stored: E.164, trusted.
    #[must_use]
    pub fn from_stored(e164: String) -> Self {
        Self(e164)
    }

    /// E.164.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+…{}", self.0.get(self.0.len().saturating_sub(2)..).unwrap_or_default())
    }
}
