//! What came of the messages that were sent, and what follows from it for those that were not.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::{Dispatcher, Taken};
use crate::message::state::{Message, Outcome, Spread, State};
use crate::store::audit::{self, Action, Entry};
use crate::store::{Tx, campaigns, messages};

/// Why a campaign pauses that leaves too much in doubt.
const TOO_MANY_DOUBTS: &str = "too many messages are in doubt: the gateway does not say what it does";

impl Dispatcher {
    pub(super) async fn record(&self, outcomes: Vec<(Taken, Outcome)>) -> sqlx::Result<()> {
        let now = self.now();
        let pauses = self.lessons(&outcomes, now);
        match self.record_once(&outcomes, &pauses, now).await {
            Ok(()) => Ok(()),
            Err(_) => self.record_once(&outcomes, &pauses, now).await,
        }
    }

    /// What the outcomes teach about the gateway; gives the campaigns that must pause, and why.
    fn lessons(&self, outcomes: &[(Taken, Outcome)], now: Timestamp) -> BTreeMap<String, String> {
        let mut pauses = BTreeMap::new();
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut pace = self.pace();
        for (taken, outcome) in outcomes {
            pace.learn(outcome, now);
            let campaign = taken.due.campaign_id.as_str();
            if let Outcome::Pause { reason } = outcome {
                pauses.insert(campaign.to_owned(), reason.clone());
            }
            let (attempts, doubts) = counts.entry(campaign).or_default();
            *attempts += 1;
            *doubts += usize::from(matches!(outcome, Outcome::Uncertain { .. }));
        }
        for (campaign, (attempts, doubts)) in counts {
            if pace.too_many_doubts(campaign, now, attempts, doubts) {
                pauses.entry(campaign.to_owned()).or_insert_with(|| TOO_MANY_DOUBTS.to_owned());
            }
        }
        pauses
    }

    async fn record_once(
        &self,
        outcomes: &[(Taken, Outcome)],
        pauses: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> sqlx::Result<()> {
        let mut tx = self.db.begin().await?;
        let ids: Vec<&str> = outcomes.iter().map(|(taken, _)| taken.due.id.as_str()).collect();
        let mut known: HashMap<_, _> =
            messages::load_all(&mut tx, self.db.dialect(), &ids).await?.into_iter().collect();
        let mut accepted = Vec::new();
        for (taken, outcome) in outcomes {
            let id = taken.due.id.as_str();
            let Some(message) = known.remove(id) else { continue };
            match message.sent(&taken.attempt, outcome.clone(), now, Spread::drawn(self.ports.chance.bytes())) {
                Ok(Message { state: State::Accepted, reference, .. }) => accepted.push((id, reference)),
                Ok(message) => messages::save(&mut tx, id, &message).await?,
                Err(refused) => tracing::warn!(message = id, "an outcome came too late: {refused}"),
            }
        }
        messages::save_accepted(&mut tx, self.db.dialect(), &accepted).await?;
        for (campaign, reason) in pauses {
            self.pause(&mut tx, campaign, reason, now).await?;
        }
        tx.commit().await
    }

    async fn pause(&self, tx: &mut Tx, campaign: &str, reason: &str, now: Timestamp) -> sqlx::Result<()> {
        if campaigns::pause(tx, campaign, reason, now).await? {
            tracing::error!(campaign, reason, "the campaign is paused: nothing more is sent until somebody resumes it");
            let (who, action) = (audit::ITSELF.to_owned(), Action::Paused.name().to_owned());
            let entry = Entry { at: now, who, action, campaign: Some(campaign.to_owned()), detail: reason.to_owned() };
            audit::record(tx, &self.ports.chance.id(), &entry).await?;
        }
        Ok(())
    }
}
