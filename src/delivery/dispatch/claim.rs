//! Which messages may leave now: taken in one transaction that is committed before a byte goes out.

use std::sync::atomic::Ordering;

use jiff::{SignedDuration, Timestamp};

use super::super::shared::Shared;
use super::{Dispatcher, Taken};
use crate::message::hours::Hours;
use crate::message::state::{Attempt, Message, Refused};
use crate::store::messages::{self, Due, Obstacle};
use crate::store::{Tx, paces};

/// What one look came to.
#[derive(Default)]
pub(super) struct Claimed {
    /// In our hands.
    pub(super) taken: Vec<Taken>,
    /// So many will never leave: stopped, answered, made up.
    pub(super) dropped: usize,
    /// Where nothing was taken: a campaign's own pace lets something leave after so long.
    pub(super) wait: Option<SignedDuration>,
}

impl Claimed {
    fn wait_at_most(&mut self, wait: SignedDuration) {
        self.wait = Some(self.wait.map_or(wait, |known| known.min(wait)));
    }
}

impl Dispatcher {
    /// Takes at most `parts` message parts (and at least one message), and commits. When nothing is left, campaigns that
    /// are through are opened.
    pub(super) async fn claim(&self, now: Timestamp, mut parts: u32) -> anyhow::Result<Claimed> {
        let mut claimed = Claimed::default();
        let campaigns = messages::campaigns_due(self.db.read(), now).await?;
        if campaigns.is_empty() {
            self.open_what_is_through().await?;
            return Ok(claimed);
        }
        // Each takes its turn to be the first, so that a large campaign does not starve a small one.
        let first = self.turn.fetch_add(1, Ordering::Relaxed) % campaigns.len();
        for campaign in campaigns.iter().cycle().skip(first).take(campaigns.len()) {
            if parts == 0 {
                break;
            }
            match self.claim_from(campaign, now, parts, &mut claimed).await {
                Ok(left) => parts = left,
                Err(error) if claimed.taken.is_empty() => return Err(error),
                Err(error) => {
                    // What is in our hands already must be sent.
                    tracing::error!(campaign, "cannot take messages that are due: {error:#}");
                    break;
                }
            }
        }
        Ok(claimed)
    }

    /// Gives the parts that are left.
    async fn claim_from(
        &self,
        campaign: &str,
        now: Timestamp,
        parts: u32,
        claimed: &mut Claimed,
    ) -> anyhow::Result<u32> {
        let survey = self.surveys.of(&self.db, campaign).await?;
        if self.terms.by_survey && !Hours::of(&survey).allow(now) {
            return Ok(parts);
        }
        let rate = self.terms.by_survey.then_some(survey.sending.parts_per_second);
        let reserved = match self.pace().reserve_for(campaign, rate, now) {
            Ok(reserved) => reserved,
            Err(wait) => {
                claimed.wait_at_most(wait);
                return Ok(parts);
            }
        };
        let before = claimed.taken.len();
        let done = self.take(campaign, rate, now, parts.min(reserved), claimed).await;
        let used = claimed.taken.get(before..).unwrap_or_default().iter().map(|taken| taken.due.parts).sum();
        self.pace().settle_for(campaign, reserved, used);
        done?;
        Ok(parts.saturating_sub(used))
    }

    async fn take(
        &self,
        campaign: &str,
        rate: Option<u32>,
        now: Timestamp,
        mut parts: u32,
        claimed: &mut Claimed,
    ) -> sqlx::Result<()> {
        let attempt = Attempt { node: self.node.clone(), boot: self.boot.clone(), at: now };
        let mut leased: Vec<Due> = Vec::new();
        let mut tx = self.db.begin().await?;
        let paces = self.shared(&mut tx, campaign, rate).await?;
        if let Some(used_up) = paces.iter().find(|pace| pace.left(now) == 0) {
            claimed.wait_at_most(used_up.wait(now));
            return Ok(());
        }
        parts = paces.iter().map(|pace| pace.left(now)).fold(parts, u32::min);
        messages::release(&mut tx, campaign, now).await?;
        for due in messages::due(&mut tx, self.db.dialect(), campaign, now, parts).await? {
            if let Some(dropped) = self.dropped(&due) {
                claimed.dropped += 1;
                if let Ok(message) = dropped {
                    messages::save(&mut tx, &due.id, &message).await?;
                }
            } else if due.parts <= parts || leased.is_empty() {
                parts = parts.saturating_sub(due.parts);
                if due.message.clone().leased(attempt.clone()).is_ok() {
                    leased.push(due);
                }
            } else {
                break;
            }
        }
        let ids: Vec<&str> = leased.iter().map(|due| due.id.as_str()).collect();
        messages::save_leases(&mut tx, self.db.dialect(), &ids, &attempt, self.gateway.name()).await?;
        let used = leased.iter().map(|due| due.parts).sum();
        for pace in &paces {
            paces::use_up(&mut tx, &pace.name, pace.after(used, now)).await?;
        }
        // Where this fails nobody knows whether it was; what was taken is put in doubt later if it was, and is still queued if not.
        tx.commit().await?;
        claimed.taken.extend(leased.into_iter().map(|due| Taken { due, attempt: attempt.clone() }));
        Ok(())
    }

    /// What other nodes send counts as well: the paces of the gateway and of the campaign, in this order, so that nodes that
    /// wait for each other do not do so in a circle.
    async fn shared(&self, tx: &mut Tx, campaign: &str, rate: Option<u32>) -> sqlx::Result<Vec<Shared>> {
        let gateway = self.terms.parts_per_second.map(|rate| (format!("gateway {}", self.gateway.name()), rate));
        let campaign = rate.map(|rate| (format!("campaign {campaign}"), rate));
        let mut paces = Vec::new();
        for (name, rate) in [gateway, campaign].into_iter().flatten() {
            let until = paces::used_up(tx, &name).await?;
            paces.push(Shared::new(name, rate, until));
        }
        Ok(paces)
    }

    /// A message that must not leave after all, as it stands then.
    fn dropped(&self, due: &Due) -> Option<Result<Message, Refused>> {
        let message = due.message.clone();
        match due.obstacle {
            // What is made up never reaches a real phone, whatever else went wrong before.
            _ if due.demo && self.gateway.is_real() => {
                Some(message.refused("made up for the demo: never sent through a real gateway".to_owned()))
            }
            Some(Obstacle::Stopped) => Some(message.cancelled("STOP".to_owned())),
            Some(Obstacle::Answered) => Some(message.cancelled("answered already".to_owned())),
            None => None,
        }
    }

    async fn open_what_is_through(&self) -> sqlx::Result<()> {
        if !messages::any_campaign_sent(self.db.read()).await? {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        messages::open_campaigns_sent(&mut tx).await?;
        tx.commit().await
    }
}
