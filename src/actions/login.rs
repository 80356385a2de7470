//! Logging in and out: a password, a second factor where the account has one, or a code to a registered phone.

use std::net::IpAddr;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};

use super::guess::Guesses;
use super::{audit, factor, password};
use crate::people::phone::Phone;
use crate::people::role::Role;
use crate::ports::Ports;
use crate::store::accounts::{self, Account};
use crate::store::audit::{Action, Entry, STRANGER, Who, record};
use crate::store::sessions::{self, Session};
use crate::store::steps::{self, Kind, Step};
use crate::store::{Db, people};

/// How long a session lasts at most.
pub const SESSION: SignedDuration = SignedDuration::from_hours(12);

/// A session that rests for so long has ended.
pub const IDLE: SignedDuration = SignedDuration::from_hours(1);

/// So long a code may take to be typed.
pub const STEP: SignedDuration = SignedDuration::from_mins(10);

/// Tries in ten minutes with one name from one network: more than anybody mistypes.
const OF_NAME_FROM: i64 = 10;
/// With one name from anywhere: whoever guesses from many networks is slowed down too.
const OF_NAME: i64 = 50;
/// From one network with any name: a whole town hall may begin its day at eight.
const FROM: i64 = 300;
/// Codes that are typed for one account.
pub const CODES: i64 = 10;
/// Codes that are sent to one number: each rings on a phone and costs.
const SENT: i64 = 3;
/// Codes that are asked for from one network.
const ASKED: i64 = 30;

/// Where people come in.
#[derive(Clone, Copy)]
pub struct Entrance<'a> {
    /// Where accounts are.
    pub db: &'a Db,
    /// When, and with which chance.
    pub ports: &'a Ports,
    /// Who has tried how often.
    pub guesses: &'a Guesses,
    /// Seals and hashes what the database must not give away.
    pub key: &'a [u8; 32],
    /// From where.
    pub from: Option<IpAddr>,
}

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Came {
    /// In: the session's cookie.
    In(String),
    /// Half-way in: the step's cookie.
    Step(String),
    /// Not the right words.
    Wrong,
    /// Nothing is asked for any more: begin anew.
    Over,
    /// Too many tries: wait so many seconds.
    TooMany(i64),
}

/// A code on its way to a phone.
pub struct Sms {
    /// Where to.
    pub to: Phone,
    /// Six digits.
    pub code: String,
}

