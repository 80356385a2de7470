//! `GatewayAPI` (<https://gatewayapi.com/docs/apis/rest/>, <https://gatewayapi.com/docs/webhooks> and
//! <https://gatewayapi.com/docs/error-codes/>, read as the sources of an edition of that documentation on GitHub).
//!
//! `POST /rest/mtsms` with JSON and the token as user of Basic authentication. Texts outside GSM need `encoding: UCS2`. The
//! answer is 200 with `ids`; errors are 4xx with a `code` in hexadecimal; 500 is a failure of theirs in the middle of it.
//! Reports come to the `callback_url` of each message, perhaps out of order. With an authentication token set on a webhook
//! it brings a JWT (HS256) in `X-Gwapi-Signature`, which holds all that the body holds: then the JWT alone is believed.
//! Whether reports to a `callback_url` are signed too is not documented; the proof in the address is asked for in any case.

use data_encoding::BASE64URL_NOPAD;
use futures_util::future::BoxFuture;
use hmac::Hmac;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use sha2::Sha256;

use super::answer::{country_refused, pause, read, refused, rejected, unanswered, uncertain};
use super::callback::Callback;
use super::signature::is_right;
use super::{Adapter, BadReport, Capabilities, GatewayReport, Inbound, Outgoing, ReportRequest};
use crate::campaign::held::Why;
use crate::config;
use crate::message::segments::Encoding;
use crate::message::state::{Outcome, Report};

/// In addresses and settings.
pub const NAME: &str = "gatewayapi";

/// One account.
#[derive(Clone, Debug)]
pub struct GatewayApi {
    http: Client,
    settings: config::GatewayApi,
    callback: Callback,
}

#[derive(Deserialize)]
struct Sent {
    ids: Vec<u64>,
}

#[derive(Deserialize)]
struct Refusal {
    code: String,
}

#[derive(Deserialize)]
struct Delivery {
    userref: String,
    status: String,
}

#[derive(Deserialize)]
struct Written {
    msisdn: u64,
    message: String,
}

#[derive(Deserialize)]
struct Algorithm {
    alg: String,
}

impl GatewayApi {
    /// The account of the settings.
    #[must_use]
    pub fn new(http: Client, settings: config::GatewayApi, callback: Callback) -> Self {
        Self { http, settings, callback }
    }

    async fn ask(&self, message: &Outgoing) -> Outcome {
        let Ok(number) = message.digits().parse::<u64>() else {
            return rejected("the number is not written in digits");
        };
        let mut body = json!({
            "sender": message.from,
            "message": message.text,
            "recipients": [{ "msisdn": number }],
            "userref": message.id,
            "callback_url": self.callback.address(message),
        });
        if Encoding::of(&message.text) == Encoding::Ucs2 {
            body["encoding"] = "UCS2".into();
        }
        let request = self.http.post(&self.settings.url).basic_auth(self.settings.token.expose(), Some(""));
        match request.header(CONTENT_TYPE, "application/json").body(body.to_string()).send().await {
            Err(error) => unanswered(&error),
            Ok(answer) => judge(answer, message).await,
        }
    }

    /// What the call says: by its signature where there is one, and else by its body. `must_be_signed` where nothing but
    /// the path proves it otherwise.
    fn read<T: DeserializeOwned>(&self, request: ReportRequest<'_>, must_be_signed: bool) -> Result<T, BadReport> {
        let body = match &self.settings.webhook_secret {
            Some(secret) if must_be_signed || !request.signature.is_empty() => {
                &verified(request.signature, secret.expose()).ok_or(BadReport::Forged)?
            }
            _ => request.body,
        };
        serde_json::from_slice(body).map_err(|_| BadReport::Malformed)
    }
}

impl Adapter for GatewayApi {
    fn capabilities(&self) -> Capabilities {
        let signature = self.settings.webhook_secret.as_ref().map(|_| "X-Gwapi-Signature");
        Capabilities { signature, ..Capabilities::USUAL }
    }

    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Outcome> {
        Box::pin(self.ask(message))
    }

    fn read_report(&self, request: ReportRequest<'_>) -> Result<GatewayReport, BadReport> {
        let message_id = self.callback.check(request.query)?;
        let delivery: Delivery = self.read(request, false)?;
        if delivery.userref != message_id {
            return Err(BadReport::Malformed);
        }
        let kind = match delivery.status.as_str() {
            "UNKNOWN" | "SCHEDULED" | "BUFFERED" => Report::Buffered,
            "ENROUTE" | "ACCEPTED" => Report::Accepted,
            "REJECTED" | "SKIPPED" => Report::Rejected,
            "UNDELIVERABLE" | "DELETED" => Report::Undelivered,
            "EXPIRED" => Report::Expired,
            "DELIVERED" => Report::Delivered,
            _ => return Err(BadReport::Malformed),
        };
        Ok(GatewayReport { message_id, kind })
    }

