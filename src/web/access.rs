//! Who may see what. For now there is one role, `hr`; without it every page of the accounts is refused.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, Response, StatusCode, Uri};
use axum::middleware::Next;

use super::pages::hr::Failure;
use super::upload::{LARGEST_UPLOAD, Posted, is_upload};
use super::{App, LARGEST_POST, bare, hr};
use crate::actions::login::session_id;
use crate::store::accounts;

/// Who is logged in, handed to the handlers of the accounts' pages.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The account's name.
    pub name: String,
    /// What every form of this session must carry.
    pub csrf: String,
}

/// Lets HR in, sends others to the login, and refuses every change that does not come from a page of ours.
pub async fn require_hr(State(app): State<Arc<App>>, request: Request, next: Next) -> Response<Body> {
    let (mut head, mut body) = request.into_parts();
    let visitor = match visitor(&app, &head.headers).await {
        Ok(Some(visitor)) => visitor,
        Ok(None) => return hr::see_other(&login_address(&head.uri)),
        Err(error) => return hr::fault(&app, &head.headers, &error),
    };
    if !head.method.is_safe() {
        let largest = if is_upload(&head.headers) { LARGEST_UPLOAD } else { LARGEST_POST };
        let Ok(bytes) = to_bytes(body, largest).await else { return bare(StatusCode::PAYLOAD_TOO_LARGE) };
        let posted = Posted::read(&head.headers, bytes.clone()).await;
        if is_foreign(&head.headers) || posted.text("csrf") != visitor.csrf {
            return hr::failure(&app, &head.headers, Some(&visitor), Failure::Expired, None);
        }
        body = Body::from(bytes);
    }
    head.extensions.insert(visitor);
    next.run(Request::from_parts(head, body)).await
}

/// Who the cookie belongs to.
///
/// # Errors
/// The database is out of reach.
pub async fn visitor(app: &App, headers: &HeaderMap) -> anyhow::Result<Option<Visitor>> {
    let Some(cookie) = cookie(headers, &session_cookie(app)) else { return Ok(None) };
    let found = accounts::of_session(&app.db, &session_id(cookie), app.ports.clock.now()).await?;
    Ok(found.filter(|(_, role, _)| role == "hr").map(|(name, _, csrf)| Visitor { name, csrf }))
}

/// Over https the browser itself refuses a session cookie that another site has set.
#[must_use]
pub fn session_cookie(app: &App) -> String {
    cookie_name(app, "session")
}

/// The name of one of our cookies.
#[must_use]
pub fn cookie_name(app: &App, name: &str) -> String {
    let prefix = if app.settings.public_url.is_https() { "__Host-" } else { "" };
    format!("{prefix}medvirk-{name}")
}

/// The value of a cookie.
#[must_use]
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    all.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The browser says that another site has made this request.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let Some(origin) = text(ORIGIN).filter(|origin| *origin != "null") else { return false };
    origin.split_once("://").map(|(_, host)| host) != text(HOST)
}

/// Back to where somebody was going, by path and query alone.
fn login_address(uri: &Uri) -> String {
    let wanted = uri.path_and_query().map_or("/", |wanted| wanted.as_str());
    let wanted: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
    format!("/login?next={wanted}")
}
