//! Twilio (<https://www.twilio.com/docs/messaging/api/message-resource>,
//! <https://www.twilio.com/docs/usage/webhooks/webhooks-security>, <https://www.twilio.com/docs/api/errors>).
//!
//! A form by `POST …/Messages.json` with the account's SID and its auth token. The answer is 201 with a `sid`; errors bring a
//! `code`. A 429 (20429) is never processed, and a 503 (20503) asks to try again. `StatusCallback` and the webhook for
//! messages from phones are called with a form that `X-Twilio-Signature` signs: HMAC-SHA1, under the auth token, of the
//! whole address and then each parameter's name and value in the order of the names. 204 confirms both.

use data_encoding::BASE64;
use form_urlencoded::Serializer;
use futures_util::future::BoxFuture;
use hmac::Hmac;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Response};
use serde::Deserialize;
use sha1::Sha1;

use super::answer::{country_refused, pause, read, rejected, too_fast, unanswered, unavailable};
use super::callback::Callback;
use super::signature::is_right;
use super::{Adapter, BadReport, Capabilities, GatewayReport, Inbound, Outgoing, ReportRequest};
use crate::campaign::held::Why;
use crate::config::Account;
use crate::message::state::{Outcome, Report};

/// In addresses and settings.
pub const NAME: &str = "twilio";

/// The error in a report that says that the message lay too long.
const EXPIRED: &str = "30036";

/// One account.
#[derive(Clone, Debug)]
pub struct Twilio {
    http: Client,
    account: Account,
    callback: Callback,
}

#[derive(Deserialize)]
struct Sent {
    sid: String,
}

#[derive(Deserialize)]
struct Refusal {
    code: u32,
}

impl Twilio {
    /// The account of the settings.
    #[must_use]
    pub fn new(http: Client, account: Account, callback: Callback) -> Self {
        Self { http, account, callback }
    }

    async fn ask(&self, message: &Outgoing) -> Outcome {
        let form = Serializer::new(String::new())
            .append_pair("To", message.to.as_str())
            .append_pair("From", &message.from)
            .append_pair("Body", &message.text)
            .append_pair("StatusCallback", &self.callback.address(message))
            .finish();
        let request = self.http.post(&self.account.url);
        let request = request.basic_auth(&self.account.username, Some(self.account.password.expose()));
        match request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form).send().await {
            Err(error) => unanswered(&error),
            Ok(answer) => judge(answer, message).await,
        }
    }

    /// Whether Twilio called `address` with this query and body.
    fn check_signature(&self, address: &str, request: ReportRequest<'_>) -> Result<(), BadReport> {
        let address =
            if request.query.is_empty() { address.to_owned() } else { format!("{address}?{}", request.query) };
        let signed = signed(&address, request.body);
        let signature = BASE64.decode(request.signature.as_bytes()).map_err(|_| BadReport::Forged)?;
        let right = is_right::<Hmac<Sha1>>(self.account.password.expose(), signed.as_bytes(), &signature);
        if right { Ok(()) } else { Err(BadReport::Forged) }
    }
}

impl Adapter for Twilio {
    fn capabilities(&self) -> Capabilities {
        Capabilities { signature: Some("X-Twilio-Signature"), ..Capabilities::USUAL }
    }

    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Outcome> {
        Box::pin(self.ask(message))
    }

    fn read_report(&self, request: ReportRequest<'_>) -> Result<GatewayReport, BadReport> {
        let message_id = self.callback.check(request.query)?;
        self.check_signature(&self.callback.address_without_query(), request)?;
        let kind = match request.field("MessageStatus").as_deref() {
            Some("accepted" | "scheduled" | "queued" | "sending") => Report::Buffered,
            Some("sent") => Report::Accepted,
            Some("failed") if request.field("ErrorCode").as_deref() == Some(EXPIRED) => Report::Expired,
            Some("failed") => Report::Rejected,
            Some("undelivered" | "canceled") => Report::Undelivered,
            Some("delivered" | "read") => Report::Delivered,
            _ => return Err(BadReport::Malformed),
        };
        Ok(GatewayReport { message_id, kind })
    }

    fn read_inbound(&self, request: ReportRequest<'_>) -> Result<Inbound, BadReport> {
        self.callback.check_secret(request.secret)?;
        self.check_signature(&self.callback.inbound(), request)?;
        let (from, text) = request.field("From").zip(request.field("Body")).ok_or(BadReport::Malformed)?;
        self.callback.read_inbound(&from, &text)
    }

    fn callback(&self) -> &Callback {
        &self.callback
    }
}

/// What the signature is made of.
fn signed(address: &str, form: &[u8]) -> String {
    let mut parameters: Vec<_> = form_urlencoded::parse(form).collect();
    parameters.sort();
    parameters.dedup();
    parameters.into_iter().fold(address.to_owned(), |signed, (name, value)| signed + &name + &value)
}

async fn judge(answer: Response, message: &Outgoing) -> Outcome {
    let status = answer.status();
    if status.is_success() {
        return match read::<Sent>(answer).await {
            Ok(Sent { sid }) => Outcome::Accepted { reference: Some(sid) },
            Err(outcome) => outcome,
        };
    }
    let general = unavailable(status, answer.headers());
    let queue_full = too_fast(status, answer.headers());
    if !status.is_client_error() {
        return general;
    }
    match read::<Refusal>(answer).await.map_or(0, |refusal| refusal.code) {
        21_611 => queue_full,
        code => explained(code, message).unwrap_or(general),
    }
}

/// The codes that say more than the status.
fn explained(code: u32, message: &Outgoing) -> Option<Outcome> {
    Some(match code {
        10_001 | 20_003 | 20_403 => pause(Why::Account, "Twilio refuses the account or its token"),
        21_212 | 21_401 | 21_601 | 21_603 | 21_606 | 21_657 | 21_661 => pause(Why::Sender, "Twilio refuses the sender"),
        21_608 => pause(Why::Account, "Twilio sends from a trial account to verified numbers only"),
        21_609 => pause(Why::Settings, "Twilio cannot use the public address for its reports"),
        21_408 => country_refused(message),
        21_610 => rejected("the number has opted out at Twilio"),
        21_211 | 21_217 | 21_612 | 21_614 | 21_635 => rejected("Twilio refuses the number"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Twilio's documentation.
    #[test]
    fn the_signature_is_twilios() {
        let form = b"Digits=1234&To=%2B18005551212&From=%2B14158675309&Caller=%2B14158675309&CallSid=CA1234567890ABCDE";
        let signed = signed("https://mycompany.com/myapp.php?foo=1&bar=2", form);
        let signature = BASE64.decode(b"RSOYDt4T1cUTdK1PDd93/VVr8B8=").unwrap();
        assert!(is_right::<Hmac<Sha1>>("12345", signed.as_bytes(), &signature));
        assert!(!is_right::<Hmac<Sha1>>("12346", signed.as_bytes(), &signature));
    }
}
