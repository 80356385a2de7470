//! The gateways: one file for each provider, and what they have in common.
//!
//! An adapter turns a message into one request and the answer into an [`Outcome`]. It must not guess: unless it is certain
//! that the provider did not take the message, the outcome is uncertain. `CONTRIBUTING.md` says how to add one.

mod answer;
mod callback;
pub mod gatewayapi;
pub mod http;
pub mod kannel;
pub mod link;
mod request;
mod signature;
pub mod simulator;
pub mod sveve;
pub mod twilio;

use futures_util::future::BoxFuture;
use reqwest::Client;

pub use self::answer::client;
pub use self::callback::Callback;
use self::gatewayapi::GatewayApi;
use self::http::Http;
use self::kannel::Kannel;
use self::link::Link;
pub use self::request::{BadReport, GatewayReport, Inbound, ReportRequest};
use self::simulator::Simulator;
use self::sveve::Sveve;
use self::twilio::Twilio;
use crate::config::{self, GatewayKind, PublicUrl, SecretKey};
use crate::message::state::Outcome;
use crate::people::phone::Phone;

/// The way out, as the settings chose it.
#[derive(Clone, Debug)]
pub enum Gateway {
    /// The phones built into this binary.
    Simulator(Simulator),
    /// Kannel's smsbox.
    Kannel(Kannel),
    /// LINK Mobility's platform "Common".
    Link(Link),
    /// Sveve.
    Sveve(Sveve),
    /// `GatewayAPI`.
    GatewayApi(GatewayApi),
    /// Twilio.
    Twilio(Twilio),
    /// Any other, described by the settings.
    Http(Http),
}

/// One provider.
trait Adapter {
    /// What it can do, as it is set up.
    fn capabilities(&self) -> Capabilities;

    /// One request for one message, and what came of it. Never tries twice.
    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Outcome>;

    /// Reads a delivery report, and checks that it is the provider's.
    fn read_report(&self, request: ReportRequest<'_>) -> Result<GatewayReport, BadReport>;

    /// Reads what a phone wrote, and checks that it comes from the provider.
    fn read_inbound(&self, request: ReportRequest<'_>) -> Result<Inbound, BadReport>;

    /// The addresses that it calls.
    fn callback(&self) -> &Callback;
}

/// What a gateway can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// It takes an address for the reports with each message; otherwise one address is registered there.
    pub callback_per_message: bool,
    /// It hands over what phones write.
    pub inbound: bool,
    /// The header with which it signs what it calls us with.
    pub signature: Option<&'static str>,
    /// The status that tells it that we have what it brought.
    pub confirmed_by: u16,
}

/// The addresses to register at the provider. Both hold a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// For delivery reports; `None` where each message brings its own.
    pub delivery: Option<String>,
    /// For what phones write; `None` where it is not handed over.
    pub inbound: Option<String>,
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

impl Capabilities {
    /// A provider that takes an address with each message, hands over what phones write, and signs nothing.
    const USUAL: Self = Self { callback_per_message: true, inbound: true, signature: None, confirmed_by: 204 };
}

impl Outgoing {
    /// The number with its country code and without the plus.
    fn digits(&self) -> &str {
        self.to.as_str().trim_start_matches('+')
    }
}

impl Gateway {
    /// The gateway of the settings, called back at `public_url`. The simulator is reached there too.
    ///
    /// # Errors
    /// The HTTP client cannot be made.
    pub fn open(settings: &config::Gateway, key: &SecretKey, public_url: &PublicUrl) -> reqwest::Result<Self> {
        Ok(Self::with_client(client(answer::ANSWER_WITHIN)?, settings, key, public_url))
    }

    /// The same with a client from [`client`] that waits no longer than a test can.
    #[must_use]
    pub fn with_client(http: Client, settings: &config::Gateway, key: &SecretKey, public_url: &PublicUrl) -> Self {
        let callback = Callback::new(public_url, settings.name(), &settings.callback_secret(key));
        let callback = callback.with_keyword(settings.keyword.clone());
        match settings.kind.clone() {
            GatewayKind::Simulator => Self::Simulator(Simulator::new(http, public_url, callback)),
            GatewayKind::Kannel(kannel) => Self::Kannel(Kannel::new(http, kannel, callback)),
            GatewayKind::Link(link) => Self::Link(Link::new(http, link, callback)),
            GatewayKind::Sveve(sveve) => Self::Sveve(Sveve::new(http, sveve, callback)),
            GatewayKind::GatewayApi(gatewayapi) => Self::GatewayApi(GatewayApi::new(http, gatewayapi, callback)),
            GatewayKind::Twilio(twilio) => Self::Twilio(Twilio::new(http, twilio, callback)),
            GatewayKind::Http(other) => Self::Http(Http::new(http, other, callback)),
        }
    }

    fn adapter(&self) -> &(dyn Adapter + Send + Sync) {
        match self {
            Self::Simulator(simulator) => simulator,
            Self::Kannel(kannel) => kannel,
            Self::Link(link) => link,
            Self::Sveve(sveve) => sveve,
            Self::GatewayApi(gatewayapi) => gatewayapi,
            Self::Twilio(twilio) => twilio,
            Self::Http(http) => http,
        }
    }

    /// As in `/gateway/{name}/delivery`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Simulator(_) => simulator::NAME,
            Self::Kannel(_) => kannel::NAME,
            Self::Link(_) => link::NAME,
            Self::Sveve(_) => sveve::NAME,
            Self::GatewayApi(_) => gatewayapi::NAME,
            Self::Twilio(_) => twilio::NAME,
            Self::Http(_) => http::NAME,
        }
    }

    /// Whether real phones ring. What is made up must never leave through such a gateway.
    #[must_use]
    pub const fn is_real(&self) -> bool {
        !matches!(self, Self::Simulator(_))
    }

    /// What it can do, as it is set up.
    #[must_use]
    pub fn capabilities(&self) -> Capabilities {
        self.adapter().capabilities()
    }

    /// What to register at the provider.
    #[must_use]
    pub fn addresses(&self) -> Addresses {
        let (callback, can) = (self.adapter().callback(), self.capabilities());
        Addresses {
            delivery: (!can.callback_per_message).then(|| callback.delivery()),
            inbound: can.inbound.then(|| callback.inbound()),
        }
    }

    /// One request for one message, and what came of it. Never tries twice.
    pub async fn send(&self, message: &Outgoing) -> Outcome {
        self.adapter().send(message).await
    }

    /// Reads a delivery report.
    ///
    /// # Errors
    /// It is forged, or cannot be read.
    pub fn read_report(&self, request: ReportRequest<'_>) -> Result<GatewayReport, BadReport> {
        self.adapter().read_report(request)
    }

    /// Reads what a phone wrote.
    ///
    /// # Errors
    /// It is forged, or cannot be read.
    pub fn read_inbound(&self, request: ReportRequest<'_>) -> Result<Inbound, BadReport> {
        self.adapter().read_inbound(request)
    }
}
