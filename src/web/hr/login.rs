//! Logging in and out.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Form, Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;

use crate::actions::login;
use crate::web::access::{self, Visitor};
use crate::web::client::Origin;
use crate::web::pages::hr::{LoginFault, LoginPage};
use crate::web::{App, reply};

/// Where somebody was going.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    next: Option<String>,
}

/// What is typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    csrf: String,
    next: Option<String>,
}

/// `GET /login`
pub async fn show(State(app): State<Arc<App>>, Query(wanted): Query<Wanted>, headers: HeaderMap) -> Response<Body> {
    page(&app, &headers, StatusCode::OK, String::new(), wanted.next, None)
}

/// `POST /login`
pub async fn login(
    State(app): State<Arc<App>>,
    origin: Origin,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response<Body> {
    let known = access::cookie(&headers, &access::cookie_name(&app, "login"));
    if typed.csrf.is_empty() || known != Some(typed.csrf.as_str()) {
        return page(&app, &headers, StatusCode::FORBIDDEN, typed.name, typed.next, Some(LoginFault::Expired));
    }
    match login::login(&app.db, &app.ports, &typed.name, typed.password, &origin.text()).await {
        Ok(Some(cookie)) => {
            let response = super::see_other(&safe(typed.next.as_deref()));
            set_cookie(response, &app, &access::session_cookie(&app), &cookie, login::SESSION.as_secs())
        }
        Ok(None) => page(&app, &headers, StatusCode::UNAUTHORIZED, typed.name, typed.next, Some(LoginFault::Wrong)),
        Err(error) => super::fault(&app, &headers, &error),
    }
}

/// `POST /logout`
pub async fn logout(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
) -> Response<Body> {
    let name = access::session_cookie(&app);
    let ended =
        login::logout(&app.db, &app.ports, visitor.who(), access::cookie(&headers, &name).unwrap_or_default()).await;
    match ended {
        Ok(()) => set_cookie(super::see_other("/login"), &app, &name, "", 0),
        Err(error) => super::fault(&app, &headers, &error),
    }
}

/// The page carries a token that the cookie repeats: another site can make a browser send the form, not read the token.
fn page(
    app: &App,
    headers: &HeaderMap,
    status: StatusCode,
    name: String,
    next: Option<String>,
    fault: Option<LoginFault>,
) -> Response<Body> {
    let cookie = access::cookie_name(app, "login");
    let kept = access::cookie(headers, &cookie).filter(|kept| kept.len() == 43);
    let csrf = kept.map_or_else(|| BASE64URL_NOPAD.encode(&app.ports.chance.bytes::<32>()), str::to_owned);
    let page = LoginPage { csrf: csrf.clone(), next: next.map(|next| safe(Some(&next))), name, fault };
    match app.pages.render(&page, super::language(headers)) {
        Ok(html) => set_cookie(reply::html(status, html, headers), app, &cookie, &csrf, 60 * 60),
        Err(error) => super::fault(app, headers, &error),
    }
}

/// A path of our own, never another site.
fn safe(next: Option<&str>) -> String {
    let ours = |next: &&str| next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
    next.filter(ours).unwrap_or("/").to_owned()
}

fn set_cookie(mut response: Response<Body>, app: &App, name: &str, value: &str, seconds: i64) -> Response<Body> {
    let secure = if app.settings.public_url.is_https() { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn nobody_is_led_to_another_site() {
        assert_eq!(safe(Some("/campaigns/1?paused=1")), "/campaigns/1?paused=1");
        for hostile in ["//evil.example", "https://evil.example", "/\\evil.example", "", "/x\r\nSet-Cookie: a=b"] {
            assert_eq!(safe(Some(hostile)), "/", "{hostile:?}");
        }
    }
}
