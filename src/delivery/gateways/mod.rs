//! The gateways: one file for each provider, and what they have in common.
//!
//! An adapter turns a message into one request and the answer into an [`Outcome`]. It must not guess: unless it is certain
//! that the provider did not take the message, the outcome is uncertain. To add one, write its file and add it to
//! [`Gateway`] and to `config::GatewayKind`.

mod callback;
pub mod kannel;
pub mod simulator;

use std::time::Duration;

use jiff::SignedDuration;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Client, StatusCode, redirect, retry};

pub use self::callback::Callback;
use self::kannel::Kannel;
use self::simulator::Simulator;
use crate::config::{self, GatewayKind, PublicUrl, SecretKey};
use crate::message::state::{Outcome, Report};
use crate::people::phone::Phone;

/// How long a provider may take for its answer. After it, nobody knows whether the message was sent.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// A connection that the provider is closing while we write to it puts a message in doubt; so none is kept for long.
const KEEP_IDLE: Duration = Duration::from_secs(5);

/// The way out, as the settings chose it.
#[derive(Clone, Debug)]
pub enum Gateway {
    /// The phones built into this binary.
    Simulator(Simulator),
    /// Kannel's smsbox.
    Kannel(Kannel),
}

/// One message on its way out.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Our id, the reference at the gateway.
    pub id: String,
    /// Where to.
    pub to: Phone,
    /// What the phone shows as sender.
    pub from: String,
    /// The whole text, the link in it.
    pub text: String,
}

/// What a gateway calls us back with.
#[derive(Clone, Copy, Debug)]
pub struct ReportRequest<'a> {
    /// As it stands in the address, without `?`.
    pub query: &'a str,
    /// Empty for `GET`.
    pub body: &'a [u8],
}

/// What it says about one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayReport {
    /// Ours.
    pub message_id: String,
    /// What has become of it.
    pub kind: Report,
}

/// Why a callback is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadReport {
    /// The address is not one that we gave out.
    #[error("the callback does not prove that it comes from the gateway")]
    Forged,
    /// The address is ours, but what comes with it is not in the provider's format.
    #[error("the delivery report cannot be read")]
    Malformed,
}

impl Gateway {
    /// The gateway of the settings, called back at `public_url`. The simulator is reached there too.
    ///
    /// # Errors
    /// The HTTP client cannot be made.
    pub fn open(settings: &config::Gateway, key: &SecretKey, public_url: &PublicUrl) -> reqwest::Result<Self> {
        let http = client(ANSWER_WITHIN)?;
        let callback = Callback::new(public_url, settings.name(), &settings.callback_secret(key));
        Ok(match &settings.kind {
            GatewayKind::Simulator => Self::Simulator(Simulator::new(http, public_url, callback)),
            GatewayKind::Kannel(kannel) => Self::Kannel(Kannel::new(http, kannel.clone(), callback)),
        })
    }

    /// As in `/gateway/{name}/delivery`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Simulator(_) => simulator::NAME,
            Self::Kannel(_) => kannel::NAME,
        }
    }

    /// Whether real phones ring. What is made up must never leave through such a gateway.
    #[must_use]
    pub const fn is_real(&self) -> bool {
        !matches!(self, Self::Simulator(_))
    }

    /// One request for one message, and what came of it. Never tries twice.
    pub async fn send(&self, message: &Outgoing) -> Outcome {
        match self {
            Self::Simulator(simulator) => simulator.send(message).await,
            Self::Kannel(kannel) => kannel.send(message).await,
        }
    }

    /// Reads a callback.
    ///
    /// # Errors
    /// It is forged, or cannot be read.
    pub fn read_report(&self, request: ReportRequest<'_>) -> Result<GatewayReport, BadReport> {
        match self {
            Self::Simulator(simulator) => simulator.read_report(request),
            Self::Kannel(kannel) => kannel.read_report(request),
        }
    }
}

/// A client that sends each request once: no redirects, no retries.
///
/// # Errors
/// It cannot be made.
pub fn client(answer_within: Duration) -> reqwest::Result<Client> {
    // An error says that it was chosen before, which is as good.
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder()
        .timeout(answer_within)
        .connect_timeout(CONNECT_WITHIN.min(answer_within))
        .pool_idle_timeout(KEEP_IDLE)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .build()
}

/// What a request that got no whole answer means. No text of the error goes into the reason: it holds the address.
fn unanswered(error: &reqwest::Error) -> Outcome {
    if error.is_connect() {
        not_sent("the gateway cannot be reached", None)
    } else if error.is_builder() {
        Outcome::Pause { reason: "the gateway's address cannot be used".to_owned() }
    } else if error.is_timeout() {
        uncertain("the gateway did not answer in time")
    } else {
        uncertain("the connection broke before the gateway's answer")
    }
}

/// What a status other than success means wherever a provider says nothing else about it.
fn refused(status: StatusCode, headers: &HeaderMap) -> Outcome {
    let reason = format!("the gateway answered with status {}", status.as_u16());
    match status.as_u16() {
        429 => Outcome::NotSent { reason, retry_after: retry_after(headers), too_fast: true },
        408 | 503 => not_sent(&reason, retry_after(headers)),
        300..=399 | 401..=405 | 407 => Outcome::Pause { reason },
        400..=499 => Outcome::Rejected { reason },
        _ => Outcome::Uncertain { reason },
    }
}

fn retry_after(headers: &HeaderMap) -> Option<SignedDuration> {
    let seconds: u32 = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(SignedDuration::from_secs(seconds.into()))
}

fn not_sent(reason: &str, retry_after: Option<SignedDuration>) -> Outcome {
    Outcome::NotSent { reason: reason.to_owned(), retry_after, too_fast: false }
}

fn uncertain(reason: &str) -> Outcome {
    Outcome::Uncertain { reason: reason.to_owned() }
}
