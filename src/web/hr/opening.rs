//! After the last answer: what was sealed is opened, by one or by two together, and published.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Form, Path};
use axum::http::{Response, StatusCode};

use super::campaigns::shown;
use super::{Desk, see_other};
use crate::actions::open::{self, OpenError};
use crate::actions::publish::{self, PublishError};
use crate::anonymity::publication::Publication;
use crate::anonymity::shares::{Share, ShareError};
use crate::respond::post::Fields;
use crate::web::pages::campaign::CampaignPage;
use crate::web::pages::hr::Failure;

/// `POST /campaigns/{id}/open`: where two must open together, with a `share` of each.
pub async fn open(desk: Desk, Path(id): Path<String>, Form(fields): Form<Fields>) -> Response<Body> {
    let opened = match shares(&fields) {
        Ok(shares) => open::open(desk.actor(), &desk.app.settings.keys, &id, &shares).await,
        Err(error) => Err(error.into()),
    };
    match opened {
        Ok(_) => see_other(&format!("/campaigns/{id}")),
        Err(OpenError::Unknown) => desk.refuse(Failure::NotFound, None),
        Err(OpenError::Store(error)) => desk.fault(&error),
        Err(OpenError::Shares(error)) => {
            let fault = Some(share_fault(error));
            shown(&desk, &id, StatusCode::UNPROCESSABLE_ENTITY, |page| CampaignPage { share_fault: fault, ..page })
                .await
        }
        Err(error) => desk.refuse(Failure::Refused, Some(error.to_string())),
    }
}

/// What two have typed; nothing where one key in a file opens.
fn shares(fields: &Fields) -> Result<Vec<Share>, ShareError> {
    let typed = fields.iter().filter(|(name, value)| name == "share" && !value.trim().is_empty());
    typed.map(|(_, value)| Share::parse(value)).collect()
}

/// The words that `locales/` know as `hr-share-…`.
fn share_fault(error: ShareError) -> &'static str {
    match error {
        ShareError::Mistyped => "mistyped",
        ShareError::OtherCampaign => "other",
        ShareError::TooFew => "few",
        ShareError::Wrong => "wrong",
    }
}

/// `POST /campaigns/{id}/publish`
pub async fn publish(desk: Desk, Path(id): Path<String>) -> Response<Body> {
    let key = match desk.app.settings.load_or_create_secret(&desk.app.ports.chance) {
        Ok(key) => key,
        Err(error) => return desk.fault(&error.into()),
    };
    published(&desk, &id, publish::publish(desk.actor(), &key, &id).await)
}

/// `POST /campaigns/{id}/publish-interim`
pub async fn publish_interim(desk: Desk, Path(id): Path<String>) -> Response<Body> {
    let key = match desk.app.settings.load_or_create_secret(&desk.app.ports.chance) {
        Ok(key) => key,
        Err(error) => return desk.fault(&error.into()),
    };
    published(&desk, &id, publish::publish_interim(desk.actor(), &key, &desk.app.settings.keys, &id, &[]).await)
}

fn published(desk: &Desk, id: &str, published: Result<Arc<Publication>, PublishError>) -> Response<Body> {
    match published {
        Ok(_) => see_other(&format!("/results/{id}")),
        Err(PublishError::Unknown | PublishError::Open(OpenError::Unknown)) => desk.refuse(Failure::NotFound, None),
        Err(PublishError::Store(error) | PublishError::Open(OpenError::Store(error))) => desk.fault(&error),
        Err(error) => desk.refuse(Failure::Refused, Some(error.to_string())),
    }
}
