//! A campaign's private key in three shares of which any two open: one for HR, one for the safety service, one for a safe.
//! One share alone says nothing about the key (Shamir 1979, over GF(256)).
//!
//! A share is text that can be printed and typed: it says which campaign it belongs to and whether it was mistyped.

use std::fmt;

use blahaj::{Share as Point, Sharks};
use data_encoding::{BASE32_NOPAD, BASE32_NOPAD_VISUAL};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::seal::{PrivateKey, PublicKey};

/// So many must come together.
pub const NEEDED: u8 = 2;
/// So many there are.
pub const ALL: usize = 3;

/// Of the public key, so that a share is never tried on another campaign.
const MARK: usize = 2;
/// The share's number and the 32 bytes that belong to it.
const POINT: usize = 33;
const CHECK: usize = 5;
const GROUP: usize = 4;

/// One share. Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Share(Zeroizing<[u8; MARK + POINT]>);

/// Why shares give no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// Letters and digits that are no share.
    #[error("this is no share, or it was mistyped: it has 16 groups of 4 letters and digits")]
    Mistyped,
    /// A share of something else.
    #[error("a share belongs to another campaign")]
    OtherCampaign,
    /// One, or the same one twice.
    #[error("two different shares are needed")]
    TooFew,
    /// They do not belong together.
    #[error("these shares do not give the campaign's key")]
    Wrong,
}

/// Splits a key. `chance` must be random and used once.
///
/// # Errors
/// Bytes that are no key.
pub fn split(key: &PrivateKey, chance: [u8; 32]) -> Result<[Share; ALL], ShareError> {
    let mark = mark(&key.public().map_err(|_| ShareError::Wrong)?);
    let mut chance = StdRng::from_seed(chance);
    let mut points = Sharks(NEEDED).dealer_rng(key.expose(), &mut chance);
    let mut share = || {
        let point = Zeroizing::new(points.next().map(|point| Vec::from(&point)).unwrap_or_default());
        let mut bytes = Zeroizing::new([0; MARK + POINT]);
        bytes[..MARK].copy_from_slice(&mark);
        bytes[MARK..].copy_from_slice(point.get(..POINT).ok_or(ShareError::Wrong)?);
        Ok(Share(bytes))
    };
    Ok([share()?, share()?, share()?])
}

/// Puts the key together again.
///
/// # Errors
/// Too few shares, or shares of something else.
pub fn join(shares: &[Share], public: &PublicKey) -> Result<PrivateKey, ShareError> {
    let mark = mark(public);
    if shares.iter().any(|share| share.0[..MARK] != mark) {
        return Err(ShareError::OtherCampaign);
    }
    let points: Vec<Point> = shares.iter().filter_map(|share| Point::try_from(&share.0[MARK..]).ok()).collect();
    let bytes = Zeroizing::new(Sharks(NEEDED).recover(&points).map_err(|_| ShareError::TooFew)?);
    let key = PrivateKey::from_bytes(bytes.as_slice().try_into().map_err(|_| ShareError::Wrong)?);
    if key.public().is_ok_and(|found| found == *public) { Ok(key) } else { Err(ShareError::Wrong) }
}

fn mark(public: &PublicKey) -> [u8; MARK] {
    digest(b"medvirk share of", &public.bytes())
}

fn digest<const N: usize>(purpose: &[u8], bytes: &[u8]) -> [u8; N] {
    let whole = Sha256::new().chain_update(purpose).chain_update(bytes).finalize();
    std::array::from_fn(|at| whole[at])
}

impl Share {
    /// To be printed once: groups of letters and digits with a checksum.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        let check: [u8; CHECK] = digest(b"medvirk share", self.0.as_slice());
        let whole = Zeroizing::new([self.0.as_slice(), &check].concat());
        let letters: Vec<char> = BASE32_NOPAD.encode(&whole).chars().collect();
        let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
        Zeroizing::new(groups.join("-"))
    }

    /// A share as somebody typed it: spaces and hyphens are passed over, 0 is read as O, 1 as I and 8 as B.
    ///
    /// # Errors
    /// It is none, or it was mistyped.
    pub fn parse(text: &str) -> Result<Self, ShareError> {
        let letters: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        let decoded = BASE32_NOPAD_VISUAL.decode(letters.to_ascii_uppercase().as_bytes());
        let whole = Zeroizing::new(decoded.map_err(|_| ShareError::Mistyped)?);
        let (bytes, check) = whole.split_first_chunk::<{ MARK + POINT }>().ok_or(ShareError::Mistyped)?;
        let right: [u8; CHECK] = digest(b"medvirk share", bytes);
        if check == right { Ok(Self(Zeroizing::new(*bytes))) } else { Err(ShareError::Mistyped) }
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Share(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_two_open_and_one_does_not() {
        let key = PrivateKey::from_chance(&[3; 32]);
        let public = key.public().unwrap();
        let shares = split(&key, [9; 32]).unwrap();
        for (a, b) in [(0, 1), (0, 2), (1, 2), (2, 0)] {
            assert_eq!(join(&[shares[a].clone(), shares[b].clone()], &public), Ok(key.clone()));
        }
        assert_eq!(join(&shares, &public), Ok(key.clone()));
        assert_eq!(join(&shares[..1], &public), Err(ShareError::TooFew));
        assert_eq!(join(&[shares[0].clone(), shares[0].clone()], &public), Err(ShareError::TooFew));
        assert_eq!(format!("{:?}", shares[0]), "Share(…)");
    }

    #[test]
    fn shares_of_another_key_are_refused() {
        let (one, other) = (PrivateKey::from_chance(&[3; 32]), PrivateKey::from_chance(&[4; 32]));
        let shares = split(&other, [9; 32]).unwrap();
        assert_eq!(join(&shares, &one.public().unwrap()), Err(ShareError::OtherCampaign));
        // Two splits of one key do not mix.
        let again = split(&other, [8; 32]).unwrap();
        let mixed = [shares[0].clone(), again[1].clone()];
        assert_eq!(join(&mixed, &other.public().unwrap()), Err(ShareError::Wrong));
    }

    #[test]
    fn a_share_is_typed_as_people_type() {
        let share = split(&PrivateKey::from_chance(&[3; 32]), [9; 32]).unwrap()[1].clone();
        let text = share.text();
        assert_eq!((text.len(), text.split('-').count()), (79, 16));
        assert_eq!(Share::parse(&text), Ok(share.clone()));
        assert_eq!(Share::parse(&format!(" {} \n", text.to_lowercase().replace('-', " "))), Ok(share.clone()));
        assert_eq!(Share::parse(&text.replace('O', "0").replace('B', "8")), Ok(share));
        let at = text.find(|letter: char| letter.is_ascii_alphabetic()).unwrap();
        let other = if text.as_bytes()[at] == b'A' { "C" } else { "A" };
        let mut mistyped = text.to_string();
        mistyped.replace_range(at..=at, other);
        for wrong in [mistyped.as_str(), &text[1..], "", "åå"] {
            assert_eq!(Share::parse(wrong), Err(ShareError::Mistyped), "{wrong}");
        }
    }
}
