//! Who asks, as far as an address tells it.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};

use super::App;

/// Where a request comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin(pub Option<IpAddr>);

impl Origin {
    /// As the audit log has it; empty where nobody knows.
    #[must_use]
    pub fn text(self) -> String {
        self.0.map(|address| address.to_canonical().to_string()).unwrap_or_default()
    }
}

impl FromRequestParts<Arc<App>> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let header = app.settings.trusted_proxy_header.as_deref();
        Ok(Self(address(header, &parts.extensions, &parts.headers)))
    }
}

/// The address of whoever asks: of the connection, or where a proxy of our own stands between, what it wrote into
/// `header`. Without a header that the settings name, nothing that a client says of itself is believed.
pub fn address(header: Option<&str>, extensions: &Extensions, headers: &HeaderMap) -> Option<IpAddr> {
    match header {
        Some(header) => forwarded(headers, header),
        None => extensions.get().map(|ConnectInfo(peer): &ConnectInfo<SocketAddr>| peer.ip()),
    }
}

/// What our own proxy wrote: the last address of the last such header. All before it is what the caller says of itself.
fn forwarded(headers: &HeaderMap, name: &str) -> Option<IpAddr> {
    let last = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}
