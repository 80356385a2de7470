//! Takes due messages and sends them: take, commit, send, record.

mod claim;
mod record;

use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, watch};

use super::gateways::{Gateway, Outgoing};
use super::pace::Pace;
use crate::actions::surveys::Surveys;
use crate::message::state::{Attempt, Outcome};
use crate::message::text;
use crate::ports::Ports;
use crate::store::Db;
use crate::store::messages::{self, Due};
use crate::store::nodes::{self, Node};

/// Messages taken at once by one lane. Small: after a crash, what was taken is in doubt.
const BATCH: u32 = 64;
/// Steps at once: while one waits for the network, another takes or records.
const LANES: usize = 4;
/// How long an idle lane waits before it looks again by itself.
const IDLE: Duration = Duration::from_millis(500);
/// How long a lane that has used up the throttle waits at least: what may leave gathers meanwhile, and a few steps cost less
/// than many with one message each. The throttle keeps no more than this.
const GATHER: Duration = Duration::from_secs(1);
/// How often messages in the hands of a process that is gone are looked for.
const RECOVER_EVERY: Duration = Duration::from_secs(30);
/// How often this process says that it lives.
const SIGN_EVERY: Duration = Duration::from_mins(1);
/// How long a message may be held before it is sent: far longer than a living process needs. Whoever was asleep for
/// longer does not send it any more, since others believe that nobody does.
const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// Makes the address in a message from the campaign's id and the invitation's.
pub type LinkOf = Box<dyn Fn(&str, &str) -> String + Send + Sync>;

/// On which terms messages leave.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Message parts a second through the gateway, by all nodes together; `None`: unlimited.
    pub parts_per_second: Option<u32>,
    /// Hours and pace of the surveys hold as well. Phones that are not there are never woken.
    pub by_survey: bool,
}

/// Sends what is due through one gateway.
pub struct Dispatcher {
    db: Db,
    ports: Ports,
    gateway: Arc<Gateway>,
    surveys: Arc<Surveys>,
    terms: Terms,
    link_of: LinkOf,
    node: String,
    boot: String,
    pace: Mutex<Pace>,
    /// Which campaign comes first in the next claim.
    turn: AtomicUsize,
    wake: Notify,
}

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// That many messages were taken, and what became of each is recorded.
    Worked(usize),
    /// Nothing may leave for so long: the throttle, or a gateway that is left alone.
    Held(SignedDuration),
    /// Nothing is due, or only what must wait for its hours.
    Idle,
}

/// A message in our hands, and the attempt it was taken by.
struct Taken {
    due: Due,
    attempt: Attempt,
}

impl Dispatcher {
    /// `node` names this process among others that live at the same time; a new start under the same name knows that
    /// the earlier one is gone.
    #[must_use]
    pub fn new(
        db: Db,
        ports: Ports,
        gateway: Arc<Gateway>,
        surveys: Arc<Surveys>,
        terms: Terms,
        node: String,
        link_of: LinkOf,
    ) -> Self {
        let pace = Mutex::new(Pace::new(terms.parts_per_second, ports.clock.now()));
        let boot = ports.chance.id();
        let (turn, wake) = (AtomicUsize::new(0), Notify::new());
        Self { db, ports, gateway, surveys, terms, link_of, node, boot, pace, turn, wake }
    }

    /// Says that there may be something to send: idle lanes look at once.
    pub fn wake(&self) {
        self.wake.notify_waiters();
    }

    /// Says in the database that this process lives, and whether it leaves the gateway alone.
    ///
    /// # Errors
    /// The database is gone.
    pub async fn sign_of_life(&self) -> sqlx::Result<()> {
        let rests_until = self.pace().rests_until();
        let (name, version) = (self.node.clone(), env!("CARGO_PKG_VERSION").to_owned());
        let mut tx = self.db.begin().await?;
        nodes::seen(&mut tx, &Node { name, version, seen: self.now(), rests_until }).await?;
        tx.commit().await
    }

    /// Sends until `shutdown`, then finishes what is in flight.
    pub async fn run(&self, shutdown: impl Future<Output = ()>) {
        let (stop, stopped) = watch::channel(false);
        let lanes = join_all((0..LANES).map(|_| self.lane(stopped.clone())));
        let signs = self.signs_of_life(stopped.clone());
        let stopping = async {
            shutdown.await;
            stop.send_replace(true);
        };
        tokio::join!(lanes, signs, self.recover_regularly(stopped.clone()), stopping);
    }

    async fn lane(&self, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow_and_update() {
            let wait = match self.step().await {
                Ok(Step::Worked(_)) => continue,
                Ok(Step::Idle) => IDLE,
                Ok(Step::Held(wait)) => wait.unsigned_abs().max(GATHER),
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

    async fn signs_of_life(&self, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow_and_update() {
            if let Err(error) = self.sign_of_life().await {
                tracing::error!("giving a sign of life: {error:#}");
            }
            tokio::select! {
                () = tokio::time::sleep(SIGN_EVERY) => {}
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
        let stale = self.ports.clock.now().checked_sub(LEASE).unwrap_or(Timestamp::MIN);
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

    /// One round: takes what is due and may leave, sends it, records what came of it. Sleeps only
    /// while the database is away.
    ///
    /// # Errors
    /// The database is gone. What was taken and could not be recorded is put in doubt later.
    pub async fn step(&self) -> anyhow::Result<Step> {
        let now = self.now();
        let reserved = match self.pace().reserve(now) {
            Ok(parts) => parts,
            Err(wait) => return Ok(Step::Held(wait)),
        };
        let claimed = self.claim(now, reserved.min(BATCH)).await;
        let parts = claimed.as_ref().map_or(0, |claimed| claimed.taken.iter().map(|it| it.due.parts).sum());
        self.pace().settle(reserved, parts, now);
        let claimed = claimed.context("cannot take messages that are due")?;
        let worked = claimed.taken.len() + claimed.dropped;
        if worked == 0 {
            return Ok(claimed.wait.map_or(Step::Idle, Step::Held));
        }
        let outcomes = join_all(claimed.taken.into_iter().map(|taken| self.send(taken))).await;
        self.record(outcomes).await.context("cannot record what was sent")?;
        Ok(Step::Worked(worked))
    }

    async fn send(&self, taken: Taken) -> (Taken, Outcome) {
        let Due { id, campaign_id, invitation_id, phone, sender, body, .. } = &taken.due;
        let text = text::with_link(body, &(self.link_of)(campaign_id, invitation_id));
        let outgoing = Outgoing { id: id.clone(), to: phone.clone(), from: sender.clone(), text };
        if self.now().duration_since(taken.attempt.at) > LEASE {
            let reason = "it was held too long to be sent".to_owned();
            return (taken, Outcome::NotSent { reason, retry_after: None, too_fast: false });
        }
        let outcome = self.gateway.send(&outgoing).await;
        (taken, outcome)
    }

    /// In whole milliseconds, as the database keeps it.
    fn now(&self) -> Timestamp {
        let now = self.ports.clock.now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
