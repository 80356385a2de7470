//! One's own account: where one is logged in, and the second factor.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, Response, StatusCode};
use data_encoding::BASE64;
use qrcode::QrCode;
use qrcode::render::svg;

use super::{Desk, field};
use crate::actions::factor::{self, FactorError};
use crate::actions::login::{self, IDLE};
use crate::config::Environment;
use crate::respond::post::Fields;
use crate::store::{accounts, sessions};
use crate::web::access::Visitor;
use crate::web::pages::account::{AccountPage, Factor, SessionLine};
use crate::web::pages::hr::Section;
use crate::web::{App, norwegian_time};

/// `GET /account`
pub async fn show(desk: Desk) -> Response<Body> {
    desk.render(page(&desk, None, false).await)
}

/// `POST /account/sign-out`: everywhere, here too.
pub async fn sign_out(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
) -> Response<Body> {
    match login::logout_everywhere(&app.db, &app.ports, visitor.who(), &visitor.account).await {
        Ok(()) => super::login::out(&app),
        Err(error) => super::fault(&app, &headers, &error),
    }
}

/// `POST /account/factor`: a secret and a code that shows that its owner has it.
pub async fn set_factor(desk: Desk, Form(fields): Form<Fields>) -> Response<Body> {
    let (secret, code) = (field(&fields, "secret"), field(&fields, "code"));
    match factor::set(&desk.app.db, &desk.app.ports, &desk.app.accounts_key, desk.visitor.who(), secret, code).await {
        Ok(codes) => desk.render(page(&desk, Some(Factor::New { codes }), false).await),
        // The same secret again: it is in the authenticator already.
        Err(FactorError::Wrong) => {
            let offer = offer(&desk.visitor.name, secret.to_owned()).unwrap_or(Factor::Set);
            desk.render_as(StatusCode::UNPROCESSABLE_ENTITY, page(&desk, Some(offer), true).await)
        }
        Err(FactorError::Already) => desk.render(page(&desk, None, false).await),
        Err(FactorError::Store(error)) => desk.fault(&error),
    }
}

/// `POST /account/factor/remove`: with a code.
pub async fn remove_factor(desk: Desk, Form(fields): Form<Fields>) -> Response<Body> {
    // As at the login: a session that somebody left open gives no right to try all codes.
    match desk.app.guesses.attempt(&format!("step {}", desk.visitor.account), None, login::CODES).await {
        Ok(None) => {}
        Ok(Some(_)) => return desk.refuse(super::Failure::TooMany, None),
        Err(error) => return desk.fault(&error),
    }
    let code = field(&fields, "code");
    match factor::remove(&desk.app.db, &desk.app.ports, &desk.app.accounts_key, desk.visitor.who(), code).await {
        Ok(()) => super::see_other("/account"),
        Err(FactorError::Store(error)) => desk.fault(&error),
        Err(_) => desk.render_as(StatusCode::UNPROCESSABLE_ENTITY, page(&desk, None, true).await),
    }
}

async fn page(desk: &Desk, factor: Option<Factor>, wrong: bool) -> anyhow::Result<AccountPage> {
    let App { db, ports, .. } = &*desk.app;
    let own = &desk.visitor.session;
    let found = sessions::of_account(db, &desk.visitor.account, ports.clock.now(), IDLE).await?;
    let line = |session: sessions::Seen| SessionLine {
        here: &session.id == own,
        from: session.origin,
        begun: session.begun.to_zoned(norwegian_time()),
        seen: session.seen.to_zoned(norwegian_time()),
    };
    let account = accounts::find(db, &desk.visitor.account).await?;
    let has = account.is_some_and(|account| account.totp.is_some());
    let factor = match factor {
        Some(factor) => factor,
        None if has => Factor::Set,
        None => offer(&desk.visitor.name, factor::new_secret(&ports.chance))?,
    };
    Ok(AccountPage {
        shell: desk.shell(Section::Account),
        role: desk.visitor.role,
        sessions: found.into_iter().map(line).collect(),
        required: desk.app.settings.environment == Environment::Production
            && desk.visitor.lacks_factor
            && !matches!(factor, Factor::New { .. }),
        factor,
        wrong,
    })
}

/// A secret, in words and as a picture.
fn offer(name: &str, secret: String) -> anyhow::Result<Factor> {
    let code = QrCode::new(factor::address(&secret, name)?)?;
    let picture = code.render::<svg::Color<'_>>().min_dimensions(220, 220).build();
    Ok(Factor::None { picture: format!("data:image/svg+xml;base64,{}", BASE64.encode(picture.as_bytes())), secret })
}
