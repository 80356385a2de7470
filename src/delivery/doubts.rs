//! Too many messages in doubt: then something is wrong with the gateway, and a person has to look.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

/// What is older says nothing of how the gateway is now.
const WINDOW: SignedDuration = SignedDuration::from_mins(5);
/// So many are too many, whatever they are a part of.
const MOST: usize = 20;
/// A share counts from so many attempts on.
const ENOUGH: usize = 100;

/// Attempts of the last five minutes, and those of them that are in doubt, of one campaign.
#[derive(Debug, Default)]
pub(super) struct Doubts(VecDeque<(Timestamp, usize, usize)>);

impl Doubts {
    /// Counts a batch. Says whether there are too many: 20, or more than one in a hundred.
    pub(super) fn too_many(&mut self, now: Timestamp, attempts: usize, doubts: usize) -> bool {
        self.0.push_back((now, attempts, doubts));
        while self.0.front().is_some_and(|(at, ..)| now.duration_since(*at) > WINDOW) {
            self.0.pop_front();
        }
        let (attempts, doubts) = self.0.iter().fold((0, 0), |(all, some), batch| (all + batch.1, some + batch.2));
        doubts >= MOST || (attempts >= ENOUGH && doubts * 100 > attempts)
    }

    /// A person has to look: what counts is what comes after.
    pub(super) fn forget(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn one_in_a_hundred_is_borne_and_more_is_not() {
        let mut doubts = Doubts::default();
        assert!(!doubts.too_many(at(0), 1, 1), "of few, one says nothing");
        assert!(!doubts.too_many(at(1), 99, 0));
        assert!(doubts.too_many(at(2), 1, 1), "two of 101");
        assert!(!doubts.too_many(at(3), 99, 0), "two of 200");
    }

    #[test]
    fn twenty_in_five_minutes_are_too_many() {
        let mut doubts = Doubts::default();
        assert!(!doubts.too_many(at(0), 50_000, 19));
        assert!(!doubts.too_many(at(301), 1, 1), "the first ones are long ago");
        assert!(doubts.too_many(at(302), 19, 19));
        doubts.forget();
        assert!(!doubts.too_many(at(303), 1, 1));
    }
}
