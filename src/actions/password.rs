//! Passwords: strong enough, hashed, compared.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

/// Each check of a password takes 19 MiB and a core for tens of milliseconds: more at once would starve the form.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Compared where there is no password, so that an unknown name takes as long as a wrong password.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

const SHORTEST: usize = 12;

/// Nobody types more; hashing and judging it would only cost.
const LONGEST: usize = 512;

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Too few characters.
    #[error("a password needs at least {SHORTEST} characters")]
    Short,
    /// Too many bytes.
    #[error("a password has at most {LONGEST} bytes")]
    Long,
    /// Who guesses finds it soon.
    #[error("this password is easy to guess: take several words that have nothing to do with each other")]
    Guessable,
}

/// Whether a password stands up to somebody who guesses with a stolen hash in hand. Words in `known` (the account's name,
/// the employer's) count as guessed.
///
/// # Errors
/// What is wrong with it.
pub fn judge(password: &str, known: &[&str]) -> Result<(), Weak> {
    if password.chars().count() < SHORTEST {
        return Err(Weak::Short);
    }
    if password.len() > LONGEST {
        return Err(Weak::Long);
    }
    if zxcvbn(password, known).score() < Score::Three { Err(Weak::Guessable) } else { Ok(()) }
}

/// argon2id with the crate's recommended cost (19 MiB, two passes; OWASP's first choice).
///
/// # Errors
/// Memory is full.
pub async fn hash(password: String) -> anyhow::Result<String> {
    let _turn = TURNS.acquire().await?;
    tokio::task::spawn_blocking(move || hash_now(&password)).await?
}

/// Whether it is the password of that hash. It takes as long where there is no hash.
///
/// # Errors
/// The process is ending.
pub async fn is_right(password: String, stored: Option<String>) -> anyhow::Result<bool> {
    let _turn = TURNS.acquire().await?;
    let right = tokio::task::spawn_blocking(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.clone());
        verify(&password, &stored) && known
    });
    Ok(right.await?)
}

fn hash_now(password: &str) -> anyhow::Result<String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    Ok(hash.map_err(|error| anyhow::anyhow!("cannot hash a password: {error}"))?.to_string())
}

fn verify(password: &str, stored: &str) -> bool {
    password.len() <= LONGEST
        && PasswordHash::new(stored)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_easy_to_guess_is_refused() {
        for (password, weak) in [
            ("kort", Weak::Short),
            ("password1234", Weak::Guessable),
            ("aaaaaaaaaaaaaaaa", Weak::Guessable),
            ("qwertyuiop12", Weak::Guessable),
            ("kari.nordmann", Weak::Guessable),
            (&"x".repeat(513), Weak::Long),
        ] {
            assert_eq!(judge(password, &["kari.nordmann"]), Err(weak), "{password}");
        }
        assert_eq!(judge("tolv fisk i ei bøtte", &[]), Ok(()));
        assert_eq!(judge("æøåæøåæøå", &[]), Err(Weak::Short), "characters, not bytes");
    }

    #[tokio::test]
    async fn a_hash_is_that_of_its_password_alone() {
        let hashed = hash("tolv fisk i ei bøtte".to_owned()).await.unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        assert!(is_right("tolv fisk i ei bøtte".to_owned(), Some(hashed.clone())).await.unwrap());
        assert!(!is_right("tolv fisk i ei botte".to_owned(), Some(hashed)).await.unwrap());
        assert!(!is_right("nobody has this password".to_owned(), None).await.unwrap());
    }
}
