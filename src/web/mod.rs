//! The face on the web: every route on one page, and what all handlers share.

mod access;
mod client;
pub mod form;
mod hr;
mod operations;
pub mod pages;
pub mod preview;
mod reply;
mod simulator;
mod upload;
mod viewer;
mod webhooks;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{HeaderMap, Response, StatusCode};
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::{get, post};

use crate::actions::answer::Form;
use crate::actions::guess::Guesses;
use crate::actions::publish::Publications;
use crate::actions::surveys::Surveys;
use crate::config::Settings;
use crate::definition::model::{Definition, Language};
use crate::delivery::gateways::Gateway;
use crate::delivery::receipts::Receipts;
use crate::ports::Ports;
use crate::respond::link::Links;
use crate::simulate::phones::{self, Simulator};
use crate::store::Db;
pub use form::Cache as FormPages;
pub use operations::Metrics;
use pages::Pages;
use upload::LARGEST_UPLOAD;

/// No form of ours is larger: forty long texts.
const LARGEST_POST: usize = 256 * 1024;

/// What handlers share.
pub struct App {
    /// Memory.
    pub db: Db,
    /// Clock and chance.
    pub ports: Ports,
    /// As the installation was set up.
    pub settings: Settings,
    /// Makes links.
    pub links: Links,
    /// Who asks for links that nobody has.
    pub guesses: Guesses,
    /// What phones answer.
    pub form: Form,
    /// What was published.
    pub publications: Publications,
    /// Definitions of launched campaigns.
    pub surveys: Arc<Surveys>,
    /// Templates.
    pub pages: Pages,
    /// Form pages that are the same for everybody.
    pub form_pages: FormPages,
    /// The way out.
    pub gateway: Option<Arc<Gateway>>,
    /// What the gateway reports; without a gateway nothing can be.
    pub receipts: Option<Receipts>,
    /// The simulator's phones, in the demo and in tests.
    pub phones: Option<Arc<Simulator>>,
    /// Figures for operators.
    pub metrics: Metrics,
}

/// Every address there is.
pub fn router(app: Arc<App>) -> Router {
    let employees = Router::new()
        .route("/s/{token}", get(form::show).post(form::post))
        .route_layer(from_fn_with_state(Arc::clone(&app), form::slow_guessing));
    let accounts = Router::new()
        .route("/", get(hr::campaigns::list))
        .route(
            "/campaigns/new",
            get(hr::survey::new).post(hr::survey::create).layer(DefaultBodyLimit::max(LARGEST_UPLOAD)),
        )
        .route("/campaigns/{id}", get(hr::campaigns::show))
        .route(
            "/campaigns/{id}/survey",
            get(hr::survey::show).post(hr::survey::revise).layer(DefaultBodyLimit::max(LARGEST_UPLOAD)),
        )
        .route("/campaigns/{id}/phone", get(hr::survey::phone))
        .route("/campaigns/{id}/launch", get(hr::launch::preview).post(hr::launch::launch))
        .route("/campaigns/{id}/sample", post(hr::launch::sample))
        .route("/campaigns/{id}/delivery", get(hr::delivery::show))
        .route("/campaigns/{id}/numbers", post(hr::delivery::correct))
        .route("/campaigns/{id}/problems.csv", get(hr::delivery::export))
        .route("/campaigns/{id}/{what}", post(hr::delivery::act))
        .route("/campaigns/{id}/close", post(hr::campaigns::close))
        .route("/campaigns/{id}/open", post(hr::campaigns::open))
        .route("/campaigns/{id}/publish", post(hr::campaigns::publish))
        .route("/campaigns/{id}/publish-interim", post(hr::campaigns::publish_interim))
        .route("/campaigns/{id}/texts", get(hr::texts::list))
        .route("/campaigns/{id}/texts/{question}", get(hr::texts::show).post(hr::texts::act))
        .route("/campaigns/{id}/texts/{question}/themes", post(hr::texts::theme))
        .route("/campaigns/{id}/publish-texts", post(hr::texts::publish))
        .route("/results/{campaign}", get(viewer::overview))
        .route("/results/{campaign}/heat-map", get(viewer::heat))
        .route("/results/{campaign}/side-by-side", get(viewer::compare))
        .route("/results/{campaign}/all-indices", get(viewer::indices))
        .route("/results/{campaign}/{question}", get(viewer::question))
        .route("/results/{campaign}/{question}/{file}", get(viewer::file))
        .route("/people", get(hr::people::show).post(hr::people::import).layer(DefaultBodyLimit::max(LARGEST_UPLOAD)))
        .route("/logout", post(hr::login::logout))
        .route_layer(from_fn_with_state(Arc::clone(&app), access::require_hr));
    let gateways = Router::new()
        .route("/gateway/{name}/delivery", get(webhooks::report).post(webhooks::report))
        .route("/gateway/{name}/{secret}/delivery", get(webhooks::report).post(webhooks::report))
        .route("/gateway/{name}/{secret}/inbound", get(webhooks::inbound).post(webhooks::inbound));
    let anybody = Router::new()
        .route("/login", get(hr::login::show).post(hr::login::login))
        .route("/simulator", get(simulator::show))
        .route("/assets/logo", get(operations::logo))
        .route("/assets/{file}", get(operations::asset))
        .route("/healthz", get(operations::alive))
        .route("/readyz", get(operations::ready))
        .route("/metrics", get(operations::metrics));
    let simulator = app.phones.clone().map(phones::http::router).unwrap_or_default();
    employees
        .merge(accounts)
        .merge(gateways)
        .merge(anybody)
        .fallback(hr::nothing_here)
        .layer(from_fn_with_state(Arc::clone(&app), operations::count))
        .layer(DefaultBodyLimit::max(LARGEST_POST))
        .layer(map_response(reply::harden))
        .with_state(app)
        .merge(simulator)
}

/// The languages that a browser asks for, the most wanted first. Norwegian without a form (`no`) is bokmål.
fn languages(headers: &HeaderMap) -> Vec<Language> {
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut wanted: Vec<(f32, Language)> = accepted.split(',').filter_map(wish).collect();
    wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
    wanted.into_iter().map(|(_, language)| language).collect()
}

fn wish(range: &str) -> Option<(f32, Language)> {
    let (tag, quality) = range.split_once(";q=").unwrap_or((range, "1"));
    let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
    let language = Language::parse(if primary == "no" { "nb" } else { &primary })?;
    let quality: f32 = quality.trim().parse().unwrap_or(0.0);
    (quality > 0.0).then_some((quality, language))
}

/// A moment as the survey's own zone reads it.
fn local(at: jiff::Timestamp, survey: &Definition) -> jiff::Zoned {
    at.to_zoned(zone(survey))
}

/// Where a survey says no window, it is Norwegian time.
fn zone(survey: &Definition) -> jiff::tz::TimeZone {
    survey.window.as_ref().map_or_else(norwegian_time, |window| window.zone.clone())
}

fn norwegian_time() -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::get("Europe/Oslo").unwrap_or(jiff::tz::TimeZone::UTC)
}

/// The database is out of reach, as opposed to a fault of ours.
fn is_down(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        matches!(
            cause.downcast_ref::<sqlx::Error>(),
            Some(sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed)
        )
    })
}

/// When not even a page can be made.
fn bare(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
