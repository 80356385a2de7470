//! What time itself brings about: campaigns end, drafts are forgotten.

use super::campaign::{self, CampaignError};
use crate::ports::Ports;
use crate::store::{Db, campaigns, invitations};

/// The form's first page promises it.
const DRAFT_DAYS: i64 = 14;

const DAY: i64 = 24 * 60 * 60;

/// Closes campaigns whose closing time has passed, and forgets drafts that nobody has touched for 14 days.
///
/// # Errors
/// The database is out of reach.
pub async fn tidy(db: &Db, ports: &Ports) -> anyhow::Result<()> {
    let now = ports.clock.now();
    for id in campaigns::over(db, now).await? {
        match campaign::close(db, ports, &id).await {
            // Somebody else was faster.
            Ok(()) | Err(CampaignError::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let mut tx = db.begin().await?;
    invitations::forget_old_drafts(&mut tx, now.as_second().div_euclid(DAY) - DRAFT_DAYS).await?;
    Ok(tx.commit().await?)
}
