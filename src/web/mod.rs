//! The face on the web: every route on one page, and what all handlers share.

pub mod access;
pub mod api;
mod client;
pub mod connections;
pub mod form;
mod hr;
mod operations;
pub mod pages;
pub mod preview;
mod reply;
mod scim;
mod simulator;
mod upload;
mod viewer;
mod webhooks;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, State};
use axum::handler::Handler as _;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{Extensions, HeaderMap, Response, StatusCode, Uri};
use axum::middleware::{from_fn_with_state, map_response};

use crate::actions::answer::Form;
use crate::actions::guess::Guesses;
use crate::actions::publish::Publications;
use crate::actions::surveys::Surveys;
use crate::config::Settings;
use crate::definition::model::{Definition, Language};
use crate::delivery::gateways::Gateway;
use crate::delivery::identity::Provider;
use crate::delivery::receipts::Receipts;
use crate::people::grants::Grant;
use crate::ports::Ports;
use crate::respond::link::Links;
use crate::simulate::phones::{self, Simulator};
use crate::store::Db;
use access::{AUDITORS, Doors, HR, May, READERS};
pub use form::Cache as FormPages;
pub use hr::live::Live;
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
    /// The identity provider, where one is set.
    pub provider: Option<Provider>,
    /// What its groups give here.
    pub grants: Vec<Grant>,
    /// Seals and hashes what accounts log in with.
    pub accounts_key: [u8; 32],
    /// What the secrets of webhooks are worked out of.
    pub webhooks_key: [u8; 32],
    /// Who asks for links that nobody has, and who tries to log in.
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
    /// Campaigns that somebody looks at.
    pub live: Live,
    /// Figures for operators.
    pub metrics: Metrics,
}

/// Every address there is.
pub fn router(app: Arc<App>) -> Router {
    let simulator = app.phones.clone().map(phones::http::router).unwrap_or_default();
    doors(&app)
        .into_router()
        .fallback(nothing_here)
        .method_not_allowed_fallback(other_method)
        .layer(from_fn_with_state(Arc::clone(&app), operations::count))
        .layer(DefaultBodyLimit::max(LARGEST_POST))
        .layer(map_response(reply::harden))
        .with_state(app)
        .merge(simulator)
}

/// Any address that the table does not hold.
async fn nothing_here(state: State<Arc<App>>, uri: Uri, extensions: Extensions, headers: HeaderMap) -> Response<Body> {
    match uri.path() {
        path if scim::speaks(path) => scim::nothing_here(),
        path if api::speaks(path) => api::nothing_here(),
        _ => hr::nothing_here(state, extensions, headers).await,
    }
}

/// An address that takes other methods.
async fn other_method(uri: Uri) -> Response<Body> {
    if api::speaks(uri.path()) { api::other_method() } else { bare(StatusCode::METHOD_NOT_ALLOWED) }
}

/// Every address with who may use it.
#[must_use]
pub fn doors(app: &Arc<App>) -> Doors {
    let employees = Doors::new(app)
        .get("/s/{token}", May::Holder, form::show)
        .post("/s/{token}", May::Holder, form::post)
        .within(|routes| routes.route_layer(from_fn_with_state(Arc::clone(app), form::slow_guessing)));
    employees.and(campaigns(app)).and(accounts(app)).and(machines(app)).and(api::doors(app)).and(scim::doors(app))
}

