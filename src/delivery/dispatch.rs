//! Takes due messages and sends them: take, commit, send, record.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, watch};

use super::gateways::{Gateway, Outgoing};
use super::throttle::Throttle;
use crate::message::state::{Attempt, Outcome, Spread};
use crate::message::text;
use crate::ports::Ports;
use crate::store::messages::{self, Due};
use crate::store::{Db, Tx};

/// Messages taken at once by one lane. Small: after a crash, what was taken is in doubt.
const BATCH: u32 = 64;
/// Steps at once: while one waits for the network, another takes or records.
const LANES: usize = 4;
/// How long an idle lane waits before it looks again by itself.
const IDLE: Duration = Duration::from_millis(500);
/// How long nothing is sent after the gateway said that it would take nothing from us.
const HOLD: SignedDuration = SignedDuration::from_secs(30);
/// How often messages in the hands of a process that is gone are looked for.
const RECOVER_EVERY: Duration = Duration::from_mins(1);
/// Far longer than a living process holds a message.
const STALE: SignedDuration = SignedDuration::from_mins(10);

/// Makes the address in a message from the campaign's id and the invitation's.
pub type LinkOf = Box<dyn Fn(&str, &str) -> String + Send + Sync>;

/// Sends what is due through one gateway.
pub struct Dispatcher {
    db: Db,
    ports: Ports,
    gateway: Arc<Gateway>,
    link_of: LinkOf,
    node: String,
    boot: String,
    throttle: Mutex<Throttle>,
    held_until: Mutex<Timestamp>,
    wake: Notify,
}

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// That many messages were taken, and what became of each is recorded.
    Worked(usize),
    /// Nothing may leave for so long: the throttle, or a gateway that refuses us.
    Held(SignedDuration),
    /// Nothing is due.
    Idle,
}

/// A message in our hands, and the attempt it was taken by.
struct Taken {
    due: Due,
    attempt: Attempt,
}

impl Dispatcher {
    /// `parts_per_second` is the throttle (`None`: unlimited); `node` names this machine among others on one database.
    #[must_use]
    pub fn new(
        db: Db,
        ports: Ports,
        gateway: Arc<Gateway>,
        parts_per_second: Option<u32>,
        node: String,
        link_of: LinkOf,
    ) -> Self {
        let now = ports.clock.now();
        let throttle = Mutex::new(Throttle::new(parts_per_second, now));
        let boot = ports.chance.id();
        Self { db, ports, gateway, link_of, node, boot, throttle, held_until: Mutex::new(now), wake: Notify::new() }
    }

    /// Says that there may be something to send: idle lanes look at once.
    pub fn wake(&self) {
        self.wake.notify_waiters();
    }

    /// Sends until `shutdown`, then finishes what is in flight.
    pub async fn run(&self, shutdown: impl Future<Output = ()>) {
        let (stop, stopped) = watch::channel(false);
        let lanes = join_all((0..LANES).map(|_| self.lane(stopped.clone())));
        let stopping = async {
            shutdown.await;
            stop.send_replace(true);
        };
        tokio::join!(lanes, self.recover_regularly(stopped.clone()), stopping);
    }

    async fn lane(&self, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow_and_update() {
            let wait = match self.step().await {
                Ok(Step::Worked(_)) => continue,
                Ok(Step::Idle) => IDLE,
                Ok(Step::Held(wait)) => wait.unsigned_abs(),
                Err(error) => {
                    tracing::error!("sending: {error:#}");
                    IDLE
                }
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = self.wake.notified() => {}
                _ = stopped.changed() => {}
            }
        }
    }

    async fn recover_regularly(&self, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow_and_update() {
            match self.recover().await {
                Ok(0) => {}
                Ok(count) => tracing::warn!(count, "messages are in doubt: whoever was sending them is gone"),
                Err(error) => tracing::error!("looking for messages in doubt: {error:#}"),
            }
            tokio::select! {
                () = tokio::time::sleep(RECOVER_EVERY) => {}
                _ = stopped.changed() => {}
            }
        }
    }

    /// Puts in doubt what a process that is gone was sending. Says how many.
    ///
    /// # Errors
    /// The database is gone.
    pub async fn recover(&self) -> anyhow::Result<usize> {
        let stale = self.ports.clock.now().checked_sub(STALE).unwrap_or(Timestamp::MIN);
        let mut tx = self.db.begin().await?;
        let orphans = messages::orphans(&mut tx, &self.node, &self.boot, stale).await?;
        for id in &orphans {
            if let Some(message) = messages::load(&mut tx, self.db.dialect(), id).await? {
                let message = message.recovered("the program stopped while it was being sent");
                messages::save(&mut tx, id, &message).await?;
            }
        }
        tx.commit().await?;
        Ok(orphans.len())
    }

