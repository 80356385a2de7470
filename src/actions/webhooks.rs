//! Addresses that are told what happens: added, removed, and told. An event is written in the transaction of what it tells of,
//! and sent afterwards by `delivery::webhooks`.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::json;
use sha2::Sha256;

use crate::ports::Ports;
use crate::store::audit::{self, Action, Entry, Who};
use crate::store::webhooks::{self, Webhook};
use crate::store::{Db, Tx};

/// Events are kept for so long, whatever became of them.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A launch must not write to more.
const MOST: usize = 20;

/// What can happen. Ids and counts, and nobody's answers.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", content = "data")]
pub enum Event<'a> {
    /// A campaign's messages were written.
    #[serde(rename = "campaign.launched")]
    Launched {
        /// Its id.
        campaign: &'a str,
        /// People who get one.
        recipients: u64,
    },
    /// A campaign takes no more answers.
    #[serde(rename = "campaign.closed")]
    Closed {
        /// Its id.
        campaign: &'a str,
    },
    /// An edition came out.
    #[serde(rename = "results.published")]
    Published {
        /// Its campaign's id.
        campaign: &'a str,
        /// 1, 2, ….
        edition: u32,
        /// Whether the survey was closed.
        last: bool,
        /// Of the document.
        hash: &'a str,
    },
}

/// Why there is no such address.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// It cannot be one.
    #[error("{0}")]
    Address(String),
    /// Enough.
    #[error("there are {MOST} webhooks already: remove one first")]
    TooMany,
    /// There is none to remove.
    #[error("there is no webhook with that id")]
    Unknown,
    /// The database is out of reach, or refuses.
    #[error(transparent)]
    Store(#[from] anyhow::Error),
}

impl From<sqlx::Error> for WebhookError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Adds an address that somebody has judged already.
///
/// # Errors
/// There are too many.
pub async fn add(db: &Db, ports: &Ports, who: Who<'_>, address: String) -> Result<Webhook, WebhookError> {
    let new =
        Webhook { id: ports.chance.id(), address, created_at: ports.clock.now(), created_by: who.name.to_owned() };
    let mut tx = db.begin().await?;
    if webhooks::all(&mut tx).await?.len() >= MOST {
        return Err(WebhookError::TooMany);
    }
    webhooks::insert(&mut tx, &new).await?;
    note(&mut tx, ports, who, Action::WebhookAdded, &new.address).await?;
    tx.commit().await?;
    Ok(new)
}

/// Removes an address; what it was still to be told is not sent.
///
/// # Errors
/// There is none.
pub async fn remove(db: &Db, ports: &Ports, who: Who<'_>, id: &str) -> Result<(), WebhookError> {
    let mut tx = db.begin().await?;
    let address = webhooks::delete(&mut tx, id).await?.ok_or(WebhookError::Unknown)?;
    note(&mut tx, ports, who, Action::WebhookRemoved, &address).await?;
    Ok(tx.commit().await?)
}

async fn note(tx: &mut Tx, ports: &Ports, who: Who<'_>, action: Action, address: &str) -> sqlx::Result<()> {
    audit::record(tx, &ports.chance.id(), &Entry::new(ports.clock.now(), who, action, address)).await
}

/// Writes down for every address what has happened.
///
/// # Errors
/// The database refuses.
pub async fn tell(tx: &mut Tx, ports: &Ports, event: &Event<'_>) -> anyhow::Result<()> {
    let now = ports.clock.now();
    let mut body = serde_json::to_value(event)?;
    body["timestamp"] = json!(now);
    let body = body.to_string();
    for webhook in webhooks::all(tx).await? {
        webhooks::tell(tx, &ports.chance.id(), &webhook.id, &body, now).await?;
    }
    Ok(())
}

/// What signs the events of one address. It is worked out anew each time: whoever steals the database has none.
#[must_use]
pub fn secret(key: &[u8; 32], webhook: &str) -> [u8; 32] {
    hmac(key, &[webhook.as_bytes()])
}

/// As receivers are given it: Standard Webhooks.
#[must_use]
pub fn secret_text(key: &[u8; 32], webhook: &str) -> String {
    format!("whsec_{}", BASE64.encode(&secret(key, webhook)))
}

/// What stands in `webhook-signature`.
#[must_use]
pub fn signature(secret: &[u8; 32], id: &str, at: Timestamp, body: &str) -> String {
    let signed = hmac(secret, &[id.as_bytes(), b".", at.as_second().to_string().as_bytes(), b".", body.as_bytes()]);
    format!("v1,{}", BASE64.encode(&signed))
}

fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = <Hmac<Sha256>>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification of Standard Webhooks has a key of 24 bytes; this is the same rule with our 32, worked
    /// out by Python's `hmac`.
    #[test]
    fn events_are_signed_as_the_standard_says() {
        let at = Timestamp::from_second(1_614_265_330).unwrap();
        let signed = signature(&[7; 32], "msg_p5jXN8AQM9LWM0D4loKWxJek", at, r#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,YO/ulmd+VFtlnbodv7yLOOsS6RlBZ48h++gXZrGOpZo=");
        assert_ne!(secret(&[1; 32], "a"), secret(&[1; 32], "b"));
        assert!(secret_text(&[1; 32], "a").starts_with("whsec_"));
    }
}
