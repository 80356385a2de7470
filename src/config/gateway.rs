//! `[gateway]`: how messages leave, and on which terms. The keys of each kind stand in [`KINDS`]; one that belongs to
//! another kind is refused by name.

use std::net::IpAddr;

use ipnet::IpNet;

use super::http::HttpGateway;
use super::secret::{Secret, SecretKey};
use super::source::Source;
use super::values::{self, Environment, PartsPerSecond, Price};

/// How messages leave, and on which terms.
#[derive(Clone, Debug)]
pub struct Gateway {
    /// Which one, with what only that one needs.
    pub kind: GatewayKind,
    /// The throttle, in message parts per second; `None` is unlimited.
    pub parts_per_second: Option<PartsPerSecond>,
    /// What one part costs, for the preview of a launch.
    pub price_per_part: Option<Price>,
    /// The word that phones put first when they write to a number that the provider's customers share. It is taken off
    /// before the text is read.
    pub keyword: Option<String>,
    /// Who may call back.
    pub report_from: ReportFrom,
    callback_secret: Option<Secret>,
}

/// The gateways there are.
#[derive(Clone, Debug)]
pub enum GatewayKind {
    /// The phones built into this binary, for demo and tests.
    Simulator,
    /// Kannel's `smsbox`.
    Kannel(Account),
    /// LINK Mobility's platform "Common".
    Link(Link),
    /// Sveve.
    Sveve(Account),
    /// `GatewayAPI`.
    GatewayApi(GatewayApi),
    /// Twilio; the username is the account's SID, the password its auth token.
    Twilio(Account),
    /// Any other, described by the settings themselves.
    Http(Box<HttpGateway>),
}

/// An address and who we are there.
#[derive(Clone, Debug)]
pub struct Account {
    /// The complete address to send to, such as `http://127.0.0.1:13013/cgi-bin/sendsms`.
    pub url: String,
    /// As the provider knows us.
    pub username: String,
    /// Its password.
    pub password: Secret,
}

/// An account at LINK Mobility, with the numbers that its support hands out.
#[derive(Clone, Debug)]
pub struct Link {
    /// The address that ends with `/sms/send`, and the account.
    pub account: Account,
    /// `platformId`.
    pub platform: String,
    /// `platformPartnerId`.
    pub partner: String,
    /// The gate that reports go through.
    pub gate: String,
}

/// An account at `GatewayAPI`.
#[derive(Clone, Debug)]
pub struct GatewayApi {
    /// The address that ends with `/rest/mtsms`.
    pub url: String,
    /// The API token.
    pub token: Secret,
    /// What its webhooks are signed with, when it is set there.
    pub webhook_secret: Option<Secret>,
}

/// Which machines may call back, beyond what each call must prove.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportFrom {
    /// Their networks; nobody is asked when there are none.
    pub networks: Vec<IpNet>,
    /// The header in which our own proxy says who asked it; `None`: nobody stands between.
    pub header: Option<String>,
}

/// What every kind may have.
const TERMS: [&str; 7] =
    ["kind", "keyword", "parts_per_second", "price_per_part", "callback_secret", "report_from", "report_from_header"];
const ACCOUNT: [&str; 4] = ["url", "username", "password", "password_file"];

/// Each kind and its own keys.
const KINDS: [(&str, &[&str]); 7] = [
    ("simulator", &["url"]),
    ("kannel", &ACCOUNT),
    ("link", &["url", "username", "password", "password_file", "platform_id", "platform_partner_id", "gate"]),
    ("sveve", &ACCOUNT),
    ("gatewayapi", &["url", "token", "token_file", "webhook_secret", "webhook_secret_file"]),
    ("twilio", &ACCOUNT),
    ("http", &super::http::KEYS),
];

impl Gateway {
    /// The phones built into this binary, without a throttle.
    #[must_use]
    pub fn simulator() -> Self {
        Self {
            kind: GatewayKind::Simulator,
            parts_per_second: None,
            price_per_part: None,
            keyword: None,
            report_from: ReportFrom::default(),
            callback_secret: None,
        }
    }

