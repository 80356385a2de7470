//! Answers on their way: what one phone has sent so far, sealed under a key that only the link's token gives.

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

use super::post::question_of;
use crate::definition::model::Answers;

/// Everything that the link must reopen with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Also those that are hidden now, so that going back restores them.
    pub answers: Answers,
    /// The page where this respondent was; `None` before the first answer.
    pub at: Option<String>,
    /// The language chosen on the form, two letters.
    pub language: Option<String>,
}

/// A sealed draft that does not open: wrong key, or changed on the way.
#[derive(Debug, thiserror::Error)]
#[error("the draft cannot be opened")]
pub struct Unreadable;

const NONCE: usize = 24;

impl Draft {
    /// Puts the answers of one page in the place of what these questions had; other pages are left as they are, so that
    /// two phones on one link do not destroy each other's.
    pub fn replace(&mut self, questions: &[&str], answers: Answers) {
        self.answers.retain(|key, _| !questions.contains(&question_of(key)));
        self.answers.extend(answers);
    }

    /// Seals with XChaCha20-Poly1305 under `key`; `nonce` must be random. Base64 of nonce and ciphertext.
    ///
    /// # Errors
    /// A draft beyond any size that the form accepts.
    pub fn seal(&self, key: &[u8; 32], nonce: [u8; NONCE]) -> Result<String, Unreadable> {
        let plain = serde_json::to_vec(self).map_err(|_| Unreadable)?;
        let sealed = cipher(key).encrypt(&XNonce::from(nonce), plain.as_slice()).map_err(|_| Unreadable)?;
        Ok(BASE64.encode(&[nonce.as_slice(), &sealed].concat()))
    }

    /// The other way.
    ///
    /// # Errors
    /// A wrong key or a changed text.
    pub fn open(key: &[u8; 32], sealed: &str) -> Result<Self, Unreadable> {
        let bytes = BASE64.decode(sealed.as_bytes()).map_err(|_| Unreadable)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>().ok_or(Unreadable)?;
        let plain = cipher(key).decrypt(&XNonce::from(*nonce), sealed).map_err(|_| Unreadable)?;
        serde_json::from_slice(&plain).map_err(|_| Unreadable)
    }
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(*key).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::model::Answer;

    #[test]
    fn a_draft_opens_with_its_own_key_only() {
        let draft = Draft { answers: Answers::from([("a".into(), Answer::Scale(4))]), ..Draft::default() };
        let sealed = draft.seal(&[1; 32], [9; 24]).unwrap();
        assert_eq!(Draft::open(&[1; 32], &sealed).unwrap(), draft);
        assert!(Draft::open(&[2; 32], &sealed).is_err());
        assert!(Draft::open(&[1; 32], &sealed.replace(&sealed[40..44], "AAAA")).is_err());
        assert!(Draft::open(&[1; 32], "").is_err());
    }
}
