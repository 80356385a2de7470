//! A draft's survey: written or uploaded, checked, shown on a phone, saved.

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::extract::{Path, Query};
use axum::http::header::{CONTENT_SECURITY_POLICY, X_FRAME_OPTIONS};
use axum::http::{HeaderValue, Response, StatusCode};

use super::{Desk, see_other};
use crate::actions::campaign::{self, CampaignError, Exit};
use crate::actions::{draft, surveys};
use crate::definition::model::{Definition, Language, Text, Wording};
use crate::definition::route::{Route, Step};
use crate::definition::{Checked, inspect};
use crate::respond::follow::FollowUps;
use crate::respond::post::Fields;
use crate::store::campaigns::{self, Campaign};
use crate::web::App;
use crate::web::form::{Place, view};
use crate::web::pages::form::language_name;
use crate::web::pages::hr::{Failure, Section};
use crate::web::pages::preview::Choice;
use crate::web::pages::survey::SurveyPage;
use crate::web::preview::lines;
use crate::web::upload::Posted;

const START: &str = "start";
const FILE: &str = "survey.yaml";
/// The page around the phone, and the phone in it.
const AROUND: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";
const PHONE: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; \
                     frame-ancestors 'self'";

/// `GET /campaigns/new`
pub async fn new(desk: Desk) -> Response<Body> {
    desk.render(Ok(blank(&desk)))
}

/// `POST /campaigns/new`: a draft, if nothing is wrong with it.
pub async fn create(desk: Desk, body: Bytes) -> Response<Body> {
    let posted = Posted::read(&desk.headers, body).await;
    let (name, source) = (posted.text("name").trim(), source(&posted));
    let page = SurveyPage { nameless: name.is_empty(), name: name.to_owned(), ..checked(&desk, &source) };
    if page.broken || page.nameless {
        return desk.render_as(StatusCode::UNPROCESSABLE_ENTITY, Ok(page));
    }
    let demo = Exit::of(&desk.app.settings) == Exit::Simulator;
    match campaign::create(&desk.app.db, &desk.app.ports, desk.visitor.who(), name, &source, demo).await {
        Ok(id) => see_other(&format!("/campaigns/{id}/survey")),
        Err(error) => desk.done(Err(error), ""),
    }
}

/// `GET /campaigns/{id}/survey?p=PAGE&lang=CODE`
pub async fn show(desk: Desk, Path(id): Path<String>, Query(place): Query<Place>) -> Response<Body> {
    let campaign = match draft_of(&desk, &id).await {
        Ok(campaign) => campaign,
        Err(refused) => return refused,
    };
    framing(desk.render(saved(&desk, &campaign, &place)))
}

/// `POST /campaigns/{id}/survey`: another text, if nothing is wrong with it.
pub async fn revise(desk: Desk, Path(id): Path<String>, body: Bytes) -> Response<Body> {
    let campaign = match draft_of(&desk, &id).await {
        Ok(campaign) => campaign,
        Err(refused) => return refused,
    };
    let source = source(&Posted::read(&desk.headers, body).await);
    let page = checked(&desk, &source);
    if page.broken {
        let page = SurveyPage { id: Some(id), name: campaign.name, ..page };
        return desk.render_as(StatusCode::UNPROCESSABLE_ENTITY, Ok(page));
    }
    desk.done(draft::revise(desk.actor(), &id, &source).await, &format!("/campaigns/{id}/survey"))
}

/// `GET /campaigns/{id}/phone?p=PAGE&lang=CODE`: a page of the form with every question that it can have. Nothing can be sent.
pub async fn phone(desk: Desk, Path(id): Path<String>, Query(place): Query<Place>) -> Response<Body> {
    let campaign = match campaigns::find(desk.app.db.read(), &id).await {
        Ok(Some(campaign)) => campaign,
        Ok(None) => return desk.refuse(Failure::NotFound, None),
        Err(error) => return desk.fault(&error),
    };
    match surveys::read(&campaign.definition).and_then(|survey| on_a_phone(&desk.app, &survey, &place)) {
        Ok(html) => framed(crate::web::reply::html(StatusCode::OK, html, &desk.headers)),
        Err(error) => desk.fault(&error),
    }
}

