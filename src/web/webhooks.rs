//! What gateways call us with: delivery reports, and what phones write.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts as _, Path, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::Deserialize;

use super::{App, client};
use crate::actions::stop::{self, Received};
use crate::delivery::gateways::ReportRequest;
use crate::delivery::receipts::{Receipt, Receipts, ReceiveError};

/// `GET` and `POST /gateway/{name}/delivery` and `/gateway/{name}/{secret}/delivery`: confirmed only when the report is
/// durable.
pub async fn report(State(app): State<Arc<App>>, call: Call) -> StatusCode {
    let gateway = call.receipts.gateway_name();
    let (outcome, status) = match call.receipts.receive(call.request()).await {
        Ok(Receipt::Applied) => ("applied", call.confirmed()),
        Ok(Receipt::Repeated) => ("repeated", call.confirmed()),
        Ok(Receipt::Unknown) => {
            tracing::warn!(gateway, "a delivery report is about a message that is not ours");
            ("unknown", call.confirmed())
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
pub async fn inbound(State(app): State<Arc<App>>, call: Call) -> StatusCode {
    let gateway = call.receipts.gateway_name();
    let (outcome, status) = match call.receipts.read_inbound(call.request()) {
        Ok(inbound) => match stop::received(&app.db, &inbound.from, &inbound.text).await {
            Ok(Received::Stopped(_)) => ("stop", call.confirmed()),
            Ok(Received::Other) => ("other", call.confirmed()),
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

/// A call to the gateway that is set, from an address that may call. Whether it is the gateway's shows when it is read.
pub struct Call {
    receipts: Receipts,
    secret: String,
    query: String,
    signature: String,
    body: Bytes,
}

#[derive(Deserialize)]
struct Address {
    name: String,
    #[serde(default)]
    secret: String,
}

impl FromRequest<Arc<App>> for Call {
    type Rejection = StatusCode;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, StatusCode> {
        let (mut parts, body) = request.into_parts();
        let address = Path::<Address>::from_request_parts(&mut parts, app).await;
        let Path(Address { name, secret }) = address.map_err(|_| StatusCode::NOT_FOUND)?;
        let receipts = app.receipts.as_ref().filter(|receipts| receipts.gateway_name() == name);
        let receipts = receipts.ok_or(StatusCode::NOT_FOUND)?.clone();
        if !may_call(app, &parts) {
            tracing::warn!(gateway = name, "a callback came from an address that is not in gateway.report_from");
            app.metrics.called("address", "refused");
            return Err(StatusCode::FORBIDDEN);
        }
        let signature = receipts.capabilities().signature.and_then(|name| parts.headers.get(name)?.to_str().ok());
        let signature = signature.unwrap_or_default().to_owned();
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let body = Bytes::from_request(Request::from_parts(parts, body), app).await;
        Ok(Self { receipts, secret, query, signature, body: body.map_err(|_| StatusCode::BAD_REQUEST)? })
    }
}

impl Call {
    fn request(&self) -> ReportRequest<'_> {
        ReportRequest { query: &self.query, body: &self.body, secret: &self.secret, signature: &self.signature }
    }

    fn confirmed(&self) -> StatusCode {
        StatusCode::from_u16(self.receipts.capabilities().confirmed_by).unwrap_or(StatusCode::NO_CONTENT)
    }
}

fn may_call(app: &App, parts: &Parts) -> bool {
    app.settings.gateway.as_ref().is_none_or(|gateway| {
        let from = &gateway.report_from;
        from.allows(client::address(from.header.as_deref(), &parts.extensions, &parts.headers))
    })
}
