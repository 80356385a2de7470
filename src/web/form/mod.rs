//! The form that an employee answers: `GET` shows and changes nothing, `POST` keeps a page and leads to the next.

mod cache;
mod guessing;
pub mod view;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, Query, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use serde::Deserialize;

pub use cache::Cache;
pub use guessing::slow_guessing;

use super::App;
use super::pages::form::ThanksPage;
use super::pages::problem::{Problem, ProblemPage};
use super::pages::{Page, assets};
use super::reply;
use crate::actions::answer::{Arrival, Kept, Past, Respondent, SEND, Sent};
use crate::definition::answer::Reason;
use crate::definition::model::{Definition, Kind, Language};
use crate::definition::route::{Route, Step, route};
use crate::respond::follow::{FollowUps, follow_ups};
use crate::respond::post::{self, Fields};
use crate::respond::walk;

/// What the address says beside the token.
#[derive(Debug, Default, Deserialize)]
pub struct Place {
    /// The page.
    pub p: Option<String>,
    /// The language, once it was chosen on the form.
    pub lang: Option<String>,
}

/// The first page, in the place of a page's id.
const START: &str = "start";
/// The page of those who want no more messages.
const STOP: &str = "stop";

/// `GET /s/{token}`
pub async fn show(
    State(app): State<Arc<App>>,
    Path(token): Path<String>,
    Query(place): Query<Place>,
    headers: HeaderMap,
) -> Response<Body> {
    match app.form.open(&token).await {
        Ok(Arrival::Answering(respondent)) => Visit::new(&app, &headers, &place, &respondent).show(place.p.as_deref()),
        Ok(other) => turned_away(&app, &headers, &place, other),
        Err(error) => fault(&app, &headers, &error),
    }
}

/// `POST /s/{token}?p=…`: one page, or everything with `p=send`.
pub async fn post(
    State(app): State<Arc<App>>,
    Path(token): Path<String>,
    Query(place): Query<Place>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response<Body> {
    let fields: Fields = match body {
        Ok(body) => form_urlencoded::parse(&body).into_owned().collect(),
        Err(rejection) => {
            let too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
            return problem(&app, &headers, if too_large { Problem::TooLarge } else { Problem::BadForm });
        }
    };
    let done = match place.p.as_deref() {
        Some(SEND) => send(&app, &headers, &place, &token).await,
        Some(STOP) => stop(&app, &headers, &place, &token).await,
        Some(page) => keep(&app, &headers, &place, &token, page, &fields).await,
        None => Ok(problem(&app, &headers, Problem::BadForm)),
    };
    done.unwrap_or_else(|error| fault(&app, &headers, &error))
}

async fn keep(
    app: &App,
    headers: &HeaderMap,
    place: &Place,
    token: &str,
    page: &str,
    fields: &Fields,
) -> anyhow::Result<Response<Body>> {
    let chosen = place.lang.as_deref().and_then(Language::parse);
    Ok(match app.form.keep(token, page, chosen, fields).await? {
        Kept::Next(next) => go_to(next.as_deref().unwrap_or(SEND), place),
        Kept::Invalid(respondent, problems) => {
            Visit::new(app, headers, place, &respondent).mend(page, fields, &problems)
        }
        Kept::Not(arrival) => turned_away(app, headers, place, arrival),
        Kept::NoSuchPage => problem(app, headers, Problem::BadForm),
    })
}

async fn send(app: &App, headers: &HeaderMap, place: &Place, token: &str) -> anyhow::Result<Response<Body>> {
    Ok(match app.form.submit(token).await? {
        Sent::Done => go_to(SEND, place),
        Sent::Incomplete(page) => go_to(&page, place),
        Sent::Not(arrival) => turned_away(app, headers, place, arrival),
    })
}

async fn stop(app: &App, headers: &HeaderMap, place: &Place, token: &str) -> anyhow::Result<Response<Body>> {
    Ok(match app.form.stop(token).await? {
        Arrival::Answering(_) => go_to(STOP, place),
        other => turned_away(app, headers, place, other),
    })
}

/// One look at one page.
struct Visit<'a> {
    app: &'a App,
    headers: &'a HeaderMap,
    respondent: &'a Respondent,
    language: Language,
    place: &'a Place,
}

impl<'a> Visit<'a> {
    fn new(app: &'a App, headers: &'a HeaderMap, place: &'a Place, respondent: &'a Respondent) -> Self {
        Self { app, headers, respondent, language: language(respondent, headers, place), place }
    }

    /// Until when what has been begun can be sent in, once the closing time has passed.
    fn late(&self) -> Option<jiff::Zoned> {
        self.respondent.late.map(|at| super::local(at, &self.respondent.survey))
    }