    /// One round: takes what is due and may leave, sends it, records what came of it. Never sleeps.
    ///
    /// # Errors
    /// The database is gone. What was taken and could not be recorded is put in doubt later.
    pub async fn step(&self) -> anyhow::Result<Step> {
        let now = self.now();
        let held = self.held_until().duration_since(now);
        if held.is_positive() {
            return Ok(Step::Held(held));
        }
        let reserved = self.throttle().reserve(now);
        if reserved == 0 {
            return Ok(Step::Held(self.throttle().wait()));
        }
        let claimed = self.claim(now, reserved).await;
        let parts = claimed.as_ref().map_or(0, |(taken, _)| taken.iter().map(|it| it.due.parts).sum());
        self.throttle().settle(reserved, parts);
        let (taken, refused) = claimed.context("cannot take messages that are due")?;
        if taken.is_empty() && refused == 0 {
            return Ok(Step::Idle);
        }
        let worked = taken.len() + refused;
        let outcomes = join_all(taken.into_iter().map(|taken| self.send(taken))).await;
        self.record(outcomes).await.context("cannot record what was sent")?;
        Ok(Step::Worked(worked))
    }

    /// Takes at most `parts` message parts (and at least one message), and commits. Gives them and the number of those
    /// that must not be sent at all. When nothing is left, campaigns that are through are opened.
    async fn claim(&self, now: Timestamp, mut parts: u32) -> sqlx::Result<(Vec<Taken>, usize)> {
        let mut tx = self.db.begin().await?;
        let due = messages::due(&mut tx, self.db.dialect(), now, BATCH.min(parts)).await?;
        if due.is_empty() {
            messages::open_campaigns_sent(&mut tx).await?;
        }
        let (mut taken, mut refused) = (Vec::with_capacity(due.len()), 0);
        for due in due {
            if due.demo && self.gateway.is_real() {
                refuse(&mut tx, due).await?;
                refused += 1;
            } else if due.parts <= parts || taken.is_empty() {
                parts = parts.saturating_sub(due.parts);
                taken.extend(self.lease(&mut tx, due, now).await?);
            } else {
                break;
            }
        }
        tx.commit().await?;
        Ok((taken, refused))
    }

    async fn lease(&self, tx: &mut Tx, due: Due, now: Timestamp) -> sqlx::Result<Option<Taken>> {
        let attempt = Attempt { node: self.node.clone(), boot: self.boot.clone(), at: now };
        let Ok(leased) = due.message.clone().leased(attempt.clone()) else { return Ok(None) };
        messages::save_lease(tx, &due.id, &leased, &attempt, self.gateway.name()).await?;
        Ok(Some(Taken { due, attempt }))
    }

    async fn send(&self, taken: Taken) -> (Taken, Outcome) {
        let Due { id, campaign_id, invitation_id, phone, sender, body, .. } = &taken.due;
        let text = text::with_link(body, &(self.link_of)(campaign_id, invitation_id));
        let outgoing = Outgoing { id: id.clone(), to: phone.clone(), from: sender.clone(), text };
        let outcome = self.gateway.send(&outgoing).await;
        (taken, outcome)
    }

    async fn record(&self, mut outcomes: Vec<(Taken, Outcome)>) -> sqlx::Result<()> {
        let now = self.now();
        if let Some(reason) = outcomes.iter().find_map(|(_, outcome)| pause_reason(outcome)) {
            tracing::error!("nothing is sent for {HOLD:#}: {reason}");
            *self.held_until() = now.checked_add(HOLD).unwrap_or(now);
        }
        // Always in the same order, so that two that record cannot wait for each other.
        outcomes.sort_unstable_by(|(a, _), (b, _)| a.due.id.cmp(&b.due.id));
        match self.record_once(&outcomes, now).await {
            Ok(()) => Ok(()),
            Err(_) => self.record_once(&outcomes, now).await,
        }
    }

    async fn record_once(&self, outcomes: &[(Taken, Outcome)], now: Timestamp) -> sqlx::Result<()> {
        let mut tx = self.db.begin().await?;
        for (taken, outcome) in outcomes {
            let id = &taken.due.id;
            let Some(message) = messages::load(&mut tx, self.db.dialect(), id).await? else { continue };
            match message.sent(&taken.attempt, outcome.clone(), now, self.spread()) {
                Ok(message) => messages::save(&mut tx, id, &message).await?,
                Err(refused) => tracing::warn!(message = id, "an outcome came too late: {refused}"),
            }
        }
        tx.commit().await
    }

    fn spread(&self) -> Spread {
        Spread::drawn(self.ports.chance.bytes())
    }

    /// In whole milliseconds, as the database keeps it.
    fn now(&self) -> Timestamp {
        let now = self.ports.clock.now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    fn throttle(&self) -> MutexGuard<'_, Throttle> {
        self.throttle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held_until(&self) -> MutexGuard<'_, Timestamp> {
        self.held_until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is made up never reaches a real phone, whatever else went wrong before.
async fn refuse(tx: &mut Tx, due: Due) -> sqlx::Result<()> {
    let reason = "made up for the demo: never sent through a real gateway".to_owned();
    if let Ok(message) = due.message.refused(reason) {
        messages::save(tx, &due.id, &message).await?;
    }
    Ok(())
}

fn pause_reason(outcome: &Outcome) -> Option<&str> {
    match outcome {
        Outcome::Pause { reason } => Some(reason),
        _ => None,
    }
}