/// What HR does.
fn campaigns(app: &Arc<App>) -> Doors {
    Doors::new(app)
        .get("/campaigns/new", HR, hr::survey::new)
        .post("/campaigns/new", HR, hr::survey::create.layer(DefaultBodyLimit::max(LARGEST_UPLOAD)))
        .get("/campaigns/{id}", HR, hr::campaigns::show)
        .get("/campaigns/{id}/events", HR, hr::live::events)
        .get("/campaigns/{id}/changes", HR, hr::changes::show)
        .get("/campaigns/{id}/survey", HR, hr::survey::show)
        .post("/campaigns/{id}/survey", HR, hr::survey::revise.layer(DefaultBodyLimit::max(LARGEST_UPLOAD)))
        .get("/campaigns/{id}/phone", HR, hr::survey::phone)
        .get("/campaigns/{id}/launch", HR, hr::launch::preview)
        .post("/campaigns/{id}/launch", HR, hr::launch::launch)
        .post("/campaigns/{id}/sample", HR, hr::launch::sample)
        .get("/campaigns/{id}/delivery", HR, hr::delivery::show)
        .post("/campaigns/{id}/numbers", HR, hr::delivery::correct)
        .get("/campaigns/{id}/problems.csv", HR, hr::delivery::export)
        .post("/campaigns/{id}/{what}", HR, hr::delivery::act)
        .post("/campaigns/{id}/close", HR, hr::campaigns::close)
        .post("/campaigns/{id}/open", HR, hr::opening::open)
        .post("/campaigns/{id}/publish", HR, hr::opening::publish)
        .post("/campaigns/{id}/publish-interim", HR, hr::opening::publish_interim)
        .get("/campaigns/{id}/texts", HR, hr::texts::list)
        .get("/campaigns/{id}/texts/{question}", HR, hr::texts::show)
        .post("/campaigns/{id}/texts/{question}", HR, hr::texts::act)
        .post("/campaigns/{id}/texts/{question}/themes", HR, hr::texts::theme)
        .post("/campaigns/{id}/publish-texts", HR, hr::texts::publish)
        .get("/accounts", HR, hr::accounts::list)
        .post("/accounts", HR, hr::accounts::add)
        .get("/accounts/{account}", HR, hr::accounts::show)
        .post("/accounts/{account}", HR, hr::accounts::change)
        .post("/accounts/{account}/link", HR, hr::accounts::link)
        .post("/accounts/{account}/forget-factor", HR, hr::accounts::forget_factor)
        .post("/accounts/{account}/remove", HR, hr::accounts::remove)
        .get("/keys", HR, hr::keys::show)
        .post("/keys", HR, hr::keys::add)
        .post("/keys/revoke", HR, hr::keys::revoke)
        .get("/people/record", HR, hr::record::show)
        .post("/people/record", HR, hr::record::act)
        .get("/people/tree", HR, hr::tree::show)
        .get("/people", HR, hr::people::show)
        .post("/people", HR, hr::people::import.layer(DefaultBodyLimit::max(LARGEST_UPLOAD)))
}

/// What accounts do, each as far as it may.
fn accounts(app: &Arc<App>) -> Doors {
    Doors::new(app)
        .get("/", May::Account, hr::home)
        .get("/results", READERS, viewer::list)
        .get("/results/{campaign}", READERS, viewer::overview)
        .get("/results/{campaign}/heat-map", READERS, viewer::heat)
        .get("/results/{campaign}/side-by-side", READERS, viewer::compare)
        .get("/results/{campaign}/all-indices", READERS, viewer::indices)
        .get("/results/{campaign}/{question}", READERS, viewer::question)
        .get("/results/{campaign}/{question}/{file}", READERS, viewer::file)
        .get("/audit", AUDITORS, hr::audit::show)
        .get("/audit.csv", AUDITORS, hr::audit::export)
        .get("/login", May::Anybody, hr::login::show)
        .post("/login", May::Anybody, hr::login::login)
        .post("/login/phone", May::Anybody, hr::login::ask)
        .get("/login/code", May::Anybody, hr::login::show_code)
        .post("/login/code", May::Anybody, hr::login::code)
        .get("/login/oidc", May::Anybody, hr::oidc::depart)
        .get("/login/oidc/callback", May::Anybody, hr::oidc::arrive)
        .get("/what-is-stored", May::Account, hr::record::stored)
        .get("/account", May::Account, hr::account::show)
        .post("/account/factor", May::Account, hr::account::set_factor)
        .post("/account/factor/remove", May::Account, hr::account::remove_factor)
        .post("/account/sign-out", May::Account, hr::account::sign_out)
        .get("/welcome/{token}", May::Holder, hr::welcome::show)
        .post("/welcome/{token}", May::Holder, hr::welcome::set_password)
        .post("/logout", May::Account, hr::login::logout)
}

/// What machines ask, and browsers beside the pages.
fn machines(app: &Arc<App>) -> Doors {
    Doors::new(app)
        .get("/gateway/{name}/delivery", May::Holder, webhooks::report)
        .post("/gateway/{name}/delivery", May::Holder, webhooks::report)
        .get("/gateway/{name}/{secret}/delivery", May::Holder, webhooks::report)
        .post("/gateway/{name}/{secret}/delivery", May::Holder, webhooks::report)
        .get("/gateway/{name}/{secret}/inbound", May::Holder, webhooks::inbound)
        .post("/gateway/{name}/{secret}/inbound", May::Holder, webhooks::inbound)
        .get("/simulator", May::Anybody, simulator::show)
        .get("/assets/colour", May::Anybody, operations::colour)
        .get("/assets/logo", May::Anybody, operations::logo)
        .get("/assets/{file}", May::Anybody, operations::asset)
        .get("/healthz", May::Anybody, operations::alive)
        .get("/readyz", May::Anybody, operations::ready)
        .get("/metrics", May::Anybody, operations::metrics)
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
