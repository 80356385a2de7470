//! Logging in, in one step or two, and out.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Form, FromRequestParts, Query};
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;

use crate::actions::login::{self, Came, Entrance, Sms};
use crate::delivery::gateways::{Gateway, Outgoing};
use crate::message::state::Outcome;
use crate::people::phone::Phone;
use crate::store::steps::Kind;
use crate::web::access::{self};
use crate::web::client::Origin;
use crate::web::pages::Page;
use crate::web::pages::login::{CodePage, LoginFault, LoginPage};
use crate::web::{App, reply};

/// What a phone shows as the sender of a code.
const SENDER: &str = "medvirk";

/// Where somebody was going.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    pub(super) next: Option<String>,
}

/// What is typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    csrf: String,
    next: Option<String>,
}

/// One request of somebody who wants in.
pub struct Door {
    pub(super) app: Arc<App>,
    pub(super) headers: HeaderMap,
    origin: Origin,
}

impl FromRequestParts<Arc<App>> for Door {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let origin = Origin::from_request_parts(parts, app).await?;
        Ok(Self { app: Arc::clone(app), headers: parts.headers.clone(), origin })
    }
}

/// `GET /login`
pub async fn show(door: Door, Query(wanted): Query<Wanted>) -> Response<Body> {
    door.page(StatusCode::OK, String::new(), wanted.next, None)
}

/// `POST /login`: name and password.
pub async fn login(door: Door, Form(typed): Form<Typed>) -> Response<Body> {
    if !door.is_ours(&typed.csrf) {
        return door.page(StatusCode::FORBIDDEN, typed.name, typed.next, Some(LoginFault::Expired));
    }
    let came = door.entrance().password(&typed.name, typed.password).await;
    door.came(came, typed.next.as_deref(), |fault, status| {
        door.page(status, typed.name.clone(), typed.next.clone(), Some(fault))
    })
}

