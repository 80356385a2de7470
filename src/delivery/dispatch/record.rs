//! What came of the messages that were sent, and what follows from it for those that were not.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::{Dispatcher, LEASE, Taken};
use crate::campaign::held::{Held, Why};
use crate::message::state::{Message, Outcome, Spread, State};
use crate::store::audit::{self, Action, Entry};
use crate::store::{Tx, campaigns, messages};

/// Why a campaign pauses that leaves too much in doubt.
const TOO_MANY_DOUBTS: &str = "too many messages are in doubt: the gateway does not say what it does";

/// How long before the end of the lease nobody tries any more to record.
const BEFORE_THE_LEASE_ENDS: Duration = Duration::from_secs(20);
/// How long a database that is away is left alone at first, and at most.
const FIRST_REST: Duration = Duration::from_millis(50);
const LONGEST_REST: Duration = Duration::from_secs(2);

impl Dispatcher {
    /// What the gateway has said is known here and nowhere else, so a database that is away is waited for, until the lease
    /// is so near its end that others would take the messages for lost.
    pub(super) async fn record(&self, outcomes: Vec<(Taken, Outcome)>) -> sqlx::Result<()> {
        let now = self.now();
        let pauses = self.lessons(&outcomes, now);
        let give_up = Instant::now() + left_of_the_lease(&outcomes, now).saturating_sub(BEFORE_THE_LEASE_ENDS);
        let mut rest = FIRST_REST;
        loop {
            let Err(error) = self.record_once(&outcomes, &pauses, now).await else { return Ok(()) };
            if Instant::now() + rest > give_up {
                return Err(error);
            }
            tracing::warn!(%error, "what was sent cannot be recorded yet: trying again");
            tokio::time::sleep(rest).await;
            rest = (rest * 2).min(LONGEST_REST);
        }
    }

    /// What the outcomes teach about the gateway; gives the campaigns that must pause, and why.
    fn lessons(&self, outcomes: &[(Taken, Outcome)], now: Timestamp) -> BTreeMap<String, Held> {
        let mut pauses = BTreeMap::new();
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut pace = self.pace();
        for (taken, outcome) in outcomes {
            pace.learn(outcome, now);
            let campaign = taken.due.campaign_id.as_str();
            if let Outcome::Pause { why, reason } = outcome {
                pauses.insert(campaign.to_owned(), Held { why: *why, detail: reason.clone() });
            }
            let (attempts, doubts) = counts.entry(campaign).or_default();
            *attempts += 1;
            *doubts += usize::from(matches!(outcome, Outcome::Uncertain { .. }));
        }
        for (campaign, (attempts, doubts)) in counts {
            if pace.too_many_doubts(campaign, now, attempts, doubts) {
                let too_many = || Held { why: Why::Doubts, detail: TOO_MANY_DOUBTS.to_owned() };
                pauses.entry(campaign.to_owned()).or_insert_with(too_many);
            }
        }
        pauses
    }

    async fn record_once(
        &self,
        outcomes: &[(Taken, Outcome)],
        pauses: &BTreeMap<String, Held>,
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
        for (campaign, held) in pauses {
            self.pause(&mut tx, campaign, held, now).await?;
        }
        tx.commit().await
    }

    async fn pause(&self, tx: &mut Tx, campaign: &str, held: &Held, now: Timestamp) -> sqlx::Result<()> {
        if campaigns::pause(tx, campaign, held, now).await? {
            tracing::error!(campaign, reason = %held, "the campaign is paused: nothing more is sent until somebody resumes it");
            let entry = Entry::new(now, audit::ITSELF, Action::Paused, held.to_stored()).of(campaign);
            audit::record(tx, &self.ports.chance.id(), &entry).await?;
        }
        Ok(())
    }
}

/// How long the first that was taken of them is still ours.
fn left_of_the_lease(outcomes: &[(Taken, Outcome)], now: Timestamp) -> Duration {
    let taken = outcomes.iter().map(|(taken, _)| taken.attempt.at).min().unwrap_or(now);
    Duration::try_from(LEASE - now.duration_since(taken)).unwrap_or_default()
}
