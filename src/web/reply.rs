//! Bytes on their way out: compression, and what every answer must say about itself.

use std::io::Write as _;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use flate2::Compression;
use flate2::write::GzEncoder;

/// The same bytes twice: as they are, and compressed.
#[derive(Clone, Debug)]
pub struct Packed {
    plain: Bytes,
    gzip: Bytes,
}

impl Packed {
    /// As small as it gets: for what is compressed once and sent often.
    #[must_use]
    pub fn small(plain: Bytes) -> Self {
        Self { gzip: gzip(&plain, Compression::best()), plain }
    }

    /// An answer in the form that the client can read.
    #[must_use]
    pub fn reply(&self, status: StatusCode, mime: &'static str, request: &HeaderMap) -> Response<Body> {
        if takes_gzip(request) {
            respond(status, mime, Some("gzip"), self.gzip.clone())
        } else {
            respond(status, mime, None, self.plain.clone())
        }
    }
}

/// HTML that only one reader gets: compressed quickly, where the client can read it.
#[must_use]
pub fn html(status: StatusCode, page: String, request: &HeaderMap) -> Response<Body> {
    let plain = Bytes::from(page);
    if takes_gzip(request) {
        return respond(status, HTML, Some("gzip"), gzip(&plain, Compression::fast()));
    }
    respond(status, HTML, None, plain)
}

/// A file to be saved under a name of ours.
#[must_use]
pub fn attachment(mime: &'static str, name: &str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(mime));
    if let Ok(named) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, named);
    }
    response
}

/// What pages are.
pub const HTML: &str = "text/html; charset=utf-8";

fn respond(status: StatusCode, mime: &'static str, encoding: Option<&'static str>, body: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(mime));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn takes_gzip(request: &HeaderMap) -> bool {
    let accepted = request.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim().eq_ignore_ascii_case("gzip")
            && !matches!(quality.replace(' ', "").as_str(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

/// Writing to memory does not fail; should it, the plain bytes are still right.
fn gzip(plain: &[u8], level: Compression) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 2), level);
    let written = encoder.write_all(plain).and_then(|()| encoder.finish());
    written.map_or_else(|_| Bytes::copy_from_slice(plain), Bytes::from)
}

/// On every answer: nothing from elsewhere, no script of others, no frame, no referrer (the address holds the token), no
/// copy in any cache. An answer that says something else of itself is believed.
const ALWAYS: [(HeaderName, &str); 5] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
    ),
    (REFERRER_POLICY, "no-referrer"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
];

/// Adds what every answer must say.
pub async fn harden(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
