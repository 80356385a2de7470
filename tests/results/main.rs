//! Figures for readers: against figures worked out another way, and against the truth behind a made-up publication.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../anonymity/municipality.rs"]
mod municipality;

mod disturbed;
mod figures;
mod properties;
mod readers;

use medvirk::anonymity::publication::Publication;

/// A small publication made by hand: four areas, of which one is hidden, and three ages.
pub(crate) fn hand() -> Publication {
    serde_json::from_str(include_str!("fixtures/hand.json")).unwrap()
}

/// The crisis pulse in a made-up municipality with 400 employees, as it was published.
pub(crate) fn pulse() -> Publication {
    serde_json::from_str(include_str!("fixtures/pulse.json")).unwrap()
}
