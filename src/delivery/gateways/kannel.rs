//! Kannel's smsbox (<https://www.kannel.org/download/1.4.5/userguide-1.4.5/userguide.html>, chapters 6 and 10).
//!
//! Seen with 1.4.5: æøå arrive right as plain GSM, everything outside GSM needs `coding=2&charset=UTF-8`; the answer holds
//! no id of the message; 403 says either that the password is wrong or that no line takes the number, and only the text
//! tells which; 503 asks to try again later; reports are dropped unless smsbox has `http-request-retry`. What phones write
//! comes by the `get-url` of an `sms-service`, with `from=%p&text=%a`.

use futures_util::future::BoxFuture;
use reqwest::{Client, Response, StatusCode};

use super::answer::{pause, rejected, unanswered, unavailable, uncertain};
use super::callback::Callback;
use super::request::parameter;
use super::{Adapter, BadReport, Capabilities, GatewayReport, Inbound, Outgoing, ReportRequest};
use crate::campaign::held::Why;
use crate::config::Account;
use crate::message::segments::Encoding;
use crate::message::state::{Outcome, Report};

/// In addresses and settings.
pub const NAME: &str = "kannel";

/// Delivered, failed, buffered, taken by the centre, refused by the centre: every report there is.
const EVERY_REPORT: &str = "31";

/// One smsbox.
#[derive(Clone, Debug)]
pub struct Kannel {
    http: Client,
    account: Account,
    callback: Callback,
}

impl Kannel {
    /// The smsbox of the settings.
    #[must_use]
    pub fn new(http: Client, account: Account, callback: Callback) -> Self {
        Self { http, account, callback }
    }

    async fn ask(&self, message: &Outgoing) -> Outcome {
        // Kannel puts the type of the report in the place of %d.
        let report_to = format!("{}&type=%d", self.callback.address(message));
        let request = self.http.get(&self.account.url).query(&[
            ("username", self.account.username.as_str()),
            ("password", self.account.password.expose()),
            ("from", &message.from),
            ("to", message.to.as_str()),
            ("text", &message.text),
            ("dlr-mask", EVERY_REPORT),
            ("dlr-url", &report_to),
        ]);
        let request = match Encoding::of(&message.text) {
            Encoding::Gsm7 => request,
            Encoding::Ucs2 => request.query(&[("coding", "2"), ("charset", "UTF-8")]),
        };
        match request.send().await {
            Err(error) => unanswered(&error),
            Ok(answer) => judge(answer).await,
        }
    }
}

impl Adapter for Kannel {
    fn capabilities(&self) -> Capabilities {
        // After 204, smsbox brings every report once more, on a connection more.
        Capabilities { confirmed_by: 200, ..Capabilities::USUAL }
    }

    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Outcome> {
        Box::pin(self.ask(message))
    }

    fn read_report(&self, request: ReportRequest<'_>) -> Result<GatewayReport, BadReport> {
        let message_id = self.callback.check(request.query)?;
        let kind = match parameter(request.query, "type").as_deref() {
            Some("1") => Report::Delivered,
            Some("2") => Report::Undelivered,
            Some("4") => Report::Buffered,
            Some("8") => Report::Accepted,
            Some("16") => Report::Rejected,
            _ => return Err(BadReport::Malformed),
        };
        Ok(GatewayReport { message_id, kind })
    }

    fn read_inbound(&self, request: ReportRequest<'_>) -> Result<Inbound, BadReport> {
        self.callback.check_secret(request.secret)?;
        let (from, text) = (parameter(request.query, "from"), parameter(request.query, "text"));
        let (from, text) = from.zip(text).ok_or(BadReport::Malformed)?;
        self.callback.read_inbound(&from, &text)
    }

    fn callback(&self) -> &Callback {
        &self.callback
    }
}

async fn judge(answer: Response) -> Outcome {
    match answer.status() {
        StatusCode::ACCEPTED => Outcome::Accepted { reference: None },
        StatusCode::FORBIDDEN => forbidden(answer).await,
        status if status.is_success() => uncertain("the answer is not Kannel's"),
        status => unavailable(status, answer.headers()),
    }
}

async fn forbidden(answer: Response) -> Outcome {
    let text = answer.text().await.unwrap_or_default();
    if text.contains("Not routable") {
        rejected("Kannel has no line for the number")
    } else {
        pause(Why::Account, "Kannel refuses the user or the password")
    }
}
