//! When its time is over, what leads to persons and what they said is deleted; what was published stays.

use jiff::{SignedDuration, Timestamp};

use super::campaign::note;
use crate::ports::Ports;
use crate::store::audit::{Action, Who};
use crate::store::{Db, campaigns};

/// Deletes responses, texts, envelopes, invitations and messages of campaigns that were published `days` ago or earlier.
/// Says which.
///
/// # Errors
/// The database is out of reach, or refuses.
pub async fn purge(db: &Db, ports: &Ports, days: u32, who: Who<'_>) -> anyhow::Result<Vec<String>> {
    let now = ports.clock.now();
    let kept = SignedDuration::from_hours(i64::from(days) * 24);
    let outdated = campaigns::outdated(db, now.checked_sub(kept).unwrap_or(Timestamp::MIN)).await?;
    for id in &outdated {
        let mut tx = db.begin().await?;
        campaigns::purge(&mut tx, id, now).await?;
        note(&mut tx, ports, who, id, Action::Purged, String::new()).await?;
        tx.commit().await?;
    }
    Ok(outdated)
}
