//! `POST /simulator/send`: how messages come in.

use std::future::ready;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Form, Json, Router};
use futures_util::{StreamExt as _, stream};
use serde_json::json;

use super::Simulator;
use super::book::Incoming;
use super::faults::Fault;
use crate::people::phone::Phone;

/// Far more than the longest SMS.
const LARGEST_BODY: usize = 64 * 1024;

/// The simulator's side of the gateway, to be mounted in a server or served alone.
pub fn router(simulator: Arc<Simulator>) -> Router {
    Router::new().route("/simulator/send", post(send)).layer(DefaultBodyLimit::max(LARGEST_BODY)).with_state(simulator)
}

/// Takes a message as JSON or as a form; answers `202 {"id": …}`, unless something goes wrong on demand.
async fn send(State(simulator): State<Arc<Simulator>>, request: Request) -> Response {
    let incoming = match read(request).await {
        Ok(incoming) => incoming,
        Err(refusal) => return refusal,
    };
    let incoming = match Phone::parse(&incoming.to) {
        Err(error) => return problem(StatusCode::BAD_REQUEST, &format!("the number in \"to\" {error}")),
        Ok(phone) => Incoming { to: phone.as_str().to_owned(), ..incoming },
    };
    match simulator.fault(&incoming) {
        Some(fault) if !fault.takes() => wrong(fault, "").await,
        fault => accept(&simulator, incoming, fault).await,
    }
}

async fn accept(simulator: &Simulator, incoming: Incoming, fault: Option<Fault>) -> Response {
    match (simulator.accept(incoming).await, fault) {
        (Ok(id), Some(fault)) => wrong(fault, &id).await,
        (Ok(id), None) => (StatusCode::ACCEPTED, Json(json!({ "id": id }))).into_response(),
        (Err(error), _) => {
            tracing::error!(%error, "the simulator's log cannot be written");
            problem(StatusCode::INTERNAL_SERVER_ERROR, "the message could not be kept")
        }
    }
}

/// The answer of a gateway that does not do as it should.
async fn wrong(fault: Fault, id: &str) -> Response {
    match fault {
        Fault::AcceptThen500 => problem(StatusCode::INTERNAL_SERVER_ERROR, "on demand"),
        Fault::AcceptThenReset => broken(),
        Fault::AcceptThenSilence => std::future::pending().await,
        Fault::Garbage => (StatusCode::ACCEPTED, "<html>\0").into_response(),
        Fault::Slow => slow(&json!({ "id": id }).to_string()),
        Fault::TooMany => problem(StatusCode::TOO_MANY_REQUESTS, "on demand"),
        Fault::Busy => problem(StatusCode::SERVICE_UNAVAILABLE, "on demand"),
        Fault::Refuse => problem(StatusCode::UNPROCESSABLE_ENTITY, "on demand"),
    }
}

/// Closes the connection before the body.
fn broken() -> Response {
    let body = stream::once(ready(Err::<Vec<u8>, _>(io::Error::other("on demand"))));
    (StatusCode::ACCEPTED, Body::from_stream(body)).into_response()
}

fn slow(text: &str) -> Response {
    let bytes = stream::iter(text.as_bytes().to_vec()).then(async |byte| {
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok::<_, io::Error>(vec![byte])
    });
    (StatusCode::ACCEPTED, Body::from_stream(Box::pin(bytes))).into_response()
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
