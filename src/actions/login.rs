//! Logging in and out.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};

use super::{audit, password};
use crate::ports::Ports;
use crate::store::Db;
use crate::store::accounts::{self, Account};
use crate::store::audit::{Action, Entry, STRANGER, Who, record};
use crate::store::sessions::{self, Session};

/// How long a session lasts.
pub const SESSION: SignedDuration = SignedDuration::from_hours(12);

/// Begins a session and gives the cookie's value, 256 random bits; `None`: wrong name or password. `from` is the address.
///
/// # Errors
/// The database is out of reach.
pub async fn login(db: &Db, ports: &Ports, name: &str, password: String, from: &str) -> anyhow::Result<Option<String>> {
    let account = accounts::named(db, name).await?;
    let stored = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = password::is_right(password, stored).await?;
    match account {
        Some(account) if right => begin(db, ports, &account, from, "password").await.map(Some),
        account => {
            // What was typed is not written down: people type passwords where names belong.
            let name = account.as_ref().map_or(STRANGER, |account| &account.name);
            audit::log(db, ports, Who { name, from }, Action::LoginFailed, None, "password").await?;
            Ok(None)
        }
    }
}

/// Begins a session for somebody who has proven who they are, and how.
///
/// # Errors
/// The database is out of reach.
pub async fn begin(db: &Db, ports: &Ports, account: &Account, from: &str, how: &str) -> anyhow::Result<String> {
    let cookie = BASE64URL_NOPAD.encode(&ports.chance.bytes::<32>());
    let now = ports.clock.now();
    let session = Session {
        id: session_id(&cookie),
        account_id: account.id.clone(),
        csrf: BASE64URL_NOPAD.encode(&ports.chance.bytes::<32>()),
        expires_at: (now + SESSION).as_millisecond(),
    };
    let mut tx = db.begin().await?;
    sessions::begin(&mut tx, &session, now).await?;
    let entry = Entry::new(now, Who { name: &account.name, from }, Action::LoggedIn, how);
    record(&mut tx, &ports.chance.id(), &entry).await?;
    tx.commit().await?;
    Ok(cookie)
}

/// Ends a session.
///
/// # Errors
/// The database is out of reach.
pub async fn logout(db: &Db, ports: &Ports, who: Who<'_>, cookie: &str) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    sessions::end(&mut tx, &session_id(cookie)).await?;
    let entry = Entry::new(ports.clock.now(), who, Action::LoggedOut, "");
    record(&mut tx, &ports.chance.id(), &entry).await?;
    Ok(tx.commit().await?)
}

/// What the database knows a session by: it does not lead back to the cookie.
#[must_use]
pub fn session_id(cookie: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(cookie.as_bytes()))
}
