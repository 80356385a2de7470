//! What is published, by API: as far as the key's places go, and each look written down.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::cursor::{Page, Wanted};
use super::input::{Id, Query};
use super::operation::Call;
use super::output::{CsvFile, Found};
use super::problem::{Kind, Problem};
use crate::actions::{audit, export};
use crate::anonymity::publication::Publication;
use crate::store::audit::Action;
use crate::store::publications;

/// A campaign of which something is published.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PublishedCampaign")]
pub struct Line {
    /// The campaign's id.
    campaign: String,
    /// HR's name for it.
    name: String,
    /// The last edition: 1, 2, ….
    edition: i64,
    /// When it came out.
    published_at: Timestamp,
    /// Of the whole document.
    hash: String,
}

/// `GET /api/v1/publications`
pub async fn list(call: Call, Query(wanted): Query<Wanted>) -> Result<Found<Page<Line>>, Problem> {
    let (limit, after) = (wanted.limit()?, wanted.after()?);
    let rows = publications::page(&call.app.db, after.as_ref(), limit + 1).await?;
    let place = |row: &publications::Row| (row.created_at, row.campaign.clone());
    let show = |row: publications::Row| {
        let publications::Row { campaign, name, edition, published_at, hash, .. } = row;
        let published_at = Timestamp::from_millisecond(published_at).unwrap_or_default();
        Line { campaign, name, edition, published_at, hash }
    };
    Ok(Found(Page::of(rows, limit, place, show)))
}

/// `GET /api/v1/publications/{id}`
pub async fn show(call: Call, Id(id): Id) -> Result<Found<Publication>, Problem> {
    part(&call, &id, "json").await.map(Found)
}

/// `GET /api/v1/publications/{id}/csv`
pub async fn csv(call: Call, Id(id): Id) -> Result<CsvFile, Problem> {
    let bytes = export::publication_csv(&part(&call, &id, "csv").await?)?;
    Ok(CsvFile { name: "publication.csv", bytes })
}

/// The last edition as far as this key sees it. What cannot be written down is not shown.
async fn part(call: &Call, id: &str, how: &str) -> Result<Publication, Problem> {
    let app = &call.app;
    let published = app.publications.last(&app.db, id).await?;
    let Some(published) = published else {
        return Err(Problem::new(Kind::NotFound, "nothing of a campaign with that id is published"));
    };
    let part = published.view(call.caller.scope()).part();
    let detail = format!("publication as {how}");
    audit::log(&app.db, &app.ports, call.caller.who(), Action::Exported, Some(id), &detail).await?;
    Ok(part)
}
