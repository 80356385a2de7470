//! A gateway that fails again and again is left alone, and then asked with one message.

use jiff::{SignedDuration, Timestamp};

/// So many failures in a row are no accident.
const FAILURES: u32 = 10;
/// How long the gateway is left alone first; each question in vain doubles it, up to [`LONGEST`].
const FIRST: SignedDuration = SignedDuration::from_secs(30);
const LONGEST: SignedDuration = SignedDuration::from_mins(5);
/// While one question is on its way, the others look again after so long.
const MEANWHILE: SignedDuration = SignedDuration::from_secs(1);

/// How much may be asked of the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allowed {
    /// As much as one likes.
    All,
    /// One message, to see whether it is back.
    One,
    /// Nothing for so long.
    Nothing(SignedDuration),
}

/// A circuit breaker: closed, open, half open.
#[derive(Debug)]
pub(super) enum Breaker {
    /// Messages pass; so many have failed in a row.
    Closed(u32),
    /// None does before `until`; the rest lasts so long.
    Open { until: Timestamp, rest: SignedDuration },
    /// One is on its way after a rest of so long.
    Asking { rest: SignedDuration },
}

impl Breaker {
    /// What may be asked at `now`. The one question after a rest is given out once.
    pub(super) fn ask(&mut self, now: Timestamp) -> Allowed {
        match *self {
            Self::Closed(_) => Allowed::All,
            Self::Open { until, .. } if until > now => Allowed::Nothing(until.duration_since(now)),
            Self::Open { rest, .. } => {
                *self = Self::Asking { rest };
                Allowed::One
            }
            Self::Asking { .. } => Allowed::Nothing(MEANWHILE),
        }
    }

    /// Until when the gateway is left alone, where it is.
    pub(super) fn rests_until(&self) -> Option<Timestamp> {
        match *self {
            Self::Open { until, .. } => Some(until),
            Self::Closed(_) | Self::Asking { .. } => None,
        }
    }

    /// There was nothing to ask with.
    pub(super) fn unasked(&mut self, now: Timestamp) {
        if let Self::Asking { rest } = *self {
            *self = Self::Open { until: now, rest };
        }
    }

    /// The gateway answered as it should, whatever it said of the message.
    pub(super) fn answered(&mut self) {
        *self = Self::Closed(0);
    }

    /// It did not. What was on its way when the rest began says nothing new.
    pub(super) fn failed(&mut self, now: Timestamp) {
        *self = match *self {
            Self::Closed(failed) if failed + 1 < FAILURES => Self::Closed(failed + 1),
            Self::Closed(_) => open(now, FIRST),
            Self::Asking { rest } => open(now, (rest * 2).min(LONGEST)),
            Self::Open { until, rest } => Self::Open { until, rest },
        };
    }
}

fn open(now: Timestamp, rest: SignedDuration) -> Breaker {
    Breaker::Open { until: now.checked_add(rest).unwrap_or(Timestamp::MAX), rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn seconds(seconds: i64) -> Allowed {
        Allowed::Nothing(SignedDuration::from_secs(seconds))
    }

    #[test]
    fn ten_failures_in_a_row_open_it_and_one_message_asks_again() {
        let mut breaker = Breaker::Closed(0);
        (0..9).for_each(|_| breaker.failed(at(0)));
        assert_eq!(breaker.ask(at(0)), Allowed::All);
        (0..60).for_each(|_| breaker.failed(at(0)));
        assert_eq!(breaker.ask(at(1)), seconds(29));
        for (begins, rest) in [(30, 60), (90, 120), (210, 240), (450, 300), (750, 300)] {
            assert_eq!(breaker.ask(at(begins)), Allowed::One);
            assert_eq!(breaker.ask(at(begins)), seconds(1), "the others wait for its answer");
            breaker.failed(at(begins));
            assert_eq!(breaker.ask(at(begins)), seconds(rest));
        }
        assert_eq!(breaker.ask(at(1_050)), Allowed::One);
        breaker.answered();
        assert_eq!(breaker.ask(at(1_050)), Allowed::All);
    }

    #[test]
    fn one_answer_in_between_begins_the_count_anew() {
        let mut breaker = Breaker::Closed(0);
        for _ in 0..5 {
            (0..9).for_each(|_| breaker.failed(at(0)));
            breaker.answered();
        }
        assert_eq!(breaker.ask(at(0)), Allowed::All);
    }

    #[test]
    fn a_question_that_nobody_asked_is_given_out_again() {
        let mut breaker = Breaker::Closed(9);
        breaker.failed(at(0));
        assert_eq!(breaker.ask(at(30)), Allowed::One);
        breaker.unasked(at(31));
        assert_eq!(breaker.ask(at(32)), Allowed::One);
    }
}