    fn read_inbound(&self, request: ReportRequest<'_>) -> Result<Inbound, BadReport> {
        self.callback.check_secret(request.secret)?;
        let Written { msisdn, message } = self.read(request, true)?;
        self.callback.read_inbound(&format!("+{msisdn}"), &message)
    }

    fn callback(&self) -> &Callback {
        &self.callback
    }
}

async fn judge(answer: Response, message: &Outgoing) -> Outcome {
    let status = answer.status();
    if status == StatusCode::OK {
        return match read::<Sent>(answer).await {
            Ok(Sent { ids }) if ids.len() == 1 => Outcome::Accepted { reference: Some(ids[0].to_string()) },
            Ok(_) => uncertain("GatewayAPI did not answer with one message"),
            Err(outcome) => outcome,
        };
    }
    if status.is_success() {
        return uncertain("the answer is not GatewayAPI's");
    }
    let general = refused(status, answer.headers());
    if !status.is_client_error() || status == StatusCode::TOO_MANY_REQUESTS {
        return general;
    }
    let code = read::<Refusal>(answer).await.map(|refusal| refusal.code.to_uppercase()).unwrap_or_default();
    explained(&code, message).unwrap_or(general)
}

/// The codes that say more than the status.
fn explained(code: &str, message: &Outgoing) -> Option<Outcome> {
    Some(match code {
        "0X0214" | "0X0215" => rejected("GatewayAPI has barred the number"),
        "0X0216" => pause(Why::Credit, "nothing is left on the account at GatewayAPI"),
        "0X0217" | "0X0313" => country_refused(message),
        "0X021D" | "0X021E" | "0X022A" => pause(Why::Account, "GatewayAPI does not let the account send"),
        "0X0312" => pause(Why::Text, "GatewayAPI refuses the text"),
        _ => return None,
    })
}

/// What a JWT says, if it is signed by HS256 under `secret`.
fn verified(token: &str, secret: &str) -> Option<Vec<u8>> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, payload) = signed.split_once('.')?;
    let decode = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes()).ok();
    let algorithm: Algorithm = serde_json::from_slice(&decode(header)?).ok()?;
    let right = algorithm.alg == "HS256" && is_right::<Hmac<Sha256>>(secret, signed.as_bytes(), &decode(signature)?);
    if right { decode(payload) } else { None }
}

#[cfg(test)]
mod tests {
    use super::verified;

    /// From the tests of a client that is not ours.
    const TOKEN: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJpZCI6MjM4MTcwMywibXNpc2RuIjo0NTQyNjA5MDQ1LCJ0aW1lIjoxNTIyNzY0MDYyLCJzdGF0dXMiOiJERUxJVkVSRUQiLCJlcnJvciI6ImVycm9yIHRleHQiLCJjb2RlIjoiZXJyb3IgY29kZSIsImNvdW50cnlfcHJlZml4Ijo0NSwiY291bnRyeV9jb2RlIjoiREsiLCJjaGFyZ2Vfc3RhdHVzIjoiQVVUSE9SSVpFRCIsInVzZXJyZWYiOiJhIHJlZmVyZW5jZSJ9.LgbbsxAj61SQhDA0A3dGlcT8OZN2UJsTgBiifNHEeh8";

    #[test]
    fn a_token_is_believed_under_its_own_secret_and_algorithm_only() {
        let payload = verified(TOKEN, "secret").unwrap();
        assert!(String::from_utf8(payload).unwrap().contains(r#""userref":"a reference""#));
        assert_eq!(verified(TOKEN, "Secret"), None);
        let (header, rest) = TOKEN.split_once('.').unwrap();
        assert_eq!(verified(&format!("{header}.e{rest}"), "secret"), None);
        // {"alg":"none"}
        assert_eq!(verified("eyJhbGciOiJub25lIn0.e30.", "secret"), None);
        for garbled in ["", ".", "..", "a.b", TOKEN.rsplit_once('.').unwrap().0] {
            assert_eq!(verified(garbled, "secret"), None, "{garbled}");
        }
    }
}
