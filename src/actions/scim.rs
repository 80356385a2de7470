//! An identity provider keeps the register up to date: one employee at a time is made, changed, and leaves. What a campaign
//! has frozen stays as it was, as with an import.

use super::import::Mixed;
use super::import::{self, ImportError};
use crate::people::employee::Employee;
use crate::people::scim::{Fault, ScimError, User};
use crate::ports::Ports;
use crate::store::audit::{self, Action, Entry, Who};
use crate::store::people;
use crate::store::register::Writer;
use crate::store::scim::{self, By, Known};
use crate::store::{Db, Tx};

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// What the provider says cannot be.
    #[error(transparent)]
    Invalid(#[from] ScimError),
    /// Somebody is called so already.
    #[error("another user has this userName or employeeNumber")]
    Taken,
    /// The provider never spoke of them, or took them away.
    #[error("there is no user with that id")]
    Unknown,
    /// Made-up people would come among real ones, or the other way round.
    #[error(transparent)]
    Mixed(Mixed),
    /// The database is out of reach, or refuses.
    #[error(transparent)]
    Store(#[from] anyhow::Error),
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Whoever provides, and where to.
#[derive(Clone, Copy)]
pub struct Provider<'a> {
    /// Where the register is.
    pub db: &'a Db,
    /// When, and with which chance.
    pub ports: &'a Ports,
    /// Whose key it is.
    pub who: Who<'a>,
    /// These people are made up: what can reach the simulator alone.
    pub demo: bool,
}

/// The user that an employee is; `None` where the provider never spoke of them.
#[must_use]
pub fn user(known: &Known) -> Option<User> {
    let provided = known.provided.clone()?;
    let mut place = known.employee.place.iter().cloned();
    Some(User {
        user_name: provided.user_name,
        external_id: provided.external_id,
        name: known.employee.name.clone(),
        phone: Some(known.employee.phone.as_str().to_owned()),
        active: known.active,
        employee_number: Some(known.employee.number.clone()),
        place: [place.next(), place.next(), place.next()],
    })
}

/// Takes a new user into the register; whoever has that employee number already is this user from now on.
///
/// # Errors
/// A number or a mobile is missing; the name is taken.
pub async fn create(provider: Provider<'_>, new: &User) -> Result<Known, Refusal> {
    let mut tx = provider.db.begin().await?;
    if scim::find(&mut tx, By::UserName, &new.user_name).await?.is_some() {
        return Err(Refusal::Taken);
    }
    let number = new.employee(None)?.number;
    let before = scim::find(&mut tx, By::Number, &number).await?;
    if before.as_ref().is_some_and(|before| before.provided.is_some()) {
        return Err(Refusal::Taken);
    }
    let employee = new.employee(before.as_ref().map(|before| &before.employee))?;
    write(&mut tx, provider, &employee).await?;
    save(tx, provider, new, &number).await
}

/// Changes a user as `change` says. Whoever has left, and is not said to be back, stays as they were.
///
/// # Errors
/// There is none; the change cannot be.
pub async fn change(
    provider: Provider<'_>,
    id: &str,
    change: impl FnOnce(&mut User) -> Result<(), ScimError> + Send,
) -> Result<Known, Refusal> {
    let mut tx = provider.db.begin().await?;
    let before = scim::find(&mut tx, By::Id, id).await?.ok_or(Refusal::Unknown)?;
    let mut changed = user(&before).ok_or(Refusal::Unknown)?;
    change(&mut changed)?;
    let named = scim::find(&mut tx, By::UserName, &changed.user_name).await?;
    if named.is_some_and(|other| other.id != before.id) {
        return Err(Refusal::Taken);
    }
    let employee = changed.employee(Some(&before.employee))?;
    if employee.number != before.employee.number {
        let detail =
            "employeeNumber is who somebody is and does not change: delete this user, and make another".to_owned();
        return Err(ScimError { fault: Fault::Value, detail }.into());
    }
    if changed.active || before.active {
        write(&mut tx, provider, &employee).await?;
    }
    save(tx, provider, &changed, &employee.number).await
}

/// Somebody has left, and the provider knows them no more.
///
/// # Errors
/// There is none.
pub async fn remove(provider: Provider<'_>, id: &str) -> Result<(), Refusal> {
    let Provider { db, ports, who, .. } = provider;
    let mut tx = db.begin().await?;
    let known = scim::find(&mut tx, By::Id, id).await?.ok_or(Refusal::Unknown)?;
    people::leave(&mut tx, id, ports.clock.now()).await?;
    scim::forget(&mut tx, id).await?;
    note(&mut tx, ports, who, Action::EmployeeLeft, &known.employee.number).await?;
    Ok(tx.commit().await?)
}

async fn write(tx: &mut Tx, provider: Provider<'_>, employee: &Employee) -> Result<(), Refusal> {
    let there = people::headcount(tx).await?;
    import::never_mixed(there, provider.demo).map_err(|error| match error {
        ImportError::Mixed(why) => Refusal::Mixed(why),
        other => Refusal::Store(other.into()),
    })?;
    let tree = people::tree(tx).await?;
    let mut writer = Writer::new(&tree, &provider.ports.chance, provider.demo);
    writer.put(tx, employee).await?;
    writer.finish(tx).await?;
    Ok(())
}

async fn save(mut tx: Tx, provider: Provider<'_>, user: &User, number: &str) -> Result<Known, Refusal> {
    let Provider { ports, who, .. } = provider;
    let now = ports.clock.now();
    let written = scim::find(&mut tx, By::Number, number).await?.ok_or(Refusal::Unknown)?;
    scim::provide(&mut tx, &written.id, &user.user_name, user.external_id.as_deref(), now).await?;
    let action = if user.active { Action::EmployeeProvided } else { Action::EmployeeLeft };
    if !user.active {
        people::leave(&mut tx, &written.id, now).await?;
    }
    let known = scim::find(&mut tx, By::Id, &written.id).await?.ok_or(Refusal::Unknown)?;
    note(&mut tx, ports, who, action, number).await?;
    tx.commit().await?;
    Ok(known)
}

async fn note(tx: &mut Tx, ports: &Ports, who: Who<'_>, action: Action, number: &str) -> sqlx::Result<()> {
    audit::record(tx, &ports.chance.id(), &Entry::new(ports.clock.now(), who, action, number)).await
}
