//! Clock and chance: the only place where time and randomness enter. Everything else takes them as values.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Where the present moment comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's own clock.
    System,
    /// A clock that tests move by hand.
    Manual(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// A clock that stands still at `start` until [`Clock::advance`] moves it.
    #[must_use]
    pub fn manual(start: Timestamp) -> Self {
        Self::Manual(Arc::new(Mutex::new(start)))
    }

    /// The present moment, UTC.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the machine's clock is read")]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Manual(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a manual clock forward; a system clock cannot be moved and ignores it.
    pub fn advance(&self, by: SignedDuration) {
        if let Self::Manual(at) = self {
            let mut at = at.lock().unwrap_or_else(PoisonError::into_inner);
            *at = at.checked_add(by).unwrap_or(*at);
        }
    }
}

/// Where ids, tokens and choices come from.
#[derive(Clone, Debug)]
pub enum Chance {
    /// The operating system's generator, cryptographically strong.
    System,
    /// A repeatable sequence, for tests and the demo.
    Seeded(Arc<Mutex<StdRng>>),
}

impl Chance {
    /// The same seed gives the same sequence.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// Fills `bytes`.
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the system's chance is drawn")]
    pub fn fill(&self, bytes: &mut [u8]) {
        match self {
            Self::System => rand::rng().fill_bytes(bytes),
            Self::Seeded(rng) => rng.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes),
        }
    }

    /// `N` random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A new id for a row: 128 random bits as 32 hexadecimal characters.
    #[must_use]
    pub fn id(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.bytes::<16>())
    }

    /// Ids for rows that are written together.
    #[must_use]
    pub fn series(&self) -> Series {
        Series { start: self.bytes(), next: 0 }
    }
}

/// Ids of the same form as [`Chance::id`] that rise: 64 random bits in common, and a count. Rows of one launch then land
/// beside each other in every index. They say in which order rows were written, so answers never get one.
#[derive(Clone, Debug)]
pub struct Series {
    start: [u8; 8],
    next: u64,
}

impl Iterator for Series {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut id = data_encoding::HEXLOWER.encode(&self.start);
        data_encoding::HEXLOWER.encode_append(&self.next.to_be_bytes(), &mut id);
        self.next = self.next.checked_add(1)?;
        Some(id)
    }
}

/// Both together, handed to every action.
#[derive(Clone, Debug)]
pub struct Ports {
    /// The present moment.
    pub clock: Clock,
    /// Ids and tokens.
    pub chance: Chance,
}

impl Ports {
    /// The real ones.
    #[must_use]
    pub fn system() -> Self {
        Self { clock: Clock::System, chance: Chance::System }
    }
}
