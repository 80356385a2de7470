//! A call that comes twice is done once: whoever names it with an `Idempotency-Key` and asks again gets the first answer,
//! on whichever node. What was begun and never answered is never begun again: nobody knows whether it was done.

use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::factor;
use crate::ports::Ports;
use crate::store::Db;
use crate::store::api_answers::{self, Stored};

/// So long an answer is kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Whoever has no answer after this time gets none.
const ANSWERED_WITHIN: SignedDuration = SignedDuration::from_mins(2);

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Of HTTP.
    pub status: u16,
    /// Names and values of the headers that belong to it.
    pub headers: Vec<(String, String)>,
    /// Text, as all answers to such calls are.
    pub body: String,
}

/// What to do with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Do it, and [`end`] it under this id.
    First(String),
    /// Answer this.
    Again(Answer),
    /// The same name was given to another call.
    Other,
    /// It is being done.
    Running,
    /// It was begun, and whoever did it ended before there was an answer.
    Unknown,
}

/// Whose call it is, how it is named, and what it asks.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Id of the key to the API.
    pub caller: &'a str,
    /// The `Idempotency-Key`.
    pub name: &'a str,
    /// Everything by which one call differs from another.
    pub request: &'a [&'a [u8]],
}

/// Whose turn it is.
///
/// # Errors
/// The database is out of reach.
pub async fn begin(db: &Db, ports: &Ports, key: &[u8; 32], asked: Asked<'_>) -> anyhow::Result<Turn> {
    let id = hash(&[asked.caller.as_bytes(), asked.name.as_bytes()]);
    let request = hash(asked.request);
    let now = ports.clock.now();
    let mut tx = db.begin().await?;
    api_answers::forget(&mut tx, now.checked_sub(KEPT).unwrap_or(Timestamp::MIN)).await?;
    let first = api_answers::begin(&mut tx, &id, &request, now).await?;
    tx.commit().await?;
    if first {
        return Ok(Turn::First(id));
    }
    let Some(stored) = api_answers::find(db, &id).await? else { return Ok(Turn::Running) };
    let Stored { request: first, status, sealed, at } = stored;
    Ok(match status {
        _ if first != request => Turn::Other,
        Some(_) => Turn::Again(serde_json::from_str(&factor::open(key, &id, &sealed)?)?),
        None if now.duration_since(at) < ANSWERED_WITHIN => Turn::Running,
        None => Turn::Unknown,
    })
}

/// Keeps what was answered. It is sealed: an answer may show something once.
///
/// # Errors
/// The database is out of reach.
pub async fn end(db: &Db, ports: &Ports, key: &[u8; 32], id: &str, answer: &Answer) -> anyhow::Result<()> {
    let sealed = factor::seal(key, id, &serde_json::to_string(answer)?, ports.chance.bytes())?;
    let mut tx = db.begin().await?;
    api_answers::end(&mut tx, id, answer.status, &sealed).await?;
    Ok(tx.commit().await?)
}

/// Over parts of any length: no two lists of parts are the same text.
fn hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    HEXLOWER.encode(&hash.finalize())
}
