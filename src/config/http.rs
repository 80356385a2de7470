//! `[gateway]` of kind `http`: a provider described by its request, its answers and what it calls back with.

use std::fmt;

use reqwest::Method;

use super::gateway::optional_secret;
use super::secret::Secret;
use super::source::Source;
use super::values;

/// Its keys, beside those that every gateway has.
pub(super) const KEYS: [&str; 21] = [
    "url",
    "method",
    "headers",
    "body",
    "body_type",
    "token",
    "token_file",
    "answer.accepted",
    "answer.rejected",
    "answer.pause",
    "answer.not_sent",
    "report.reference",
    "report.status",
    "report.buffered",
    "report.accepted",
    "report.rejected",
    "report.undelivered",
    "report.expired",
    "report.delivered",
    "inbound.from",
    "inbound.text",
];

/// What stands in the places of a template.
const PLACES: [&str; 6] = ["{to}", "{from}", "{text}", "{id}", "{callback}", "{token}"];

/// A provider that has no file of its own. `Debug` shows nothing of it: a password may stand in any of its templates.
#[derive(Clone)]
pub struct HttpGateway {
    /// A template; what is put into it is escaped as a part of a query.
    pub url: String,
    /// `GET` or `POST`.
    pub method: Method,
    /// Name and template of the value.
    pub headers: Vec<(String, String)>,
    /// A template; what is put into it is escaped as `body_type` demands.
    pub body: Option<String>,
    /// How the body is written.
    pub body_type: BodyType,
    /// What `{token}` stands for.
    pub token: Option<Secret>,
    /// What its answers mean.
    pub answers: Answers,
    /// Where its reports say what.
    pub report: Option<HttpReport>,
    /// Where its messages from phones say what.
    pub inbound: Option<HttpInbound>,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyType {
    /// `application/json`
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
}

/// What answers mean; one that fits none of these leaves the message in doubt.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// The provider has it.
    pub accepted: Vec<Rule>,
    /// It never will be sent.
    pub rejected: Vec<Rule>,
    /// Nothing would be sent: wrong password, no credit.
    pub pause: Vec<Rule>,
    /// Not sent, and worth another try.
    pub not_sent: Vec<Rule>,
}

/// A status, and a text that must stand in the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Of HTTP.
    pub status: u16,
    /// `None`: any body will do.
    pub contains: Option<String>,
}

/// Where something stands in a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The parameter of that name, in the query or in a form.
    Field(String),
    /// A JSON pointer (RFC 6901) into the body.
    Json(String),
}

/// Where a report says what, and in which words.
#[derive(Clone, Debug)]
pub struct HttpReport {
    /// Our id; `None` where the address itself says which message it is.
    pub reference: Option<Place>,
    /// What has become of it.
    pub status: Place,
    /// The name of a report, as in `message::state::Report::name`, and a word of the provider's for it.
    pub words: Vec<(&'static str, String)>,
}

/// Where a message from a phone says what.
#[derive(Clone, Debug)]
pub struct HttpInbound {
    /// The phone's number.
    pub from: Place,
    /// What it wrote.
    pub text: Place,
}

impl fmt::Debug for HttpGateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HttpGateway(…)")
    }
}

impl HttpGateway {
    /// Whether each message tells the provider where to report about it.
    #[must_use]
    pub fn has_callback(&self) -> bool {
        let in_header = self.headers.iter().any(|(_, value)| value.contains("{callback}"));
        self.url.contains("{callback}")
            || in_header
            || self.body.as_ref().is_some_and(|body| body.contains("{callback}"))
    }

    pub(super) fn from_source(source: &mut Source) -> Option<Self> {
        let url = source.require("gateway.url", url);
        let method = source.require("gateway.method", method);
        let body_type = source.take("gateway.body_type", BodyType::parse);
        let body = source.take("gateway.body", template);
        match (&body, body_type) {
            (Some(_), None) => source.complain("gateway.body_type", "is missing: the body is json or form"),
            (None, Some(_)) => source.complain("gateway.body", "is missing"),
            _ => {}
        }
        let headers = source.take("gateway.headers", headers).unwrap_or_default();
        let token = optional_secret(source, "gateway.token", "gateway.token_file");
        let answers = Answers::from_source(source);
        let (report, inbound) = (HttpReport::from_source(source), HttpInbound::from_source(source));
        let gateway = Self {
            url: url?,
            method: method?,
            headers,
            body,
            body_type: body_type.unwrap_or(BodyType::Form),
            token,
            answers: answers?,
            report,
            inbound,
        };
        gateway.check(source);
        Some(gateway)
    }

