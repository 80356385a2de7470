//! Kannel's smsbox (<https://www.kannel.org/download/1.4.5/userguide-1.4.5/userguide.html>, chapters 6 and 10).
//!
//! Seen with 1.4.5: æøå arrive right as plain GSM, everything outside GSM needs `coding=2&charset=UTF-8`; the answer holds
//! no id of the message; 403 says either that the password is wrong or that no line takes the number, and only the text
//! tells which; reports are dropped unless smsbox has `http-request-retry`.

use reqwest::{Client, Response, StatusCode};

use super::callback::{Callback, parameter};
use super::{BadReport, GatewayReport, Outgoing, ReportRequest, refused, unanswered, uncertain};
use crate::config;
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
    settings: config::Kannel,
    callback: Callback,
}

impl Kannel {
    /// The smsbox of the settings.
    #[must_use]
    pub fn new(http: Client, settings: config::Kannel, callback: Callback) -> Self {
        Self { http, settings, callback }
    }

    pub(super) async fn send(&self, message: &Outgoing) -> Outcome {
        // Kannel puts the type of the report in the place of %d.
        let report_to = format!("{}&type=%d", self.callback.address(message));
        let request = self.http.get(&self.settings.url).query(&[
            ("username", self.settings.username.as_str()),
            ("password", self.settings.password.expose()),
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

    pub(super) fn read_report(&self, request: ReportRequest<'_>) -> Result<GatewayReport, BadReport> {
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
}

async fn judge(answer: Response) -> Outcome {
    match answer.status() {
        StatusCode::ACCEPTED => Outcome::Accepted { reference: None },
        StatusCode::FORBIDDEN => forbidden(answer).await,
        status if status.is_success() => uncertain("the answer is not Kannel's"),
        status => refused(status, answer.headers()),
    }
}

async fn forbidden(answer: Response) -> Outcome {
    let text = answer.text().await.unwrap_or_default();
    if text.contains("Not routable") {
        Outcome::Rejected { reason: "Kannel has no line for the number".to_owned() }
    } else {
        Outcome::Pause { reason: "Kannel refuses the user or the password".to_owned() }
    }
}
