//! Why nothing of a campaign leaves for now: a kind that a page can say in its reader's language, and what else is known.

use std::fmt;

/// The kinds of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody paused it; the detail is who.
    Person,
    /// Too many messages are in doubt.
    Doubts,
    /// The gateway refuses the account or its password.
    Account,
    /// Nothing is left to send for.
    Credit,
    /// The gateway refuses the sender.
    Sender,
    /// The gateway's address, or something else that the settings say.
    Settings,
    /// The gateway does not send to the country.
    Country,
    /// The gateway refuses the text.
    Text,
    /// Nothing of these, or written by an earlier version; only the detail tells.
    Other,
}

impl Why {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Person,
        Self::Doubts,
        Self::Account,
        Self::Credit,
        Self::Sender,
        Self::Settings,
        Self::Country,
        Self::Text,
        Self::Other,
    ];

    /// As the database has it, and `locales/` behind `hr-held-why-`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Doubts => "doubts",
            Self::Account => "account",
            Self::Credit => "credit",
            Self::Sender => "sender",
            Self::Settings => "settings",
            Self::Country => "country",
            Self::Text => "text",
            Self::Other => "other",
        }
    }
}

/// A reason as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its kind.
    pub why: Why,
    /// Who, or the machine's own words in English.
    pub detail: String,
}

/// Begins the reason of a pause that a person made, as it was written before there were kinds.
const PAUSED_BY: &str = "paused by ";

impl Held {
    /// By somebody.
    #[must_use]
    pub fn by(who: &str) -> Self {
        Self { why: Why::Person, detail: who.to_owned() }
    }

    /// For the database: the kind, and the detail behind it.
    #[must_use]
    pub fn to_stored(&self) -> String {
        format!("{}: {}", self.why.name(), self.detail)
    }

    /// From the database. What an earlier version wrote has no kind.
    #[must_use]
    pub fn from_stored(text: &str) -> Self {
        if let Some(who) = text.strip_prefix(PAUSED_BY) {
            return Self::by(who);
        }
        let kind = |name: &str| Why::ALL.into_iter().find(|why| why.name() == name);
        match text.split_once(": ").and_then(|(name, detail)| kind(name).zip(Some(detail))) {
            Some((why, detail)) => Self { why, detail: detail.to_owned() },
            None => Self { why: Why::Other, detail: text.to_owned() },
        }
    }
}

/// For whoever reads English: operators, in the log and at the command line.
impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.why {
            Why::Person => write!(f, "{PAUSED_BY}{}", self.detail),
            _ => f.write_str(&self.detail),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_comes_back_from_the_database() {
        for why in Why::ALL {
            let held = Held { why, detail: "Kari: HR".into() };
            assert_eq!(Held::from_stored(&held.to_stored()), held);
        }
    }

    #[test]
    fn what_an_earlier_version_wrote_is_read() {
        assert_eq!(Held::from_stored("paused by Kari"), Held::by("Kari"));
        assert_eq!(Held::by("Kari").to_string(), "paused by Kari");
        for text in ["the gateway answered with status 401", "too many messages are in doubt: the gateway", "strange"] {
            assert_eq!(Held::from_stored(text), Held { why: Why::Other, detail: text.into() });
        }
    }
}
