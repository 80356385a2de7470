//! Who did what, for auditors.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use serde::Deserialize;

use super::Desk;
use crate::actions::audit;
use crate::store::audit::{self as entries, Link};
use crate::web::pages::audit::{AuditLine, AuditPage};
use crate::web::pages::hr::Section;
use crate::web::{App, bare, norwegian_time};

/// Entries on one page.
const SHOWN: u32 = 100;

/// Where in the log.
#[derive(Debug, Default, Deserialize)]
pub struct Place {
    /// Entries older than this one.
    before: Option<i64>,
}

/// `GET /audit`, the newest first; `?before=N` shows older ones.
pub async fn show(desk: Desk, Query(place): Query<Place>) -> Response<Body> {
    desk.render(page(&desk, place.before).await)
}

async fn page(desk: &Desk, before: Option<i64>) -> anyhow::Result<AuditPage> {
    let db = &desk.app.db;
    let links = entries::before(db, before.unwrap_or(i64::MAX), SHOWN).await?;
    let older = links.last().map(|last| last.number).filter(|number| *number > 1);
    let line = |Link { number, entry, .. }: Link| AuditLine {
        number: number.unsigned_abs(),
        at: entry.at.to_zoned(norwegian_time()),
        who: entry.who,
        from: entry.from,
        action: entry.action,
        campaign: entry.campaign,
        detail: entry.detail,
    };
    Ok(AuditPage {
        shell: desk.shell(Section::Audit),
        lines: links.into_iter().map(line).collect(),
        older,
        newest: before.is_none(),
    })
}

/// `GET /audit.csv`: all of it, with the hashes of the chain.
pub async fn export(State(app): State<Arc<App>>, headers: HeaderMap) -> Response<Body> {
    match audit::csv(&app.db).await {
        Ok(csv) => {
            let mut response = bare(StatusCode::OK);
            let head = response.headers_mut();
            head.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
            head.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"audit.csv\""));
            *response.body_mut() = Body::from(csv);
            response
        }
        Err(error) => super::fault(&app, &headers, &error),
    }
}