    fn render<P: Page>(&self, page: &P) -> anyhow::Result<String> {
        self.app.pages.render(page, self.language)
    }

    fn route(&self) -> Route<'a> {
        route(&self.respondent.survey, &self.respondent.attributes, &self.respondent.draft.answers)
    }

    fn show(&self, page: Option<&str>) -> Response<Body> {
        let at = self.respondent.draft.at.as_deref();
        let route = self.route();
        match page.or(at) {
            Some(page) if self.place.p.is_none() => go_to(page, self.place),
            None | Some(START) => self.start(&route),
            Some(SEND) => self.last(&route),
            Some(STOP) => self.stop(),
            Some(page) => match walk::step(&route, page) {
                Some(step) => self.questions(&route, step),
                None => go_to(at.filter(|at| *at != page).unwrap_or(START), self.place),
            },
        }
    }

    fn start(&self, route: &Route<'_>) -> Response<Body> {
        let survey = &self.respondent.survey;
        let resume = self.respondent.draft.at.as_deref();
        let closes = self.respondent.closes_at.filter(|_| self.respondent.late.is_none());
        let closes = closes.map(|at| super::local(at, survey));
        let variant = format!("start {} {resume:?} {closes:?}", variant(route));
        self.remembered(variant, || {
            let mut page = view::start(survey, route, self.language, resume, closes);
            page.frame.late = self.late();
            page.asker.clone_from(&self.app.settings.organisation);
            page.logo = self.app.settings.logo.as_ref().map(assets::address_of_logo);
            self.render(&page)
        })
    }

    /// Sending before everything required is there leads to what is missing.
    fn last(&self, route: &Route<'_>) -> Response<Body> {
        if let Some(page) = walk::incomplete(route, &self.respondent.draft.answers) {
            return go_to(page, self.place);
        }
        let survey = &self.respondent.survey;
        self.remembered(format!("send {}", variant(route)), || {
            let mut page = view::send(survey, route, self.language);
            page.frame.late = self.late();
            self.render(&page)
        })
    }

    fn stop(&self) -> Response<Body> {
        let Respondent { survey, stopped, .. } = self.respondent;
        self.remembered(format!("stop {stopped}"), || {
            let mut page = view::stop(survey, self.language, *stopped);
            page.frame.late = self.late();
            self.render(&page)
        })
    }

    fn questions(&self, route: &Route<'_>, step: &Step<'a>) -> Response<Body> {
        let survey = &self.respondent.survey;
        let fields: Fields = post::fields_of(&self.respondent.draft.answers);
        let fields = fields.into_iter().filter(|(name, _)| is_on(step, name)).collect();
        let follow = self.follow_ups(step);
        let render = || {
            let mut page = view::questions(survey, route, step, &follow, self.language, &fields, &BTreeMap::new());
            page.frame.late = self.late();
            self.render(&page)
        };
        if fields.is_empty() {
            let variant = format!("{} of {} and {follow:?}", step.page.id, variant(route), follow = follow.groups);
            return self.remembered(variant, render);
        }
        self.reply(render().map(|page| reply::html(StatusCode::OK, page, self.headers)))
    }

    fn follow_ups(&self, step: &Step<'a>) -> FollowUps<'a> {
        let Respondent { survey, attributes, draft, .. } = self.respondent;
        follow_ups(survey, attributes, &draft.answers, step.page)
    }

    fn mend(&self, page: &str, fields: &Fields, problems: &BTreeMap<String, Reason>) -> Response<Body> {
        let survey = &self.respondent.survey;
        let route = self.route_with(page, fields);
        let Some(step) = walk::step(&route, page) else { return go_to(START, self.place) };
        let follow = self.follow_ups(step);
        let mut context = view::questions(survey, &route, step, &follow, self.language, fields, problems);
        context.frame.late = self.late();
        let rendered = self.render(&context);
        self.reply(rendered.map(|page| reply::html(StatusCode::UNPROCESSABLE_ENTITY, page, self.headers)))
    }

    /// The page as the posted answers would have it, so that a follow-up they open is there to be mended as well.
    fn route_with(&self, page: &str, fields: &Fields) -> Route<'a> {
        let Respondent { survey, attributes, draft, .. } = self.respondent;
        let Some(page) = survey.page(page) else { return self.route() };
        let posted = post::read(survey, attributes, &draft.answers, page, fields);
        let mut draft = draft.clone();
        draft.replace(&posted.questions, posted.answers);
        route(survey, attributes, &draft.answers)
    }

    fn remembered(&self, variant: String, render: impl FnOnce() -> anyhow::Result<String>) -> Response<Body> {
        let campaign = self.respondent.campaign_id.clone();
        let variant = if self.respondent.late.is_some() { format!("late {variant}") } else { variant };
        let key = cache::Key { campaign, language: self.language.to_string(), variant };
        let packed = self.app.form_pages.get(key, render);
        self.reply(packed.map(|packed| packed.reply(StatusCode::OK, reply::HTML, self.headers)))
    }

    fn reply(&self, response: anyhow::Result<Response<Body>>) -> Response<Body> {
        response.unwrap_or_else(|error| fault(self.app, self.headers, &error))
    }
}