    /// Its name in `/gateway/{name}/delivery` and in the log.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.kind.name()
    }

    /// What an outsider cannot guess in the addresses that the gateway calls: as set, or derived from `key`.
    #[must_use]
    pub fn callback_secret(&self, key: &SecretKey) -> Secret {
        self.callback_secret.clone().unwrap_or_else(|| key.derive_text("gateway callback"))
    }

    pub(super) fn from_source(source: &mut Source, environment: Environment) -> Option<Self> {
        let names = KINDS.map(|(name, _)| name);
        let Some(kind) = source.take("gateway.kind", |text| values::one_of(text, &names)) else {
            source.needs("gateway.", "gateway.kind");
            return None;
        };
        if kind == "simulator" && environment == Environment::Production {
            source.complain(
                "gateway.kind",
                "the simulator reaches nobody, so it is refused in environment \"production\"",
            );
        }
        refuse_others(source, kind);
        let parts_per_second = source.take("gateway.parts_per_second", PartsPerSecond::parse);
        let price_per_part = source.take("gateway.price_per_part", Price::parse);
        let callback_secret = source.take("gateway.callback_secret", values::path_secret);
        let keyword = source.take("gateway.keyword", values::not_empty);
        let report_from = ReportFrom::from_source(source);
        let kind = GatewayKind::from_source(source, kind)?;
        let parts_per_second = parts_per_second.or(kind.parts_per_second());
        Some(Self { kind, parts_per_second, price_per_part, keyword, report_from, callback_secret })
    }
}

/// Complains about the keys that a gateway of this kind does not know.
fn refuse_others(source: &mut Source, kind: &'static str) {
    let own = KINDS.iter().find(|(name, _)| *name == kind).map_or(&[][..], |(_, own)| *own);
    let known = |key: &str| TERMS.contains(&key) || own.contains(&key);
    source.refuse("gateway.", known, &format!("means nothing to a gateway of kind \"{kind}\""));
}

impl GatewayKind {
    /// As in the settings and in addresses.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Simulator => "simulator",
            Self::Kannel(_) => "kannel",
            Self::Link(_) => "link",
            Self::Sveve(_) => "sveve",
            Self::GatewayApi(_) => "gatewayapi",
            Self::Twilio(_) => "twilio",
            Self::Http(_) => "http",
        }
    }

    /// The throttle unless the settings say otherwise.
    fn parts_per_second(&self) -> Option<PartsPerSecond> {
        (!matches!(self, Self::Simulator)).then_some(PartsPerSecond::CAREFUL)
    }

    fn from_source(source: &mut Source, kind: &str) -> Option<Self> {
        Some(match kind {
            "kannel" => Self::Kannel(Account::from_source(source)?),
            "link" => Self::Link(Link::from_source(source)?),
            "sveve" => Self::Sveve(Account::from_source(source)?),
            "gatewayapi" => Self::GatewayApi(GatewayApi::from_source(source)?),
            "twilio" => Self::Twilio(Account::from_source(source)?),
            "http" => Self::Http(Box::new(HttpGateway::from_source(source)?)),
            _ => Self::Simulator,
        })
    }
}

impl Account {
    fn from_source(source: &mut Source) -> Option<Self> {
        let url = address(source);
        let username = source.require("gateway.username", values::not_empty);
        let password = secret(source, "gateway.password", "gateway.password_file");
        Some(Self { url: url?, username: username?, password: password? })
    }
}

impl Link {
    fn from_source(source: &mut Source) -> Option<Self> {
        let account = Account::from_source(source);
        let platform = source.require("gateway.platform_id", values::not_empty);
        let partner = source.require("gateway.platform_partner_id", values::not_empty);
        let gate = source.require("gateway.gate", values::not_empty);
        Some(Self { account: account?, platform: platform?, partner: partner?, gate: gate? })
    }
}

impl GatewayApi {
    fn from_source(source: &mut Source) -> Option<Self> {
        let url = address(source);
        let token = secret(source, "gateway.token", "gateway.token_file");
        let webhook_secret = optional_secret(source, "gateway.webhook_secret", "gateway.webhook_secret_file");
        Some(Self { url: url?, token: token?, webhook_secret })
    }
}

impl ReportFrom {
    fn from_source(source: &mut Source) -> Self {
        source.needs("gateway.report_from_", "gateway.report_from");
        let networks = source.take("gateway.report_from", values::networks).unwrap_or_default();
        Self { networks, header: source.take("gateway.report_from_header", values::header_name) }
    }

    /// Whether a machine at `address` may call back; `None` is an address that nobody knows.
    #[must_use]
    pub fn allows(&self, address: Option<IpAddr>) -> bool {
        let inside = |address: IpAddr| self.networks.iter().any(|network| network.contains(&address.to_canonical()));
        self.networks.is_empty() || address.is_some_and(inside)
    }
}

fn address(source: &mut Source) -> Option<String> {
    source.require("gateway.url", |text| values::http_url(text).map(String::from))
}

fn secret(source: &mut Source, key: &'static str, file: &'static str) -> Option<Secret> {
    match source.take(file, Secret::from_file) {
        None => source.require(key, Secret::parse),
        from_file => from_file,
    }
}

/// As it stands in the settings, or in the file that they name.
pub(super) fn optional_secret(source: &mut Source, key: &'static str, file: &'static str) -> Option<Secret> {
    let from_file = source.take(file, Secret::from_file);
    from_file.or_else(|| source.take(key, Secret::parse))
}
