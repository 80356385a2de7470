//! What gateways call back with.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;

use super::App;
use crate::delivery::gateways::ReportRequest;
use crate::delivery::receipts::ReceiveError;

/// `GET` and `POST /gateway/{name}/delivery`: confirmed only when the report is durable.
pub async fn report(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> StatusCode {
    let Some(receipts) = app.receipts.as_ref().filter(|receipts| receipts.gateway_name() == name) else {
        return StatusCode::NOT_FOUND;
    };
    let request = ReportRequest { query: query.as_deref().unwrap_or_default(), body: &body };
    match receipts.receive(request).await {
        Ok(_) => StatusCode::NO_CONTENT,
        Err(ReceiveError::Bad(error)) => {
            tracing::warn!(gateway = name, %error, "a delivery report was refused");
            StatusCode::FORBIDDEN
        }
        Err(ReceiveError::Store(error)) => {
            tracing::error!(gateway = name, %error, "a delivery report could not be kept");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
