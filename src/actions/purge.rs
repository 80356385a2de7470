//! When its time is over, what leads to persons and what they said is deleted; what was published stays.

use jiff::{SignedDuration, Timestamp};

use super::campaign::note;
use crate::config::Keep;
use crate::ports::Ports;
use crate::store::audit::{self, Action, Entry, Who};
use crate::store::{Db, campaigns, people};

/// What is over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Over {
    /// These campaigns.
    pub campaigns: Vec<OverCampaign>,
    /// So many employees have left, and no campaign refers to them.
    pub employees: u64,
    /// So many entries of the audit log.
    pub audit: i64,
}

/// A campaign whose time is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverCampaign {
    /// Its id.
    pub id: String,
    /// HR's name for it.
    pub name: String,
    /// Table, and how many rows of it.
    pub rows: Vec<(&'static str, i64)>,
}

/// What [`purge`] would delete now. Changes nothing.
///
/// # Errors
/// The database is out of reach.
pub async fn look(db: &Db, ports: &Ports, keep: Keep) -> anyhow::Result<Over> {
    let now = ports.clock.now();
    let mut found = Vec::new();
    for (id, name) in campaigns::outdated(db, ago(now, keep.days), ago(now, keep.unpublished_days)).await? {
        let rows = campaigns::to_purge(db, &id).await?;
        found.push(OverCampaign { id, name, rows });
    }
    let employees = people::gone(db, ago(now, keep.days)).await?.len() as u64;
    let audit = audit::before_time(db, ago(now, keep.audit_days)).await?.map_or(0, |(_, _, count)| count);
    Ok(Over { campaigns: found, employees, audit })
}

/// Deletes responses, texts, envelopes, invitations and messages of campaigns whose time is over, employees who have left, and
/// the beginning of the audit log. Says what.
///
/// # Errors
/// The database is out of reach, or refuses.
pub async fn purge(db: &Db, ports: &Ports, keep: Keep, who: Who<'_>) -> anyhow::Result<Over> {
    let over = look(db, ports, keep).await?;
    let now = ports.clock.now();
    for OverCampaign { id, .. } in &over.campaigns {
        let mut tx = db.begin().await?;
        campaigns::purge(&mut tx, id, now).await?;
        note(&mut tx, ports, who, id, Action::Purged, String::new()).await?;
        tx.commit().await?;
    }
    // After the campaigns: some of them may have been the last to refer to somebody.
    let gone = people::gone(db, ago(now, keep.days)).await?;
    if !gone.is_empty() {
        let mut tx = db.begin().await?;
        for employee in &gone {
            people::remove(&mut tx, employee).await?;
        }
        let entry = Entry::new(now, who, Action::LeaversDeleted, gone.len().to_string());
        audit::record(&mut tx, &ports.chance.id(), &entry).await?;
        tx.commit().await?;
    }
    shorten_audit(db, ports, ago(now, keep.audit_days), who).await?;
    Ok(Over { employees: gone.len() as u64, ..over })
}

/// The log's first entries go, and the chain begins with what they came to: an entry at its end says so, and `verify` asks
/// for it.
async fn shorten_audit(db: &Db, ports: &Ports, before: Timestamp, who: Who<'_>) -> anyhow::Result<()> {
    let Some((number, hash, _)) = audit::before_time(db, before).await? else { return Ok(()) };
    let mut tx = db.begin().await?;
    audit::forget(&mut tx, number, &hash).await?;
    let entry = Entry::new(ports.clock.now(), who, Action::LogShortened, audit::shortened(number, &hash));
    audit::record(&mut tx, &ports.chance.id(), &entry).await?;
    Ok(tx.commit().await?)
}

fn ago(now: Timestamp, days: u32) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(i64::from(days) * 24)).unwrap_or(Timestamp::MIN)
}
