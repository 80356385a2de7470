//! Accounts: made, logged in, logged out.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

use crate::ports::Ports;
use crate::store::Db;
use crate::store::accounts::{self, Account, Session};

/// How long a session lasts.
pub const SESSION: SignedDuration = SignedDuration::from_hours(12);

/// Each check of a password takes 19 MiB and a core for tens of milliseconds: more at once would starve the form.
static CHECKS: Semaphore = Semaphore::const_new(2);

/// Verified where no account has the name, so that an unknown name takes as long as a wrong password.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody has this password").unwrap_or_default());

/// Makes an account, or gives the one of that name this password and role.
///
/// # Errors
/// A password under 12 characters; the database is out of reach.
pub async fn add(db: &Db, ports: &Ports, name: &str, role: &str, password: String) -> anyhow::Result<()> {
    anyhow::ensure!(password.chars().count() >= 12, "a password needs at least 12 characters");
    anyhow::ensure!(!name.trim().is_empty(), "an account needs a name");
    let password_hash = tokio::task::spawn_blocking(move || hash(&password)).await??;
    let account = Account { id: ports.chance.id(), name: name.to_owned(), role: role.to_owned(), password_hash };
    let mut tx = db.begin().await?;
    accounts::put(&mut tx, &account, ports.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Begins a session and gives the cookie's value, 256 random bits; `None`: wrong name or password.
///
/// # Errors
/// The database is out of reach.
pub async fn login(db: &Db, ports: &Ports, name: &str, password: String) -> anyhow::Result<Option<String>> {
    let account = accounts::named(db, name).await?;
    let stored = account.as_ref().map_or_else(|| NOBODY.clone(), |account| account.password_hash.clone());
    let _turn = CHECKS.acquire().await?;
    let right = tokio::task::spawn_blocking(move || verify(&password, &stored)).await?;
    let Some(account) = account.filter(|_| right) else { return Ok(None) };
    let cookie = BASE64URL_NOPAD.encode(&ports.chance.bytes::<32>());
    let now = ports.clock.now();
    let session = Session {
        id: session_id(&cookie),
        account_id: account.id,
        csrf: BASE64URL_NOPAD.encode(&ports.chance.bytes::<32>()),
        expires_at: (now + SESSION).as_millisecond(),
    };
    let mut tx = db.begin().await?;
    accounts::begin_session(&mut tx, &session, now).await?;
    tx.commit().await?;
    Ok(Some(cookie))
}

/// Ends a session.
///
/// # Errors
/// The database is out of reach.
pub async fn logout(db: &Db, cookie: &str) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    accounts::end_session(&mut tx, &session_id(cookie)).await?;
    Ok(tx.commit().await?)
}

/// What the database knows a session by: it does not lead back to the cookie.
#[must_use]
pub fn session_id(cookie: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(cookie.as_bytes()))
}

/// argon2id with the crate's recommended cost (19 MiB, two passes; OWASP's first choice).
fn hash(password: &str) -> anyhow::Result<String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    Ok(hash.map_err(|error| anyhow::anyhow!("cannot hash a password: {error}"))?.to_string())
}

fn verify(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}
