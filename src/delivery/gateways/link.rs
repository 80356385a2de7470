//! LINK Mobility's platform "Common" (*SMS REST API, MT and Delivery Reports*, version 1.6 of July 2019, read; 2.4 of June
//! 2025 has the same first pages; the format of messages from phones is that of *SMS REST API, MO messages* as
//! `deveel/deveel.lm.client` on GitHub reads it, with its copy of the result codes).
//!
//! `POST …/sms/send` with JSON and Basic authentication. The answer is 200 with `resultCode` 1005, and is left out unless
//! `ignoreResponse` is false; 400, 401 and 403 come with an error whose code decides. Reports go through a *gate* that LINK
//! sets up with one address; it wants exactly 200. Nothing is signed. A message in several parts is reported part by part,
//! and the best of them counts. Signs beyond the first plane of Unicode, such as emoji, are not carried.
//!
//! In which field an error names its code is not in what was read: all candidates are looked at. Limits of the rate are not
//! documented.

use futures_util::future::BoxFuture;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{pause, read, refused, rejected, unanswered, uncertain};
use super::callback::Callback;
use super::{Adapter, BadReport, Capabilities, GatewayReport, Inbound, Outgoing, ReportRequest};
use crate::campaign::held::Why;
use crate::config;
use crate::message::state::{Outcome, Report};

/// In addresses and settings.
pub const NAME: &str = "link";

const QUEUED: i64 = 1005;

/// One account.
#[derive(Clone, Debug)]
pub struct Link {
    http: Client,
    settings: config::Link,
    callback: Callback,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    message_id: String,
    result_code: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Delivery {
    ref_id: String,
    result_code: i64,
}

#[derive(Deserialize)]
struct Written {
    source: String,
    content: Content,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Content {
    user_data: String,
}

impl Link {
    /// The account of the settings.
    #[must_use]
    pub fn new(http: Client, settings: config::Link, callback: Callback) -> Self {
        Self { http, settings, callback }
    }

    async fn ask(&self, message: &Outgoing) -> Outcome {
        if message.text.chars().any(|sign| sign.len_utf16() > 1) {
            return rejected("LINK Mobility carries no emoji and no other sign of that kind");
        }
        let config::Link { account, platform, partner, gate } = &self.settings;
        let body = json!({
            "source": message.from,
            "sourceTON": "ALPHANUMERIC",
            "destination": message.to.as_str(),
            "userData": message.text,
            "useDeliveryReport": true,
            "deliveryReportGates": [gate],
            "platformId": platform,
            "platformPartnerId": partner,
            "refId": message.id,
            "ignoreResponse": false,
        });
        let request = self.http.post(&account.url).basic_auth(&account.username, Some(account.password.expose()));
        let request = request.header(CONTENT_TYPE, "application/json").body(body.to_string());
        match request.send().await {
            Err(error) => unanswered(&error),
            Ok(answer) => judge(answer).await,
        }
    }
}

impl Adapter for Link {
    fn capabilities(&self) -> Capabilities {
        Capabilities { callback_per_message: false, confirmed_by: 200, ..Capabilities::USUAL }
    }

    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Outcome> {
        Box::pin(self.ask(message))
    }

    fn read_report(&self, request: ReportRequest<'_>) -> Result<GatewayReport, BadReport> {
        self.callback.check_secret(request.secret)?;
        let delivery: Delivery = serde_json::from_slice(request.body).map_err(|_| BadReport::Malformed)?;
        let kind = report(delivery.result_code).ok_or(BadReport::Malformed)?;
        Ok(GatewayReport { message_id: delivery.ref_id, kind })
    }

    fn read_inbound(&self, request: ReportRequest<'_>) -> Result<Inbound, BadReport> {
        self.callback.check_secret(request.secret)?;
        let written: Written = serde_json::from_slice(request.body).map_err(|_| BadReport::Malformed)?;
        self.callback.read_inbound(&written.source, &written.content.user_data)
    }

    fn callback(&self) -> &Callback {
        &self.callback
    }
}

async fn judge(answer: Response) -> Outcome {
    match answer.status() {
        StatusCode::OK => match read::<Sent>(answer).await {
            Ok(Sent { message_id, result_code: QUEUED }) => Outcome::Accepted { reference: Some(message_id) },
            Ok(_) => uncertain("LINK Mobility answered neither that it has the message nor that it refuses it"),
            Err(outcome) => outcome,
        },
        StatusCode::BAD_REQUEST => invalid(answer).await,
        status if status.is_success() => uncertain("the answer is not LINK Mobility's"),
        status => refused(status, answer.headers()),
    }
}

/// 400: an invalid request, which is not sent, unless the code says that LINK itself does not know.
async fn invalid(answer: Response) -> Outcome {
    let error = read::<Value>(answer).await.unwrap_or_default();
    match code(&error) {
        Some(106_000) => uncertain("LINK Mobility had an unknown error"),
        Some(106_100..=106_101) => pause(Why::Account, "LINK Mobility refuses the user or the password"),
        Some(106_200..=106_202) => pause(Why::Settings, "LINK Mobility does not know the platform or the partner"),
        Some(106_300..=106_301) => pause(Why::Settings, "LINK Mobility does not know the gate"),
        Some(2_000..=2_003) => pause(Why::Sender, "LINK Mobility refuses the sender"),
        Some(2_100..=2_107) => rejected("LINK Mobility refuses the number"),
        _ => rejected("LINK Mobility refuses the message"),
    }
}

fn code(error: &Value) -> Option<i64> {
    let number = |value: &Value| value.as_i64().or_else(|| value.as_str()?.parse().ok());
    ["resultCode", "errorCode", "status"].iter().find_map(|name| error.get(name).and_then(number))
}

/// The status codes of reports. 4 and 5 end without saying whether the phone has it, so nothing follows but that it left.
fn report(code: i64) -> Option<Report> {
    Some(match code {
        1_005 | 1_008 | 1_012 => Report::Buffered,
        4 | 5 | 1_000 | 1_011 | 1_013 => Report::Accepted,
        1_001 | 1_007 => Report::Delivered,
        1_002 | 1_010 => Report::Expired,
        0..=3 | 6 | 104 | 105 | 1_003 | 1_004 | 1_006 | 1_009 | 2_000..=2_207 | 3_000..=3_002 | 4_000..=4_007 => {
            Report::Undelivered
        }
        _ => return None,
    })
}
