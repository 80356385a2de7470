//! The first password of an account, by a link that is worth something once.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, Response, StatusCode};
use serde::Deserialize;

use crate::actions::accounts::{self, AccountError};
use crate::actions::password::Weak;
use crate::web::client::Origin;
use crate::web::pages::login::{WelcomeFault, WelcomePage};
use crate::web::{App, reply};

/// What is typed.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

/// `GET /welcome/{token}`: looking uses nothing up, since robots open links too.
pub async fn show(State(app): State<Arc<App>>, Path(token): Path<String>, headers: HeaderMap) -> Response<Body> {
    page(&app, &headers, &token, None).await
}

/// `POST /welcome/{token}`. Whoever posts here holds the link's token, which no other site can know.
pub async fn set_password(
    State(app): State<Arc<App>>,
    Path(token): Path<String>,
    origin: Origin,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response<Body> {
    if typed.password != typed.again {
        return page(&app, &headers, &token, Some(WelcomeFault::Different)).await;
    }
    match accounts::set_password(&app.db, &app.ports, &origin.text(), &token, typed.password).await {
        Ok(()) => super::see_other("/login"),
        Err(AccountError::Weak(weak)) => page(&app, &headers, &token, Some(fault(weak))).await,
        Err(AccountError::Store(error)) => super::fault(&app, &headers, &error),
        Err(_) => page(&app, &headers, &token, None).await,
    }
}

fn fault(weak: Weak) -> WelcomeFault {
    match weak {
        Weak::Short => WelcomeFault::Short,
        Weak::Long => WelcomeFault::Long,
        Weak::Guessable => WelcomeFault::Guessable,
    }
}

async fn page(app: &App, headers: &HeaderMap, token: &str, fault: Option<WelcomeFault>) -> Response<Body> {
    let name = match accounts::invited(&app.db, &app.ports, token).await {
        Ok(name) => name,
        Err(error) => return super::fault(app, headers, &error),
    };
    let status = match (&name, fault) {
        (None, _) => StatusCode::GONE,
        (Some(_), Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        (Some(_), None) => StatusCode::OK,
    };
    match app.pages.render(&WelcomePage { name, fault }, super::language(headers)) {
        Ok(html) => reply::html(status, html, headers),
        Err(error) => super::fault(app, headers, &error),
    }
}
