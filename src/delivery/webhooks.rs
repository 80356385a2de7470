//! Tells addresses what has happened: one event at a time, taken, sent, and only then written down as arrived. A receiver may
//! get an event twice, always with the same `webhook-id`, and never one that was lost.

use std::time::Duration;

use jiff::SignedDuration;
use reqwest::Client;
use reqwest::header::{CONTENT_TYPE, USER_AGENT};

use super::outward::{self, NotPublic, Reach, SYSTEM};
use crate::actions::webhooks::{secret, signature};
use crate::ports::Ports;
use crate::store::Db;
use crate::store::webhooks::{self, Due};

/// Seconds between one try and the next; after the last, 28 hours after the first, an event is given up.
const PAUSES: [i64; 8] = [5, 60, 10 * 60, 30 * 60, 3600, 5 * 3600, 10 * 3600, 11 * 3600];

/// Whoever has taken an event for longer has died.
const LEASE: SignedDuration = SignedDuration::from_mins(1);

/// Where nothing is due, somebody looks again after this time.
const REST: Duration = Duration::from_secs(2);

/// Sends events.
pub struct Courier {
    db: Db,
    ports: Ports,
    key: [u8; 32],
    reach: Reach,
    http: Client,
}

impl Courier {
    /// `key` is what all secrets are worked out of.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new(db: &Db, ports: &Ports, key: [u8; 32], reach: Reach) -> anyhow::Result<Self> {
        let http = outward::client(reach, SYSTEM)?;
        Ok(Self { db: db.clone(), ports: ports.clone(), key, reach, http })
    }

    /// Sends one event. `false`: none was due.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn step(&self) -> anyhow::Result<bool> {
        let now = self.ports.clock.now();
        let mut tx = self.db.begin().await?;
        let taken = webhooks::take(&mut tx, self.db.dialect().skip_locked(), now, now + LEASE).await?;
        tx.commit().await?;
        let Some(due) = taken else { return Ok(false) };
        let sent = self.send(&due).await;
        let now = self.ports.clock.now();
        let mut tx = self.db.begin().await?;
        match sent {
            Ok(()) => webhooks::arrived(&mut tx, &due.id, now).await?,
            Err(problem) => {
                let pause = usize::try_from(due.attempts).ok().and_then(|tries| PAUSES.get(tries));
                let next = pause.map(|pause| now + SignedDuration::from_secs(*pause));
                if next.is_none() {
                    tracing::warn!(webhook = due.webhook, problem, "an event was tried for a day and is given up");
                }
                webhooks::failed(&mut tx, &due.id, &problem, next).await?;
            }
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Sends what is due, until it is told to stop.
    pub async fn run(&self, stopped: impl Future<Output = ()> + Send) {
        tokio::pin!(stopped);
        loop {
            let worked = self.step().await.unwrap_or_else(|error| {
                tracing::error!("events cannot be sent: {error:#}");
                false
            });
            let rest = if worked { Duration::ZERO } else { REST };
            tokio::select! {
                () = tokio::time::sleep(rest) => {}
                () = &mut stopped => return,
            }
        }
    }

    /// Whether the receiver confirmed it, or why not: never in its own words, which could be anything.
    async fn send(&self, due: &Due) -> Result<(), String> {
        let url = outward::address(&due.address, self.reach).map_err(|problem| format!("the address {problem}"))?;
        let at = self.ports.clock.now();
        let signed = signature(&secret(&self.key, &due.webhook), &due.id, at, &due.body);
        let request = self.http.post(url).body(due.body.clone()).header(CONTENT_TYPE, "application/json");
        let request = request.header(USER_AGENT, "medvirk").header("webhook-id", &due.id);
        let request = request.header("webhook-timestamp", at.as_second()).header("webhook-signature", signed);
        // Its body is not read.
        match request.send().await {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) => Err(format!("the receiver answered {}", answer.status().as_u16())),
            Err(error) if NotPublic::is_why(&error) => Err(NotPublic.to_string()),
            Err(error) if error.is_timeout() => Err("the receiver did not answer in time".to_owned()),
            Err(error) if error.is_connect() => Err("the receiver cannot be reached".to_owned()),
            Err(_) => Err("the connection broke before the receiver's answer".to_owned()),
        }
    }
}
