//! What is stored about one employee: taken out for them, or erased.

use serde::Serialize;

use crate::ports::Ports;
use crate::store::audit::{self, Action, Entry, Who};
use crate::store::record::{self, Erased, Record};
use crate::store::{Db, Tx};

/// A record as it is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Handed {
    /// What is in it.
    #[serde(flatten)]
    pub record: Record,
    /// What is not, and why.
    pub not_in_here: [&'static str; 3],
}

const NOT_IN_HERE: [&str; 3] = [
    "Your answers: nothing in the database leads from you to them, so nobody can find them, neither for you nor for anybody else.",
    "Whether you have begun, answered or said STOP, and which reminders you got: whoever takes this file out for you would know it.",
    "Backups, and the logs of the gateway and of your operator: ask whoever runs them.",
];

/// Why there is no record.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Nobody has that number.
    #[error("nobody in the register has that employee number")]
    Nobody,
    /// The database is out of reach, or refuses.
    #[error(transparent)]
    Store(#[from] anyhow::Error),
}

impl From<sqlx::Error> for RecordError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Everything that is stored about the employee of that number and that may be told. Who took it out is written down.
///
/// # Errors
/// Nobody has that number; the database is out of reach.
pub async fn export(db: &Db, ports: &Ports, who: Who<'_>, number: &str) -> Result<Handed, RecordError> {
    let mut tx = db.begin().await?;
    let record = record::of(&mut tx, number).await?.ok_or(RecordError::Nobody)?;
    note(tx, ports, who, Action::RecordExported, number).await?;
    Ok(Handed { record, not_in_here: NOT_IN_HERE })
}

/// Takes away what leads to the employee of that number. An answer that was sent in stays: nobody can find it.
///
/// # Errors
/// Nobody has that number; the database is out of reach. Nothing is changed then.
pub async fn erase(db: &Db, ports: &Ports, who: Who<'_>, number: &str) -> Result<Erased, RecordError> {
    let mut tx = db.begin().await?;
    let erased = record::erase(&mut tx, number).await?.ok_or(RecordError::Nobody)?;
    note(tx, ports, who, Action::RecordErased, number).await?;
    Ok(erased)
}

async fn note(mut tx: Tx, ports: &Ports, who: Who<'_>, action: Action, number: &str) -> sqlx::Result<()> {
    let entry = Entry::new(ports.clock.now(), who, action, number);
    audit::record(&mut tx, &ports.chance.id(), &entry).await?;
    tx.commit().await
}
