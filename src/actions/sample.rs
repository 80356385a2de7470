//! The invitation to one's own phone, before anybody else gets it.

use jiff::{SignedDuration, Timestamp};

use super::campaign::{self, CampaignError, Exit};
use super::mailing::{Kind, Mailing};
use crate::message::text;
use crate::ports::Ports;
use crate::respond::link::Links;
use crate::store::Db;
use crate::store::audit::{self, Action, Who};

/// So many of a campaign in an hour are enough for everybody who has to look at its text. Each costs, and rings on
/// whatever phone was typed.
const AN_HOUR: i64 = 10;

/// The sender and the text of the invitation as somebody with the default language gets it, with a link that leads nowhere.
///
/// # Errors
/// What [`super::launch::begin`] would refuse.
pub async fn text_of(
    db: &Db,
    ports: &Ports,
    links: &Links,
    exit: Exit,
    id: &str,
) -> Result<(String, String), CampaignError> {
    let mut connection = db.read().acquire().await?;
    let mailing = Mailing::load(&mut connection, ports, links, exit, id).await?;
    mailing.campaign.state.launch()?;
    let (_, body) = mailing.body(Kind::Invitation, None, Some("Kari Nordmann"));
    Ok((mailing.definition.sms.sender.clone(), text::with_link(&body, &mailing.example)))
}

/// Writes down that a sample goes out, unless there have been enough of them.
///
/// # Errors
/// The database is out of reach.
pub async fn may_leave(db: &Db, ports: &Ports, id: &str, who: Who<'_>) -> Result<bool, CampaignError> {
    let hour_ago = ports.clock.now().checked_sub(SignedDuration::from_hours(1)).unwrap_or(Timestamp::MIN);
    let mut tx = db.begin().await?;
    if audit::count_since(&mut tx, id, Action::SampleSent, hour_ago).await? >= AN_HOUR {
        return Ok(false);
    }
    campaign::note(&mut tx, ports, who, id, Action::SampleSent, String::new()).await?;
    tx.commit().await?;
    Ok(true)
}