impl Entrance<'_> {
    /// Name and password.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn password(&self, name: &str, password: String) -> anyhow::Result<Came> {
        let limits = [(format!("name {name}"), true, OF_NAME_FROM), (format!("name {name}"), false, OF_NAME)];
        if let Some(seconds) = self.wait(&limits).await?.max(self.wait(&[("login".to_owned(), true, FROM)]).await?) {
            return Ok(Came::TooMany(seconds));
        }
        let account = accounts::named(self.db, name).await?;
        let stored = account.as_ref().and_then(|account| account.password_hash.clone());
        let right = password::is_right(password, stored).await?;
        match account {
            Some(account) if right && account.totp.is_some() => {
                let step =
                    Step { account_id: Some(account.id), employee_id: None, kind: Kind::Totp, code: String::new() };
                Ok(Came::Step(self.begin_step(&cookie(self.ports), &step).await?))
            }
            Some(account) if right => Ok(Came::In(self.begin(&account, "password").await?)),
            account => {
                // What was typed is not written down: people type passwords where names belong.
                self.failed(account.as_ref(), "password").await?;
                Ok(Came::Wrong)
            }
        }
    }

    /// A code to a phone: for accounts that read results, and for those whom the register calls representatives. Whether the
    /// number is anybody's shows neither in what comes back nor in the time it takes, if the SMS is sent afterwards.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn ask_code(&self, phone: &Phone) -> anyhow::Result<(Came, Option<Sms>)> {
        let number = phone.as_str();
        let limits = [("code".to_owned(), true, ASKED), (format!("code {number}"), false, SENT)];
        if let Some(seconds) = self.wait(&limits).await? {
            return Ok((Came::TooMany(seconds), None));
        }
        let account = accounts::by_phone(self.db, number).await?.filter(|account| may_use_codes(account.role));
        let employee_id = match &account {
            Some(_) => None,
            None => people::representative(self.db.read(), number).await?,
        };
        let code = six_digits(self.ports);
        let cookie = cookie(self.ports);
        let known = account.is_some() || employee_id.is_some();
        let hash = self.code_hash(&hashed(&cookie), &code);
        let step = Step { account_id: account.map(|account| account.id), employee_id, kind: Kind::Sms, code: hash };
        let cookie = self.begin_step(&cookie, &step).await?;
        Ok((Came::Step(cookie), known.then(|| Sms { to: phone.clone(), code })))
    }

    /// The second step: a code of the authenticator, a recovery code, or the code that was sent.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn code(&self, cookie: &str, code: &str) -> anyhow::Result<Came> {
        let id = hashed(cookie);
        let mut tx = self.db.begin().await?;
        let step = steps::try_at(&mut tx, &id, self.ports.clock.now()).await?;
        tx.commit().await?;
        let Some(step) = step else { return Ok(Came::Over) };
        let who = step.account_id.clone().or_else(|| step.employee_id.clone()).unwrap_or_default();
        if let Some(seconds) = self.wait(&[(format!("step {who}"), false, CODES)]).await? {
            return Ok(Came::TooMany(seconds));
        }
        let account = match &step.account_id {
            Some(account) => accounts::find(self.db, account).await?,
            None => None,
        };
        let right = match (step.kind, &account) {
            (Kind::Sms, _) => step.code == self.code_hash(&id, code.trim()),
            (Kind::Totp, Some(account)) => factor::is_right(self.db, self.ports, self.key, account, code).await?,
            (Kind::Totp, None) | (Kind::Oidc, _) => false,
        };
        if !right || !self.end_step(&id).await? {
            self.failed(account.as_ref(), "code").await?;
            return Ok(Came::Wrong);
        }
        match (step.kind, account, step.employee_id) {
            // A code by SMS is one thing that somebody has; the authenticator stays the other.
            (Kind::Sms, Some(account), _) if account.totp.is_some() => {
                let step =
                    Step { account_id: Some(account.id), employee_id: None, kind: Kind::Totp, code: String::new() };
                Ok(Came::Step(self.begin_step(&self::cookie(self.ports), &step).await?))
            }
            (kind, Some(account), _) => Ok(Came::In(self.begin(&account, how(kind)).await?)),
            (kind, None, Some(employee)) => match self.by_register(&employee).await? {
                Some(account) => Ok(Came::In(self.begin(&account, how(kind)).await?)),
                None => Ok(Came::Wrong),
            },
            (_, None, None) => Ok(Came::Wrong),
        }
    }

    /// What a running step asks for.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn asked(&self, cookie: &str) -> anyhow::Result<Option<Kind>> {
        Ok(steps::kind(self.db.read(), &hashed(cookie), self.ports.clock.now()).await?)
    }

    /// Begins a session for somebody who has proven who they are, and how. Gives the cookie's value, 256 random bits, which
    /// is always a new one.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn begin(&self, account: &Account, how: &str) -> anyhow::Result<String> {
        let cookie = cookie(self.ports);
        let now = self.ports.clock.now();
        let from = self.origin();
        let session = Session {
            id: hashed(&cookie),
            account_id: account.id.clone(),
            csrf: self::cookie(self.ports),
            origin: from.clone(),
            begun: now,
            until: now + SESSION,
        };
        let mut tx = self.db.begin().await?;
        sessions::begin(&mut tx, &session).await?;
        accounts::came_in(&mut tx, &account.id, now).await?;
        let entry = Entry::new(now, Who { name: &account.name, from: &from }, Action::LoggedIn, how);
        record(&mut tx, &self.ports.chance.id(), &entry).await?;
        tx.commit().await?;
        Ok(cookie)
    }

    /// The account of a representative: made when one comes in for the first time.
    async fn by_register(&self, employee: &str) -> anyhow::Result<Option<Account>> {
        let mut tx = self.db.begin().await?;
        accounts::put_representative(&mut tx, &self.ports.chance.id(), employee, self.ports.clock.now()).await?;
        tx.commit().await?;
        Ok(accounts::of_employee(self.db, employee).await?)
    }

    pub(super) async fn begin_step(&self, cookie: &str, step: &Step) -> anyhow::Result<String> {
        let now = self.ports.clock.now();
        let mut tx = self.db.begin().await?;
        steps::begin(&mut tx, &hashed(cookie), step, now, now + STEP).await?;
        tx.commit().await?;
        Ok(cookie.to_owned())
    }

    async fn end_step(&self, id: &str) -> anyhow::Result<bool> {
        let mut tx = self.db.begin().await?;
        let ended = steps::end(&mut tx, id).await?;
        tx.commit().await?;
        Ok(ended)
    }

    async fn failed(&self, account: Option<&Account>, how: &str) -> anyhow::Result<()> {
        let name = account.map_or(STRANGER, |account| &account.name);
        let who = Who { name, from: &self.origin() };
        audit::log(self.db, self.ports, who, Action::LoginFailed, None, how).await
    }

    /// Counts one try at each; gives the longest wait where one is too many.
    async fn wait(&self, limits: &[(String, bool, i64)]) -> anyhow::Result<Option<i64>> {
        let mut longest = None;
        for (what, by_network, allowed) in limits {
            let from = by_network.then_some(self.from);
            longest = longest.max(self.guesses.attempt(what, from, *allowed).await?);
        }
        Ok(longest)
    }

    pub(super) fn origin(&self) -> String {
        self.from.map(|address| address.to_canonical().to_string()).unwrap_or_default()
    }

    /// Six digits are soon tried: without the key, a stolen hash is worth nothing.
    fn code_hash(&self, step: &str, code: &str) -> String {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut mac = <Hmac<Sha256>>::new_from_slice(self.key).expect("HMAC takes a key of any length");
        mac.update(step.as_bytes());
        mac.update(code.as_bytes());
        HEXLOWER.encode(&mac.finalize().into_bytes())
    }
}

