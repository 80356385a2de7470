//! Keys to the API: made, used, revoked. A key is shown once; what is kept of it is a hash that leads to no key.

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use super::accounts::{self, AccountError};
use crate::people::permission::Permission;
use crate::ports::Ports;
use crate::results::view::Scope;
use crate::store::api_keys::{self, ApiKey, Used};
use crate::store::audit::{self, Action, Entry, Who};
use crate::store::people::{self, OrgUnit};
use crate::store::{Db, Tx};

/// What every key begins with, so that scanners of source code and chats know one when they see it.
pub const PREFIX: &str = "mvk_";

/// No key lives longer: whoever holds it has gone elsewhere.
pub const LONGEST: u32 = 366;

/// So many days where nobody says how many.
pub const USUAL: u32 = 90;

/// Seconds in which a key's requests are counted together.
pub const MINUTE: i64 = 60;

/// A key as somebody wants it.
#[derive(Clone, Debug)]
pub struct Wish {
    /// As the audit log will know whoever holds it.
    pub name: String,
    /// What it may do.
    pub may: Vec<Permission>,
    /// Whose results it reads: names from the area down, joined by `/`, or ids of the register.
    pub areas: Vec<String>,
    /// Those of the whole organisation.
    pub whole: bool,
    /// How long it lives.
    pub days: u32,
}

/// Why there is no such key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// It would not be recognised in the audit log.
    #[error("a key needs a name of at most 60 small letters, figures, hyphens and dots, such as \"hr-system\"")]
    Name,
    /// The name is taken.
    #[error("there is a key of that name already: revoke it first, or choose another name")]
    Taken,
    /// There is none to revoke.
    #[error("there is no key of that name")]
    Unknown,
    /// It would open nothing.
    #[error("a key needs at least one permission")]
    Nothing,
    /// It would live too long, or not at all.
    #[error("a key lives 1 to {LONGEST} days")]
    Days,
    /// Results, and no word of whose.
    #[error(
        "a key that reads publications sees those of its places: name them, or say that it is the whole organisation"
    )]
    NoScope,
    /// Places, and no results.
    #[error("places are for keys that read publications")]
    Scope,
    /// The name of a place that the register does not have.
    #[error("the register has no place \"{0}\": name it from the area down, as in \"Helse og sosial/Legevakt\"")]
    NoPlace(String),
    /// The database is out of reach, or refuses.
    #[error(transparent)]
    Store(#[from] anyhow::Error),
}

impl From<sqlx::Error> for KeyError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Makes a key. What it gives is the key itself, which is nowhere else: show it now.
///
/// # Errors
/// What cannot be.
pub async fn add(db: &Db, ports: &Ports, who: Who<'_>, wish: Wish) -> Result<String, KeyError> {
    let key = format!("{PREFIX}{}", BASE32_NOPAD.encode(&ports.chance.bytes::<32>()).to_ascii_lowercase());
    let mut tx = db.begin().await?;
    let new = new(ports, who, &wish, &people::tree(&mut tx).await?)?;
    if !api_keys::insert(&mut tx, &new, &hash(&key)).await? {
        return Err(KeyError::Taken);
    }
    note(&mut tx, ports, who, Action::KeyMade, told(&new)).await?;
    tx.commit().await?;
    Ok(key)
}

/// Takes a key away; the next request with it is refused.
///
/// # Errors
/// There is none of that name.
pub async fn revoke(db: &Db, ports: &Ports, who: Who<'_>, name: &str) -> Result<(), KeyError> {
    let mut tx = db.begin().await?;
    if !api_keys::delete(&mut tx, name).await? {
        return Err(KeyError::Unknown);
    }
    note(&mut tx, ports, who, Action::KeyRevoked, name.to_owned()).await?;
    Ok(tx.commit().await?)
}

/// Whose key that is; nothing where it is nobody's, revoked, or its time is over.
///
/// # Errors
/// The database is out of reach.
pub async fn find(db: &Db, ports: &Ports, key: &str) -> anyhow::Result<Option<ApiKey>> {
    if !key.starts_with(PREFIX) {
        return Ok(None);
    }
    api_keys::of_hash(db, &hash(key), ports.clock.now()).await
}

/// What a key has left of this minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Requests; `None`: this one was one too many.
    pub left: Option<i64>,
    /// Seconds until it has all of them again.
    pub renewed_in: i64,
}

/// Counts one request of a key, over all nodes. One too many is not written, so that a flood costs a look each.
///
/// # Errors
/// The database is out of reach.
pub async fn spend(db: &Db, ports: &Ports, key: &ApiKey, per_minute: u32) -> anyhow::Result<Allowance> {
    let now = ports.clock.now();
    let (minute, second) = (now.as_second().div_euclid(MINUTE), now.as_second().rem_euclid(MINUTE));
    let (renewed_in, all) = (MINUTE - second, i64::from(per_minute));
    if key.used.minute == minute && key.used.count >= all {
        return Ok(Allowance { left: None, renewed_in });
    }
    let mut tx = db.begin().await?;
    let count = api_keys::count(&mut tx, &key.id, now, minute).await?;
    tx.commit().await?;
    Ok(Allowance { left: Some(all.saturating_sub(count)).filter(|left| *left >= 0), renewed_in })
}

