//! Accounts: made, changed, and given their first password by a link.

pub mod by_hr;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};

use super::password::{self, Weak};
use crate::people::phone::Phone;
use crate::people::role::Role;
use crate::ports::Ports;
use crate::results::view::Scope;
use crate::store::accounts::{self, Account, listed};
use crate::store::audit::{self, Action, Entry, Who};
use crate::store::people::{self, OrgUnit};
use crate::store::{Db, Tx, sessions};

/// So long a link to set a password is worth something.
pub const LINK: SignedDuration = SignedDuration::from_hours(48);

/// An account as somebody wants it.
#[derive(Clone, Debug)]
pub struct Wish {
    /// What is typed at login.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Where: names from the area down, joined by `/`, or ids of the register.
    pub areas: Vec<String>,
    /// The whole organisation.
    pub whole: bool,
    /// Where codes go.
    pub phone: Option<Phone>,
}

/// Why there is no such account.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Nothing can be typed at login.
    #[error("an account needs a name of at most 100 characters, without line breaks")]
    Name,
    /// The name of a place that the register does not have.
    #[error("the register has no place \"{0}\": name it from the area down, as in \"Helse og sosial/Legevakt\"")]
    NoPlace(String),
    /// A role that sees places, and no place.
    #[error("the role {} sees its own places: name them with --area, or say --whole", .0.name())]
    NoScope(Role),
    /// A role that has no places of its own.
    #[error("the role {} has no places of its own", .0.name())]
    Scope(Role),
    /// A password that is not taken.
    #[error(transparent)]
    Weak(#[from] Weak),
    /// Another account has the name.
    #[error("there is an account of that name")]
    Taken,
    /// There is no such account, or none any more.
    #[error("there is no such account")]
    Gone,
    /// Somebody wants to change the own role, places or password by the way that is for others.
    #[error("an own account is changed by somebody else of HR")]
    Own,
    /// HR wants to make or change an auditor.
    #[error("an auditor controls HR: only `medvirk account` makes or changes one")]
    Auditor,
    /// The register or the identity provider decides about the account.
    #[error("the register or the identity provider decides about this account")]
    Elsewhere,
    /// Nobody of HR could log in any more.
    #[error("nobody of HR could log in any more")]
    LastHr,
    /// The link is used up, too old, or nobody's.
    #[error("this link is not worth anything any more")]
    Link,
    /// The database is out of reach, or refuses.
    #[error(transparent)]
    Store(#[from] anyhow::Error),
}

impl From<sqlx::Error> for AccountError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Makes the account, or changes the one of that name, with this password.
///
/// # Errors
/// What cannot be; a weak password.
pub async fn add_with_password(
    db: &Db,
    ports: &Ports,
    who: Who<'_>,
    wish: Wish,
    password: String,
) -> Result<(), AccountError> {
    password::judge(&password, &[&wish.name, "medvirk"])?;
    let hash = password::hash(password).await?;
    let mut tx = db.begin().await?;
    let tree = people::tree(&mut tx).await?;
    let account = Account { password_hash: Some(hash), ..account(&tree, ports, wish)? };
    let id = accounts::put(&mut tx, &account, ports.clock.now()).await?;
    sessions::end_all(&mut tx, &id).await?;
    note(&mut tx, ports, who, Action::AccountChanged, told(&tree, &account)).await?;
    Ok(tx.commit().await?)
}

/// Makes the account, or changes the one of that name. Gives the token of a link by which its owner sets a password, once
/// and within two days.
///
/// # Errors
/// What cannot be.
pub async fn invite(db: &Db, ports: &Ports, who: Who<'_>, wish: Wish) -> Result<String, AccountError> {
    let token = new_token(ports);
    let now = ports.clock.now();
    let mut tx = db.begin().await?;
    let tree = people::tree(&mut tx).await?;
    let account = account(&tree, ports, wish)?;
    let id = accounts::put(&mut tx, &account, now).await?;
    accounts::put_link(&mut tx, &link_id(&token), &id, now + LINK).await?;
    note(&mut tx, ports, who, Action::AccountChanged, told(&tree, &account)).await?;
    tx.commit().await?;
    Ok(token)
}

/// Removes the account of that name; whoever is logged in with it is logged out.
///
/// # Errors
/// There is none.
pub async fn remove(db: &Db, ports: &Ports, who: Who<'_>, name: &str) -> Result<(), AccountError> {
    let account = accounts::named(db, name).await?.ok_or(AccountError::Gone)?;
    let mut tx = db.begin().await?;
    listed::remove(&mut tx, &account.id).await?;
    note(&mut tx, ports, who, Action::AccountRemoved, account.name).await?;
    Ok(tx.commit().await?)
}

/// The name of the account that a link is for.
///
/// # Errors
/// The database is out of reach.
pub async fn invited(db: &Db, ports: &Ports, token: &str) -> anyhow::Result<Option<String>> {
    let found = accounts::of_link(db.read(), &link_id(token), ports.clock.now()).await?;
    Ok(found.map(|(_, name)| name))
}

/// Sets the password of the account that a link is for, and ends its sessions. The link is worth nothing afterwards.
///
/// # Errors
/// A link that is worth nothing; a weak password, and then the link stays.
pub async fn set_password(
    db: &Db,
    ports: &Ports,
    from: &str,
    token: &str,
    password: String,
) -> Result<(), AccountError> {
    let link = link_id(token);
    let now = ports.clock.now();
    let (_, name) = accounts::of_link(db.read(), &link, now).await?.ok_or(AccountError::Link)?;
    password::judge(&password, &[&name, "medvirk"])?;
    let hash = password::hash(password).await?;
    let mut tx = db.begin().await?;
    let (id, _) = accounts::of_link(&mut *tx, &link, now).await?.ok_or(AccountError::Link)?;
    if !accounts::take_link(&mut tx, &link).await? {
        return Err(AccountError::Link);
    }
    accounts::set_password(&mut tx, &id, &hash).await?;
    sessions::end_all(&mut tx, &id).await?;
    note(&mut tx, ports, Who { name: &name, from }, Action::PasswordSet, String::new()).await?;
    Ok(tx.commit().await?)
}

async fn note(tx: &mut Tx, ports: &Ports, who: Who<'_>, action: Action, detail: String) -> sqlx::Result<()> {
    audit::record(tx, &ports.chance.id(), &Entry::new(ports.clock.now(), who, action, detail)).await
}

/// An account in the audit log: without its phone.
fn told(tree: &[OrgUnit], Account { name, role, scope, .. }: &Account) -> String {
    let places = match scope {
        Scope::Whole => "whole".to_owned(),
        Scope::Places(places) => named(tree, places).join("; "),
    };
    format!("{name}: {}, {places}", role.name())
}

/// Places by their names from the area down; by its id one that the register has forgotten.
#[must_use]
pub fn named(tree: &[OrgUnit], places: &[String]) -> Vec<String> {
    let name =
        |id: &String| tree.iter().find(|unit| &unit.id == id).map_or_else(|| id.clone(), |unit| path(tree, unit));
    places.iter().map(name).collect()
}

fn account(tree: &[OrgUnit], ports: &Ports, wish: Wish) -> Result<Account, AccountError> {
    let name = wish.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err(AccountError::Name);
    }
    let scope = scope(&wish, tree)?;
    Ok(Account {
        id: ports.chance.id(),
        name,
        role: wish.role,
        scope,
        phone: wish.phone,
        password_hash: None,
        totp: None,
        subject: None,
        granted: false,
    })
}