/// `POST /login/phone`: a code by SMS. What is answered says nothing of whether the number is known.
pub async fn ask(door: Door, Form(typed): Form<Typed>) -> Response<Body> {
    let again = |fault, status| door.page(status, String::new(), typed.next.clone(), Some(fault));
    if !door.is_ours(&typed.csrf) {
        return again(LoginFault::Expired, StatusCode::FORBIDDEN);
    }
    let Ok(phone) = Phone::parse(&typed.phone) else {
        return again(LoginFault::BadNumber, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let came = door.entrance().ask_code(&phone).await.map(|(came, sms)| {
        if let (Some(sms), Some(gateway)) = (sms, door.app.gateway.clone()) {
            // Beside the answer, so that the time it takes tells nothing.
            tokio::spawn(send(gateway, door.app.ports.chance.id(), sms));
        }
        came
    });
    door.came(came, typed.next.as_deref(), again)
}

async fn send(gateway: Arc<Gateway>, id: String, sms: Sms) {
    let text = format!("{} er koden din for medvirk / is your code. Gi den ikke til noen.", sms.code);
    let sent = gateway.send(&Outgoing { id, to: sms.to, from: SENDER.to_owned(), text }).await;
    if !matches!(sent, Outcome::Accepted { .. }) {
        tracing::error!("the gateway did not take a code for a login");
    }
}

/// `GET /login/code`: the second step.
pub async fn show_code(door: Door, Query(wanted): Query<Wanted>) -> Response<Body> {
    door.code_page(wanted.next, None, StatusCode::OK).await
}

/// `POST /login/code`
pub async fn code(door: Door, Form(typed): Form<Typed>) -> Response<Body> {
    if !door.is_ours(&typed.csrf) {
        return door.page(StatusCode::FORBIDDEN, String::new(), typed.next, Some(LoginFault::Expired));
    }
    match door.entrance().code(door.step(), &typed.code).await {
        Ok(Came::Wrong) => door.code_page(typed.next, Some(LoginFault::WrongCode), StatusCode::UNAUTHORIZED).await,
        came => door.came(came, typed.next.as_deref(), |fault, status| {
            door.page(status, String::new(), typed.next.clone(), Some(fault))
        }),
    }
}

/// `POST /logout`
pub async fn logout(desk: super::Desk) -> Response<Body> {
    match login::logout(&desk.app.db, &desk.app.ports, desk.visitor.who(), &desk.visitor.session).await {
        Ok(()) => out(&desk.app),
        Err(error) => desk.fault(&error),
    }
}

/// To the login, without a session.
pub(super) fn out(app: &App) -> Response<Body> {
    set_cookie(super::see_other("/login"), app, &access::session_cookie(app), "", 0)
}

impl Door {
    pub(super) fn entrance(&self) -> Entrance<'_> {
        let App { db, ports, guesses, accounts_key, .. } = &*self.app;
        Entrance { db, ports, guesses, key: accounts_key, from: self.origin.0 }
    }

    /// The page carries a token that the cookie repeats: another site can make a browser send the form, not read the token.
    fn is_ours(&self, csrf: &str) -> bool {
        let known = access::cookie(&self.headers, &access::cookie_name(&self.app, "login"));
        !csrf.is_empty() && known == Some(csrf)
    }

    pub(super) fn step(&self) -> &str {
        access::cookie(&self.headers, &access::cookie_name(&self.app, "step")).unwrap_or_default()
    }

    /// What a try has come to: in, on to the next step, or the page again.
    pub(super) fn came(
        &self,
        came: anyhow::Result<Came>,
        next: Option<&str>,
        again: impl FnOnce(LoginFault, StatusCode) -> Response<Body>,
    ) -> Response<Body> {
        let step = access::cookie_name(&self.app, "step");
        match came {
            Ok(Came::In(cookie)) => {
                let response = set_cookie(super::see_other(&safe(next)), &self.app, &step, "", 0);
                set_cookie(response, &self.app, &access::session_cookie(&self.app), &cookie, login::SESSION.as_secs())
            }
            Ok(Came::Step(cookie)) => {
                let response = super::see_other(&format!("/login/code?next={}", query(next)));
                set_cookie(response, &self.app, &step, &cookie, login::STEP.as_secs())
            }
            Ok(Came::Wrong) => again(LoginFault::Wrong, StatusCode::UNAUTHORIZED),
            Ok(Came::Over) => again(LoginFault::Expired, StatusCode::FORBIDDEN),
            Ok(Came::TooMany(seconds)) => {
                let mut response = again(LoginFault::TooMany, StatusCode::TOO_MANY_REQUESTS);
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
                response
            }
            Err(error) => super::fault(&self.app, &self.headers, &error),
        }
    }

    pub(super) fn page(
        &self,
        status: StatusCode,
        name: String,
        next: Option<String>,
        fault: Option<LoginFault>,
    ) -> Response<Body> {
        self.render(status, |csrf| LoginPage { fault, ..self.sheet(csrf, name, next) })
    }

    /// The provider knows them, by this name, and nobody here does.
    pub(super) fn unknown(&self, name: String, next: Option<String>) -> Response<Body> {
        let fault = Some(LoginFault::NoAccount);
        self.render(StatusCode::UNAUTHORIZED, |csrf| LoginPage {
            fault,
            known_as: Some(name),
            ..self.sheet(csrf, String::new(), next)
        })
    }

    fn sheet(&self, csrf: String, name: String, next: Option<String>) -> LoginPage {
        let next = next.map(|next| safe(Some(&next)));
        let codes = self.app.gateway.is_some();
        let provider = self.app.provider.is_some().then(|| format!("/login/oidc?next={}", query(next.as_deref())));
        LoginPage { csrf, next, name, fault: None, codes, provider, known_as: None }
    }

    async fn code_page(&self, next: Option<String>, fault: Option<LoginFault>, status: StatusCode) -> Response<Body> {
        let next = next.map(|next| safe(Some(&next)));
        match self.entrance().asked(self.step()).await {
            Ok(Some(kind)) if kind != Kind::Oidc => {
                self.render(status, |csrf| CodePage { csrf, next, sent: kind == Kind::Sms, fault })
            }
            Ok(_) => self.page(StatusCode::FORBIDDEN, String::new(), next, Some(LoginFault::Expired)),
            Err(error) => super::fault(&self.app, &self.headers, &error),
        }
    }

    fn render<P: Page>(&self, status: StatusCode, page: impl FnOnce(String) -> P) -> Response<Body> {
        let Self { app, headers, .. } = self;
        let cookie = access::cookie_name(app, "login");
        let kept = access::cookie(headers, &cookie).filter(|kept| kept.len() == 43);
        let csrf = kept.map_or_else(|| BASE64URL_NOPAD.encode(&app.ports.chance.bytes::<32>()), str::to_owned);
        match app.pages.render(&page(csrf.clone()), super::language(headers)) {
            Ok(html) => set_cookie(reply::html(status, html, headers), app, &cookie, &csrf, 60 * 60),
            Err(error) => super::fault(app, headers, &error),
        }
    }
}

/// Where somebody was going, as a value in an address.
fn query(next: Option<&str>) -> String {
    form_urlencoded::byte_serialize(safe(next).as_bytes()).collect()
}

/// A path of our own, never another site.
pub(super) fn safe(next: Option<&str>) -> String {
    let ours = |next: &&str| {
        next.starts_with('/')
            && !next.starts_with("//")
            && !next.contains(|sign: char| sign == '\\' || sign.is_control())
    };
    next.filter(ours).unwrap_or("/").to_owned()
}

pub(super) fn set_cookie(
    mut response: Response<Body>,
    app: &App,
    name: &str,
    value: &str,
    seconds: i64,
) -> Response<Body> {
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
        for hostile in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "",
            "/x\r\nSet-Cookie: a=b",
            "/\t/evil.example",
        ] {
            assert_eq!(safe(Some(hostile)), "/", "{hostile:?}");
        }
    }
}
