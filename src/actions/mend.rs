//! What a person decides about messages that are in doubt, and about numbers that do not work.

use jiff::{SignedDuration, Timestamp};

use super::campaign::{Actor, CampaignError, INVITATION, note};
use super::mailing::{Mailing, To};
use crate::people::phone::Phone;
use crate::ports::Ports;
use crate::store::audit::{Action, Who};
use crate::store::messages::{self, Decision, Problem};
use crate::store::{Db, Tx, campaigns, people};

/// A report may still come within this time; nobody has to decide before.
pub const DOUBTS_REST: SignedDuration = SignedDuration::from_hours(1);

/// Leaves what is in doubt to the next reminder. Says how many messages.
///
/// # Errors
/// The campaign does not send.
pub async fn leave(actor: Actor<'_>, id: &str) -> Result<u64, CampaignError> {
    let Actor { db, ports, who, .. } = actor;
    let mut tx = db.begin().await?;
    let campaign = campaigns::find(&mut *tx, id).await?.ok_or(CampaignError::Unknown)?;
    campaign.state.send()?;
    let doubts = messages::doubts(&mut tx, db.dialect(), id, rested(ports)).await?;
    for doubt in &doubts {
        messages::decide(&mut tx, &doubt.message_id, Decision::Left).await?;
    }
    note(&mut tx, ports, who, id, Action::DoubtsLeft, doubts.len().to_string()).await?;
    tx.commit().await?;
    Ok(doubts.len() as u64)
}

/// Sends what is in doubt once more, although some may get it twice. Says how many messages.
///
/// # Errors
/// The campaign does not send.
pub async fn again(actor: Actor<'_>, id: &str) -> Result<u64, CampaignError> {
    let Actor { db, ports, links, exit, who } = actor;
    let mut tx = db.begin().await?;
    let mailing = Mailing::load(&mut tx, ports, links, exit, id).await?;
    mailing.campaign.state.send()?;
    let doubts = messages::doubts(&mut tx, db.dialect(), id, rested(ports)).await?;
    let mut ids = ports.chance.series();
    for doubt in &doubts {
        give_up(&mut tx, db, &doubt.message_id).await?;
        let to = To {
            invitation: &doubt.invitation_id,
            phone: &doubt.phone,
            language: doubt.language.as_deref(),
            name: doubt.name.as_deref(),
            copy: doubt.copy + 1,
        };
        mailing.write(&mut tx, &mut ids, doubt.round, std::iter::once(to)).await?;
    }
    mailing.note(&mut tx, ports, who, Action::DoubtsSentAgain, doubts.len().to_string()).await?;
    tx.commit().await?;
    Ok(doubts.len() as u64)
}

/// Writes a person's right number into the register, and sends the invitation there.
///
/// # Errors
/// The message did not fail, or somebody has mended it already; the campaign does not send.
pub async fn correct(actor: Actor<'_>, id: &str, message: &str, phone: &Phone) -> Result<(), CampaignError> {
    let Actor { db, ports, links, exit, who } = actor;
    let mut tx = db.begin().await?;
    let mailing = Mailing::load(&mut tx, ports, links, exit, id).await?;
    mailing.campaign.state.send()?;
    let problem = messages::problem(&mut tx, id, message).await?.ok_or(CampaignError::Mended)?;
    let Some(employee) = &problem.employee_id else { return Err(CampaignError::Mended) };
    people::correct_phone(&mut tx, employee, phone).await?;
    invite_at(&mut tx, db, ports, &mailing, &problem, phone).await?;
    let number = problem.employee_number.unwrap_or_default();
    mailing.note(&mut tx, ports, who, Action::NumberCorrected, number).await?;
    Ok(tx.commit().await?)
}

/// Sends the invitation to those whose number has been corrected in the register since. Says how many.
pub(super) async fn corrected(
    tx: &mut Tx,
    db: &Db,
    ports: &Ports,
    mailing: &Mailing<'_>,
    who: Who<'_>,
) -> Result<u64, CampaignError> {
    let problems = messages::corrected(tx, &mailing.campaign.id).await?;
    for problem in &problems {
        let Some(phone) = &problem.registered else { continue };
        invite_at(tx, db, ports, mailing, problem, phone).await?;
        let number = problem.employee_number.clone().unwrap_or_default();
        mailing.note(tx, ports, who, Action::NumberCorrected, number).await?;
    }
    Ok(problems.len() as u64)
}

async fn invite_at(
    tx: &mut Tx,
    db: &Db,
    ports: &Ports,
    mailing: &Mailing<'_>,
    problem: &Problem,
    phone: &Phone,
) -> Result<(), CampaignError> {
    give_up(tx, db, &problem.message_id).await?;
    let to = To {
        invitation: &problem.invitation_id,
        phone,
        language: problem.language.as_deref(),
        name: problem.name.as_deref(),
        copy: problem.copy + 1,
    };
    mailing.write(tx, &mut ports.chance.series(), INVITATION, std::iter::once(to)).await.map(drop)
}

/// The message is not to leave any more, now that another one does.
async fn give_up(tx: &mut Tx, db: &Db, message: &str) -> Result<(), CampaignError> {
    if let Some(known) = messages::load(tx, db.dialect(), message).await?
        && let Ok(given_up) = known.given_up("another one was sent in its place".to_owned())
    {
        messages::save(tx, message, &given_up).await?;
    }
    Ok(messages::decide(tx, message, Decision::Again).await?)
}

fn rested(ports: &Ports) -> Timestamp {
    ports.clock.now().checked_sub(DOUBTS_REST).unwrap_or(Timestamp::MIN)
}
