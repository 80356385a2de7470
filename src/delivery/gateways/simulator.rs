//! The phones built into this binary: `POST {url}/simulator/send` with JSON, answered by `202 {"id": "…"}`, and reports as
//! JSON to the callback address.

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Response, StatusCode};
use serde::{Deserialize, Serialize};

use super::callback::Callback;
use super::{BadReport, GatewayReport, Outgoing, ReportRequest, refused, unanswered, uncertain};
use crate::config::PublicUrl;
use crate::message::state::{Outcome, Report};

/// In addresses and settings.
pub const NAME: &str = "simulator";

/// The way to the simulated phones.
#[derive(Clone, Debug)]
pub struct Simulator {
    http: Client,
    address: String,
    callback: Callback,
}

#[derive(Serialize)]
struct Request<'a> {
    to: &'a str,
    from: &'a str,
    text: &'a str,
    reference: &'a str,
    callback: &'a str,
}

#[derive(Deserialize)]
struct Accepted {
    id: String,
}

#[derive(Deserialize)]
struct Delivery {
    reference: String,
    status: Status,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Delivered,
    Undelivered,
}

impl Simulator {
    /// The simulator of the installation at `url`.
    #[must_use]
    pub fn new(http: Client, url: &PublicUrl, callback: Callback) -> Self {
        Self { http, address: format!("{url}/simulator/send"), callback }
    }

    pub(super) async fn send(&self, message: &Outgoing) -> Outcome {
        let callback = self.callback.address(message);
        let request = Request {
            to: message.to.as_str(),
            from: &message.from,
            text: &message.text,
            reference: &message.id,
            callback: &callback,
        };
        let Ok(json) = serde_json::to_vec(&request) else {
            return Outcome::Rejected { reason: "the message cannot be written as JSON".to_owned() };
        };
        let sent = self.http.post(&self.address).header(CONTENT_TYPE, "application/json").body(json).send().await;
        match sent {
            Err(error) => unanswered(&error),
            Ok(answer) if answer.status() == StatusCode::ACCEPTED => accepted(answer).await,
            Ok(answer) => refused(answer.status(), answer.headers()),
        }
    }

    pub(super) fn read_report(&self, request: ReportRequest<'_>) -> Result<GatewayReport, BadReport> {
        let message_id = self.callback.check(request.query)?;
        let delivery: Delivery = serde_json::from_slice(request.body).map_err(|_| BadReport::Malformed)?;
        if delivery.reference != message_id {
            return Err(BadReport::Malformed);
        }
        let kind = match delivery.status {
            Status::Delivered => Report::Delivered,
            Status::Undelivered => Report::Undelivered,
        };
        Ok(GatewayReport { message_id, kind })
    }
}

async fn accepted(answer: Response) -> Outcome {
    match answer.bytes().await {
        Err(error) => unanswered(&error),
        Ok(body) => match serde_json::from_slice::<Accepted>(&body) {
            Ok(accepted) => Outcome::Accepted { reference: Some(accepted.id) },
            Err(_) => uncertain("the gateway's answer cannot be read"),
        },
    }
}
