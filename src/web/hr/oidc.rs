//! To the identity provider and back.

use axum::body::Body;
use axum::extract::Query;
use axum::http::{Response, StatusCode};
use serde::Deserialize;

use super::login::{Door, Wanted, safe};
use crate::actions::login::{Came, STEP};
use crate::actions::oidc::{Journey, Named};
use crate::delivery::identity::{Asked, IdentityError, Provider};
use crate::people::grants::granted;
use crate::web::pages::hr::Failure;
use crate::web::pages::login::LoginFault;
use crate::web::{App, access};

/// What the provider sends somebody back with.
#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
}

/// `GET /login/oidc`: off to the provider.
pub async fn depart(door: Door, Query(wanted): Query<Wanted>) -> Response<Body> {
    let Some(provider) = &door.app.provider else {
        return super::failure(&door.app, &door.headers, None, Failure::NotFound, None);
    };
    match door.entrance().depart(&safe(wanted.next.as_deref())).await {
        Ok((cookie, journey)) => match provider.address(&asked(&redirect(&door.app), &journey), &journey.state).await {
            Ok(address) => {
                let step = access::cookie_name(&door.app, "step");
                super::login::set_cookie(super::see_other(&address), &door.app, &step, &cookie, STEP.as_secs())
            }
            Err(error) => refused(&door, &error),
        },
        Err(error) => super::fault(&door.app, &door.headers, &error),
    }
}

/// `GET /login/oidc/callback`: back with a code.
pub async fn arrive(door: Door, Query(back): Query<Back>) -> Response<Body> {
    let Some(provider) = &door.app.provider else {
        return super::failure(&door.app, &door.headers, None, Failure::NotFound, None);
    };
    let journey = match door.entrance().arrive(door.step(), &back.state).await {
        Ok(Some(journey)) => journey,
        Ok(None) => return door.page(StatusCode::FORBIDDEN, String::new(), None, Some(LoginFault::Expired)),
        Err(error) => return super::fault(&door.app, &door.headers, &error),
    };
    match came(&door, provider, &journey, &back.code).await {
        Ok((name, came)) => door.came(came, Some(&journey.next), |fault, status| match fault {
            LoginFault::Wrong => door.unknown(name, Some(journey.next.clone())),
            fault => door.page(status, String::new(), Some(journey.next.clone()), Some(fault)),
        }),
        Err(error) => refused(&door, &error),
    }
}

async fn came(
    door: &Door,
    provider: &Provider,
    journey: &Journey,
    code: &str,
) -> Result<(String, anyhow::Result<Came>), IdentityError> {
    let who = match provider.identity(&asked(&redirect(&door.app), journey), code).await {
        Ok(who) => who,
        Err(error) => {
            if let Err(error) = door.entrance().refused().await {
                return Ok((String::new(), Err(error)));
            }
            return Err(error);
        }
    };
    let granted = granted(&door.app.grants, &who.groups);
    let named = Named { subject: &who.subject, name: &who.name, granted: granted.as_ref() };
    let came = door.entrance().by_provider(named).await;
    Ok((who.name, came))
}

fn asked<'a>(redirect: &'a str, journey: &'a Journey) -> Asked<'a> {
    Asked { redirect, nonce: &journey.nonce, verifier: &journey.verifier }
}

fn redirect(app: &App) -> String {
    format!("{}/login/oidc/callback", app.settings.public_url.as_str())
}

/// Logged for the operator; whoever wanted in learns that it is not their fault, or that they begin anew.
fn refused(door: &Door, error: &IdentityError) -> Response<Body> {
    tracing::warn!("{error}");
    let (status, fault) = match error {
        IdentityError::Down(_) => (StatusCode::BAD_GATEWAY, LoginFault::Down),
        IdentityError::Refused(_) => (StatusCode::FORBIDDEN, LoginFault::Expired),
    };
    door.page(status, String::new(), None, Some(fault))
}
