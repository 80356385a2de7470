//! A campaign's messages: rounds, pauses, what is in doubt, numbers to mend.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Form, Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use jiff::Timestamp;
use serde::Deserialize;

use super::Desk;
use crate::actions::campaign;
use crate::actions::export::problems_csv;
use crate::actions::launch;
use crate::actions::{mend, remind, surveys};
use crate::campaign::held::Held;
use crate::definition::model::Definition;
use crate::people::phone::Phone;
use crate::respond::post::Fields;
use crate::store::campaigns::{self, Campaign};
use crate::store::messages::{self, Problem, Tally};
use crate::store::rounds::{self, Round};
use crate::store::{audit, audit::Entry};
use crate::web::access::Visitor;
use crate::web::pages::campaign::HeldNote;
use crate::web::pages::delivery::{Decided, DeliveryPage, Doubts, Mended, ProblemLine, RoundLine};
use crate::web::pages::hr::{Failure, Section};
use crate::web::{App, bare, local};

/// More rows than this are nobody's afternoon; the file has all of them.
const SHOWN: u32 = 50;

/// `GET /campaigns/{id}/delivery`
pub async fn show(desk: Desk, Path(id): Path<String>, Query(came): Query<Came>) -> Response<Body> {
    shown(&desk, &id, StatusCode::OK, came.mended.filter(|mended| mended == "sent").map(|_| Mended::Sent)).await
}

/// What the page before this one has done.
#[derive(Deserialize)]
pub struct Came {
    mended: Option<String>,
}

async fn shown(desk: &Desk, id: &str, status: StatusCode, mended: Option<Mended>) -> Response<Body> {
    match campaigns::find(desk.app.db.read(), id).await {
        Ok(Some(campaign)) => desk.render_as(status, page(desk, campaign, mended).await),
        Ok(None) => desk.refuse(Failure::NotFound, None),
        Err(error) => desk.fault(&error),
    }
}

async fn page(desk: &Desk, campaign: Campaign, mended: Option<Mended>) -> anyhow::Result<DeliveryPage> {
    let App { db, ports, .. } = &*desk.app;
    let survey = surveys::read(&campaign.definition)?;
    let known = rounds::of(&mut *db.read().acquire().await?, &campaign.id).await?;
    let tallies = messages::tally_by_round(db.read(), &campaign.id).await?;
    let tally = |round: &Round| tallies.get(&round.round).copied().unwrap_or_default();
    let problems = messages::problems(db, &campaign.id, SHOWN + 1).await?;
    let doubts = messages::oldest_doubt(db, &campaign.id).await?;
    let ripe = |oldest: Timestamp| ports.clock.now().duration_since(oldest) >= mend::DOUBTS_REST;
    let decided = audit::of_campaign(db, &campaign.id).await?;
    let sends = campaign.state.send().is_ok();
    Ok(DeliveryPage {
        shell: desk.shell(Section::Campaigns),
        sends,
        held: campaign.paused.as_ref().map(HeldNote::of),
        rounds: known.iter().map(|round| line(round, tally(round), &survey)).collect(),
        next_reminder: remind::next(&survey, &campaign, &known).filter(|_| sends).map(|at| local(at, &survey)),
        doubts: doubts.map(|(count, oldest)| Doubts { count, ripe: ripe(oldest) }),
        more: problems.len() > SHOWN as usize,
        problems: problems.into_iter().take(SHOWN as usize).map(problem).collect(),
        mended,
        decided: decided.into_iter().map(|entry| decision(entry, &survey)).collect(),
        id: campaign.id,
        name: campaign.name,
    })
}

fn line(round: &Round, tally: Tally, survey: &Definition) -> RoundLine {
    RoundLine {
        round: round.round,
        written: local(round.written, survey),
        waiting: tally.waiting,
        sent: tally.left(),
        delivered: tally.delivered,
        failed: tally.failed + tally.undelivered,
        uncertain: tally.uncertain,
        cancelled: tally.cancelled,
    }
}

fn problem(problem: Problem) -> ProblemLine {
    ProblemLine {
        message: problem.message_id,
        number: problem.employee_number.unwrap_or_default(),
        name: problem.name,
        area: problem.area.unwrap_or_else(|| "–".to_owned()),
        phone: problem.phone.as_str().to_owned(),
        state: problem.state,
        reason: problem.reason,
    }
}

fn decision(entry: Entry, survey: &Definition) -> Decided {
    // A person's own pause has no reason beside it.
    let held = (entry.action == audit::Action::Paused.name() && !entry.detail.is_empty())
        .then(|| HeldNote::of(&Held::from_stored(&entry.detail)));
    let detail = if held.is_some() { String::new() } else { entry.detail };
    Decided { at: local(entry.at, survey), who: entry.who, action: entry.action, held, detail }
}

/// `POST /campaigns/{id}/{what}`: what the page's buttons do.
pub async fn act(desk: Desk, Path((id, what)): Path<(String, String)>, Form(fields): Form<Fields>) -> Response<Body> {
    let back = if super::field(&fields, "from") == "campaign" { "" } else { "/delivery" };
    let actor = desk.actor();
    let done = match what.as_str() {
        "pause" => campaign::pause(actor, &id).await,
        "resume" => campaign::resume(actor, &id).await,
        "remind" => remind::by_hand(actor, &id).await.map(drop),
        "add-people" => launch::add_people(actor, &id).await.map(drop),
        "cancel-unsent" => campaign::cancel_unsent(actor, &id).await.map(drop),
        "doubts-leave" => mend::leave(actor, &id).await.map(drop),
        "doubts-again" => mend::again(actor, &id).await.map(drop),
        _ => return desk.refuse(Failure::NotFound, None),
    };
    desk.done(done, &format!("/campaigns/{id}{back}"))
}

/// `POST /campaigns/{id}/numbers`: somebody's right number.
pub async fn correct(desk: Desk, Path(id): Path<String>, Form(fields): Form<Fields>) -> Response<Body> {
    let Ok(phone) = Phone::parse(super::field(&fields, "phone")) else {
        return shown(&desk, &id, StatusCode::UNPROCESSABLE_ENTITY, Some(Mended::BadNumber)).await;
    };
    let done = mend::correct(desk.actor(), &id, super::field(&fields, "message"), &phone).await;
    // A page that is loaded again must not correct it again.
    desk.done(done, &format!("/campaigns/{id}/delivery?mended=sent#problems"))
}

/// `GET /campaigns/{id}/problems.csv`: numbers to mend, for a spreadsheet.
pub async fn export(
    State(app): State<Arc<App>>,
    Extension(_): Extension<Visitor>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response<Body> {
    let problems = messages::problems(&app.db, &id, u32::MAX).await.map_err(anyhow::Error::from);
    match problems.and_then(|problems| problems_csv(&problems)) {
        Ok(csv) => {
            let mut response = bare(StatusCode::OK);
            let head = response.headers_mut();
            head.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
            head.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"problems.csv\""));
            // Excel takes a file for UTF-8 only with this in front.
            *response.body_mut() = Body::from(format!("\u{feff}{csv}"));
            response
        }
        Err(error) => super::fault(&app, &headers, &error),
    }
}
