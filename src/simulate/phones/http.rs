//! `POST /simulator/send`: how messages come in.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, FromRequest as _, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Form, Json, Router};
use serde_json::json;

use super::Simulator;
use super::book::Incoming;
use crate::people::phone::Phone;

/// Far more than the longest SMS.
const LARGEST_BODY: usize = 64 * 1024;

/// The simulator's side of the gateway, to be mounted in a server or served alone.
pub fn router(simulator: Arc<Simulator>) -> Router {
    Router::new().route("/simulator/send", post(send)).layer(DefaultBodyLimit::max(LARGEST_BODY)).with_state(simulator)
}

/// Takes a message as JSON or as a form; answers `202 {"id": …}`.
async fn send(State(simulator): State<Arc<Simulator>>, request: Request) -> Response {
    let incoming = match read(request).await {
        Ok(incoming) => incoming,
        Err(refusal) => return refusal,
    };
    match Phone::parse(&incoming.to) {
        Err(error) => problem(StatusCode::BAD_REQUEST, &format!("the number in \"to\" {error}")),
        Ok(phone) => accept(&simulator, Incoming { to: phone.as_str().to_owned(), ..incoming }),
    }
}

fn accept(simulator: &Simulator, incoming: Incoming) -> Response {
    match simulator.accept(incoming) {
        Ok(id) => (StatusCode::ACCEPTED, Json(json!({ "id": id }))).into_response(),
        Err(error) => {
            tracing::error!(%error, "the simulator's log cannot be written");
            problem(StatusCode::INTERNAL_SERVER_ERROR, "the message could not be kept")
        }
    }
}

async fn read(request: Request) -> Result<Incoming, Response> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("application/json") {
        let read = Json::from_request(request, &()).await;
        return read.map(|Json(incoming)| incoming).map_err(axum::response::IntoResponse::into_response);
    }
    let read = Form::from_request(request, &()).await;
    read.map(|Form(incoming)| incoming).map_err(axum::response::IntoResponse::into_response)
}

fn problem(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "error": message }))).into_response()
}
