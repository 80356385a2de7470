//! The demo's phones: what a real one would show, with links that can be followed.

use serde::Serialize;

use super::Page;
use super::hr::Shell;

/// `GET /simulator?q=…&page=…`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimulatorPage {
    /// Around it.
    pub shell: Shell,
    /// Part of a phone number that was searched for; empty for all.
    pub query: String,
    /// Phones that match.
    pub total: u64,
    /// This page, from 1.
    pub page: u64,
    /// Pages altogether, at least 1.
    pub pages: u64,
    /// The page before.
    pub previous: Option<u64>,
    /// The page after.
    pub next: Option<u64>,
    /// The phone with the newest message first.
    pub phones: Vec<Phone>,
}

/// One phone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Phone {
    /// As people write it.
    pub number: String,
    /// Newest first.
    pub messages: Vec<PhoneMessage>,
}

/// One SMS on a phone, its text cut around the link.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhoneMessage {
    /// Who it seems to come from.
    pub sender: String,
    /// When it came.
    pub at: jiff::Zoned,
    /// Before the link; the whole text where there is none.
    pub before: String,
    /// The whole address.
    pub link: Option<String>,
    /// After the link.
    pub after: String,
    /// What the simulator reported of it.
    pub state: PhoneState,
}

/// What the simulator did with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneState {
    /// Taken, not reported yet.
    Accepted,
    /// On the phone.
    Delivered,
    /// Could not be delivered.
    Undelivered,
}

impl Page for SimulatorPage {
    const TEMPLATE: &'static str = "hr/simulator";

    fn samples() -> Vec<(&'static str, Self)> {
        super::hr::samples::simulator()
    }
}