/// Whoever can launch, moderate or audit needs more than a phone that lies about.
fn may_use_codes(role: Role) -> bool {
    !role.is_everywhere()
}

const fn how(kind: Kind) -> &'static str {
    match kind {
        Kind::Totp => "password and second factor",
        Kind::Sms => "code by SMS",
        Kind::Oidc => "openid connect",
    }
}

/// A million codes, each as likely as the others: what does not divide evenly is drawn again.
fn six_digits(ports: &Ports) -> String {
    const EVEN: u32 = u32::MAX - u32::MAX % 1_000_000;
    loop {
        let drawn = u32::from_be_bytes(ports.chance.bytes());
        if drawn < EVEN {
            return format!("{:06}", drawn % 1_000_000);
        }
    }
}

/// Ends a session.
///
/// # Errors
/// The database is out of reach.
pub async fn logout(db: &Db, ports: &Ports, who: Who<'_>, session: &str) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    sessions::end(&mut tx, session).await?;
    record(&mut tx, &ports.chance.id(), &Entry::new(ports.clock.now(), who, Action::LoggedOut, "")).await?;
    Ok(tx.commit().await?)
}

/// Ends every session of an account.
///
/// # Errors
/// The database is out of reach.
pub async fn logout_everywhere(db: &Db, ports: &Ports, who: Who<'_>, account: &str) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    sessions::end_all(&mut tx, account).await?;
    record(&mut tx, &ports.chance.id(), &Entry::new(ports.clock.now(), who, Action::LoggedOut, "everywhere")).await?;
    Ok(tx.commit().await?)
}

/// 256 random bits.
fn cookie(ports: &Ports) -> String {
    BASE64URL_NOPAD.encode(&ports.chance.bytes::<32>())
}

/// What the database knows a cookie by: it does not lead back to it.
#[must_use]
pub fn hashed(cookie: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(cookie.as_bytes()))
}
