//! What calls answer: each type writes itself, and says in the API's document what it writes.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, Response, StatusCode};
use schemars::JsonSchema;
use serde::Serialize;

use super::document::Describing;
use crate::web::{bare, reply};

/// An answer to a call that was not refused.
pub trait Output {
    /// Says what is answered.
    fn describe(on: &mut Describing<'_>);

    /// Writes it.
    fn reply(self) -> Response<Body>;
}

/// 200 with JSON.
pub struct Found<T>(pub T);

impl<T: Serialize + JsonSchema> Output for Found<T> {
    fn describe(on: &mut Describing<'_>) {
        on.answers_json::<T>(StatusCode::OK, "Done.");
    }

    fn reply(self) -> Response<Body> {
        json(StatusCode::OK, &self.0)
    }
}

/// 201 with JSON, and where it is from now on.
pub struct Created<T> {
    /// Its address.
    pub at: String,
    /// What was made.
    pub made: T,
}

impl<T: Serialize + JsonSchema> Output for Created<T> {
    fn describe(on: &mut Describing<'_>) {
        on.answers_json::<T>(StatusCode::CREATED, "Made.");
        on.answers_location(StatusCode::CREATED);
    }

    fn reply(self) -> Response<Body> {
        let mut response = json(StatusCode::CREATED, &self.made);
        if let Ok(at) = HeaderValue::from_str(&self.at) {
            response.headers_mut().insert(LOCATION, at);
        }
        response
    }
}

/// 200 with a table for a spreadsheet.
pub struct CsvFile {
    /// Under this name it is saved.
    pub name: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Output for CsvFile {
    fn describe(on: &mut Describing<'_>) {
        on.answers(StatusCode::OK, "A table.", "text/csv", &serde_json::json!({ "type": "string" }));
    }

    fn reply(self) -> Response<Body> {
        reply::attachment("text/csv; charset=utf-8", self.name, self.bytes)
    }
}

fn json(status: StatusCode, value: &impl Serialize) -> Response<Body> {
    let Ok(bytes) = serde_json::to_vec(value) else { return bare(StatusCode::INTERNAL_SERVER_ERROR) };
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
