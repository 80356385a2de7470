//! Envelopes: what one employee sent in, sealed to the survey's public key and padded to the size that all envelopes of
//! the survey have. Whoever reads the database before the survey is opened learns nothing from them.
//!
//! HPKE (RFC 9180) in base mode: X25519, HKDF-SHA-256, ChaCha20-Poly1305. Chance is handed in as bytes.

use std::fmt;
use std::io::{Read as _, Write as _};

use data_encoding::BASE64;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256 as Suite;
use hpke::{Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::definition::model::{Answers, Attributes};

type PublicPart = <Suite as Kem>::PublicKey;
type PrivatePart = <Suite as Kem>::PrivateKey;

/// What stands before the ciphertext: the sender's one-time public key.
const ENCAPSULATED: usize = 32;
/// How the length of what is inside is written.
const LENGTH: usize = 4;
/// No form lets through a tenth of it; a forged envelope gets no more memory than this.
const MAX_INSIDE: u64 = 4 << 20;

/// What is inside an envelope.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// The deepest node of the tree that is known, as at launch.
    pub unit_id: Option<String>,
    /// Frozen at launch.
    pub attributes: Attributes,
    /// Applicable answers.
    pub answers: Answers,
}

/// What envelopes are sealed to.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(PublicPart);

/// What opens them. Its `Debug` shows nothing, and its memory is overwritten when it goes.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKey(Zeroizing<[u8; 32]>);

/// A text that is no public key, or contents beyond any size that the form accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answers cannot be sealed")]
pub struct Unsealable;

/// Another key, another campaign, or changed on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the envelope does not open")]
pub struct Unreadable;

impl PublicKey {
    /// As the database has it.
    #[must_use]
    pub fn text(&self) -> String {
        BASE64.encode(&self.bytes())
    }

    /// The other way.
    ///
    /// # Errors
    /// It is no key.
    pub fn parse(text: &str) -> Result<Self, Unsealable> {
        let bytes = BASE64.decode(text.as_bytes()).map_err(|_| Unsealable)?;
        PublicPart::from_bytes(&bytes).map(Self).map_err(|_| Unsealable)
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        self.0.to_bytes().to_vec()
    }

    /// Seals to this key, for this campaign alone, padded to `size` (see [`size`](super::size::size)). `chance` must be
    /// random and used once.
    ///
    /// # Errors
    /// Contents beyond any size that the form accepts.
    pub fn seal(
        &self,
        campaign: &str,
        contents: &Contents,
        size: usize,
        chance: [u8; 32],
    ) -> Result<String, Unsealable> {
        let inside = pad(contents, size)?;
        let mut chance = StdRng::from_seed(chance);
        let (encapsulated, sealed) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, Suite>(
            &OpModeS::Base,
            &self.0,
            &info(campaign),
            &inside,
            &[],
            &mut chance,
        )
        .map_err(|_| Unsealable)?;
        Ok(BASE64.encode(&[encapsulated.to_bytes().as_slice(), &sealed].concat()))
    }
}

impl PrivateKey {
    /// A new key from 32 random bytes.
    #[must_use]
    pub fn from_chance(chance: &[u8; 32]) -> Self {
        let (key, _) = Suite::derive_keypair(chance);
        Self(Zeroizing::new(key.to_bytes().into()))
    }

    /// The key as it was kept.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// For the one place that keeps it.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// What belongs to it.
    ///
    /// # Errors
    /// Bytes that are no key.
    pub fn public(&self) -> Result<PublicKey, Unreadable> {
        Ok(PublicKey(Suite::sk_to_pk(&self.part()?)))
    }

    /// Opens an envelope of this campaign.
    ///
    /// # Errors
    /// It was sealed to another key or for another campaign, or it was changed.
    pub fn open(&self, campaign: &str, sealed: &str) -> Result<Contents, Unreadable> {
        let bytes = BASE64.decode(sealed.as_bytes()).map_err(|_| Unreadable)?;
        let (encapsulated, sealed) = bytes.split_first_chunk::<ENCAPSULATED>().ok_or(Unreadable)?;
        let encapsulated = <Suite as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| Unreadable)?;
        let inside = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Suite>(
            &OpModeR::Base,
            &self.part()?,
            &encapsulated,
            &info(campaign),
            sealed,
            &[],
        );
        unpad(&inside.map_err(|_| Unreadable)?)
    }

    fn part(&self) -> Result<PrivatePart, Unreadable> {
        PrivatePart::from_bytes(self.0.as_slice()).map_err(|_| Unreadable)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(…)")
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.text())
    }
}

/// What binds an envelope to its purpose and its campaign.
fn info(campaign: &str) -> Vec<u8> {
    [b"medvirk envelope 1 ", campaign.as_bytes()].concat()
}

/// Length, compressed contents, zeros. What does not fit takes twice the size, and so on: rare, and then visible.
fn pad(contents: &Contents, size: usize) -> Result<Vec<u8>, Unsealable> {
    let plain = serde_json::to_vec(contents).map_err(|_| Unsealable)?;
    let mut deflate = DeflateEncoder::new(vec![0; LENGTH], Compression::default());
    deflate.write_all(&plain).map_err(|_| Unsealable)?;
    let mut inside = deflate.finish().map_err(|_| Unsealable)?;
    let length = u32::try_from(inside.len() - LENGTH).map_err(|_| Unsealable)?;
    inside[..LENGTH].copy_from_slice(&length.to_be_bytes());
    let mut padded = size.max(1);
    while padded < inside.len() {
        padded *= 2;
    }
    inside.resize(padded, 0);
    Ok(inside)
}

fn unpad(inside: &[u8]) -> Result<Contents, Unreadable> {
    let (length, rest) = inside.split_first_chunk::<LENGTH>().ok_or(Unreadable)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Unreadable)?;
    let mut plain = Vec::new();
    let mut inflate = DeflateDecoder::new(rest.get(..length).ok_or(Unreadable)?).take(MAX_INSIDE);
    inflate.read_to_end(&mut plain).map_err(|_| Unreadable)?;
    serde_json::from_slice(&plain).map_err(|_| Unreadable)
}

#[cfg(test)]
#[path = "seal_tests.rs"]
mod tests;
