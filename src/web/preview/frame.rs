//! The page around the phone: whom to be, in which language, on which page.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Response, StatusCode};

use super::visits::Visit;
use super::{Preview, diagnostics, see_other};
use crate::definition::attributes::{UNKNOWN, band_names};
use crate::definition::model::{Definition, Language, RegisterField};
use crate::respond::walk::SEND;
use crate::web::form::Place;
use crate::web::pages::form::language_name;
use crate::web::pages::preview::{Attribute, Choice, FramePage};

/// `GET /v/{visit}`
pub(super) async fn show(
    State(preview): State<Arc<Preview>>,
    Path(id): Path<String>,
    Query(place): Query<Place>,
    headers: HeaderMap,
) -> Response<Body> {
    let seen = preview.file.look().await;
    let visit = preview.visits.get(&id);
    let file = preview.file.name();
    let mut page = FramePage {
        diagnostics: diagnostics::of(&file, &seen),
        file,
        state: seen.state.clone(),
        phone: format!("/form/{}{}", encoded(&id), query(&place)),
        broken: true,
        nobody: visit.nobody,
        audiences: Vec::new(),
        attributes: Vec::new(),
        languages: Vec::new(),
        pages: Vec::new(),
    };
    if let Some(survey) = seen.survey() {
        fill(&mut page, survey, &visit, &place);
    }
    preview.render(StatusCode::OK, &page, Language::NORWEGIAN, &headers)
}

fn fill(page: &mut FramePage, survey: &Definition, visit: &Visit, place: &Place) {
    let chosen = |value: &str, label: &str, now: Option<&str>| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen: now == Some(value),
    };
    page.broken = false;
    let audiences = survey.audiences.iter();
    page.audiences = audiences.map(|one| chosen(&one.id, &one.id, visit.audience.as_deref())).collect();
    page.attributes = attributes(survey, visit);
    let language = place.lang.clone().unwrap_or_else(|| survey.default_language().to_string());
    let languages = survey.languages.iter().map(Language::as_str);
    page.languages = languages.map(|code| chosen(code, language_name(code), Some(&language))).collect();
    let pages = survey.pages.iter().map(|one| one.id.as_str());
    let here = place.p.as_deref().or(visit.draft.at.as_deref());
    page.pages = ["start"].into_iter().chain(pages).chain([SEND]).map(|id| chosen(id, id, here)).collect();
}

fn attributes(survey: &Definition, visit: &Visit) -> Vec<Attribute> {
    let each = survey.attributes.iter().map(|attribute| {
        let value = visit.attributes.get(&attribute.id).map_or(UNKNOWN, String::as_str);
        let known = match attribute.from {
            RegisterField::BirthYear => band_names(&attribute.bands),
            RegisterField::Employment | RegisterField::Language => Vec::new(),
            RegisterField::StaffResponsibility | RegisterField::UnionRep | RegisterField::SafetyRep => {
                vec!["yes".to_owned(), "no".to_owned()]
            }
        };
        let unknown = (!known.is_empty()).then(|| UNKNOWN.to_owned());
        let values = known.into_iter().chain(unknown);
        let choice = |one: String| Choice { chosen: one == value, label: one.clone(), value: one };
        Attribute { id: attribute.id.clone(), value: value.to_owned(), values: values.map(choice).collect() }
    });
    each.collect()
}

/// `POST /v/{visit}`: whom to be from now on, and where.
pub(super) async fn choose(State(preview): State<Arc<Preview>>, Path(id): Path<String>, body: Bytes) -> Response<Body> {
    let seen = preview.file.look().await;
    let fields: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let field = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let place = Place { p: field("p").map(str::to_owned), lang: field("lang").map(str::to_owned) };
    let Some(survey) = seen.survey() else { return see_other(&format!("/v/{}", encoded(&id))) };
    if field("anew").is_some() {
        preview.visits.put(&id, Visit::default());
        return see_other(&format!("/v/{}{}", encoded(&id), query(&Place { p: None, ..place })));
    }
    let mut visit = preview.visits.get(&id);
    visit.sent = false;
    for attribute in &survey.attributes {
        if let Some(value) = field(&format!("attribute.{}", attribute.id)) {
            visit.attributes.insert(attribute.id.clone(), value.trim().to_owned());
        }
    }
    match field("audience").filter(|audience| !audience.is_empty()) {
        Some(audience) if visit.audience.as_deref() != Some(audience) => visit.be(survey, audience),
        Some(_) => {}
        None => (visit.audience, visit.nobody) = (None, false),
    }
    if let Some(page) = place.p.as_deref().and_then(|page| survey.page(page)) {
        visit.see(survey, page);
    }
    preview.visits.put(&id, visit);
    see_other(&format!("/v/{}{}", encoded(&id), query(&place)))
}

/// The place as an address says it.
pub(super) fn query(place: &Place) -> String {
    let pairs = [("p", &place.p), ("lang", &place.lang)];
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))));
    let query = query.finish();
    if query.is_empty() { query } else { format!("?{query}") }
}

/// An id out of an address, fit for one.
fn encoded(id: &str) -> String {
    id.chars().filter(char::is_ascii_alphanumeric).collect()
}
