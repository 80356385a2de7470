//! Reminders: by the schedule of the survey or by hand, and only to those who have neither answered nor said STOP.

use jiff::Timestamp;

use super::campaign::{Actor, CampaignError, Exit, PAGE};
use super::launch::Launched;
use super::mailing::{Mailing, To};
use super::surveys;
use crate::definition::model::Definition;
use crate::ports::Ports;
use crate::respond::link::Links;
use crate::store::audit::{Action, ITSELF};
use crate::store::campaigns::{self, Campaign};
use crate::store::rounds::{self, Round};
use crate::store::{Db, Tx, invitations};

/// Writes a reminder now, whatever the schedule says.
///
/// # Errors
/// The campaign does not send, or nobody is left; nothing is written then.
pub async fn by_hand(actor: Actor<'_>, id: &str) -> Result<Launched, CampaignError> {
    let Actor { db, ports, links, exit, who } = actor;
    let mut tx = db.begin().await?;
    let mailing = Mailing::load(&mut tx, ports, links, exit, id).await?;
    mailing.campaign.state.send()?;
    let reminded = write(&mut tx, &mailing, ports, None).await?;
    if reminded.recipients == 0 {
        return Err(CampaignError::NobodyLeft);
    }
    mailing.note(&mut tx, ports, who, Action::Reminded, reminded.recipients.to_string()).await?;
    tx.commit().await?;
    Ok(reminded)
}

/// Writes the reminders that are due by their surveys' schedules. Where several are, since nobody was at home, only the
/// last of them is sent. Gives how many messages were written.
///
/// # Errors
/// The database is out of reach.
pub async fn when_due(db: &Db, ports: &Ports, links: &Links, exit: Exit) -> anyhow::Result<u64> {
    let mut written = 0;
    for campaign in campaigns::all(db).await? {
        if campaign.state.send().is_err() || campaign.paused.is_some() {
            continue;
        }
        let Some(launched) = campaign.launched_at else { continue };
        let due = due(&surveys::read(&campaign.definition)?, launched, ports.clock.now());
        if due > 0 {
            written += scheduled(db, ports, links, exit, &campaign.id, due).await?;
        }
    }
    Ok(written)
}

/// When the next reminder by the schedule is due; nothing where none is left.
#[must_use]
pub fn next(survey: &Definition, campaign: &Campaign, known: &[Round]) -> Option<Timestamp> {
    let opened = opened(survey, campaign.launched_at?);
    let done = known.iter().filter_map(|round| round.scheduled).max().unwrap_or(0);
    let delay = survey.sms.reminders.get(usize::try_from(done).ok()?)?;
    let at = opened.checked_add(*delay).ok()?;
    Some(at).filter(|at| campaign.closes_at.is_none_or(|closes| *at < closes))
}

fn opened(survey: &Definition, launched: Timestamp) -> Timestamp {
    survey.window.as_ref().map_or(launched, |window| window.opens.max(launched))
}

/// The number of reminders whose time has come.
fn due(survey: &Definition, launched: Timestamp, now: Timestamp) -> usize {
    let passed = now.duration_since(opened(survey, launched));
    survey.sms.reminders.iter().filter(|delay| **delay <= passed).count()
}

async fn scheduled(db: &Db, ports: &Ports, links: &Links, exit: Exit, id: &str, due: usize) -> anyhow::Result<u64> {
    let due = i64::try_from(due)?;
    let mut tx = db.begin().await?;
    let known = rounds::of(&mut tx, id).await?;
    if known.iter().any(|round| round.scheduled == Some(due)) {
        return Ok(0);
    }
    let mailing = match Mailing::load(&mut tx, ports, links, exit, id).await {
        Ok(mailing) => mailing,
        // It closes by itself within the minute.
        Err(CampaignError::Over) => return Ok(0),
        Err(error) => return Err(error.into()),
    };
    let reminded = write(&mut tx, &mailing, ports, Some(due)).await?;
    mailing.note(&mut tx, ports, ITSELF, Action::Reminded, reminded.recipients.to_string()).await?;
    tx.commit().await?;
    Ok(reminded.recipients)
}

async fn write(
    tx: &mut Tx,
    mailing: &Mailing<'_>,
    ports: &Ports,
    scheduled: Option<i64>,
) -> Result<Launched, CampaignError> {
    let id = mailing.campaign.id.as_str();
    let round = rounds::of(tx, id).await?.last().map_or(0, |last| last.round) + 1;
    let mut reminded = Launched { recipients: 0, parts: 0 };
    if !rounds::insert(tx, id, &Round { round, scheduled, written: mailing.now }).await? {
        // Another node was faster.
        return Ok(reminded);
    }
    let mut ids = ports.chance.series();
    let mut after = String::new();
    loop {
        let page = invitations::to_remind(tx, id, &after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(reminded) };
        after.clone_from(&last.invitation_id);
        let to = page.iter().map(|person| To {
            invitation: &person.invitation_id,
            phone: &person.phone,
            language: person.language.as_deref(),
            name: person.name.as_deref(),
            copy: 0,
        });
        reminded.parts += mailing.write(tx, &mut ids, round, to).await?;
        reminded.recipients += page.len() as u64;
    }
}
