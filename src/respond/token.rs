//! The only secret in an SMS link, and what is derived from it.
//!
//! A token is made from the installation's key and the invitation's id, so that the database holds no token and a
//! reminder can still carry the same link. From the token come a look-up hash, which the database holds, and the key
//! that seals the draft, which it does not.

use std::fmt;
use std::sync::LazyLock;

use data_encoding::{Encoding, HEXLOWER, Specification};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// 128 bits as 26 characters without look-alikes (Crockford's base 32 in lower case: no i, l, o, u).
static ALPHABET: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789abcdefghjkmnpqrstvwxyz");
    specification.encoding().unwrap_or(data_encoding::BASE32_NOPAD)
});

/// How many characters a token has; links have the same length for everybody, so parts can be counted before launch.
pub const LENGTH: usize = 26;

/// A token as it stands in a link. Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 16]);

impl Token {
    /// The token of an invitation, under the installation's key.
    #[must_use]
    pub fn of(key: &[u8; 32], invitation_id: &str) -> Self {
        Self(first_half(mac(key, &[b"invitation", invitation_id.as_bytes()])))
    }

    /// A token as somebody sent it. Capital letters are taken as small ones; nothing else is mended.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != LENGTH {
            return None;
        }
        let bytes = ALPHABET.decode(text.to_ascii_lowercase().as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// As it stands in the link.
    #[must_use]
    pub fn text(&self) -> String {
        ALPHABET.encode(&self.0)
    }

    /// What the database finds the invitation by. It does not lead back to the token, and finding a row by a hash
    /// leaves nothing of the token to be measured by time.
    #[must_use]
    pub fn lookup_hash(&self) -> String {
        HEXLOWER.encode(&Sha256::new().chain_update(b"lookup").chain_update(self.0).finalize())
    }

    /// What seals the draft of this invitation.
    #[must_use]
    pub fn draft_key(&self) -> [u8; 32] {
        mac(&self.0, &[b"draft"])
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// HMAC-SHA-256 over the parts, as a pseudo-random function for key derivation (RFC 2104, RFC 5869 §2.3).
fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = <Hmac<Sha256>>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn first_half(bytes: [u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&bytes[..16]);
    half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_survives_its_link_and_nothing_else_does() {
        let token = Token::of(&[7; 32], "invitation");
        let text = token.text();
        assert_eq!(text.len(), LENGTH);
        assert_eq!(Token::parse(&text), Some(token.clone()));
        assert_eq!(Token::parse(&text.to_uppercase()), Some(token));
        assert_eq!(Token::parse(&text[1..]), None);
        assert_eq!(Token::parse(&text.replace(|_| true, "o")), None);
        assert_eq!(Token::parse(&format!("{text}.")), None);
    }

    #[test]
    fn everything_derived_differs_between_keys_and_invitations() {
        let one = Token::of(&[7; 32], "a");
        for other in [Token::of(&[8; 32], "a"), Token::of(&[7; 32], "b")] {
            assert_ne!(one.text(), other.text());
            assert_ne!(one.lookup_hash(), other.lookup_hash());
            assert_ne!(one.draft_key(), other.draft_key());
        }
        assert_eq!(format!("{one:?}"), "Token(…)");
    }
}
