//! What time itself brings about: campaigns end, drafts are forgotten, and reports about messages that nobody knows; answers
//! are deleted when their time is over, and what an interrupted opening has left is made up for.

use jiff::SignedDuration;

use super::campaign::{self, CampaignError};
use super::{guess, once, open, purge};
use crate::campaign::state::GRACE;
use crate::config::Settings;
use crate::ports::Ports;
use crate::store::audit::ITSELF;
use crate::store::{Db, api_answers, campaigns, guesses, invitations, messages, webhooks};

/// The form's first page promises it.
const DRAFT_DAYS: i64 = 14;

/// A backup that was put back may come to know them again within this time.
pub const KEEP_UNKNOWN: SignedDuration = SignedDuration::from_hours(72);

const DAY: i64 = 24 * 60 * 60;

/// Closes campaigns an hour after their closing time (those who had begun may finish), forgets drafts that nobody has
/// touched for 14 days, reports about unknown messages after 72 hours, who has guessed links after ten minutes, and what is
/// about persons when the settings say so.
///
/// # Errors
/// The database is out of reach; a key cannot be destroyed.
pub async fn tidy(db: &Db, ports: &Ports, settings: &Settings) -> anyhow::Result<()> {
    let now = ports.clock.now();
    for id in campaigns::over(db, now.checked_sub(GRACE).unwrap_or(now)).await? {
        match campaign::close(db, ports, ITSELF, &id).await {
            // Somebody else was faster.
            Ok(()) | Err(CampaignError::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let mut tx = db.begin().await?;
    invitations::forget_old_drafts(&mut tx, now.as_second().div_euclid(DAY) - DRAFT_DAYS).await?;
    messages::forget_unknown(&mut tx, now.checked_sub(KEEP_UNKNOWN).unwrap_or(now)).await?;
    guesses::forget(&mut tx, guess::stretch(now)).await?;
    webhooks::forget(&mut tx, now.checked_sub(super::webhooks::KEPT).unwrap_or(now)).await?;
    api_answers::forget(&mut tx, now.checked_sub(once::KEPT).unwrap_or(now)).await?;
    tx.commit().await?;
    purge::purge(db, ports, settings.keep, ITSELF).await?;
    open::finish(db, &settings.keys).await
}
