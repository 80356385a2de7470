//! How the installation is set up.

use axum::body::Body;
use axum::http::Response;

use super::Desk;
use crate::web::pages::hr::Section;
use crate::web::pages::settings::{SettingsPage, groups};

/// `GET /settings`
pub async fn show(desk: Desk) -> Response<Body> {
    let settings = &desk.app.settings;
    desk.render(Ok(SettingsPage {
        shell: desk.shell(Section::Health),
        organisation: settings.organisation.clone(),
        logo: settings.logo.is_some(),
        own_colour: settings.colour.is_some(),
        groups: groups(settings),
    }))
}
