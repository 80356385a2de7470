//! Somebody asks for links that nobody has. A token has 128 bits, so none is ever found this way: this is about load and
//! noise. A link that somebody has is never slowed down, whatever its address has asked for before; an office behind one
//! address cannot be locked out.

use std::net::IpAddr;

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

use crate::ports::Clock;
use crate::store::Db;
use crate::store::group::Group;
use crate::store::guesses::{self, Guess};

/// So many are answered as they deserve, in each stretch of time: nobody mistypes more often, not even a whole office.
pub const ALLOWED: i64 = 60;

/// Counting begins anew after so many seconds.
const STRETCH: i64 = 10 * 60;

/// Counts who guesses.
pub struct Guesses {
    db: Db,
    clock: Clock,
    key: [u8; 32],
    writes: Group<Guess>,
}

impl Guesses {
    /// `key` is this installation's own, so that no address can be found by trying all of them.
    #[must_use]
    pub fn start(db: &Db, clock: &Clock, key: [u8; 32]) -> Self {
        Self { db: db.clone(), clock: clock.clone(), key, writes: Group::start(db) }
    }

    /// Counts one more. Gives how many seconds to wait where it is one too many; those are not written, so that a flood
    /// costs one look at an index each.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn count(&self, from: Option<IpAddr>) -> anyhow::Result<Option<i64>> {
        let now = self.clock.now();
        let since = stretch(now);
        let who = self.who(from, since);
        if guesses::count(&self.db, &who).await? >= ALLOWED {
            return Ok(Some(STRETCH - (now.as_second() - since.as_second())));
        }
        self.writes.run(Guess { who, since }).await?;
        Ok(None)
    }

    /// Counts one try at `what`, from one network where one is given, over all nodes. Gives how many seconds to wait where
    /// it is one more than `allowed`; of those only the first is written.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn attempt(&self, what: &str, from: Option<Option<IpAddr>>, allowed: i64) -> anyhow::Result<Option<i64>> {
        let now = self.clock.now();
        let since = stretch(now);
        let from = from.map(|from| from.map(network).unwrap_or_default());
        let who = self.keyed(since, &[what.as_bytes(), &[0], &from.unwrap_or_default()].concat());
        let wait = Some(STRETCH - (now.as_second() - since.as_second()));
        if guesses::count(&self.db, &who).await? > allowed {
            return Ok(wait);
        }
        let mut tx = self.db.begin().await?;
        let count = guesses::add(&mut tx, &Guess { who, since }).await?;
        tx.commit().await?;
        Ok(wait.filter(|_| count > allowed))
    }

    /// What stands in the database in the place of an address; those that nobody knows are counted together.
    fn who(&self, from: Option<IpAddr>, since: Timestamp) -> String {
        self.keyed(since, &from.map(network).unwrap_or_default())
    }

    fn keyed(&self, since: Timestamp, what: &[u8]) -> String {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut mac = <Hmac<Sha256>>::new_from_slice(&self.key).expect("HMAC takes a key of any length");
        mac.update(&since.as_second().to_be_bytes());
        mac.update(what);
        HEXLOWER.encode(&mac.finalize().into_bytes()[..16])
    }
}

/// When the stretch of time began that `now` belongs to; the same on every node.
#[must_use]
pub fn stretch(now: Timestamp) -> Timestamp {
    let since = now.as_second().div_euclid(STRETCH) * STRETCH;
    Timestamp::from_second(since).unwrap_or(now)
}

/// One customer of a network: an address of IPv4, or the 64 bits of IPv6 that a subscriber gets as a whole.
fn network(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets()[..8].to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscriber_is_one_network() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("192.0.2.7"), of("::ffff:192.0.2.7"));
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }
}
