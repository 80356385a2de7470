//! The campaigns: the list, one of them live, and its end.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::{Response, StatusCode};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::{Desk, scripted};
use crate::actions::campaign;
use crate::actions::surveys;
use crate::campaign::state;
use crate::definition::model::Definition;
use crate::results::rate::{self, Part as Share};
use crate::store::campaigns::{self, Campaign};
use crate::store::invitations::{self, Progress};
use crate::store::messages::{self, Tally};
use crate::store::people;
use crate::web::pages::campaign::{
    Answers, AreaLine, CampaignLine, CampaignPage, CampaignState, Counts, Figures, HeldNote, HomePage,
};
use crate::web::pages::hr::{Failure, Section};
use crate::web::pages::viewer::overview::Part;
use crate::web::{App, local};

/// What the address says beside the id.
#[derive(Debug, Default, Deserialize)]
pub struct Watching {
    paused: Option<String>,
}

/// `GET /` for HR.
pub async fn list(desk: Desk) -> Response<Body> {
    desk.render(home(&desk).await)
}

async fn home(desk: &Desk) -> anyhow::Result<HomePage> {
    let mut lines = Vec::new();
    for campaign in campaigns::all(&desk.app.db).await? {
        let progress = invitations::progress(&desk.app.db, &campaign.id).await?;
        let survey = surveys::read(&campaign.definition)?;
        lines.push(CampaignLine {
            state: state_of(campaign.state),
            invited: sum(&progress, |area| area.invited),
            answered: sum(&progress, |area| area.answered),
            closes: campaign.closes_at.map(|at| local(at, &survey)),
            id: campaign.id,
            name: campaign.name,
        });
    }
    Ok(HomePage { shell: desk.shell(Section::Campaigns), campaigns: lines })
}

/// `GET /campaigns/{id}`
pub async fn show(desk: Desk, Path(id): Path<String>, Query(watching): Query<Watching>) -> Response<Body> {
    shown(&desk, &id, StatusCode::OK, |page| CampaignPage { paused: watching.paused.is_some(), ..page }).await
}

/// The page of a campaign, as `change` makes it.
pub(super) async fn shown(
    desk: &Desk,
    id: &str,
    status: StatusCode,
    change: impl FnOnce(CampaignPage) -> CampaignPage,
) -> Response<Body> {
    match campaigns::find(desk.app.db.read(), id).await {
        Ok(Some(campaign)) => scripted(desk.render_as(status, live(desk, campaign).await.map(change))),
        Ok(None) => desk.refuse(Failure::NotFound, None),
        Err(error) => desk.fault(&error),
    }
}

async fn live(desk: &Desk, campaign: Campaign) -> anyhow::Result<CampaignPage> {
    let survey = desk.app.surveys.of(&desk.app.db, &campaign.id).await?;
    let now = desk.app.ports.clock.now();
    Ok(CampaignPage {
        shell: desk.shell(Section::Campaigns),
        figures: figures(&desk.app, &campaign, &survey, &mut Tallies::default()).await?,
        opened: campaign.launched_at.is_some_and(|at| opening(&survey, at) <= now),
        held: campaign.paused.as_ref().map(HeldNote::of),
        survey: survey.title.get(desk.language()).to_owned(),
        state: state_of(campaign.state),
        opens: campaign.launched_at.map(|at| local(opening(&survey, at), &survey)),
        closes: campaign.closes_at.map(|at| local(at, &survey)),
        moving: is_moving(&campaign),
        paused: false,
        share_fault: None,
        answers: match (campaign.opened_at, campaign.by_two) {
            (Some(_), _) => Answers::Opened,
            (None, true) => Answers::SealedByTwo,
            (None, false) => Answers::Sealed,
        },
        id: campaign.id,
        name: campaign.name,
    })
}

/// Messages leave, or answers come.
pub(super) fn is_moving(campaign: &Campaign) -> bool {
    matches!(campaign.state, state::State::Sending | state::State::Open)
}

/// What is kept from one count to the next. Where messages stood: by area it is dear, and worth it only when the whole has
/// changed.
#[derive(Debug, Default)]
pub(super) struct Tallies {
    total: Option<Tally>,
    areas: BTreeMap<Option<String>, Tally>,
    names: BTreeMap<String, String>,
}

impl Tallies {
    /// Reads what the areas are called, when there is one that was not known before.
    async fn name(&mut self, app: &App, progress: &[Progress]) -> anyhow::Result<()> {
        let mut areas = progress.iter().filter_map(|area| area.area_id.as_ref());
        if areas.any(|id| !self.names.contains_key(id)) {
            self.names = area_names(app).await?;
        }
        Ok(())
    }
}

