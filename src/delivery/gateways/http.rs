//! Any other provider, described in the settings: a request with places in it, what answers mean, and where reports and
//! messages from phones say what. Nothing is taken for granted: an answer that fits no rule leaves the message in doubt.

use std::borrow::Cow;

use futures_util::future::BoxFuture;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::Value;

use super::answer::{retry_after, unanswered, uncertain};
use super::callback::Callback;
use super::{Adapter, BadReport, Capabilities, GatewayReport, Inbound, Outgoing, ReportRequest};
use crate::campaign::held::Why;
use crate::config::{Answers, BodyType, HttpGateway, HttpReport, Place, Rule, Secret};
use crate::message::state::{Outcome, Report};

/// In addresses and settings.
pub const NAME: &str = "http";

/// One provider.
#[derive(Clone, Debug)]
pub struct Http {
    client: Client,
    settings: Box<HttpGateway>,
    callback: Callback,
}

impl Http {
    /// The provider of the settings.
    #[must_use]
    pub fn new(client: Client, settings: Box<HttpGateway>, callback: Callback) -> Self {
        Self { client, settings, callback }
    }

    async fn ask(&self, message: &Outgoing) -> Outcome {
        match self.request(message).send().await {
            Err(error) => unanswered(&error),
            Ok(answer) => judge(&self.settings.answers, answer).await,
        }
    }

    fn request(&self, message: &Outgoing) -> RequestBuilder {
        let callback = self.callback.address(message);
        let token = self.settings.token.as_ref().map_or("", Secret::expose);
        let places = [
            ("{to}", message.to.as_str()),
            ("{from}", &message.from),
            ("{text}", &message.text),
            ("{id}", &message.id),
            ("{callback}", &callback),
            ("{token}", token),
        ];
        let mut request =
            self.client.request(self.settings.method.clone(), fill(&self.settings.url, &places, in_query));
        if let Some(body) = &self.settings.body {
            request = match self.settings.body_type {
                BodyType::Json => request.header(CONTENT_TYPE, "application/json").body(fill(body, &places, in_json)),
                BodyType::Form => request
                    .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(fill(body, &places, in_query)),
            };
        }
        let headers = self.settings.headers.iter();
        headers.fold(request, |request, (name, value)| request.header(name, fill(value, &places, as_it_is)))
    }
}

impl Adapter for Http {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            callback_per_message: self.settings.has_callback(),
            inbound: self.settings.inbound.is_some(),
            ..Capabilities::USUAL
        }
    }

    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Outcome> {
        Box::pin(self.ask(message))
    }

    fn read_report(&self, request: ReportRequest<'_>) -> Result<GatewayReport, BadReport> {
        let proven = if self.settings.has_callback() {
            Some(self.callback.check(request.query)?)
        } else {
            self.callback.check_secret(request.secret)?;
            None
        };
        let report = self.settings.report.as_ref().ok_or(BadReport::Malformed)?;
        let said =
            report.reference.as_ref().map(|place| find(place, request).ok_or(BadReport::Malformed)).transpose()?;
        let message_id = match (proven, said) {
            (Some(proven), Some(said)) if proven != said => return Err(BadReport::Malformed),
            (proven, said) => proven.or(said).ok_or(BadReport::Malformed)?,
        };
        let kind = find(&report.status, request).and_then(|word| meaning(report, &word));
        Ok(GatewayReport { message_id, kind: kind.ok_or(BadReport::Malformed)? })
    }

    fn read_inbound(&self, request: ReportRequest<'_>) -> Result<Inbound, BadReport> {
        self.callback.check_secret(request.secret)?;
        let places = self.settings.inbound.as_ref().ok_or(BadReport::Malformed)?;
        let (from, text) = find(&places.from, request).zip(find(&places.text, request)).ok_or(BadReport::Malformed)?;
        self.callback.read_inbound(&from, &text)
    }

    fn callback(&self) -> &Callback {
        &self.callback
    }
}

/// The template with each place filled once: what is put in is not looked at again.
fn fill(template: &str, places: &[(&str, &str)], escape: fn(&str) -> Cow<'_, str>) -> String {
    let mut filled = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        let (name, value) = match places.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, value)) => (*name, escape(value)),
            None => ("{", "{".into()),
        };
        filled.push_str(&value);
        rest = &rest[name.len()..];
    }
    filled + rest
}

fn in_query(text: &str) -> Cow<'_, str> {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().into()
}

/// What stands between the quotation marks, which the template has.
fn in_json(text: &str) -> Cow<'_, str> {
    let quoted = Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned().into()
}

fn as_it_is(text: &str) -> Cow<'_, str> {
    text.into()
}

async fn judge(answers: &Answers, answer: Response) -> Outcome {
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    match answer.bytes().await {
        Err(error) => unanswered(&error),
        Ok(body) => weigh(answers, status, &headers, &String::from_utf8_lossy(&body)),
    }
}

/// A rule that asks for a text goes before one that asks for the status alone, and a refusal before an acceptance.
fn weigh(answers: &Answers, status: u16, headers: &HeaderMap, body: &str) -> Outcome {
    let fits = |rules: &[Rule], with_text: bool| {
        rules
            .iter()
            .filter(|rule| rule.status == status && rule.contains.is_some() == with_text)
            .any(|rule| rule.contains.as_ref().is_none_or(|text| body.contains(text)))
    };
    let reason = format!("the gateway answered with status {status}");
    for with_text in [true, false] {
        if fits(&answers.rejected, with_text) {
            return Outcome::Rejected { reason };
        } else if fits(&answers.pause, with_text) {
            return Outcome::Pause { why: Why::Other, reason };
        } else if fits(&answers.not_sent, with_text) {
            return Outcome::NotSent { reason, retry_after: retry_after(headers), too_fast: status == 429 };
        } else if fits(&answers.accepted, with_text) {
            return Outcome::Accepted { reference: None };
        }
    }
    uncertain("the gateway's answer fits no rule of the settings")
}

fn find(place: &Place, request: ReportRequest<'_>) -> Option<String> {
    match place {
        Place::Field(name) => request.field(name),
        Place::Json(pointer) => match serde_json::from_slice::<Value>(request.body).ok()?.pointer(pointer)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            _ => None,
        },
    }
}

fn meaning(report: &HttpReport, word: &str) -> Option<Report> {
    let (name, _) = report.words.iter().find(|(_, said)| said == word)?;
    Report::ALL.into_iter().find(|report| report.name() == *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_into_a_template_is_escaped_and_not_filled_again() {
        let places = [("{text}", "a \"{token}\" & b\n€"), ("{token}", "hidden")];
        assert_eq!(fill(r#"{"t":"{text}","{x"}"#, &places, in_json), r#"{"t":"a \"{token}\" & b\n€","{x"}"#);
        assert_eq!(fill("t={text}&k={token}{", &places, in_query), "t=a+%22%7Btoken%7D%22+%26+b%0A%E2%82%AC&k=hidden{");
    }
}
