//! What the answer to a request means wherever a provider says nothing else about it, and the client that asks.
//!
//! Certainly not sent is only what never left, what the provider refused by name (4xx), and what it documents as not
//! taken. No text of an error or of an answer goes into a reason: numbers and passwords stand in them.

use std::time::Duration;

use jiff::SignedDuration;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, redirect, retry};
use serde::de::DeserializeOwned;

use super::Outgoing;
use crate::campaign::held::Why;
use crate::message::state::Outcome;
use crate::people::phone::PhoneKind;

/// How long a provider may take for its answer. After it, nobody knows whether the message was sent.
pub(super) const ANSWER_WITHIN: Duration = Duration::from_secs(30);
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// A connection that the provider is closing while we write to it puts a message in doubt; so none is kept for long.
const KEEP_IDLE: Duration = Duration::from_secs(5);

/// A client that sends each request once: no redirects, no retries. A connection takes at most half of `answer_within`:
/// whether it was that or the answer that took too long decides whether the message is in doubt.
///
/// # Errors
/// It cannot be made.
pub fn client(answer_within: Duration) -> reqwest::Result<Client> {
    // An error says that it was chosen before, which is as good.
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder()
        .timeout(answer_within)
        .connect_timeout(CONNECT_WITHIN.min(answer_within / 2))
        .pool_idle_timeout(KEEP_IDLE)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .build()
}

/// What a request that got no whole answer means.
pub(super) fn unanswered(error: &reqwest::Error) -> Outcome {
    if error.is_connect() {
        not_sent("the gateway cannot be reached")
    } else if error.is_builder() {
        pause(Why::Settings, "the gateway's address cannot be used")
    } else if error.is_timeout() {
        uncertain("the gateway did not answer in time")
    } else {
        uncertain("the connection broke before the gateway's answer")
    }
}

/// What a status other than success means. 503 is in doubt: see [`unavailable`].
pub(super) fn refused(status: StatusCode, headers: &HeaderMap) -> Outcome {
    let reason = reason(status);
    match status.as_u16() {
        429 => too_fast(status, headers),
        401 | 403 | 407 => Outcome::Pause { why: Why::Account, reason },
        402 => Outcome::Pause { why: Why::Credit, reason },
        301 | 307 | 308 | 404 | 405 => Outcome::Pause { why: Why::Settings, reason },
        408 => Outcome::Uncertain { reason },
        400..=499 => Outcome::Rejected { reason },
        _ => Outcome::Uncertain { reason },
    }
}

/// 503 of a provider that documents it as worth another try; anything else as [`refused`].
pub(super) fn unavailable(status: StatusCode, headers: &HeaderMap) -> Outcome {
    match status {
        StatusCode::SERVICE_UNAVAILABLE => {
            Outcome::NotSent { reason: reason(status), retry_after: retry_after(headers), too_fast: false }
        }
        _ => refused(status, headers),
    }
}

/// The gateway was asked too much at once.
pub(super) fn too_fast(status: StatusCode, headers: &HeaderMap) -> Outcome {
    Outcome::NotSent { reason: reason(status), retry_after: retry_after(headers), too_fast: true }
}

fn reason(status: StatusCode) -> String {
    format!("the gateway answered with status {}", status.as_u16())
}

pub(super) fn retry_after(headers: &HeaderMap) -> Option<SignedDuration> {
    let seconds: u32 = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(SignedDuration::from_secs(seconds.into()))
}

/// The answer's JSON, or what it means that it cannot be read.
pub(super) async fn read<T: DeserializeOwned>(answer: Response) -> Result<T, Outcome> {
    let body = answer.bytes().await.map_err(|error| unanswered(&error))?;
    serde_json::from_slice(&body).map_err(|_| uncertain("the gateway's answer cannot be read"))
}

/// The provider does not send to the number's country: for a foreign number that is its own matter, but where it is
/// Norway, nobody would get anything.
pub(super) fn country_refused(message: &Outgoing) -> Outcome {
    match message.to.kind() {
        PhoneKind::Foreign => rejected("the gateway does not send to the number's country"),
        PhoneKind::NorwegianMobile | PhoneKind::NorwegianOther => {
            pause(Why::Country, "the gateway does not send to Norway")
        }
    }
}

pub(super) fn not_sent(reason: &str) -> Outcome {
    Outcome::NotSent { reason: reason.to_owned(), retry_after: None, too_fast: false }
}

pub(super) fn pause(why: Why, reason: &str) -> Outcome {
    Outcome::Pause { why, reason: reason.to_owned() }
}

pub(super) fn rejected(reason: &str) -> Outcome {
    Outcome::Rejected { reason: reason.to_owned() }
}

pub(super) fn uncertain(reason: &str) -> Outcome {
    Outcome::Uncertain { reason: reason.to_owned() }
}
