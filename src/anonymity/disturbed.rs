//! The answers to one question, moved by chance.

use hmac::{Hmac, KeyInit as _, Mac as _};
use rand::rngs::ChaCha20Rng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use sha2::Sha256;

use super::rounding::{NOT_ASKED, disturb};
use super::variable::{Counting, Variable};
use super::world::Column;

/// A stream of chance of its own for every use of the seed.
pub(super) fn chance(seed: &[u8; 32], parts: &[&str]) -> ChaCha20Rng {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = <Hmac<Sha256>>::new_from_slice(seed).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part.as_bytes());
        mac.update(b"\0");
    }
    ChaCha20Rng::from_seed(mac.finalize().into_bytes().into())
}

impl Column {
    /// Moves answers within the groups that `labels` name, by family and member: no count stays small that is smaller than
    /// `base`. `before`: what was answered.
    pub(super) fn disturb(
        &mut self,
        variable: &Variable<'_>,
        labels: &[Vec<u32>],
        before: &Self,
        base: u32,
        chance: &mut ChaCha20Rng,
    ) {
        match variable.counting {
            Counting::One => disturb(labels, &mut self.category, variable.possible(), base, chance),
            Counting::Number => {
                disturb(labels, &mut self.category, variable.possible(), base, chance);
                self.mend_numbers(variable, before, chance);
            }
            Counting::Several => disturb_several(labels, self, variable, base, chance),
        }
    }

    /// `to` answers as `donor` did.
    pub(super) fn copy(&mut self, to: usize, from: &Self, donor: usize) {
        self.category[to] = from.category[donor];
        if !self.chosen.is_empty() {
            self.chosen[to] = from.chosen[donor];
        }
        if !self.number.is_empty() {
            self.number[to] = from.number[donor];
        }
    }

    /// Any answer at all.
    pub(super) fn anything(&mut self, member: usize, variable: &Variable<'_>, chance: &mut ChaCha20Rng) {
        let category = match variable.counting {
            Counting::Several => variable.open(),
            Counting::One | Counting::Number => chance.random_range(0..variable.possible()),
        };
        self.category[member] = category;
        if let Some(number) = self.number.get_mut(member) {
            *number = variable.number_in(category);
        }
    }

    /// Whoever came into another band gets the number of somebody there.
    fn mend_numbers(&mut self, variable: &Variable<'_>, before: &Self, chance: &mut ChaCha20Rng) {
        for band in 0..variable.open() {
            let there: Vec<i64> =
                before.category.iter().zip(&before.number).filter(|(c, _)| **c == band).map(|(_, n)| *n).collect();
            for member in (0..self.category.len()).filter(|m| self.category[*m] == band && before.category[*m] != band)
            {
                self.number[member] = there.choose(chance).copied().unwrap_or_else(|| variable.number_in(band));
            }
        }
    }

    /// The first answers, as `by` has them.
    pub(super) fn replace_start(&mut self, by: &Self) {
        self.category[..by.category.len()].copy_from_slice(&by.category);
        self.chosen[..by.chosen.len()].copy_from_slice(&by.chosen);
        self.number[..by.number.len()].copy_from_slice(&by.number);
    }
}

/// First whether anything was answered, then each option by itself among those who answered.
fn disturb_several(
    labels: &[Vec<u32>],
    column: &mut Column,
    variable: &Variable<'_>,
    base: u32,
    chance: &mut ChaCha20Rng,
) {
    let open = variable.open();
    let answered = |category: &u8| match *category {
        NOT_ASKED => NOT_ASKED,
        category => u8::from(category == open),
    };
    let mut categories: Vec<u8> = column.category.iter().map(answered).collect();
    let donors: Vec<u128> = categories.iter().zip(&column.chosen).filter(|(c, _)| **c == 0).map(|(_, b)| *b).collect();
    let before = categories.clone();
    if !variable.question.required {
        disturb(labels, &mut categories, 2, base, chance);
    }
    for (member, category) in categories.iter().enumerate() {
        match (before[member], *category) {
            (1, 0) => column.chosen[member] = donors.choose(chance).copied().unwrap_or_default(),
            (_, 1) => column.chosen[member] = 0,
            _ => {}
        }
    }
    for option in 0..variable.options.len() {
        let chose = |(category, chosen): (&u8, &u128)| match *category {
            0 => u8::from(chosen >> option & 1 == 1),
            _ => NOT_ASKED,
        };
        let mut chosen: Vec<u8> = categories.iter().zip(&column.chosen).map(chose).collect();
        disturb(labels, &mut chosen, 2, base, chance);
        for (bits, chosen) in column.chosen.iter_mut().zip(&chosen) {
            *bits = *bits & !(1 << option) | u128::from(*chosen == 1) << option;
        }
    }
    for (to, category) in column.category.iter_mut().zip(&categories) {
        *to = match *category {
            NOT_ASKED => NOT_ASKED,
            1 => open,
            _ => 0,
        };
    }
}
