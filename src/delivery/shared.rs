//! A pace that several nodes keep together. Each node has a [`super::throttle::Throttle`] of its own, which knows nothing of the others;
//! what is shared is one moment for each pace, in the database: until then it is used up.
//!
//! (Method: the generic cell rate algorithm of ATM, ITU-T I.371, with a tolerance of one second.)

use jiff::{SignedDuration, Timestamp};

/// In microseconds: a second's worth may leave at once.
const SECOND: i64 = 1_000_000;

/// A pace, and until when it is used up.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    /// As the database knows it.
    pub(super) name: String,
    /// Message parts a second.
    rate: i64,
    until: i64,
}

impl Shared {
    /// A rate of 0 is taken for 1; `until` is in microseconds since 1970.
    pub(super) fn new(name: String, rate: u32, until: i64) -> Self {
        Self { name, rate: i64::from(rate.max(1)), until }
    }

    /// How many parts may leave now.
    pub(super) fn left(&self, now: Timestamp) -> u32 {
        let now = now.as_microsecond();
        let open = now + SECOND - self.until.max(now);
        u32::try_from(open.max(0) * self.rate / SECOND).unwrap_or(u32::MAX)
    }

    /// How long until the next part.
    pub(super) fn wait(&self, now: Timestamp) -> SignedDuration {
        let next = self.until - SECOND + self.each();
        SignedDuration::from_micros((next - now.as_microsecond()).max(0))
    }

    /// Until when it is used up once so many parts have left; it may be more than were [`Shared::left`].
    pub(super) fn after(&self, parts: u32, now: Timestamp) -> i64 {
        self.until.max(now.as_microsecond()) + i64::from(parts) * self.each()
    }

    /// Microseconds for each part, rounded up.
    const fn each(&self) -> i64 {
        (SECOND + self.rate - 1) / self.rate
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(millisecond: i64) -> Timestamp {
        Timestamp::from_millisecond(1_600_000_000_000 + millisecond).unwrap()
    }

    #[test]
    fn a_second_s_worth_may_leave_and_then_one_by_one() {
        let pace = Shared::new("gateway".into(), 20, 0);
        assert_eq!(pace.left(at(0)), 20);
        let pace = Shared { until: pace.after(20, at(0)), ..pace };
        assert_eq!((pace.left(at(0)), pace.wait(at(0))), (0, SignedDuration::from_millis(50)));
        assert_eq!((pace.left(at(50)), pace.left(at(999)), pace.left(at(60_000))), (1, 19, 20));
    }

    proptest! {
        #[test]
        fn however_many_nodes_take_it_is_never_faster_than_its_rate(
            rate in 1_u32..200,
            steps in prop::collection::vec((0_i64..3_000, 0_u32..40), 1..60),
        ) {
            let mut pace = Shared::new("gateway".into(), rate, 0);
            let (mut now, mut left) = (0, 0_i64);
            for (passed, wanted) in steps {
                now += passed;
                let parts = wanted.min(pace.left(at(now)));
                pace.until = pace.after(parts, at(now));
                left += i64::from(parts);
                prop_assert!(left * 1_000 <= i64::from(rate) * (now + 1_000), "{left} parts in {now} ms");
            }
        }
    }
}