async fn note(tx: &mut Tx, ports: &Ports, who: Who<'_>, action: Action, detail: String) -> sqlx::Result<()> {
    audit::record(tx, &ports.chance.id(), &Entry::new(ports.clock.now(), who, action, detail)).await
}

/// A key in the audit log.
fn told(ApiKey { name, may, scope, expires_at, .. }: &ApiKey) -> String {
    let may: Vec<&str> = may.iter().map(|permission| permission.name()).collect();
    let places = match scope {
        Scope::Whole => ", whole".to_owned(),
        Scope::Places(places) if places.is_empty() => String::new(),
        Scope::Places(places) => format!(", {}", places.join(" ")),
    };
    format!("{name}: {}{places}, until {expires_at}", may.join(" "))
}

fn new(ports: &Ports, who: Who<'_>, wish: &Wish, tree: &[OrgUnit]) -> Result<ApiKey, KeyError> {
    let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || ['-', '.'].contains(&sign);
    if wish.name.is_empty() || wish.name.len() > 60 || !wish.name.chars().all(plain) {
        return Err(KeyError::Name);
    }
    if !(1..=LONGEST).contains(&wish.days) {
        return Err(KeyError::Days);
    }
    let mut may = wish.may.clone();
    may.sort_unstable();
    may.dedup();
    if may.is_empty() {
        return Err(KeyError::Nothing);
    }
    let now = ports.clock.now();
    Ok(ApiKey {
        id: ports.chance.id(),
        name: wish.name.clone(),
        scope: scope(wish, tree)?,
        may,
        created_at: now,
        created_by: who.name.to_owned(),
        expires_at: now.checked_add(SignedDuration::from_hours(24 * i64::from(wish.days))).unwrap_or(Timestamp::MAX),
        used_at: None,
        used: Used::default(),
    })
}

fn scope(wish: &Wish, tree: &[OrgUnit]) -> Result<Scope, KeyError> {
    let reads = wish.may.contains(&Permission::PublicationsRead);
    match (reads, wish.whole, wish.areas.as_slice()) {
        (true, true, []) => Ok(Scope::Whole),
        (true, false, []) | (true, true, _) => Err(KeyError::NoScope),
        (false, false, []) => Ok(Scope::Places(Vec::new())),
        (false, ..) => Err(KeyError::Scope),
        (true, false, areas) => areas.iter().map(|area| place(tree, area)).collect::<Result<_, _>>().map(Scope::Places),
    }
}

fn place(tree: &[OrgUnit], wanted: &str) -> Result<String, KeyError> {
    accounts::place(tree, wanted).map_err(|error| match error {
        AccountError::NoPlace(name) => KeyError::NoPlace(name),
        other => KeyError::Store(other.into()),
    })
}

/// What the database knows a key by. A key has 256 random bits, so nobody finds it by trying, however fast the hash is.
fn hash(key: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(key.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{Chance, Clock};

    fn made(change: impl FnOnce(&mut Wish)) -> Result<ApiKey, String> {
        let mut wish = Wish {
            name: "hr-system".to_owned(),
            may: vec![Permission::CampaignsRead],
            areas: Vec::new(),
            whole: false,
            days: 90,
        };
        change(&mut wish);
        let ports = Ports { clock: Clock::manual(Timestamp::UNIX_EPOCH), chance: Chance::seeded(1) };
        let unit = OrgUnit { id: "7".to_owned(), parent_id: None, level: 1, name: "Helse".to_owned() };
        new(&ports, "kari".into(), &wish, &[unit]).map_err(|error| error.to_string())
    }

    #[test]
    fn a_key_is_given_what_it_is_asked_for_and_no_more() {
        let key = made(|_| {}).unwrap();
        assert_eq!((key.scope, key.created_by.as_str()), (Scope::Places(Vec::new()), "kari"));
        assert_eq!(key.expires_at.as_second(), 90 * 24 * 60 * 60);
        let reader = |wish: &mut Wish| wish.may.push(Permission::PublicationsRead);
        assert!(made(reader).unwrap_err().contains("sees those of its places"));
        let places = made(|wish| {
            reader(wish);
            wish.areas = vec!["Helse".to_owned()];
        });
        assert_eq!(places.unwrap().scope, Scope::Places(vec!["7".to_owned()]));
        assert!(made(|wish| wish.whole = true).unwrap_err().contains("publications"));
    }

    #[test]
    fn names_days_and_permissions_are_looked_at() {
        for name in ["", "Kari", "hr system", "hr\r\nX-Admin: 1", "=cmd", &"a".repeat(61)] {
            assert!(made(|wish| name.clone_into(&mut wish.name)).unwrap_err().contains("a key needs a name"), "{name}");
        }
        for days in [0, LONGEST + 1, u32::MAX] {
            assert_eq!(made(|wish| wish.days = days).unwrap_err(), "a key lives 1 to 366 days");
        }
        assert!(made(|wish| wish.may.clear()).unwrap_err().contains("at least one permission"));
    }
}
