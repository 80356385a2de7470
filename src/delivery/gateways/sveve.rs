//! Sveve (<https://sveve.no/apidok/send> and `…/dlr`, read in their Danish and Swedish editions;
//! <https://www.sveve.no/sms-api-med-kodeord.jsp> for what phones write; the shape of the answer and of an error as the
//! clients on GitHub read it).
//!
//! `POST /SMS/SendMessage` with JSON, user and password in it. Every answer is 200; `msgOkCount` says how many messages
//! were taken, `fatalError` that none was and why, `errors` which number was refused. The texts of errors are not listed
//! anywhere that was found, so they are not read: a `fatalError` is taken to concern the account. `ref` (at most 36
//! characters) comes back in the report, which goes to one address by `GET` or `POST`, signed by nothing. Limits of the
//! rate are not documented.

use futures_util::future::BoxFuture;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{pause, read, refused, rejected, unanswered, uncertain};
use super::callback::{Callback, after_keyword};
use super::{Adapter, BadReport, Capabilities, GatewayReport, Inbound, Outgoing, ReportRequest};
use crate::campaign::held::Why;
use crate::config::Account;
use crate::message::state::{Outcome, Report};

/// In addresses and settings.
pub const NAME: &str = "sveve";

/// One account.
#[derive(Clone, Debug)]
pub struct Sveve {
    http: Client,
    account: Account,
    callback: Callback,
}

#[derive(Deserialize)]
struct Answer {
    response: Counted,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counted {
    msg_ok_count: Option<u64>,
    #[serde(default)]
    ids: Vec<u64>,
    fatal_error: Option<String>,
    #[serde(default)]
    errors: Vec<Value>,
}

impl Sveve {
    /// The account of the settings.
    #[must_use]
    pub fn new(http: Client, account: Account, callback: Callback) -> Self {
        Self { http, account, callback }
    }

    async fn ask(&self, message: &Outgoing) -> Outcome {
        let body = json!({
            "user": self.account.username,
            "passwd": self.account.password.expose(),
            "to": message.digits(),
            "msg": message.text,
            "from": message.from,
            "ref": message.id,
            "f": "json",
        });
        let request = self.http.post(&self.account.url).header(CONTENT_TYPE, "application/json").body(body.to_string());
        match request.send().await {
            Err(error) => unanswered(&error),
            Ok(answer) => judge(answer).await,
        }
    }
}

impl Adapter for Sveve {
    fn capabilities(&self) -> Capabilities {
        Capabilities { callback_per_message: false, ..Capabilities::USUAL }
    }

    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Outcome> {
        Box::pin(self.ask(message))
    }

    fn read_report(&self, request: ReportRequest<'_>) -> Result<GatewayReport, BadReport> {
        self.callback.check_secret(request.secret)?;
        let message_id = request.field("ref").filter(|reference| !reference.is_empty());
        let kind = match request.field("status").as_deref() {
            Some("true") => Report::Delivered,
            Some("false") => Report::Undelivered,
            _ => return Err(BadReport::Malformed),
        };
        Ok(GatewayReport { message_id: message_id.ok_or(BadReport::Malformed)?, kind })
    }

    fn read_inbound(&self, request: ReportRequest<'_>) -> Result<Inbound, BadReport> {
        self.callback.check_secret(request.secret)?;
        let (from, text) = request.field("number").zip(request.field("msg")).ok_or(BadReport::Malformed)?;
        // Whether the keyword is left in the text is not documented, but the report names it.
        let keyword = request.field("prefix").unwrap_or_default();
        self.callback.read_inbound(&from, after_keyword(&text, &keyword))
    }

    fn callback(&self) -> &Callback {
        &self.callback
    }
}

async fn judge(answer: Response) -> Outcome {
    if answer.status() != StatusCode::OK {
        return match answer.status() {
            status if status.is_success() => uncertain("the answer is not Sveve's"),
            status => refused(status, answer.headers()),
        };
    }
    match read::<Answer>(answer).await {
        Ok(answer) => count(&answer.response),
        Err(outcome) => outcome,
    }
}

fn count(response: &Counted) -> Outcome {
    let Counted { msg_ok_count, ids, fatal_error, errors } = response;
    match (msg_ok_count, ids.as_slice(), fatal_error) {
        (Some(1), ids, None) => Outcome::Accepted { reference: ids.first().map(ToString::to_string) },
        (None | Some(0), [], Some(_)) => {
            pause(Why::Account, "Sveve refuses the account: the password, the sender, or nothing left to send for")
        }
        (Some(0), [], None) if !errors.is_empty() => rejected("Sveve refuses the number"),
        _ => uncertain("Sveve answered neither that it has the message nor that it refuses it"),
    }
}