    /// What only shows when everything is there.
    fn check(&self, source: &mut Source) {
        let templates = || self.headers.iter().map(|(_, value)| value).chain(&self.body).chain([&self.url]);
        for place in ["{to}", "{text}"] {
            if !templates().any(|template| template.contains(place)) {
                source.complain("gateway.body", &format!("holds no {place}, and neither does gateway.url"));
            }
        }
        if self.body_type == BodyType::Json && self.body.as_ref().is_some_and(|body| !is_json(body)) {
            source
                .complain("gateway.body", "is no JSON when texts stand in its places; put quotation marks around them");
        }
        if self.token.is_none() && templates().any(|template| template.contains("{token}")) {
            source.complain("gateway.token", "is missing: {token} stands for it");
        }
        let unnamed = self.report.as_ref().is_some_and(|report| report.reference.is_none());
        if unnamed && !self.has_callback() {
            source.complain("gateway.report.reference", "is missing, and no {callback} says which message is meant");
        }
    }
}

impl BodyType {
    fn parse(text: &str) -> Result<Self, String> {
        Ok(if values::one_of(text, &["json", "form"])? == "json" { Self::Json } else { Self::Form })
    }
}

impl Answers {
    fn from_source(source: &mut Source) -> Option<Self> {
        let rejected = source.take("gateway.answer.rejected", rules).unwrap_or_default();
        let pause = source.take("gateway.answer.pause", rules).unwrap_or_default();
        let not_sent = source.take("gateway.answer.not_sent", rules).unwrap_or_default();
        let accepted = source.require("gateway.answer.accepted", rules)?;
        Some(Self { accepted, rejected, pause, not_sent })
    }
}

impl HttpReport {
    fn from_source(source: &mut Source) -> Option<Self> {
        let reference = source.take("gateway.report.reference", place);
        let mut words = Vec::new();
        for (key, word) in [
            ("gateway.report.buffered", "buffered"),
            ("gateway.report.accepted", "accepted"),
            ("gateway.report.rejected", "rejected"),
            ("gateway.report.undelivered", "undelivered"),
            ("gateway.report.expired", "expired"),
            ("gateway.report.delivered", "delivered"),
        ] {
            let said = source.take(key, |text| Ok(values::lines(text))).unwrap_or_default();
            words.extend(said.into_iter().map(|said| (word, said)));
        }
        source.needs("gateway.report.", "gateway.report.status");
        let status = source.take("gateway.report.status", place)?;
        if !words.iter().any(|(word, _)| *word == "delivered") {
            source.complain("gateway.report.delivered", "is missing: which word says that the phone has it?");
        }
        Some(Self { reference, status, words })
    }
}

impl HttpInbound {
    fn from_source(source: &mut Source) -> Option<Self> {
        source.needs("gateway.inbound.", "gateway.inbound.from");
        let from = source.take("gateway.inbound.from", place)?;
        let text = source.require("gateway.inbound.text", place)?;
        Some(Self { from, text })
    }
}

/// An address, which the places of a template make no less of one.
fn url(text: &str) -> Result<String, String> {
    values::http_url(&filled(text))?;
    template(text)
}

fn is_json(template: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(&filled(template)).is_ok()
}

/// A template with something in each of its places.
fn filled(template: &str) -> String {
    PLACES.iter().fold(template.to_owned(), |text, place| text.replace(place, "a"))
}

fn method(text: &str) -> Result<Method, String> {
    Ok(if values::one_of(text, &["GET", "POST"])? == "GET" { Method::GET } else { Method::POST })
}

/// A text in which only known places stand. JSON is full of braces, so only what looks like a place is looked at.
fn template(text: &str) -> Result<String, String> {
    let named = |rest: &str| {
        let end = rest.find('}')?;
        let name = &rest[..end];
        (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase())).then(|| format!("{{{name}}}"))
    };
    let unknown = text.split('{').skip(1).filter_map(named).find(|place| !PLACES.contains(&place.as_str()));
    match unknown {
        Some(place) => Err(format!("{place} is not one of {}", PLACES.join(" "))),
        None => Ok(text.to_owned()),
    }
}

/// `Name: value`, one to a line.
fn headers(text: &str) -> Result<Vec<(String, String)>, String> {
    let header = |line: String| {
        let (name, value) = line.split_once(':').ok_or("must be written as Name: value")?;
        Ok((values::header_name(name.trim())?, template(value.trim())?))
    };
    values::lines(text).into_iter().map(header).collect()
}

/// `200`, or `200 text that must stand in the body`; one to a line.
fn rules(text: &str) -> Result<Vec<Rule>, String> {
    values::lines(text).iter().map(|line| rule(line)).collect()
}

fn rule(line: &str) -> Result<Rule, String> {
    let (status, contains) = line.split_once(' ').map_or((line, None), |(status, rest)| (status, Some(rest.trim())));
    let status = status.parse().ok().filter(|status| (200..600).contains(status));
    let status = status.ok_or("must begin with a status of HTTP, such as 200 or \"200 OK:\"")?;
    Ok(Rule { status, contains: contains.map(str::to_owned) })
}

/// `/pointer` into JSON, or the name of a parameter.
fn place(text: &str) -> Result<Place, String> {
    let text = values::not_empty(text)?;
    Ok(if text.starts_with('/') { Place::Json(text) } else { Place::Field(text) })
}
