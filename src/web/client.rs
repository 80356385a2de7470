//! Who asks, as far as an address tells it.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

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
