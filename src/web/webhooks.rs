//! What gateways call us with: delivery reports, and what phones write.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::App;
use crate::actions::stop::{self, Received};
use crate::delivery::gateways::ReportRequest;
use crate::delivery::receipts::{Receipt, Receipts, ReceiveError};

/// Which gateway, and what only it knows.
#[derive(Deserialize)]
pub struct Address {
    name: String,
    #[serde(default)]
    secret: String,
}

/// Where the call comes from, as far as the connection tells.
type Peer = Option<Extension<ConnectInfo<SocketAddr>>>;

/// `GET` and `POST /gateway/{name}/delivery` and `/gateway/{name}/{secret}/delivery`: confirmed only when the report is
/// durable.
pub async fn report(
    State(app): State<Arc<App>>,
    Path(address): Path<Address>,
    RawQuery(query): RawQuery,
    peer: Peer,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let receipts = match door(&app, &address, peer, &headers) {
        Ok(receipts) => receipts,
        Err(status) => return status,
    };
    let request = request(receipts, &address, query.as_deref(), &headers, &body);
    let gateway = receipts.gateway_name();
    let (outcome, status) = match receipts.receive(request).await {
        Ok(Receipt::Applied) => ("applied", confirmed(receipts)),
        Ok(Receipt::Repeated) => ("repeated", confirmed(receipts)),
        Ok(Receipt::Unknown) => {
            tracing::warn!(gateway, "a delivery report is about a message that is not ours");
            ("unknown", confirmed(receipts))
        }
        Err(ReceiveError::Bad(error)) => {
            tracing::warn!(gateway, %error, "a delivery report was refused");
            ("refused", StatusCode::FORBIDDEN)
        }
        Err(ReceiveError::Store(error)) => {
            tracing::error!(gateway, %error, "a delivery report could not be kept");
            ("failed", StatusCode::SERVICE_UNAVAILABLE)
        }
    };
    app.metrics.called("report", outcome);
    status
}

/// `GET` and `POST /gateway/{name}/{secret}/inbound`: confirmed only when a STOP is durable. What it says is not logged.
pub async fn inbound(
    State(app): State<Arc<App>>,
    Path(address): Path<Address>,
    RawQuery(query): RawQuery,
    peer: Peer,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let receipts = match door(&app, &address, peer, &headers) {
        Ok(receipts) => receipts,
        Err(status) => return status,
    };
    let gateway = receipts.gateway_name();
    let request = request(receipts, &address, query.as_deref(), &headers, &body);
    let (outcome, status) = match receipts.read_inbound(request) {
        Ok(inbound) => match stop::received(&app.db, &inbound.from, &inbound.text).await {
            Ok(Received::Stopped(_)) => ("stop", confirmed(receipts)),
            Ok(Received::Other) => ("other", confirmed(receipts)),
            Err(error) => {
                tracing::error!(gateway, "a message from a phone could not be followed: {error:#}");
                ("failed", StatusCode::SERVICE_UNAVAILABLE)
            }
        },
        Err(error) => {
            tracing::warn!(gateway, %error, "a message from a phone was refused");
            ("refused", StatusCode::FORBIDDEN)
        }
    };
    app.metrics.called("inbound", outcome);
    status
}

/// The door, if there is one for that gateway and the caller may come to it.
fn door<'a>(app: &'a App, address: &Address, peer: Peer, headers: &HeaderMap) -> Result<&'a Receipts, StatusCode> {
    let receipts = app.receipts.as_ref().filter(|receipts| receipts.gateway_name() == address.name);
    let receipts = receipts.ok_or(StatusCode::NOT_FOUND)?;
    let Some(from) = app.settings.gateway.as_ref().map(|gateway| &gateway.report_from) else { return Ok(receipts) };
    let client = match &from.header {
        None => peer.map(|Extension(ConnectInfo(peer))| peer.ip()),
        Some(header) => forwarded(headers, header),
    };
    if from.allows(client) {
        return Ok(receipts);
    }
    tracing::warn!(gateway = address.name, "a callback came from an address that is not in gateway.report_from");
    app.metrics.called("address", "refused");
    Err(StatusCode::FORBIDDEN)
}

/// What our own proxy wrote: the last address of the last such header. All before it is what the caller says of itself.
fn forwarded(headers: &HeaderMap, name: &str) -> Option<IpAddr> {
    let last = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

fn request<'a>(
    receipts: &Receipts,
    address: &'a Address,
    query: Option<&'a str>,
    headers: &'a HeaderMap,
    body: &'a [u8],
) -> ReportRequest<'a> {
    let signature = receipts.capabilities().signature.and_then(|name| headers.get(name)?.to_str().ok());
    ReportRequest {
        query: query.unwrap_or_default(),
        body,
        secret: &address.secret,
        signature: signature.unwrap_or_default(),
    }
}

fn confirmed(receipts: &Receipts) -> StatusCode {
    StatusCode::from_u16(receipts.capabilities().confirmed_by).unwrap_or(StatusCode::NO_CONTENT)
}
