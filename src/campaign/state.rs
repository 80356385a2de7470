//! The life of a campaign: draft → sending → open → closed → published.

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};

/// Whoever has begun before the closing time may finish within this time after it.
pub const GRACE: SignedDuration = SignedDuration::from_hours(1);

/// Where a campaign stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Being prepared; nobody has got anything.
    Draft,
    /// Launched: messages are leaving, answers are taken.
    Sending,
    /// Every invitation has left; answers are taken.
    Open,
    /// No more answers.
    Closed,
    /// Results are out.
    Published,
}

/// A step that the campaign's state does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a campaign that is {from} cannot be {wanted}")]
pub struct Refused {
    /// Where it stands.
    pub from: State,
    /// What was asked for.
    pub wanted: &'static str,
}

impl State {
    /// As the database and the commands spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Sending => "sending",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Published => "published",
        }
    }

    /// Whether the form takes answers from somebody who has `begun` or not; `closes_at` is when it stops by itself.
    #[must_use]
    pub fn takes_answers(self, closes_at: Option<Timestamp>, begun: bool, now: Timestamp) -> bool {
        let end = closes_at.map(|closes| if begun { last_moment(closes) } else { closes });
        matches!(self, Self::Sending | Self::Open) && end.is_none_or(|end| now < end)
    }

    /// Only a draft is launched, so a second click adds nothing.
    ///
    /// # Errors
    /// Any other state.
    pub const fn launch(self) -> Result<Self, Refused> {
        match self {
            Self::Draft => Ok(Self::Sending),
            from => Err(Refused { from, wanted: "launched" }),
        }
    }

    /// Whether messages may be written, paused and let go on.
    ///
    /// # Errors
    /// Not launched yet, or closed already.
    pub const fn send(self) -> Result<(), Refused> {
        match self {
            Self::Sending | Self::Open => Ok(()),
            from => Err(Refused { from, wanted: "sent" }),
        }
    }

    /// Ends answering, also while messages are still leaving.
    ///
    /// # Errors
    /// Not launched yet, or closed already.
    pub const fn close(self) -> Result<Self, Refused> {
        match self {
            Self::Sending | Self::Open => Ok(Self::Closed),
            from => Err(Refused { from, wanted: "closed" }),
        }
    }

    /// Only what is closed is unsealed: nobody can answer any more, and nobody's answers stay behind.
    ///
    /// # Errors
    /// Any other state.
    pub const fn open(self) -> Result<(), Refused> {
        match self {
            Self::Closed => Ok(()),
            from => Err(Refused { from, wanted: "unsealed: its answers are opened when it is closed, once" }),
        }
    }

    /// Interim editions are made while people answer.
    ///
    /// # Errors
    /// Not launched yet, or closed already.
    pub const fn interim(self) -> Result<(), Refused> {
        match self {
            Self::Sending | Self::Open => Ok(()),
            from => Err(Refused { from, wanted: "published in between" }),
        }
    }

    /// Only what is closed, and whose answers have been `opened`, is published.
    ///
    /// # Errors
    /// Any other state.
    pub const fn publish(self, opened: bool) -> Result<Self, Refused> {
        match self {
            Self::Closed if opened => Ok(Self::Published),
            Self::Closed => Err(Refused { from: self, wanted: "published before its answers are opened" }),
            from => Err(Refused { from, wanted: "published" }),
        }
    }
}

/// When those who have begun must have sent in, where answering stops by itself at `closes_at`.
#[must_use]
pub fn last_moment(closes_at: Timestamp) -> Timestamp {
    closes_at.saturating_add(GRACE).unwrap_or(closes_at)
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is no state.
#[derive(Debug, thiserror::Error)]
#[error("unknown campaign state")]
pub struct Unknown;

impl FromStr for State {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Self, Unknown> {
        [Self::Draft, Self::Sending, Self::Open, Self::Closed, Self::Published]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::State::{Closed, Draft, Open, Published, Sending};
    use super::*;

    #[test]
    fn a_campaign_goes_forward_one_step_at_a_time() {
        for state in [Draft, Sending, Open, Closed, Published] {
            assert_eq!(state.launch().is_ok(), state == Draft);
            assert_eq!(state.send().is_ok(), matches!(state, Sending | Open));
            assert_eq!(state.close().is_ok(), matches!(state, Sending | Open));
            assert_eq!(state.open().is_ok(), state == Closed);
            assert_eq!(state.publish(true).is_ok(), state == Closed);
            assert!(state.publish(false).is_err());
            assert_eq!(state.as_str().parse::<State>().unwrap(), state);
        }
        assert_eq!(Open.launch().unwrap_err().to_string(), "a campaign that is open cannot be launched");
    }

    #[test]
    fn answers_are_taken_until_the_closing_time() {
        let now = Timestamp::UNIX_EPOCH;
        let later = now + SignedDuration::from_secs(1);
        assert!(Open.takes_answers(None, false, now));
        assert!(Sending.takes_answers(Some(later), false, now));
        assert!(!Open.takes_answers(Some(now), false, now));
        assert!(!Draft.takes_answers(None, false, now));
        assert!(!Closed.takes_answers(Some(later), true, now));
    }

    #[test]
    fn whoever_has_begun_has_another_hour() {
        let closes = Timestamp::UNIX_EPOCH;
        let last = closes + GRACE - SignedDuration::from_millis(1);
        assert!(Open.takes_answers(Some(closes), true, last));
        assert!(!Open.takes_answers(Some(closes), true, closes + GRACE));
        assert!(!Open.takes_answers(Some(closes), false, closes));
        assert!(!Closed.takes_answers(Some(closes), true, last), "HR's own closing ends at once");
    }
}
