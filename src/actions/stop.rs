//! Somebody wants no more messages: by answering STOP, or by the link in the form.

use crate::message::stop::is_stop;
use crate::people::phone::Phone;
use crate::store::invitations::StoppedBy;
use crate::store::{Db, Tx, invitations, messages};

/// What an SMS from a phone came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// It says STOP, and ends the messages of so many invitations.
    Stopped(usize),
    /// It says something else; nothing of it is kept.
    Other,
}

/// An SMS that came back. A STOP ends all further messages to that phone, of every campaign that still sends.
///
/// # Errors
/// The database is out of reach: the gateway should hand it over again.
pub async fn received(db: &Db, from: &Phone, text: &str) -> anyhow::Result<Received> {
    if !is_stop(text) {
        return Ok(Received::Other);
    }
    let mut tx = db.begin().await?;
    let reached = invitations::reached_at(&mut tx, from).await?;
    for invitation in &reached {
        stop(&mut tx, db, invitation, StoppedBy::Sms).await?;
    }
    tx.commit().await?;
    Ok(Received::Stopped(reached.len()))
}

/// By the link in the form: ends the messages of this invitation alone, since a phone may be shared.
///
/// # Errors
/// The database is out of reach.
pub async fn by_form(db: &Db, invitation: &str) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    stop(&mut tx, db, invitation, StoppedBy::Form).await?;
    Ok(tx.commit().await?)
}

async fn stop(tx: &mut Tx, db: &Db, invitation: &str, by: StoppedBy) -> anyhow::Result<()> {
    invitations::stop(tx, invitation, by).await?;
    for (id, message) in messages::waiting_of(tx, db.dialect(), invitation).await? {
        if let Ok(cancelled) = message.cancelled("STOP".to_owned()) {
            messages::save(tx, &id, &cancelled).await?;
        }
    }
    Ok(())
}
