//! Launching: everybody in the register is invited in one transaction, and later whoever came since.

use super::campaign::{Actor, CampaignError, INVITATION, PAGE};
use super::mailing::{Mailing, To};
use super::mend;
use super::publish::nodes;
use super::webhooks::{self, Event};
use crate::anonymity::seal::PrivateKey;
use crate::anonymity::shares::{self, Share};
use crate::campaign::state::State;
use crate::config::Keys;
use crate::ports::Ports;
use crate::store::audit::Action;
use crate::store::campaigns::{self, Launch};
use crate::store::invitations::{self, NewInvitation};
use crate::store::rounds::{self, Round};
use crate::store::{Tx, people, recipients};

/// What a launch wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Launched {
    /// Invitations, and as many messages.
    pub recipients: u64,
    /// SMS parts of these messages.
    pub parts: u64,
}

/// What is decided with a launch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The number of recipients that somebody has seen and typed; where nobody has, none is asked for.
    pub confirmed: Option<u64>,
    /// The key that opens the answers is split: two of three must come together, and it lies in no file.
    pub by_two: bool,
}

/// What a launch has come to.
#[derive(Debug)]
pub struct Begun {
    /// What it wrote.
    pub launched: Launched,
    /// The key's shares, where two must come together. They are nowhere else: show them now.
    pub shares: Option<[Share; shares::ALL]>,
}

/// Makes the campaign's key, and writes every invitation and every message in one transaction. A second launch is refused
/// and adds nothing.
///
/// # Errors
/// The campaign cannot be launched, the number is another one, the key cannot be kept, or the database refuses; nothing is
/// written then.
pub async fn begin(actor: Actor<'_>, keys: &Keys, id: &str, terms: Terms) -> Result<Begun, CampaignError> {
    let Actor { db, ports, links, exit, who } = actor;
    let mut tx: Tx = db.begin().await?;
    let mailing = Mailing::load(&mut tx, ports, links, exit, id).await?;
    mailing.campaign.state.launch()?;
    let key = PrivateKey::from_chance(&ports.chance.bytes());
    let public_key = key.public().map_err(anyhow::Error::from)?.text();
    let (now, closes_at) = (mailing.now, mailing.closes_at());
    let tree: Vec<_> = nodes(people::tree(&mut tx).await?).collect();
    let tree = serde_json::to_string(&tree).map_err(anyhow::Error::from)?;
    if !campaigns::launch(&mut tx, id, &Launch { now, closes_at, public_key, by_two: terms.by_two, tree }).await? {
        return Err(State::Sending.launch().map_or_else(Into::into, |_| CampaignError::Unknown));
    }
    rounds::insert(&mut tx, id, &Round { round: INVITATION, scheduled: Some(0), written: mailing.now }).await?;
    let launched = invite(&mut tx, &mailing, ports).await?;
    if launched.recipients == 0 {
        return Err(CampaignError::NoPeople);
    }
    if terms.confirmed.is_some_and(|confirmed| confirmed != launched.recipients) {
        return Err(CampaignError::Miscounted(launched.recipients));
    }
    webhooks::tell(&mut tx, ports, &Event::Launched { campaign: id, recipients: launched.recipients }).await?;
    mailing.note(&mut tx, ports, who, Action::Launched, launched.recipients.to_string()).await?;
    // Kept before the commit: a key too many opens nothing, and one too few loses every answer. For the same reason it stays
    // when the commit fails, which may be an answer that got lost.
    let shares = keep(&key, keys, ports, id, terms.by_two)?;
    tx.commit().await?;
    Ok(Begun { launched, shares })
}

/// In shares, or in a file.
fn keep(
    key: &PrivateKey,
    keys: &Keys,
    ports: &Ports,
    id: &str,
    by_two: bool,
) -> Result<Option<[Share; shares::ALL]>, CampaignError> {
    if by_two {
        return Ok(Some(shares::split(key, ports.chance.bytes()).map_err(anyhow::Error::from)?));
    }
    keys.keep(id, key.expose())?;
    Ok(None)
}

/// Invites those who came into the register since the launch, and those whose number did not work and has been corrected
/// there. Nobody is invited twice.
///
/// # Errors
/// The campaign does not send, or the database refuses; nothing is written then.
pub async fn add_people(actor: Actor<'_>, id: &str) -> Result<Launched, CampaignError> {
    let Actor { db, ports, links, exit, who } = actor;
    let mut tx = db.begin().await?;
    let mailing = Mailing::load(&mut tx, ports, links, exit, id).await?;
    mailing.campaign.state.send()?;
    let mut added = invite(&mut tx, &mailing, ports).await?;
    added.recipients += mend::corrected(&mut tx, db, ports, &mailing, who).await?;
    mailing.note(&mut tx, ports, who, Action::PeopleAdded, added.recipients.to_string()).await?;
    tx.commit().await?;
    Ok(added)
}

/// Writes an invitation and its message for everybody in the register who has none in this campaign.
async fn invite(tx: &mut Tx, mailing: &Mailing<'_>, ports: &Ports) -> Result<Launched, CampaignError> {
    let mut launched = Launched { recipients: 0, parts: 0 };
    let mut ids = ports.chance.series();
    let mut after = String::new();
    loop {
        let page = recipients::not_invited(tx, &mailing.campaign.id, &after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(launched) };
        after.clone_from(&last.employee_id);
        let new: Vec<NewInvitation> = page.iter().zip(&mut ids).map(|(to, id)| mailing.invitation(id, to)).collect();
        invitations::insert_all(tx, &new).await?;
        let to = page.iter().zip(&new).map(|(recipient, invitation)| To {
            invitation: &invitation.id,
            phone: &recipient.phone,
            language: recipient.language.as_deref(),
            name: recipient.name.as_deref(),
            copy: 0,
        });
        launched.parts += mailing.write(tx, &mut ids, INVITATION, to).await?;
        launched.recipients += page.len() as u64;
    }
}
