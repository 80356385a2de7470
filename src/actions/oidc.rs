//! Logging in by way of an identity provider: what is kept until it sends somebody back, and whose account that is.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::accounts::place;
use super::factor::{open, seal};
use super::login::{Came, Entrance, hashed};
use crate::people::role::Role;
use crate::results::view::Scope;
use crate::store::accounts::{self, Account};
use crate::store::audit::{self, Action, Entry, STRANGER, Who};
use crate::store::steps::{self, Kind, Step};
use crate::store::{people, sessions};

/// Somebody on the way to the provider and back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Journey {
    /// The provider hands it back with the code.
    pub state: String,
    /// It stands in the token.
    pub nonce: String,
    /// Its hash was sent ahead (PKCE).
    pub verifier: String,
    /// Where somebody was going.
    pub next: String,
}

/// Whom the provider has named.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// Issuer and subject.
    pub subject: &'a str,
    /// As an account of theirs is called.
    pub name: &'a str,
    /// What their groups give here: a role, and names of places, none for the whole.
    pub granted: Option<&'a (Role, Vec<String>)>,
}

impl Entrance<'_> {
    /// Begins a journey; gives the step's cookie. What is kept of it is sealed.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn depart(&self, next: &str) -> anyhow::Result<(String, Journey)> {
        let random = || BASE64URL_NOPAD.encode(&self.ports.chance.bytes::<32>());
        let journey = Journey { state: random(), nonce: random(), verifier: random(), next: next.to_owned() };
        let cookie = random();
        let sealed = seal(self.key, &hashed(&cookie), &serde_json::to_string(&journey)?, self.ports.chance.bytes())?;
        let step = Step { account_id: None, employee_id: None, kind: Kind::Oidc, code: sealed };
        Ok((self.begin_step(&cookie, &step).await?, journey))
    }

    /// Ends a journey: the one of this browser and this state, once.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn arrive(&self, cookie: &str, state: &str) -> anyhow::Result<Option<Journey>> {
        let id = hashed(cookie);
        let mut tx = self.db.begin().await?;
        let step = steps::try_at(&mut tx, &id, self.ports.clock.now()).await?.filter(|step| step.kind == Kind::Oidc);
        let ended = step.is_some() && steps::end(&mut tx, &id).await?;
        tx.commit().await?;
        let Some(step) = step.filter(|_| ended) else { return Ok(None) };
        let journey: Journey = serde_json::from_str(&open(self.key, &id, &step.code)?)?;
        Ok(Some(journey).filter(|journey| journey.state == state))
    }

    /// The account of whom the provider has named, and into it. Groups make an account, change it at each login, and end it
    /// when they give nothing any more. Without a group, an account that was made for that name and never had a password is
    /// taken over by the first who comes with it.
    ///
    /// # Errors
    /// The database is out of reach; a grant names a place that the register does not have.
    pub async fn by_provider(&self, named: Named<'_>) -> anyhow::Result<Came> {
        let known = accounts::of_subject(self.db, named.subject).await?;
        let namesake = accounts::named(self.db, named.name).await?;
        let free = |account: &Account| account.subject.is_none() && account.password_hash.is_none();
        let account = match (known, namesake) {
            (Some(known), _) => Some(known),
            (None, Some(namesake)) if free(&namesake) => Some(namesake),
            // Somebody else is called so.
            (None, Some(_)) => return self.refused().await,
            (None, None) => None,
        };
        let (role, scope, granted) = match (named.granted, &account) {
            (Some((role, places)), _) => (*role, self.scope(places).await?, true),
            (None, Some(account)) if !account.granted => (account.role, account.scope.clone(), false),
            (None, Some(account)) => {
                self.end(&account.id).await?;
                return self.refused().await;
            }
            (None, None) => return self.refused().await,
        };
        let old = account.map(|account| (account.id, account.name));
        let (id, name) = old.unwrap_or_else(|| (self.ports.chance.id(), named.name.to_owned()));
        let subject = Some(named.subject.to_owned());
        let account = Account { id, name, role, scope, phone: None, password_hash: None, totp: None, subject, granted };
        let mut tx = self.db.begin().await?;
        accounts::put_of_provider(&mut tx, &account, self.ports.clock.now()).await?;
        tx.commit().await?;
        Ok(Came::In(self.begin(&account, "openid connect").await?))
    }

    async fn scope(&self, places: &[String]) -> anyhow::Result<Scope> {
        if places.is_empty() {
            return Ok(Scope::Whole);
        }
        let tree = people::tree(&mut *self.db.read().acquire().await?).await?;
        let places = places.iter().map(|name| place(&tree, name)).collect::<Result<_, _>>()?;
        Ok(Scope::Places(places))
    }

    async fn end(&self, account: &str) -> anyhow::Result<()> {
        let mut tx = self.db.begin().await?;
        sessions::end_all(&mut tx, account).await?;
        Ok(tx.commit().await?)
    }

    /// Nobody came in; written down without a name, which is the provider's.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn refused(&self) -> anyhow::Result<Came> {
        let who = Who { name: STRANGER, from: &self.origin() };
        let entry = Entry::new(self.ports.clock.now(), who, Action::LoginFailed, "openid connect");
        let mut tx = self.db.begin().await?;
        audit::record(&mut tx, &self.ports.chance.id(), &entry).await?;
        tx.commit().await?;
        Ok(Came::Wrong)
    }
}
