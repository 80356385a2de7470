//! The phones built into this binary: `POST {url}/simulator/send` with JSON, answered by `202 {"id": "…"}`, and reports as
//! JSON to the callback address. What a phone writes would come as JSON with `from` and `text`.

use futures_util::future::BoxFuture;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Response, StatusCode};
use serde::Deserialize;
use serde_json::json;

use super::answer::{read, unanswered, unavailable};
use super::callback::Callback;
use super::{Adapter, BadReport, Capabilities, GatewayReport, Inbound, Outgoing, ReportRequest};
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
    Buffered,
    Undelivered,
    Expired,
    Delivered,
}

#[derive(Deserialize)]
struct Written {
    from: String,
    text: String,
}

impl Simulator {
    /// The simulator of the installation at `url`.
    #[must_use]
    pub fn new(http: Client, url: &PublicUrl, callback: Callback) -> Self {
        Self { http, address: format!("{url}/simulator/send"), callback }
    }

    async fn ask(&self, message: &Outgoing) -> Outcome {
        let request = json!({
            "to": message.to.as_str(),
            "from": message.from,
            "text": message.text,
            "reference": message.id,
            "callback": self.callback.address(message),
        });
        let request = self.http.post(&self.address).header(CONTENT_TYPE, "application/json").body(request.to_string());
        match request.send().await {
            Err(error) => unanswered(&error),
            Ok(answer) if answer.status() == StatusCode::ACCEPTED => accepted(answer).await,
            Ok(answer) => unavailable(answer.status(), answer.headers()),
        }
    }
}

impl Adapter for Simulator {
    fn capabilities(&self) -> Capabilities {
        Capabilities::USUAL
    }

    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Outcome> {
        Box::pin(self.ask(message))
    }

    fn read_report(&self, request: ReportRequest<'_>) -> Result<GatewayReport, BadReport> {
        let message_id = self.callback.check(request.query)?;
        let delivery: Delivery = serde_json::from_slice(request.body).map_err(|_| BadReport::Malformed)?;
        if delivery.reference != message_id {
            return Err(BadReport::Malformed);
        }
        let kind = match delivery.status {
            Status::Buffered => Report::Buffered,
            Status::Undelivered => Report::Undelivered,
            Status::Expired => Report::Expired,
            Status::Delivered => Report::Delivered,
        };
        Ok(GatewayReport { message_id, kind })
    }

    fn read_inbound(&self, request: ReportRequest<'_>) -> Result<Inbound, BadReport> {
        self.callback.check_secret(request.secret)?;
        let Written { from, text } = serde_json::from_slice(request.body).map_err(|_| BadReport::Malformed)?;
        self.callback.read_inbound(&from, &text)
    }

    fn callback(&self) -> &Callback {
        &self.callback
    }
}

async fn accepted(answer: Response) -> Outcome {
    match read::<Accepted>(answer).await {
        Ok(accepted) => Outcome::Accepted { reference: Some(accepted.id) },
        Err(outcome) => outcome,
    }
}