/// Names which pages and questions a route has, in which words: the addresses of texts stand for the texts, which stay
/// where they are as long as the campaign's definition is held.
fn variant(route: &Route<'_>) -> String {
    let mut variant = String::new();
    for step in &route.pages {
        let _ = write!(variant, "/{}", step.page.id);
        for (question, text) in &step.questions {
            let _ = write!(variant, " {}={:x}", question.id, std::ptr::from_ref(*text).addr());
        }
    }
    variant
}

pub(super) fn is_on(step: &Step<'_>, field: &str) -> bool {
    let key = field.strip_prefix("q.").unwrap_or_default();
    step.questions.iter().any(|(question, _)| question.kind != Kind::Notice && question.id == post::question_of(key))
}

fn language(respondent: &Respondent, headers: &HeaderMap, place: &Place) -> Language {
    let Respondent { survey, draft, language, .. } = respondent;
    preferred(
        survey,
        [place.lang.as_deref().or(draft.language.as_deref()).and_then(Language::parse), *language],
        headers,
    )
}

fn past_language(past: &Past, headers: &HeaderMap, place: &Place) -> Language {
    preferred(&past.survey, [place.lang.as_deref().and_then(Language::parse), past.language], headers)
}

/// What was chosen on the form, what the register says, what the browser asks for, what the survey begins with.
fn preferred(survey: &Definition, wishes: [Option<Language>; 2], headers: &HeaderMap) -> Language {
    let browser = super::languages(headers).into_iter();
    let known = |language: &Language| survey.languages.contains(language);
    wishes.into_iter().flatten().chain(browser).find(known).unwrap_or_else(|| survey.default_language())
}

/// A relative address, so that no answer holds the token.
fn go_to(page: &str, place: &Place) -> Response<Body> {
    let mut address = format!("?p={page}");
    if let Some(language) = place.lang.as_deref().and_then(Language::parse) {
        let _ = write!(address, "&lang={language}");
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(address) = HeaderValue::from_str(&address) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
}

/// Somebody whose link cannot answer (any more).
fn turned_away(app: &App, headers: &HeaderMap, place: &Place, arrival: Arrival) -> Response<Body> {
    match arrival {
        Arrival::Unknown | Arrival::Answering(_) => problem(app, headers, Problem::UnknownLink),
        Arrival::Answered(past) => thanks(app, headers, &past.survey, past_language(&past, headers, place)),
        Arrival::Closed(past, at) => {
            let language = past_language(&past, headers, place);
            let page = ProblemPage {
                problem: Problem::Closed,
                survey: Some(past.survey.title.get(language).to_owned()),
                contact: view::contact(&past.survey),
                at: at.map(|at| super::local(at, &past.survey)),
            };
            render_problem(app, headers, &page, language)
        }
    }
}

fn thanks(app: &App, headers: &HeaderMap, survey: &Definition, language: Language) -> Response<Body> {
    let page = ThanksPage {
        frame: view::frame(survey, language, Some("thanks")),
        thanks: survey.thanks.get(language).to_owned(),
    };
    let packed = serde_json::to_string(&page).map_err(Into::into).and_then(|variant| {
        let key = cache::Key { campaign: String::new(), language: language.to_string(), variant };
        app.form_pages.get(key, || app.pages.render(&page, language))
    });
    packed.map_or_else(|error| fault(app, headers, &error), |page| page.reply(StatusCode::OK, reply::HTML, headers))
}

/// A page that says kindly why there is no form.
pub fn problem(app: &App, headers: &HeaderMap, problem: Problem) -> Response<Body> {
    let language = super::languages(headers).first().copied().unwrap_or(Language::NORWEGIAN);
    render_problem(app, headers, &ProblemPage { problem, survey: None, contact: None, at: None }, language)
}

fn render_problem(app: &App, headers: &HeaderMap, page: &ProblemPage, language: Language) -> Response<Body> {
    let status = StatusCode::from_u16(page.problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let rendered = app.pages.render(page, language);
    rendered.map_or_else(|_| super::bare(status), |page| reply::html(status, page, headers))
}

/// A fault of ours: logged once, here, without the address.
fn fault(app: &App, headers: &HeaderMap, error: &anyhow::Error) -> Response<Body> {
    tracing::error!(error = format!("{error:#}"), "the form failed");
    let down = super::is_down(error);
    problem(app, headers, if down { Problem::Down } else { Problem::Broken })
}