/// The file where there is one, else what was typed. A browser's line ends become the file's.
fn source(posted: &Posted) -> String {
    let file = posted.bytes("file").map(|file| String::from_utf8_lossy(file).into_owned());
    file.unwrap_or_else(|| posted.text("source").to_owned()).replace("\r\n", "\n")
}

async fn draft_of(desk: &Desk, id: &str) -> Result<Campaign, Response<Body>> {
    match campaigns::find(desk.app.db.read(), id).await {
        Ok(Some(campaign)) => match campaign.state.launch() {
            Ok(_) => Ok(campaign),
            Err(refused) => Err(desk.done(Err(CampaignError::Refused(refused)), "")),
        },
        Ok(None) => Err(desk.refuse(Failure::NotFound, None)),
        Err(error) => Err(desk.fault(&error)),
    }
}

fn blank(desk: &Desk) -> SurveyPage {
    SurveyPage {
        shell: desk.shell(Section::Campaigns),
        id: None,
        name: String::new(),
        source: String::new(),
        diagnostics: Vec::new(),
        broken: false,
        nameless: false,
        saved: false,
        phone: None,
        pages: Vec::new(),
        languages: Vec::new(),
    }
}

/// A text with all that there is to say about it.
fn checked(desk: &Desk, source: &str) -> SurveyPage {
    let Checked { definition, diagnostics } = inspect(source.as_bytes());
    SurveyPage {
        source: source.to_owned(),
        diagnostics: lines(FILE, source, &diagnostics),
        broken: definition.is_none(),
        ..blank(desk)
    }
}

fn saved(desk: &Desk, campaign: &Campaign, place: &Place) -> anyhow::Result<SurveyPage> {
    let survey = surveys::read(&campaign.definition)?;
    let (at, language) = (place.p.as_deref().unwrap_or(START), language(&survey, place));
    let choice = |value: &str, label: &str, chosen: bool| Choice { value: value.into(), label: label.into(), chosen };
    let pages = [START].into_iter().chain(survey.pages.iter().map(|page| page.id.as_str()));
    let languages =
        survey.languages.iter().map(|code| choice(code.as_str(), language_name(code.as_str()), *code == language));
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("p", at).append_pair("lang", language.as_str());
    Ok(SurveyPage {
        id: Some(campaign.id.clone()),
        name: campaign.name.clone(),
        saved: true,
        phone: Some(format!("/campaigns/{}/phone?{}", campaign.id, query.finish())),
        pages: pages.map(|page| choice(page, page, page == at)).collect(),
        languages: languages.collect(),
        ..checked(desk, &campaign.definition)
    })
}

fn language(survey: &Definition, place: &Place) -> Language {
    let wanted = place.lang.as_deref().and_then(Language::parse);
    wanted.filter(|language| survey.languages.contains(language)).unwrap_or_else(|| survey.default_language())
}

/// The page of the form, as somebody would see it who is asked everything.
fn on_a_phone(app: &App, survey: &Definition, place: &Place) -> anyhow::Result<String> {
    let (route, language) = (everything(survey), language(survey, place));
    let step = place.p.as_deref().and_then(|page| route.pages.iter().find(|step| step.page.id == page));
    match step {
        Some(step) => {
            let (follow, none) = (FollowUps::default(), BTreeMap::new());
            let page = view::questions(survey, &route, step, &follow, language, &Fields::new(), &none);
            app.pages.render(&page, language)
        }
        None => app.pages.render(&view::start(survey, &route, language, None, None), language),
    }
}

fn everything(survey: &Definition) -> Route<'_> {
    let step = |page| Step { page, questions: page.questions.iter().map(|one| (one, last(&one.wording))).collect() };
    Route { pages: survey.pages.iter().map(step).collect() }
}

/// Of several wordings the one for all others.
pub(super) fn last(wording: &Wording) -> &Text {
    static NONE: Text = Text(BTreeMap::new());
    match wording {
        Wording::Everybody(text) => text,
        Wording::ByAudience(all) => all.last().map_or(&NONE, |(_, text)| text),
    }
}

/// The page may show the phone in a frame.
fn framing(mut page: Response<Body>) -> Response<Body> {
    page.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(AROUND));
    page
}

/// The phone may be shown in a frame of ours.
fn framed(mut phone: Response<Body>) -> Response<Body> {
    phone.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(PHONE));
    phone.headers_mut().insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    phone
}
