//! Why a call was refused: RFC 9457, `application/problem+json`, and the only place where a refusal becomes HTTP.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use schemars::JsonSchema;
use serde::Serialize;

use crate::actions::campaign::CampaignError;
use crate::actions::import::ImportError;
use crate::actions::open::OpenError;
use crate::actions::publish::PublishError;
use crate::web::is_down;

/// The kinds of refusals. Programs decide by these, which stay the same over versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The request cannot be read.
    Malformed,
    /// No key, or one that is worth nothing.
    Unauthorized,
    /// The key may not do this.
    Forbidden,
    /// There is no such thing, or none for this key.
    NotFound,
    /// The address takes other methods.
    MethodNotAllowed,
    /// The state of things does not allow it.
    Conflict,
    /// The body is too large.
    TooLarge,
    /// The body is of another type.
    UnsupportedType,
    /// The request was read, and what it says is wrong.
    Invalid,
    /// Too many requests.
    TooMany,
    /// A fault of ours.
    Broken,
    /// The database is out of reach.
    Down,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Malformed,
        Self::Unauthorized,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::TooLarge,
        Self::UnsupportedType,
        Self::Invalid,
        Self::TooMany,
        Self::Broken,
        Self::Down,
    ];

    /// Behind `urn:medvirk:problem:`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::Conflict => "conflict",
            Self::TooLarge => "too-large",
            Self::UnsupportedType => "unsupported-type",
            Self::Invalid => "invalid",
            Self::TooMany => "too-many-requests",
            Self::Broken => "broken",
            Self::Down => "down",
        }
    }

    /// In a few words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Malformed => "The request cannot be read",
            Self::Unauthorized => "A key is needed that is worth something",
            Self::Forbidden => "This key may not do that",
            Self::NotFound => "There is no such thing here",
            Self::MethodNotAllowed => "This address takes other methods",
            Self::Conflict => "The state of things does not allow it",
            Self::TooLarge => "The body is too large",
            Self::UnsupportedType => "The body is of another type than what is read here",
            Self::Invalid => "What the request says is wrong",
            Self::TooMany => "Too many requests",
            Self::Broken => "Something went wrong here; it is written down",
            Self::Down => "Something that is needed cannot be reached; try again",
        }
    }

    /// The status of HTTP.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Down => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which kind.
    pub kind: Kind,
    /// What exactly, and what to do about it. Never a phone number, a key or an answer.
    pub detail: String,
    /// Each thing that is wrong, where it can be told.
    pub faults: Vec<Fault>,
    /// Seconds after which it is worth trying again.
    pub retry_after: Option<i64>,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fault {
    /// The parameter, the path of a field in the JSON body (`name`, `areas[0]`), or the column of a register file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// In a survey's definition or a register file: the line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// In a survey's definition: the column, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
    /// What is wrong, and what to write instead.
    pub detail: String,
}

impl Fault {
    /// Something wrong with a field or a parameter.
    #[must_use]
    pub fn of(field: &str, detail: impl Into<String>) -> Self {
        Self {
            field: Some(field.to_owned()).filter(|field| !field.is_empty()),
            line: None,
            column: None,
            detail: detail.into(),
        }
    }
}

/// As it is written: RFC 9457, with `errors` beside it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub struct Written {
    /// The kind, `urn:medvirk:problem:…`; stays the same over versions.
    r#type: String,
    /// The kind in words.
    title: &'static str,
    /// The status of HTTP.
    status: u16,
    /// What exactly, and what to do about it.
    detail: String,
    /// Each thing that is wrong, where it can be told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Fault>,
}

impl Problem {
    /// One without a list of faults.
    #[must_use]
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), faults: Vec::new(), retry_after: None }
    }

    /// One with faults.
    #[must_use]
    pub fn with(kind: Kind, detail: impl Into<String>, faults: Vec<Fault>) -> Self {
        Self { faults, ..Self::new(kind, detail) }
    }

    /// The same, worth trying again after so many seconds.
    #[must_use]
    pub fn after(self, seconds: i64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// No such campaign.
    #[must_use]
    pub fn no_campaign() -> Self {
        Self::new(Kind::NotFound, "there is no campaign with that id")
    }

    /// A fault of ours: logged once, here.
    #[must_use]
    pub fn fault(error: &anyhow::Error) -> Self {
        tracing::error!(error = format!("{error:#}"), "a call of the API failed");
        if is_down(error) {
            return Self::new(Kind::Down, "the database cannot be reached").after(5);
        }
        Self::new(Kind::Broken, "the server's log says what happened")
    }

    /// As programs get it.
    #[must_use]
    pub fn reply(&self) -> Response<Body> {
        let written = Written {
            r#type: format!("urn:medvirk:problem:{}", self.kind.name()),
            title: self.kind.title(),
            status: self.kind.status().as_u16(),
            detail: self.detail.clone(),
            errors: self.faults.clone(),
        };
        let mut response = Response::new(Body::from(serde_json::to_vec(&written).unwrap_or_default()));
        *response.status_mut() = self.kind.status();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        self.say_more(headers);
        response
    }

    /// What HTTP wants said beside the body.
    pub fn say_more(&self, headers: &mut HeaderMap) {
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.kind == Kind::Unauthorized {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"medvirk\""));
        }
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        Self::fault(&error)
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        Self::fault(&error.into())
    }
}

impl From<CampaignError> for Problem {
    fn from(error: CampaignError) -> Self {
        match error {
            CampaignError::Unknown => Self::no_campaign(),
            CampaignError::Store(error) => Self::fault(&error),
            CampaignError::Broken => Self::new(Kind::Invalid, error.to_string()),
            CampaignError::Miscounted(recipients) => Self::with(
                Kind::Conflict,
                "the register has changed since the preview: nothing was sent",
                vec![Fault::of("recipients", format!("it would go to {recipients} recipients"))],
            ),
            CampaignError::KeyNotKept(error) => Self::fault(&error.into()),
            error => Self::new(Kind::Conflict, error.to_string()),
        }
    }
}

impl From<OpenError> for Problem {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Unknown => Self::no_campaign(),
            OpenError::Store(error) => Self::fault(&error),
            error => Self::new(Kind::Conflict, error.to_string()),
        }
    }
}

impl From<PublishError> for Problem {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::Unknown => Self::no_campaign(),
            PublishError::Open(error) => error.into(),
            PublishError::Store(error) => Self::fault(&error),
            error => Self::new(Kind::Conflict, error.to_string()),
        }
    }
}

impl From<ImportError> for Problem {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Database(error) => error.into(),
            ImportError::Mixed(why) => Self::new(Kind::Conflict, why.to_string()),
            ImportError::File(error) => Self::new(Kind::Invalid, error.to_string()),
        }
    }
}
