//! What is said about a gateway so that every story can be told of it.

use std::path::Path;
use std::time::Duration;

use medvirk::config::{self, PublicUrl, SecretKey, Settings};
use medvirk::delivery::gateways::{Gateway, Outgoing, client};
use medvirk::message::state::Outcome;
use medvirk::people::phone::Phone;

use crate::provider::Asked;

/// In each setting that is secret.
pub(crate) const PASSWORD: &str = "provider-password";
/// Longer than a provider on loopback ever takes.
pub(crate) const PATIENT: Duration = Duration::from_mins(1);
/// For providers that do not answer.
pub(crate) const HASTY: Duration = Duration::from_secs(2);
/// Where a gateway of these stories is called back, unless an installation listens.
pub(crate) const DOOR: &str = "https://svar.example.no";

pub(crate) struct Contract {
    /// As in addresses.
    pub(crate) name: &'static str,
    /// `[gateway]` of `medvirk.toml` below `kind`, with `URL` in the place of the provider's address.
    pub(crate) settings: &'static str,
    /// The answer that takes a message: status and body.
    pub(crate) accepts: (&'static str, &'static str),
    /// The provider's id in it.
    pub(crate) reference: Option<&'static str>,
    /// Whether it is the status alone that takes a message.
    pub(crate) status_decides: bool,
    /// Every documented error: status, header lines, body, and what follows.
    pub(crate) errors: &'static [(&'static str, &'static str, &'static str, Follows)],
    /// Whether signs beyond the first plane of Unicode are sent.
    pub(crate) carries_emoji: bool,
    /// Whether the proof in the address of a report is enough where it has no signature.
    pub(crate) proof_is_enough: bool,
    /// Where a request says that its reports shall go; `None`: to one address for all.
    pub(crate) callback: fn(&Asked) -> Option<String>,
    /// A report to `address` about the message `id`; `None` where the provider has no such word.
    pub(crate) report: fn(address: &str, id: &str, said: Said) -> Option<Call>,
    /// `text` from the phone `from`, a Norwegian number in E.164, to `address`.
    pub(crate) inbound: fn(address: &str, from: &str, text: &str) -> Call,
}

/// What follows from an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Follows {
    Accepted,
    NotSent,
    /// Not sent, and asked too fast.
    TooFast,
    Pause,
    Rejected,
    Uncertain,
}

/// What a report says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Buffered,
    Undelivered,
    Expired,
    Delivered,
    /// No word of the provider's.
    Nonsense,
}

/// A request of the provider's.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) url: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// `None`: `GET`.
    pub(crate) body: Option<String>,
}

impl Follows {
    pub(crate) fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Accepted { .. } => Self::Accepted,
            Outcome::NotSent { too_fast: true, .. } => Self::TooFast,
            Outcome::NotSent { .. } => Self::NotSent,
            Outcome::Pause { .. } => Self::Pause,
            Outcome::Rejected { .. } => Self::Rejected,
            Outcome::Uncertain { .. } => Self::Uncertain,
        }
    }
}

impl Call {
    pub(crate) fn get(url: String) -> Self {
        Self { url, headers: Vec::new(), body: None }
    }

    pub(crate) fn post(url: &str, content_type: &str, body: String) -> Self {
        Self { url: url.to_owned(), headers: vec![("content-type", content_type.to_owned())], body: Some(body) }
    }

    pub(crate) fn json(url: &str, body: &serde_json::Value) -> Self {
        Self::post(url, "application/json", body.to_string())
    }

    pub(crate) fn form(url: &str, fields: &[(&str, &str)]) -> Self {
        Self::post(url, "application/x-www-form-urlencoded", encoded(fields))
    }
}

impl Contract {
    /// The settings with the provider at `url`.
    pub(crate) fn settings(&self, url: &str) -> config::Gateway {
        self.settings_with(url, "")
    }

    /// With `more` below `[gateway]`.
    pub(crate) fn settings_with(&self, url: &str, more: &str) -> config::Gateway {
        let file = format!("[gateway]\nkind = \"{}\"\n{more}{}", self.name, self.settings.replace("URL", url));
        let environment = [("MEDVIRK_ENVIRONMENT".into(), "test".into())];
        Settings::read(Path::new("medvirk.toml"), &file, environment).unwrap().gateway.unwrap()
    }

    /// The gateway with the provider at `url`, which waits for an answer for so long.
    pub(crate) fn open(&self, url: &str, patience: Duration) -> Gateway {
        self.open_with(&SecretKey::new([7; 32]), url, patience)
    }

    /// The simulator is looked for at the installation's own address.
    pub(crate) fn open_with(&self, key: &SecretKey, url: &str, patience: Duration) -> Gateway {
        let public_url = PublicUrl::parse(if self.name == "simulator" { url } else { DOOR }).unwrap();
        Gateway::with_client(client(patience).unwrap(), &self.settings(url), key, &public_url)
    }
}

/// A message that is on its way out.
pub(crate) fn message(id: &str, text: &str) -> Outgoing {
    let to = Phone::from_stored("+4790000017".to_owned());
    Outgoing { id: id.to_owned(), to, from: "EksKommune".to_owned(), text: text.to_owned() }
}

pub(crate) fn encoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// The value of a field of a query or a form.
pub(crate) fn field(encoded: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(encoded.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// The value at a JSON pointer.
pub(crate) fn pointer(body: &str, pointer: &str) -> Option<String> {
    serde_json::from_str::<serde_json::Value>(body).unwrap().pointer(pointer)?.as_str().map(str::to_owned)
}
