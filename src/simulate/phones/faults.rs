//! What the simulated gateway does wrong on demand: to a message, and with its reports.
//!
//! A seed, the message and how often it was sent decide about each fault, so that a run can be repeated.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

/// One thing that goes wrong with one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Taken, and answered with status 500.
    AcceptThen500,
    /// Taken, and the connection breaks before the answer.
    AcceptThenReset,
    /// Taken, and never answered.
    AcceptThenSilence,
    /// Taken, and answered with something that nobody can read.
    Garbage,
    /// Taken, and answered at a byte a second.
    Slow,
    /// Not taken: status 429.
    TooMany,
    /// Not taken: status 503.
    Busy,
    /// Not taken, now or ever: status 422.
    Refuse,
}

const NAMES: [(&str, Fault); 8] = [
    ("accept_then_500", Fault::AcceptThen500),
    ("accept_then_reset", Fault::AcceptThenReset),
    ("accept_then_silence", Fault::AcceptThenSilence),
    ("garbage", Fault::Garbage),
    ("slow", Fault::Slow),
    ("too_many", Fault::TooMany),
    ("busy", Fault::Busy),
    ("refuse", Fault::Refuse),
];

impl Fault {
    /// Whether the message is taken all the same.
    #[must_use]
    pub const fn takes(self) -> bool {
        !matches!(self, Self::TooMany | Self::Busy | Self::Refuse)
    }
}

/// How often each goes wrong, as in `accept_then_500=0.02,busy=0.1`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shares(Vec<(Fault, f64)>);

impl FromStr for Shares {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let shares: Vec<_> = text.split(',').filter(|one| !one.is_empty()).map(share).collect::<Result<_, _>>()?;
        if shares.iter().map(|(_, share)| share).sum::<f64>() > 1.0 {
            return Err("together they must not be more than 1".to_owned());
        }
        Ok(Self(shares))
    }
}

fn share(text: &str) -> Result<(Fault, f64), String> {
    let (name, share) = text.split_once('=').ok_or_else(|| format!("\"{text}\" is not NAME=SHARE"))?;
    let known = || NAMES.map(|(name, _)| name).join(", ");
    let (_, fault) = NAMES
        .iter()
        .find(|(known, _)| *known == name)
        .ok_or_else(|| format!("\"{name}\" is not one of {}", known()))?;
    match share.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok((*fault, share)),
        _ => Err(format!("\"{share}\" is not between 0 and 1")),
    }
}

/// Decides what goes wrong.
#[derive(Debug, Default)]
pub struct Faults {
    shares: Shares,
    seed: u64,
    /// How often each message came.
    came: Mutex<HashMap<String, u64>>,
}

impl Faults {
    /// The same `seed` decides the same.
    #[must_use]
    pub fn new(shares: Shares, seed: u64) -> Self {
        Self { shares, seed, came: Mutex::default() }
    }

    /// What goes wrong with a message that comes now.
    pub(super) fn next(&self, reference: &str) -> Option<Fault> {
        if self.shares.0.is_empty() {
            return None;
        }
        let time = {
            let mut came = self.came.lock().unwrap_or_else(PoisonError::into_inner);
            let times = came.entry(reference.to_owned()).or_default();
            *times += 1;
            *times
        };
        self.decide(reference, time)
    }

    fn decide(&self, reference: &str, time: u64) -> Option<Fault> {
        let drawn = f64::from(draw(&format!("{} {reference} {time}", self.seed))) / f64::from(u32::MAX);
        let mut border = 0.0;
        self.shares.0.iter().find_map(|(fault, share)| {
            border += share;
            (drawn < border).then_some(*fault)
        })
    }
}

/// How the reports come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reports {
    /// Each comes twice.
    pub twice: bool,
    /// Before the message's own answer.
    pub early: bool,
    /// In no order, some of them late.
    pub shuffled: bool,
}

impl FromStr for Reports {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut reports = Self::default();
        for word in text.split(',').filter(|word| !word.is_empty()) {
            match word {
                "twice" => reports.twice = true,
                "early" => reports.early = true,
                "shuffled" => reports.shuffled = true,
                _ => return Err(format!("\"{word}\" is not one of twice, early, shuffled")),
            }
        }
        Ok(reports)
    }
}

/// A number that follows from `text` alone.
pub(super) fn draw(text: &str) -> u32 {
    Sha256::digest(text).iter().take(4).fold(0, |draw, byte| draw << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_goes_wrong_about_as_often_as_was_asked_and_the_same_in_every_run() {
        let faults = |seed| Faults::new("busy=0.1,refuse=0.05".parse().unwrap(), seed);
        let (first, again, other) = (faults(1), faults(1), faults(2));
        let drawn: Vec<_> = (0..10_000).map(|n| first.next(&n.to_string())).collect();
        assert_eq!(drawn, (0..10_000).map(|n| again.next(&n.to_string())).collect::<Vec<_>>());
        assert_ne!(drawn, (0..10_000).map(|n| other.next(&n.to_string())).collect::<Vec<_>>());
        let count = |fault| drawn.iter().filter(|drawn| **drawn == fault).count();
        assert!((900..1_100).contains(&count(Some(Fault::Busy))));
        assert!((430..570).contains(&count(Some(Fault::Refuse))));
    }

    #[test]
    fn what_was_busy_once_is_not_busy_for_ever() {
        let faults = Faults::new("busy=0.5".parse().unwrap(), 1);
        assert!((0..64).any(|_| faults.next("m") == Some(Fault::Busy)));
        assert!((0..64).any(|_| faults.next("m").is_none()));
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, what) in [
            ("busy", "is not NAME=SHARE"),
            ("tired=0.1", "\"tired\" is not one of accept_then_500, "),
            ("busy=1.1", "is not between 0 and 1"),
            ("busy=x", "is not between 0 and 1"),
            ("busy=0.6,slow=0.6", "together"),
        ] {
            let told = text.parse::<Shares>().unwrap_err();
            assert!(told.contains(what), "{told}");
        }
        assert!("late".parse::<Reports>().unwrap_err().contains("twice, early, shuffled"));
        assert_eq!("".parse(), Ok(Reports::default()));
    }
}
