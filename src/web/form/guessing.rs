//! Slows down whoever asks for links that nobody has.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, Response, StatusCode};
use axum::middleware::Next;

use crate::web::pages::problem::Problem;
use crate::web::{App, client};

/// Counts the requests that led nowhere, and answers 429 where there were too many. What somebody's link leads to passes
/// unseen; should counting fail, so does everything.
pub async fn slow_guessing(State(app): State<Arc<App>>, request: Request, next: Next) -> Response<Body> {
    let header = app.settings.trusted_proxy_header.as_deref();
    let from = client::address(header, request.extensions(), request.headers());
    let headers = request.headers().clone();
    let response = next.run(request).await;
    if response.status() != StatusCode::NOT_FOUND {
        return response;
    }
    match app.guesses.count(from).await {
        Ok(None) => response,
        Ok(Some(seconds)) => {
            let mut response = super::problem(&app, &headers, Problem::TooMany);
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Err(error) => {
            tracing::warn!("guesses are not counted: {error:#}");
            response
        }
    }
}
