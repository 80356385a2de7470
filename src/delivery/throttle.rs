//! How many message parts may leave now.

use jiff::{SignedDuration, Timestamp};

/// A token bucket that holds one second's worth, so that a quiet hour is not followed by a flood.
#[derive(Debug)]
pub(super) struct Throttle {
    /// Parts a second when all is well; `None` is unlimited.
    full: Option<u32>,
    /// Parts a second now: less after the gateway has said that it was too much.
    rate: Option<u32>,
    slowed: Timestamp,
    /// In thousandths of a part: what a rate of one part a second adds in a millisecond. Negative after a message of more
    /// parts than were left.
    filled: i64,
    since: Timestamp,
}

const PART: i64 = 1_000;
/// What an unlimited rate is halved from.
const FAST: u32 = 500;
/// A slowed rate grows by a tenth of the full one each time this has passed.
const RECOVERS_EVERY: SignedDuration = SignedDuration::from_secs(30);

impl Throttle {
    /// A full bucket. A rate of 0 is taken for 1.
    pub(super) fn new(rate: Option<u32>, now: Timestamp) -> Self {
        let rate = rate.map(|rate| rate.max(1));
        Self { full: rate, rate, slowed: now, filled: capacity(rate.unwrap_or(1)), since: now }
    }

    /// The gateway was asked too much at once: half of it from now on. It grows again slowly.
    pub(super) fn slow_down(&mut self, now: Timestamp) {
        // What was on its way at the same time says the same again.
        if self.rate != self.full && now.duration_since(self.slowed) < SignedDuration::from_secs(1) {
            return;
        }
        let rate = (self.rate.unwrap_or(FAST) / 2).max(1);
        self.filled = self.filled.min(capacity(rate));
        (self.rate, self.slowed, self.since) = (Some(rate), now, now);
    }

    fn recover(&mut self, now: Timestamp) {
        while self.rate != self.full && now.duration_since(self.slowed) >= RECOVERS_EVERY {
            let full = self.full.unwrap_or(FAST);
            let rate = self.rate.unwrap_or(full).saturating_add(full.div_ceil(10));
            self.rate = if rate >= full { self.full } else { Some(rate) };
            self.slowed = self.slowed.checked_add(RECOVERS_EVERY).unwrap_or(now);
        }
    }

    /// Takes every whole part there is. What is not used must be given back with [`Throttle::settle`].
    pub(super) fn reserve(&mut self, now: Timestamp) -> u32 {
        self.recover(now);
        let Some(rate) = self.rate else { return u32::MAX };
        self.refill(rate, now);
        let parts = (self.filled / PART).max(0);
        self.filled -= parts * PART;
        u32::try_from(parts).unwrap_or(u32::MAX)
    }

    /// Says how many of the reserved parts were used; it may be more, which the next ones wait for.
    pub(super) fn settle(&mut self, reserved: u32, used: u32) {
        if self.rate.is_some() {
            self.filled += (i64::from(reserved) - i64::from(used)) * PART;
        }
    }

    /// How long until the next whole part.
    pub(super) fn wait(&self) -> SignedDuration {
        let missing = (PART - self.filled).max(0);
        let rate = i64::from(self.rate.unwrap_or(1));
        SignedDuration::from_millis((missing + rate - 1) / rate)
    }

    fn refill(&mut self, rate: u32, now: Timestamp) {
        let passed = now.as_millisecond().saturating_sub(self.since.as_millisecond()).max(0);
        let added = passed.saturating_mul(i64::from(rate));
        self.filled = self.filled.saturating_add(added).min(capacity(rate));
        self.since = now;
    }
}

fn capacity(rate: u32) -> i64 {
    i64::from(rate) * PART
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(millisecond: i64) -> Timestamp {
        Timestamp::from_millisecond(millisecond).unwrap()
    }

    #[test]
    fn holds_one_second_and_no_more() {
        let mut throttle = Throttle::new(Some(20), at(0));
        assert_eq!(throttle.reserve(at(0)), 20);
        assert_eq!(throttle.reserve(at(0)), 0);
        assert_eq!(throttle.wait(), SignedDuration::from_millis(50));
        assert_eq!(throttle.reserve(at(50)), 1);
        assert_eq!(throttle.reserve(at(3_600_000)), 20);
    }

    #[test]
    fn what_was_not_used_comes_back_and_a_long_message_is_waited_for() {
        let mut throttle = Throttle::new(Some(2), at(0));
        let reserved = throttle.reserve(at(0));
        throttle.settle(reserved, 1);
        let reserved = throttle.reserve(at(0));
        assert_eq!(reserved, 1);
        throttle.settle(reserved, 3);
        assert_eq!(throttle.reserve(at(1_000)), 0);
        assert_eq!(throttle.wait(), SignedDuration::from_millis(500));
        assert_eq!(throttle.reserve(at(1_500)), 1);
    }

    #[test]
    fn too_much_halves_it_once_and_it_grows_back_slowly() {
        let mut throttle = Throttle::new(Some(20), at(0));
        throttle.slow_down(at(0));
        throttle.slow_down(at(999));
        assert_eq!(throttle.reserve(at(1_000)), 10);
        throttle.slow_down(at(1_000));
        assert_eq!(throttle.reserve(at(2_000)), 5);
        for (second, rate) in [(31, 7), (61, 9), (91, 11), (300, 20), (9_000, 20)] {
            assert_eq!(throttle.reserve(at(second * 1_000)), rate, "after {second} s");
        }
    }

    #[test]
    fn an_unlimited_one_becomes_limited_and_unlimited_again() {
        let mut throttle = Throttle::new(None, at(0));
        throttle.slow_down(at(0));
        assert_eq!(throttle.reserve(at(1_000)), 250);
        assert_eq!(throttle.reserve(at(200_000)), u32::MAX);
    }

    #[test]
    fn without_a_rate_everything_may_leave() {
        let mut throttle = Throttle::new(None, at(0));
        assert_eq!([throttle.reserve(at(0)), throttle.reserve(at(0))], [u32::MAX; 2]);
    }

    proptest! {
        #[test]
        fn never_faster_than_its_rate(rate in 1_u32..200, steps in prop::collection::vec((0_i64..3_000, 0_u32..9), 1..60)) {
            let mut throttle = Throttle::new(Some(rate), at(0));
            let (mut now, mut left) = (0, 0_i64);
            for (passed, wanted) in steps {
                now += passed;
                let reserved = throttle.reserve(at(now));
                let used = wanted.min(reserved);
                throttle.settle(reserved, used);
                left += i64::from(used);
                prop_assert!(left * 1_000 <= i64::from(rate) * (now + 1_000), "{left} parts in {now} ms");
            }
        }
    }
}