/// What the account may see, of the register as it is.
fn scope(wish: &Wish, tree: &[OrgUnit]) -> Result<Scope, AccountError> {
    match (wish.role.is_everywhere(), wish.areas.is_empty(), wish.whole) {
        (true, true, _) | (false, true, true) => Ok(Scope::Whole),
        (true, false, _) => Err(AccountError::Scope(wish.role)),
        (false, true, false) => Err(AccountError::NoScope(wish.role)),
        (false, false, _) => {
            wish.areas.iter().map(|area| place(tree, area)).collect::<Result<_, _>>().map(Scope::Places)
        }
    }
}

/// The place of that id, or of those names from the area down.
pub(super) fn place(tree: &[OrgUnit], wanted: &str) -> Result<String, AccountError> {
    let found = tree.iter().find(|unit| unit.id == wanted || path(tree, unit) == wanted);
    found.map(|unit| unit.id.clone()).ok_or_else(|| AccountError::NoPlace(wanted.to_owned()))
}

fn path(tree: &[OrgUnit], unit: &OrgUnit) -> String {
    let above = unit.parent_id.as_ref().and_then(|id| tree.iter().find(|other| &other.id == id));
    above.map_or_else(|| unit.name.clone(), |above| format!("{}/{}", path(tree, above), unit.name))
}

/// 256 random bits.
fn new_token(ports: &Ports) -> String {
    BASE64URL_NOPAD.encode(&ports.chance.bytes::<32>())
}

/// What the database knows a link by: it does not lead back to the token.
fn link_id(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(id: &str, parent: Option<&str>, name: &str) -> OrgUnit {
        OrgUnit { id: id.to_owned(), parent_id: parent.map(str::to_owned), level: 1, name: name.to_owned() }
    }

    fn seen(role: Role, areas: &[&str], whole: bool) -> Result<Scope, String> {
        let tree = [
            unit("1", None, "Helse"),
            unit("2", Some("1"), "Legevakt"),
            unit("3", None, "Skole"),
            unit("4", Some("3"), "Legevakt"),
        ];
        let areas = areas.iter().map(|area| (*area).to_owned()).collect();
        scope(&Wish { name: "x".to_owned(), role, areas, whole, phone: None }, &tree).map_err(|error| error.to_string())
    }

    #[test]
    fn a_scope_is_said_or_there_is_none() {
        let places = |ids: &[&str]| Ok(Scope::Places(ids.iter().map(|id| (*id).to_owned()).collect()));
        assert_eq!(seen(Role::Hr, &[], false), Ok(Scope::Whole));
        assert_eq!(seen(Role::SafetyRep, &["Helse", "Skole/Legevakt"], false), places(&["1", "4"]));
        assert_eq!(seen(Role::Leader, &["2"], false), places(&["2"]));
        assert_eq!(seen(Role::Viewer, &[], true), Ok(Scope::Whole));
        assert!(seen(Role::Viewer, &[], false).unwrap_err().contains("--whole"));
        assert!(seen(Role::Hr, &["Helse"], false).unwrap_err().contains("no places of its own"));
        assert!(seen(Role::Leader, &["Legevakt"], false).unwrap_err().contains("has no place \"Legevakt\""));
    }
}
