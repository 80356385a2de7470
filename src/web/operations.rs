//! What operators and browsers ask for beside the pages: liveness, readiness, figures, style sheets.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use axum::body::{Body, Bytes};
use axum::extract::{MatchedPath, Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use axum::middleware::Next;
use axum::response::IntoResponse as _;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::App;
use super::pages::assets;
use super::reply::Packed;
use crate::store::messages;

/// Figures for operators. Routes are counted by their pattern, so no token can become a label.
pub struct Metrics {
    registry: Registry,
    requests: Family<Asked, Counter>,
    messages: Family<Standing, Gauge>,
    calls: Family<Called, Counter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Called {
    what: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Standing {
    state: &'static str,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("medvirk");
        let requests = Family::default();
        registry.register("http_requests", "Requests answered, by route and status", requests.clone());
        let messages = Family::default();
        registry.register("messages", "Messages of all campaigns, by state", messages.clone());
        let calls = Family::default();
        registry.register("gateway_calls", "Reports and messages from gateways, by outcome", calls.clone());
        Self { registry, requests, messages, calls }
    }
}

impl Metrics {
    /// Counts a call of the gateway: a `report`, an `inbound` message, a wrong `address`.
    pub(super) fn called(&self, what: &'static str, outcome: &'static str) {
        self.calls.get_or_create(&Called { what, outcome }).inc();
    }
}

/// Counts every answer.
pub async fn count(State(app): State<Arc<App>>, request: Request, next: Next) -> Response<Body> {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    app.metrics.requests.get_or_create(&Asked { route, status: response.status().as_u16() }).inc();
    response
}

/// `GET /healthz`: the process runs.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the process can serve, its database included.
pub async fn ready(State(app): State<Arc<App>>) -> (StatusCode, &'static str) {
    match sqlx::query("SELECT 1").execute(app.db.read()).await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready: the database is out of reach");
            (StatusCode::SERVICE_UNAVAILABLE, "the database is out of reach\n")
        }
    }
}

/// `GET /metrics`, for Prometheus.
pub async fn metrics(State(app): State<Arc<App>>) -> Response<Body> {
    let Ok(tally) = messages::tally_all(app.db.read()).await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    for (state, count) in tally.states() {
        app.metrics.messages.get_or_create(&Standing { state }).set(i64::try_from(count).unwrap_or(i64::MAX));
    }
    let mut text = String::new();
    if encode(&mut text, &app.metrics.registry).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let mime = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, HeaderValue::from_static(mime))], text).into_response()
}

static PACKED: LazyLock<HashMap<&'static str, (&'static str, Packed)>> = LazyLock::new(|| {
    let pack =
        |asset: &assets::Asset| (asset.name, (asset.content_type, Packed::small(Bytes::from_static(asset.bytes))));
    assets::ASSETS.iter().map(pack).collect()
});

/// `GET /assets/{file}`: its address changes with its content, so it may be kept for ever.
pub async fn asset(Path(file): Path<String>, headers: HeaderMap) -> Response<Body> {
    let Some((mime, packed)) = PACKED.get(file.as_str()) else { return super::bare(StatusCode::NOT_FOUND) };
    let mut response = packed.reply(StatusCode::OK, mime, &headers);
    response.headers_mut().insert(CACHE_CONTROL, FOREVER);
    response
}

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// `GET /assets/colour`: a style sheet.
pub async fn colour(State(app): State<Arc<App>>) -> Response<Body> {
    let Some(colour) = app.settings.colour else { return super::bare(StatusCode::NOT_FOUND) };
    let mut response = Response::new(Body::from(colour.css()));
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, FOREVER);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    response
}

/// `GET /assets/logo`. Also when it is opened by itself, an SVG is a picture and nothing else: it runs nothing and loads
/// nothing.
pub async fn logo(State(app): State<Arc<App>>) -> Response<Body> {
    let Some(logo) = &app.settings.logo else { return super::bare(StatusCode::NOT_FOUND) };
    let mut response = Response::new(Body::from(Bytes::from_owner(Arc::clone(&logo.bytes))));
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, FOREVER);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(logo.content_type));
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}