/// What changes of a campaign while one looks at it.
///
/// # Errors
/// The database is out of reach.
pub(super) async fn figures(
    app: &App,
    campaign: &Campaign,
    survey: &Definition,
    tallies: &mut Tallies,
) -> anyhow::Result<Figures> {
    let (db, now) = (&app.db, app.ports.clock.now());
    let progress = invitations::progress(db, &campaign.id).await?;
    let total = messages::tally(db.read(), &campaign.id).await?;
    if tallies.total != Some(total) {
        tallies.areas = messages::tally_by_area(db.read(), &campaign.id).await?;
        tallies.total = Some(total);
    }
    tallies.name(app, &progress).await?;
    let sending = campaign.state == state::State::Sending && campaign.paused.is_none();
    let last_minute = if sending {
        messages::left_since(db.read(), &campaign.id, now - SignedDuration::from_mins(1)).await?
    } else {
        0
    };
    let ends = (sending && total.waiting > 0)
        .then(|| campaign::expected_end(survey, &app.settings, opening(survey, now), total.waiting))
        .flatten();
    Ok(Figures {
        phase: format!("{:?} {:?}", campaign.state, campaign.paused),
        counts: counts(&progress, total),
        areas: area_lines(&tallies.names, &progress, &tallies.areas, survey.minimum_group),
        ends: ends.map(|at| local(at, survey)),
        last_minute,
        minimum_group: survey.minimum_group,
    })
}

fn opening(survey: &Definition, launched: Timestamp) -> Timestamp {
    survey.window.as_ref().map_or(launched, |window| window.opens.max(launched))
}

fn counts(progress: &[Progress], tally: Tally) -> Counts {
    Counts {
        invited: sum(progress, |area| area.invited),
        waiting: tally.waiting,
        sent: tally.left(),
        delivered: tally.delivered,
        failed: tally.failed + tally.undelivered,
        uncertain: tally.uncertain,
        started: sum(progress, |area| area.started),
        answered: sum(progress, |area| area.answered),
    }
}

/// Areas in the order of their names, then those whom the register places nowhere.
fn area_lines(
    names: &BTreeMap<String, String>,
    progress: &[Progress],
    tallies: &BTreeMap<Option<String>, Tally>,
    smallest: u32,
) -> Vec<AreaLine> {
    let took_part: Vec<(u32, u32)> = progress.iter().map(|area| (small(area.invited), small(area.answered))).collect();
    let line = |(area, rate): (&Progress, Option<Share>)| {
        let name = area.area_id.as_ref().and_then(|id| names.get(id)).cloned().unwrap_or_default();
        let tally = tallies.get(&area.area_id).copied().unwrap_or_default();
        let (rate, percent) = Part::of(rate);
        AreaLine {
            name: if name.is_empty() { "–".to_owned() } else { name },
            invited: area.invited.unsigned_abs(),
            sent: tally.left(),
            delivered: tally.delivered,
            failed: tally.failed + tally.undelivered,
            uncertain: tally.uncertain,
            started: Some(area.started.unsigned_abs()).filter(|started| *started >= u64::from(smallest)),
            rate,
            percent,
        }
    };
    let mut lines: Vec<AreaLine> = progress.iter().zip(rate::running(&took_part, smallest)).map(line).collect();
    lines.sort_by(|a, b| a.name.cmp(&b.name));
    lines
}

/// No campaign invites more than four thousand million people.
fn small(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// `POST /campaigns/{id}/close`
pub async fn close(desk: Desk, Path(id): Path<String>) -> Response<Body> {
    desk.done(
        campaign::close(&desk.app.db, &desk.app.ports, desk.visitor.who(), &id).await,
        &format!("/campaigns/{id}"),
    )
}

/// Names of the areas by id.
pub async fn area_names(app: &App) -> anyhow::Result<BTreeMap<String, String>> {
    let mut connection = app.db.read().acquire().await?;
    let areas = people::areas(&mut connection).await?;
    Ok(areas.into_iter().map(|unit| (unit.id, unit.name)).collect())
}

fn sum(progress: &[Progress], count: impl Fn(&Progress) -> i64) -> u64 {
    progress.iter().map(|area| count(area).unsigned_abs()).sum()
}

fn state_of(state: state::State) -> CampaignState {
    match state {
        state::State::Draft => CampaignState::Draft,
        state::State::Sending => CampaignState::Sending,
        state::State::Open => CampaignState::Open,
        state::State::Closed => CampaignState::Closed,
        state::State::Published => CampaignState::Published,
    }
}
