//! `medvirk preview`: one file as a phone shows it, beside somebody who writes it. No database: what is answered lives in
//! memory, by visit, and dies with the process.
//!
//! The form itself holds no script. The page around it asks `GET /state` whether the file has changed, and loads again.

mod diagnostics;
mod file;
mod form;
mod frame;
mod visits;

pub(super) use diagnostics::lines;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LOCATION, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use axum::middleware::map_response;
use axum::routing::get;

use super::pages::{Page, Pages};
use super::{bare, operations, reply};
use crate::definition::model::Language;
use crate::ports::Chance;
use file::Watched;
use visits::Visits;

/// What the handlers share.
pub struct Preview {
    file: Watched,
    pages: Pages,
    chance: Chance,
    visits: Visits,
}

impl Preview {
    /// Shows `file`, which need not be there yet.
    ///
    /// # Errors
    /// A template that does not compile.
    pub fn new(file: PathBuf, chance: Chance) -> anyhow::Result<Self> {
        Ok(Self { file: Watched::new(file), pages: Pages::new()?, chance, visits: Visits::default() })
    }

    fn render<P: Page>(&self, status: StatusCode, page: &P, language: Language, headers: &HeaderMap) -> Response<Body> {
        match self.pages.render(page, language) {
            Ok(html) => reply::html(status, html, headers),
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "the preview failed");
                bare(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

/// Every address of the preview.
pub fn router(preview: Arc<Preview>) -> Router {
    Router::new()
        .route("/", get(begin))
        .route("/v/{visit}", get(frame::show).post(frame::choose))
        .route("/form/{visit}", get(form::show).post(form::post))
        .route("/state", get(state))
        .route("/assets/{file}", get(operations::asset))
        .layer(DefaultBodyLimit::max(super::LARGEST_POST))
        .layer(map_response(harden))
        .with_state(preview)
}

/// `GET /`: a visit of one's own.
async fn begin(State(preview): State<Arc<Preview>>) -> Response<Body> {
    see_other(&format!("/v/{}", preview.chance.id()))
}

/// `GET /state`: which state of the file is the newest.
async fn state(State(preview): State<Arc<Preview>>) -> String {
    preview.file.look().await.state.clone()
}

fn see_other(address: &str) -> Response<Body> {
    let mut response = bare(StatusCode::SEE_OTHER);
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
}

/// As on the real form, except that our own page may frame it and our own script may ask for the state.
const ALWAYS: [(HeaderName, &str); 3] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; \
         frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    ),
    (REFERRER_POLICY, "no-referrer"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

async fn harden(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
