//! The viewers' pages: each handler finds what its reader may see and renders it. They read publications and nothing else.

mod address;
mod around;
mod compare;
mod file;
mod findings;
mod heat;
mod index;
mod overview;
mod parts;
mod picture;
mod question;
mod reader;
mod sides;
mod trend;
mod words;

use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::Response;

use super::hr::{Desk, scripted};
use super::pages::Page;
use super::pages::hr::{Failure, Section};
use super::pages::results::{PublishedLine, PublishedPage};
use crate::actions::surveys;
use crate::store::{campaigns, publications};
use address::Rows;
use reader::Material;

/// The page, or why there is none.
fn shown<P: Page>(desk: &Desk, found: anyhow::Result<Option<P>>) -> Response<Body> {
    match found {
        Ok(Some(page)) => scripted(desk.render(Ok(page))),
        Ok(None) => desk.refuse(Failure::NotFound, None),
        Err(error) => desk.fault(&error),
    }
}

/// `GET /results`: what was published, interim editions too.
pub async fn list(desk: Desk) -> Response<Body> {
    desk.render(published(&desk).await)
}

async fn published(desk: &Desk) -> anyhow::Result<PublishedPage> {
    let mut campaigns = Vec::new();
    for one in campaigns::all(&desk.app.db).await? {
        if publications::last(&desk.app.db, &one.id).await?.is_some() {
            let survey = surveys::read(&one.definition)?.title.get(desk.language()).to_owned();
            campaigns.push(PublishedLine { id: one.id, name: one.name, survey });
        }
    }
    Ok(PublishedPage { shell: desk.shell(Section::Results), campaigns })
}

/// `GET /results/{campaign}`: who took part, what stands out, all questions. `?place=ID` goes down the tree.
pub async fn overview(desk: Desk, Path(campaign): Path<String>, Query(rows): Query<Rows>) -> Response<Body> {
    let found = async {
        let Some(material) = Material::load(&desk, &campaign).await? else { return Ok(None) };
        overview::page(&desk, &material, &desk.visitor.scope(), &rows).await
    };
    shown(&desk, found.await)
}

/// `GET /results/{campaign}/{question}`; an item of a matrix is `question.item`.
pub async fn question(
    desk: Desk,
    Path((campaign, question)): Path<(String, String)>,
    Query(rows): Query<Rows>,
) -> Response<Body> {
    let found = async {
        let Some(material) = Material::load(&desk, &campaign).await? else { return Ok(None) };
        question::page(&desk, &material, &desk.visitor.scope(), &question, &rows).await
    };
    shown(&desk, found.await)
}

/// `GET /results/{campaign}/{question}/{file}`: `whole.svg`, `parts.svg`, `table.csv`, with the rows of the page.
pub async fn file(
    desk: Desk,
    Path((campaign, question, name)): Path<(String, String, String)>,
    Query(rows): Query<Rows>,
) -> Response<Body> {
    let found = async {
        let Some(material) = Material::load(&desk, &campaign).await? else { return Ok(None) };
        file::file(&desk, &material, &desk.visitor.scope(), &question, &name, &rows)
    };
    match found.await {
        Ok(Some(file)) => file,
        Ok(None) => desk.refuse(Failure::NotFound, None),
        Err(error) => desk.fault(&error),
    }
}

/// `GET /results/{campaign}/heat-map`: units against questions. No question's id has a hyphen.
pub async fn heat(desk: Desk, Path(campaign): Path<String>, Query(wish): Query<heat::Wish>) -> Response<Body> {
    let found = async {
        let Some(material) = Material::load(&desk, &campaign).await? else { return Ok(None) };
        heat::page(&desk, &material, &desk.visitor.scope(), &wish)
    };
    shown(&desk, found.await)
}

/// `GET /results/{campaign}/side-by-side`: two places.
pub async fn compare(desk: Desk, Path(campaign): Path<String>, Query(wish): Query<compare::Wish>) -> Response<Body> {
    let found = async {
        let Some(material) = Material::load(&desk, &campaign).await? else { return Ok(None) };
        compare::page(&desk, &material, &desk.visitor.scope(), &wish)
    };
    shown(&desk, found.await)
}

/// `GET /results/{campaign}/all-indices`: indices with their items.
pub async fn indices(desk: Desk, Path(campaign): Path<String>, Query(rows): Query<Rows>) -> Response<Body> {
    let found = Material::load(&desk, &campaign).await;
    let page =
        found.map(|found| found.and_then(|material| index::page(&desk, &material, &desk.visitor.scope(), &rows)));
    shown(&desk, page)
}
