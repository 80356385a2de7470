//! What HR does with the accounts of others, on `/accounts`. The rules that a command at the machine does not need: nobody
//! changes the own account, nobody who is audited touches an auditor's, and HR never loses its last way in.

use super::{AccountError, LINK, Wish, account, link_id, new_token, note, told};
use crate::actions::factor;
use crate::people::role::Role;
use crate::ports::Ports;
use crate::store::accounts::listed::{self, Listed};
use crate::store::accounts::{self, Account};
use crate::store::audit::{Action, Who};
use crate::store::{Db, Tx, people};

/// Whoever of HR does it.
#[derive(Clone, Copy)]
pub struct Hr<'a> {
    /// Where accounts are.
    pub db: &'a Db,
    /// When, and with which chance.
    pub ports: &'a Ports,
    /// The own account's id.
    pub own: &'a str,
    /// As the audit log knows them.
    pub who: Who<'a>,
}

/// Who decides about an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hands {
    /// HR.
    Hr,
    /// Somebody else of HR: it is the own one.
    Own,
    /// The operator: an auditor controls HR.
    Operator,
    /// The identity provider, at each login.
    Provider,
    /// The register.
    Register,
}

/// Who decides about this account, when the owner of `own` asks.
#[must_use]
pub fn hands(own: &str, listed: &Listed) -> Hands {
    match &listed.account {
        _ if listed.by_register => Hands::Register,
        account if account.id == own => Hands::Own,
        account if account.role == Role::Auditor => Hands::Operator,
        account if account.granted => Hands::Provider,
        _ => Hands::Hr,
    }
}

impl Hr<'_> {
    /// Makes an account. Gives the token of the link by which its owner sets a password.
    ///
    /// # Errors
    /// What cannot be; a name that is taken.
    pub async fn add(&self, wish: Wish) -> Result<String, AccountError> {
        refuse_auditor(wish.role)?;
        let mut tx = self.db.begin().await?;
        let tree = people::tree(&mut tx).await?;
        let account = account(&tree, self.ports, wish)?;
        // A name that is there already keeps its id; dropping the transaction leaves that account as it was.
        if accounts::put(&mut tx, &account, self.ports.clock.now()).await? != account.id {
            return Err(AccountError::Taken);
        }
        let token = self.link_for(&mut tx, &account).await?;
        note(&mut tx, self.ports, self.who, Action::AccountChanged, told(&tree, &account)).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Gives an account another role, other places, another phone; at once for whoever is logged in with it.
    ///
    /// # Errors
    /// What cannot be; an account that is not HR's to change; the last way in.
    pub async fn change(&self, id: &str, wish: Wish) -> Result<(), AccountError> {
        refuse_auditor(wish.role)?;
        let name = self.theirs(id).await?.name;
        let mut tx = self.db.begin().await?;
        let tree = people::tree(&mut tx).await?;
        let account = account(&tree, self.ports, Wish { name, ..wish })?;
        accounts::put(&mut tx, &account, self.ports.clock.now()).await?;
        note(&mut tx, self.ports, self.who, Action::AccountChanged, told(&tree, &account)).await?;
        commit_if_hr_can_come_in(tx).await
    }

    /// Makes a new link by which the owner of an account sets a password; the old password goes on until then. Gives its
    /// token.
    ///
    /// # Errors
    /// An account that is not HR's to change.
    pub async fn link(&self, id: &str) -> Result<String, AccountError> {
        let account = self.theirs(id).await?;
        let mut tx = self.db.begin().await?;
        let token = self.link_for(&mut tx, &account).await?;
        note(&mut tx, self.ports, self.who, Action::LinkMade, account.name).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Takes the second factor of somebody away who has lost it.
    ///
    /// # Errors
    /// An account that is not HR's to change.
    pub async fn forget_factor(&self, id: &str) -> Result<(), AccountError> {
        let account = self.theirs(id).await?;
        Ok(factor::forget(self.db, self.ports, self.who, &account.name).await?)
    }

    /// Removes an account; whoever is logged in with it is logged out.
    ///
    /// # Errors
    /// An account that is not HR's to change; the last way in.
    pub async fn remove(&self, id: &str) -> Result<(), AccountError> {
        let account = self.theirs(id).await?;
        let mut tx = self.db.begin().await?;
        listed::remove(&mut tx, &account.id).await?;
        note(&mut tx, self.ports, self.who, Action::AccountRemoved, account.name).await?;
        commit_if_hr_can_come_in(tx).await
    }

    /// The account of that id, if it is HR's to change.
    async fn theirs(&self, id: &str) -> Result<Account, AccountError> {
        let all = listed::all(self.db).await?;
        let found = all.into_iter().find(|listed| listed.account.id == id).ok_or(AccountError::Gone)?;
        match hands(self.own, &found) {
            Hands::Hr => Ok(found.account),
            Hands::Own => Err(AccountError::Own),
            Hands::Operator => Err(AccountError::Auditor),
            Hands::Provider | Hands::Register => Err(AccountError::Elsewhere),
        }
    }

    async fn link_for(&self, tx: &mut Tx, account: &Account) -> Result<String, AccountError> {
        let token = new_token(self.ports);
        accounts::put_link(tx, &link_id(&token), &account.id, self.ports.clock.now() + LINK).await?;
        Ok(token)
    }
}

/// Whoever is controlled does not choose who controls.
fn refuse_auditor(role: Role) -> Result<(), AccountError> {
    if role == Role::Auditor { Err(AccountError::Auditor) } else { Ok(()) }
}

/// After the entry in the audit log, which one transaction at a time can write: of two who take each other's role away,
/// the second one is refused.
async fn commit_if_hr_can_come_in(mut tx: Tx) -> Result<(), AccountError> {
    if listed::ways_in(&mut tx).await? == 0 {
        return Err(AccountError::LastHr);
    }
    Ok(tx.commit().await?)
}
