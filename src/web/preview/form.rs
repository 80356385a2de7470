//! The form in the phone, as `web::form` shows it, with a visit in the place of an invitation.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Response, StatusCode};

use super::frame::query;
use super::visits::Visit;
use super::{Preview, diagnostics, see_other};
use crate::definition::answer::Reason;
use crate::definition::model::{Definition, Language};
use crate::definition::route::route;
use crate::respond::follow::follow_ups;
use crate::respond::post::{self, Fields};
use crate::respond::walk::{self, SEND};
use crate::web::form::{Place, is_on, view};
use crate::web::pages::form::ThanksPage;
use crate::web::pages::preview::BrokenPage;

const START: &str = "start";

/// One look at the form.
struct Look<'a> {
    preview: &'a Preview,
    headers: &'a HeaderMap,
    survey: &'a Definition,
    language: Language,
    place: &'a Place,
}

/// `GET /form/{visit}`
pub(super) async fn show(
    State(preview): State<Arc<Preview>>,
    Path(id): Path<String>,
    Query(place): Query<Place>,
    headers: HeaderMap,
) -> Response<Body> {
    let seen = preview.file.look().await;
    let Some(survey) = seen.survey() else { return broken(&preview, &headers, &seen) };
    Look::new(&preview, &headers, survey, &place).show(&preview.visits.get(&id))
}

/// `POST /form/{visit}?p=…`
pub(super) async fn post(
    State(preview): State<Arc<Preview>>,
    Path(id): Path<String>,
    Query(place): Query<Place>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let seen = preview.file.look().await;
    let Some(survey) = seen.survey() else { return broken(&preview, &headers, &seen) };
    let fields: Fields = form_urlencoded::parse(&body).into_owned().collect();
    let look = Look::new(&preview, &headers, survey, &place);
    let mut visit = preview.visits.get(&id);
    let answer = look.take(&mut visit, &fields);
    preview.visits.put(&id, visit);
    answer
}

/// In the place of the form, until the file is mended.
fn broken(preview: &Preview, headers: &HeaderMap, seen: &super::file::Seen) -> Response<Body> {
    let file = preview.file.name();
    let page = BrokenPage { diagnostics: diagnostics::of(&file, seen), file };
    preview.render(StatusCode::UNPROCESSABLE_ENTITY, &page, Language::NORWEGIAN, headers)
}

impl<'a> Look<'a> {
    fn new(preview: &'a Preview, headers: &'a HeaderMap, survey: &'a Definition, place: &'a Place) -> Self {
        let chosen = place.lang.as_deref().and_then(Language::parse);
        let known = chosen.filter(|language| survey.languages.contains(language));
        Self { preview, headers, survey, language: known.unwrap_or_else(|| survey.default_language()), place }
    }

    fn go_to(&self, page: &str) -> Response<Body> {
        see_other(&query(&Place { p: Some(page.to_owned()), lang: self.place.lang.clone() }))
    }

    fn show(&self, visit: &Visit) -> Response<Body> {
        let route = route(self.survey, &visit.attributes, &visit.draft.answers);
        let at = visit.draft.at.as_deref();
        match self.place.p.as_deref() {
            None if at.is_some() => self.go_to(at.unwrap_or(START)),
            None | Some(START) => {
                let closes = self.survey.window.as_ref().map(|window| super::super::local(window.closes, self.survey));
                self.render(StatusCode::OK, &view::start(self.survey, &route, self.language, at, closes))
            }
            Some(SEND) if visit.sent => self.thanks(),
            Some(SEND) => match walk::incomplete(&route, &visit.draft.answers) {
                Some(page) => self.go_to(page),
                None => self.render(StatusCode::OK, &view::send(self.survey, &route, self.language)),
            },
            Some(page) => match walk::step(&route, page) {
                Some(step) => {
                    let mut fields = post::fields_of(&visit.draft.answers);
                    fields.retain(|(name, _)| is_on(step, name));
                    let follow = follow_ups(self.survey, &visit.attributes, &visit.draft.answers, step.page);
                    let none = BTreeMap::new();
                    let page = view::questions(self.survey, &route, step, &follow, self.language, &fields, &none);
                    self.render(StatusCode::OK, &page)
                }
                None => self.go_to(START),
            },
        }
    }

    fn take(&self, visit: &mut Visit, fields: &Fields) -> Response<Body> {
        let at = self.place.p.as_deref().unwrap_or_default();
        if at == SEND {
            visit.sent =
                walk::incomplete(&route(self.survey, &visit.attributes, &visit.draft.answers), &visit.draft.answers)
                    .is_none();
            return self.go_to(SEND);
        }
        // The page may be gone since it was shown: the file is being written.
        let Some(page) = self.survey.page(at) else { return self.go_to(START) };
        let mut posted = post::read(self.survey, &visit.attributes, &visit.draft.answers, page, fields);
        let problems = std::mem::take(&mut posted.problems);
        if !problems.is_empty() {
            return self.mend(visit, &page.id, posted, fields, &problems);
        }
        walk::take(&mut visit.draft, self.survey, &visit.attributes, &page.id, posted);
        self.go_to(visit.draft.at.as_deref().unwrap_or(SEND))
    }

    /// The page as the posted answers would have it, with what is wrong; nothing is kept.
    fn mend(
        &self,
        visit: &Visit,
        page: &str,
        posted: post::Posted<'_>,
        fields: &Fields,
        problems: &BTreeMap<String, Reason>,
    ) -> Response<Body> {
        let mut draft = visit.draft.clone();
        draft.replace(&posted.questions, posted.answers);
        let route = route(self.survey, &visit.attributes, &draft.answers);
        let Some(step) = walk::step(&route, page) else { return self.go_to(START) };
        let follow = follow_ups(self.survey, &visit.attributes, &draft.answers, step.page);
        let page = view::questions(self.survey, &route, step, &follow, self.language, fields, problems);
        self.render(StatusCode::UNPROCESSABLE_ENTITY, &page)
    }

    fn thanks(&self) -> Response<Body> {
        let frame = view::frame(self.survey, self.language, Some(SEND));
        let thanks = self.survey.thanks.get(self.language).to_owned();
        self.render(StatusCode::OK, &ThanksPage { frame, thanks })
    }

    fn render<P: crate::web::pages::Page>(&self, status: StatusCode, page: &P) -> Response<Body> {
        self.preview.render(status, page, self.language, self.headers)
    }
}
