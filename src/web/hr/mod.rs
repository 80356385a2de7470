//! HR's pages: each handler reads, calls one action at most, and renders.

pub mod account;
pub mod accounts;
pub mod audit;
pub mod campaigns;
pub mod changes;
pub mod delivery;
pub mod health;
pub mod keys;
pub mod launch;
pub mod live;
pub mod login;
pub mod oidc;
pub mod opening;
pub mod people;
pub mod record;
pub mod settings;
pub mod survey;
pub mod texts;
pub mod tree;
pub mod welcome;

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::ExtensionRejection;
use axum::extract::{FromRequestParts, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, LOCATION};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue, Response, StatusCode};

use std::sync::Arc;

use super::access::{self, Visitor};
use super::pages::Page;
use super::pages::hr::{Failure, FailurePage, Section, Shell};
use super::pages::said::Said;
use super::{App, languages, reply};
use crate::actions::campaign::{Actor, CampaignError, Exit};
use crate::definition::model::Language;
use crate::people::role::Role;
use crate::respond::post::Fields;

/// One request of somebody who is logged in: what nearly every handler here begins with.
pub struct Desk {
    /// What handlers share.
    pub app: Arc<App>,
    /// Who it is.
    pub visitor: Visitor,
    /// Of the request.
    pub headers: HeaderMap,
}

impl FromRequestParts<Arc<App>> for Desk {
    /// Only a route that lets in strangers has no visitor.
    type Rejection = ExtensionRejection;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ExtensionRejection> {
        let Extension(visitor) = Extension::from_request_parts(parts, app).await?;
        Ok(Self { app: Arc::clone(app), visitor, headers: parts.headers.clone() })
    }
}

impl Desk {
    /// Whoever is logged in, as actions know them.
    #[must_use]
    pub fn actor(&self) -> Actor<'_> {
        let App { db, ports, links, settings, .. } = &*self.app;
        Actor { db, ports, links, exit: Exit::of(settings), who: self.visitor.who() }
    }

    /// What stands around the page.
    #[must_use]
    pub fn shell(&self, section: Section) -> Shell {
        shell(&self.app, Some(&self.visitor), section)
    }

    /// The language that the browser asks for, among those that HR's pages speak.
    #[must_use]
    pub fn language(&self) -> Language {
        language(&self.headers)
    }

    /// The page.
    pub fn render<P: Page>(&self, page: anyhow::Result<P>) -> Response<Body> {
        self.render_as(StatusCode::OK, page)
    }

    /// The page, with another status than that all is well.
    pub fn render_as<P: Page>(&self, status: StatusCode, page: anyhow::Result<P>) -> Response<Body> {
        let rendered = page.and_then(|page| self.app.pages.render(&page, self.language()));
        match rendered {
            Ok(page) => reply::html(status, page, &self.headers),
            Err(error) => self.fault(&error),
        }
    }

    /// Why there is no page.
    pub fn refuse(&self, why: Failure, detail: Option<String>) -> Response<Body> {
        failure(&self.app, &self.headers, Some(&self.visitor), why, detail)
    }

    /// A fault of ours: logged once, here.
    pub fn fault(&self, error: &anyhow::Error) -> Response<Body> {
        fault(&self.app, &self.headers, error)
    }

    /// Why a campaign does not, in the reader's language.
    #[must_use]
    pub fn words(&self, error: &CampaignError) -> String {
        let Said { code, args } = Said::from(error);
        let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let words = self.app.pages.say(&format!("hr-refused-{code}"), &args, self.language());
        words.unwrap_or_else(|_| error.to_string())
    }

    /// What an action answered, as a page.
    pub fn done(&self, done: Result<(), CampaignError>, address: &str) -> Response<Body> {
        match done {
            Ok(()) => see_other(address),
            Err(CampaignError::Unknown) => self.refuse(Failure::NotFound, None),
            Err(CampaignError::Store(error)) => self.fault(&error),
            Err(error) => self.refuse(Failure::Refused, Some(self.words(&error))),
        }
    }
}

/// `GET /`: where the work of a role begins.
pub async fn home(desk: Desk) -> Response<Body> {
    match desk.visitor.role {
        Role::Hr => campaigns::list(desk).await,
        Role::SafetyRep | Role::UnionRep | Role::Leader | Role::Viewer => see_other("/results"),
        Role::Auditor => see_other("/audit"),
    }
}

/// The first value of that name; nothing where there is none.
fn field<'f>(fields: &'f Fields, name: &str) -> &'f str {
    fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

/// Bokmål, nynorsk or English.
pub(super) fn language(headers: &HeaderMap) -> Language {
    let spoken = |language: &Language| ["nb", "nn", "en"].contains(&language.as_str());
    languages(headers).into_iter().find(spoken).unwrap_or(Language::NORWEGIAN)
}

pub(super) fn shell(app: &App, visitor: Option<&Visitor>, section: Section) -> Shell {
    Shell {
        account: visitor.map(|visitor| visitor.name.clone()),
        role: visitor.map(|visitor| visitor.role),
        csrf: visitor.map(|visitor| visitor.csrf.clone()).unwrap_or_default(),
        demo: app.phones.is_some(),
        section,
    }
}

/// A page that does without a script of ours and gains by it: it may run, and fetch from us. Nothing comes from elsewhere.
#[must_use]
pub fn scripted(mut page: Response<Body>) -> Response<Body> {
    page.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(SCRIPTED));
    page
}

const SCRIPTED: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; \
                        form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// To another page of ours.
#[must_use]
pub fn see_other(address: &str) -> Response<Body> {
    let mut response = super::bare(StatusCode::SEE_OTHER);
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
}

/// A page that says why there is none.
pub fn failure(
    app: &App,
    headers: &HeaderMap,
    visitor: Option<&Visitor>,
    failure: Failure,
    detail: Option<String>,
) -> Response<Body> {
    let status = StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let page = FailurePage { shell: shell(app, visitor, Section::None), failure, detail };
    let rendered = app.pages.render(&page, language(headers));
    rendered.map_or_else(|_| super::bare(status), |page| reply::html(status, page, headers))
}

/// A fault of ours: logged once, here.
pub fn fault(app: &App, headers: &HeaderMap, error: &anyhow::Error) -> Response<Body> {
    tracing::error!(error = format!("{error:#}"), "a page failed");
    let why = if super::is_down(error) { Failure::Down } else { Failure::Broken };
    failure(app, headers, None, why, None)
}

/// Any address that the table does not hold.
pub async fn nothing_here(State(app): State<Arc<App>>, extensions: Extensions, headers: HeaderMap) -> Response<Body> {
    let visitor = access::visitor(&app, &headers, &extensions).await.unwrap_or_default();
    failure(&app, &headers, visitor.as_ref(), Failure::NotFound, None)
}
