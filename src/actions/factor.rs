//! The second factor: codes of an authenticator (TOTP, RFC 6238), and recovery codes for whoever has lost it.

use anyhow::Context as _;
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::{BASE32_NOPAD, BASE64, HEXLOWER};
use sha2::{Digest as _, Sha256};
use totp_rs::{Builder, Secret, Totp};

use crate::ports::{Chance, Ports};
use crate::store::accounts::{self, Account};
use crate::store::audit::{self, Action, Entry, Who};
use crate::store::{Db, Tx};

/// Bytes of a secret: as many as the hash has.
const SECRET: usize = 20;
const NONCE: usize = 24;

/// So many recovery codes are made at once.
const CODES: usize = 10;

/// Why there is no second factor, or no end of it.
#[derive(Debug, thiserror::Error)]
pub enum FactorError {
    /// The code is not the secret's of this moment.
    #[error("the code is not right")]
    Wrong,
    /// The account has one already.
    #[error("the account has a second factor already")]
    Already,
    /// The database is out of reach, or refuses.
    #[error(transparent)]
    Store(#[from] anyhow::Error),
}

impl From<sqlx::Error> for FactorError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// A new secret, as authenticators take it by hand: base32.
#[must_use]
pub fn new_secret(chance: &Chance) -> String {
    BASE32_NOPAD.encode(&chance.bytes::<SECRET>())
}

/// The address that an authenticator reads from a picture.
///
/// # Errors
/// A secret that is none.
pub fn address(secret: &str, account: &str) -> anyhow::Result<String> {
    // A colon parts the issuer from the account in there.
    let totp = totp(secret, &account.replace(':', " "))?;
    totp.to_url().map_err(|error| anyhow::anyhow!("cannot write the authenticator's address: {error}"))
}

fn totp(secret: &str, account: &str) -> anyhow::Result<Totp> {
    let bytes = BASE32_NOPAD.decode(secret.as_bytes()).ok().filter(|bytes| bytes.len() == SECRET);
    let bytes = bytes.context("an authenticator's secret has 20 bytes")?;
    let builder = Builder::new().with_secret(Secret::new(bytes.into())).with_account_name(account);
    let totp = builder.with_issuer(Some("medvirk")).build();
    totp.map_err(|error| anyhow::anyhow!("cannot use the authenticator's secret: {error}"))
}

/// The step whose code it is, one before and one after now included: clocks differ a little.
fn step_of(secret: &str, code: &str, ports: &Ports) -> anyhow::Result<Option<i64>> {
    let now = u64::try_from(ports.clock.now().as_second()).unwrap_or(0);
    let code: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
    let step = totp(secret, "account")?.check(&code, now);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// Gives the account a second factor, when a code shows that its owner has the secret. Gives recovery codes, which are
/// nowhere else: show them now.
///
/// # Errors
/// A wrong code; the account has a second factor.
pub async fn set(
    db: &Db,
    ports: &Ports,
    key: &[u8; 32],
    who: Who<'_>,
    secret: &str,
    code: &str,
) -> Result<Vec<String>, FactorError> {
    let step = step_of(secret, code, ports).ok().flatten().ok_or(FactorError::Wrong)?;
    let account = accounts::named(db, who.name).await?.context("an account is gone")?;
    if account.totp.is_some() {
        return Err(FactorError::Already);
    }
    let sealed = seal(key, &account.id, secret, ports.chance.bytes())?;
    let codes: Vec<String> = (0..CODES).map(|_| BASE32_NOPAD.encode(&ports.chance.bytes::<10>())).collect();
    let hashes: Vec<String> = codes.iter().map(|code| hash(code)).collect();
    let mut tx = db.begin().await?;
    accounts::set_totp(&mut tx, &account.id, &sealed, step, &hashes).await?;
    note(&mut tx, ports, who, Action::SecondFactorSet).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Takes the second factor away; its owner shows it one last time.
///
/// # Errors
/// A wrong code.
pub async fn remove(db: &Db, ports: &Ports, key: &[u8; 32], who: Who<'_>, code: &str) -> Result<(), FactorError> {
    let account = accounts::named(db, who.name).await?.context("an account is gone")?;
    if !is_right(db, ports, key, &account, code).await? {
        return Err(FactorError::Wrong);
    }
    let mut tx = db.begin().await?;
    accounts::forget_totp(&mut tx, &account.id).await?;
    note(&mut tx, ports, who, Action::SecondFactorRemoved).await?;
    Ok(tx.commit().await?)
}

/// Takes the second factor of somebody away who has lost it, recovery codes and all.
///
/// # Errors
/// No such account; the database is out of reach.
pub async fn forget(db: &Db, ports: &Ports, who: Who<'_>, name: &str) -> anyhow::Result<()> {
    let account = accounts::named(db, name).await?.with_context(|| format!("there is no account {name}"))?;
    let mut tx = db.begin().await?;
    accounts::forget_totp(&mut tx, &account.id).await?;
    let entry = Entry::new(ports.clock.now(), who, Action::SecondFactorRemoved, name);
    audit::record(&mut tx, &ports.chance.id(), &entry).await?;
    Ok(tx.commit().await?)
}

async fn note(tx: &mut Tx, ports: &Ports, who: Who<'_>, action: Action) -> sqlx::Result<()> {
    audit::record(tx, &ports.chance.id(), &Entry::new(ports.clock.now(), who, action, "")).await
}

/// Whether it is a code of the account's authenticator that was not used before, or a recovery code, which is used up now.
///
/// # Errors
/// The database is out of reach; the secret was sealed with another key.
pub async fn is_right(db: &Db, ports: &Ports, key: &[u8; 32], account: &Account, code: &str) -> anyhow::Result<bool> {
    let Some(sealed) = &account.totp else { return Ok(false) };
    let secret = open(key, &account.id, sealed)?;
    let mut tx = db.begin().await?;
    let right = match step_of(&secret, code, ports)? {
        Some(step) => accounts::use_step(&mut tx, &account.id, step).await?,
        None => accounts::use_recovery_code(&mut tx, &account.id, &hash(code)).await?,
    };
    tx.commit().await?;
    Ok(right)
}

/// What the database knows a recovery code by, however it was typed.
fn hash(code: &str) -> String {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).map(|sign| sign.to_ascii_uppercase()).collect();
    HEXLOWER.encode(&Sha256::digest(code))
}

/// The secret as the database has it: worth nothing without the installation's key, and to no other account.
fn seal(key: &[u8; 32], account: &str, secret: &str, nonce: [u8; NONCE]) -> anyhow::Result<String> {
    let plain = chacha20poly1305::aead::Payload { msg: secret.as_bytes(), aad: account.as_bytes() };
    let sealed = cipher(key).encrypt(&XNonce::from(nonce), plain);
    let sealed = sealed.map_err(|_| anyhow::anyhow!("cannot seal an authenticator's secret"))?;
    Ok(BASE64.encode(&[nonce.as_slice(), &sealed].concat()))
}

fn open(key: &[u8; 32], account: &str, sealed: &str) -> anyhow::Result<String> {
    let bytes = BASE64.decode(sealed.as_bytes())?;
    let (nonce, sealed) = bytes.split_first_chunk::<NONCE>().context("a sealed secret is too short")?;
    let sealed = chacha20poly1305::aead::Payload { msg: sealed, aad: account.as_bytes() };
    let plain = cipher(key).decrypt(&XNonce::from(*nonce), sealed);
    let plain = plain.map_err(|_| anyhow::anyhow!("an authenticator's secret was sealed with another key"))?;
    Ok(String::from_utf8(plain)?)
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(*key).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Clock;
    use jiff::{SignedDuration, Timestamp};

    /// RFC 6238, appendix B, SHA-1: the last six of eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = BASE32_NOPAD.encode(b"12345678901234567890");
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924")] {
            let ports = |late: i64| {
                let start = Timestamp::from_second(second).unwrap() + SignedDuration::from_secs(late);
                Ports { clock: Clock::manual(start), chance: Chance::seeded(1) }
            };
            assert_eq!(step_of(&secret, code, &ports(0)).unwrap(), Some(second / 30));
            assert!(step_of(&secret, code, &ports(30)).unwrap().is_some(), "a clock may be half a minute late");
            assert!(step_of(&secret, code, &ports(61)).unwrap().is_none());
            assert!(step_of(&secret, "000000", &ports(0)).unwrap().is_none());
        }
    }

    #[test]
    fn a_sealed_secret_opens_for_its_account_alone() {
        let secret = new_secret(&Chance::seeded(7));
        let sealed = seal(&[1; 32], "kari", &secret, [2; NONCE]).unwrap();
        assert!(!sealed.contains(&secret));
        assert_eq!(open(&[1; 32], "kari", &sealed).unwrap(), secret);
        assert!(open(&[1; 32], "ola", &sealed).is_err() && open(&[2; 32], "kari", &sealed).is_err());
        assert!(address(&secret, "kari: <x>&y").unwrap().starts_with("otpauth://totp/medvirk:kari"));
    }
}
