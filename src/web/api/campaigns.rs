//! The life of a campaign by API.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cursor::{Page, Wanted};
use super::input::{Id, Json, Once, Query};
use super::operation::Call;
use super::output::{Created, Found};
use super::problem::{Fault, Kind, Problem};
use crate::actions::campaign;
use crate::actions::launch::{self, Launched, Terms};
use crate::actions::{open as opening, publish as publishing, remind as reminding, surveys};
use crate::campaign::state;
use crate::definition;
use crate::definition::diagnostic::{Diagnostic, Severity};
use crate::store::campaigns;
use crate::store::invitations;
use crate::store::messages::{self, Tally};

/// No name of ours is longer.
const LONGEST_NAME: usize = 200;

/// A launch of a survey.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Campaign {
    /// Random text.
    id: String,
    /// HR's name for it.
    name: String,
    /// Where it stands.
    state: State,
    /// When it was made.
    created_at: Timestamp,
    /// When its messages were written.
    launched_at: Option<Timestamp>,
    /// When answering stops by itself.
    closes_at: Option<Timestamp>,
    /// When its answers were opened.
    opened_at: Option<Timestamp>,
    /// Two people with a share of the key each must open its answers.
    opened_by_two: bool,
    /// Why no message leaves for now; `null` while messages may.
    paused: Option<String>,
}

/// Where a campaign stands.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "CampaignState")]
pub enum State {
    /// Being prepared; nobody has got anything.
    Draft,
    /// Launched: messages are leaving, answers are taken.
    Sending,
    /// Every invitation has left; answers are taken.
    Open,
    /// No more answers.
    Closed,
    /// Results are out.
    Published,
}

impl From<campaigns::Campaign> for Campaign {
    fn from(stored: campaigns::Campaign) -> Self {
        Self {
            id: stored.id,
            name: stored.name,
            state: match stored.state {
                state::State::Draft => State::Draft,
                state::State::Sending => State::Sending,
                state::State::Open => State::Open,
                state::State::Closed => State::Closed,
                state::State::Published => State::Published,
            },
            created_at: stored.created_at,
            launched_at: stored.launched_at,
            closes_at: stored.closes_at,
            opened_at: stored.opened_at,
            opened_by_two: stored.by_two,
            paused: stored.paused.map(|why| why.to_string()),
        }
    }
}

/// A campaign and how it goes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CampaignStatus {
    /// The campaign.
    campaign: Campaign,
    /// People, at any time. Who they are is nowhere.
    people: People,
    /// Messages of all rounds.
    messages: Messages,
}

/// How many people have come how far.
#[derive(Debug, Serialize, JsonSchema)]
pub struct People {
    /// Were invited.
    invited: u64,
    /// Have begun, and not sent anything in.
    started: u64,
    /// Have sent everything in.
    answered: u64,
}

/// How many messages stand where.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Messages {
    /// Not yet with the gateway.
    waiting: u64,
    /// With the gateway, no word from the phone yet.
    accepted: u64,
    /// On the phone.
    delivered: u64,
    /// Given back by the network, or expired there.
    undelivered: u64,
    /// Refused for good.
    failed: u64,
    /// Perhaps sent: never sent again by itself.
    uncertain: u64,
    /// No longer wanted.
    cancelled: u64,
}

impl From<Tally> for Messages {
    fn from(tally: Tally) -> Self {
        let Tally { waiting, accepted, delivered, undelivered, failed, uncertain, cancelled } = tally;
        Self { waiting, accepted, delivered, undelivered, failed, uncertain, cancelled }
    }
}

/// `GET /api/v1/campaigns`
pub async fn list(call: Call, Query(wanted): Query<Wanted>) -> Result<Found<Page<Campaign>>, Problem> {
    let (limit, after) = (wanted.limit()?, wanted.after()?);
    let rows = campaigns::page(&call.app.db, after.as_ref(), limit + 1).await?;
    let place = |row: &campaigns::Campaign| (row.created_at.as_millisecond(), row.id.clone());
    Ok(Found(Page::of(rows, limit, place, Campaign::from)))
}

/// The smallest survey that there is.
const EXAMPLE: &str = "\
survey: office
languages: [nb]
title: {nb: Kontor}
intro: {nb: Hei}
thanks: {nb: Takk}
sms: {sender: Kommunen, invitation: {nb: \"Svar: {link}\"}}
pages:
  - id: work
    questions:
      - {id: office, type: yes_no, text: {nb: Er du på kontoret?}}
";

/// A draft to be made.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCampaign {
    /// HR's name for it, on one line.
    #[schemars(length(min = 1, max = 200), example = "Kontor, høst")]
    name: String,
    /// The survey's definition: the YAML that `medvirk check` takes.
    #[schemars(example = EXAMPLE)]
    definition: String,
}

/// `POST /api/v1/campaigns`
pub async fn create(call: Call, Json(new): Json<NewCampaign>) -> Result<Created<CampaignStatus>, Problem> {
    let name = named(&new.name)?;
    if let Err(diagnostics) = definition::load(new.definition.as_bytes()) {
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        let faults = errors.map(fault).collect();
        return Err(Problem::with(Kind::Invalid, "the definition has errors: nothing was made", faults));
    }
    let app = &call.app;
    // What can reach the simulator alone is made up.
    let demo = campaign::Exit::of(&app.settings) == campaign::Exit::Simulator;
    let id = campaign::create(&app.db, &app.ports, call.caller.who(), name, &new.definition, demo).await?;
    Ok(Created { at: format!("/api/v1/campaigns/{id}"), made: status(&call, &id).await? })
}

/// A name without what would break a line, a log or a header.
fn named(name: &str) -> Result<&str, Problem> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        let fault = Fault::of("name", format!("must have 1 to {LONGEST_NAME} characters on one line"));
        return Err(Problem::with(Kind::Invalid, "the name cannot be taken", vec![fault]));
    }
    Ok(name)
}

fn fault(diagnostic: &Diagnostic) -> Fault {
    let hint = diagnostic.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
    let place = diagnostic.span.start;
    Fault {
        field: Some("definition".to_owned()),
        line: u64::try_from(place.line).ok(),
        column: u64::try_from(place.column).ok(),
        detail: format!("{} [{}]{hint}", diagnostic.message, diagnostic.rule.code()),
    }
}

/// `GET /api/v1/campaigns/{id}`
pub async fn show(call: Call, Id(id): Id) -> Result<Found<CampaignStatus>, Problem> {
    status(&call, &id).await.map(Found)
}

async fn status(call: &Call, id: &str) -> Result<CampaignStatus, Problem> {
    let db = &call.app.db;
    let campaign = campaigns::find(db.read(), id).await?.ok_or_else(Problem::no_campaign)?;
    let progress = invitations::progress(db, id).await?;
    let sum = |count: fn(&invitations::Progress) -> i64| progress.iter().map(count).map(i64::unsigned_abs).sum();
    let people = People { invited: sum(|p| p.invited), started: sum(|p| p.started), answered: sum(|p| p.answered) };
    let messages = messages::tally(db.read(), id).await?.into();
    Ok(CampaignStatus { campaign: campaign.into(), people, messages })
}

/// What a launch would send.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LaunchPreview {
    /// People who get a message: what `launchCampaign` wants to be told.
    recipients: u64,
    /// SMS parts altogether.
    parts: u64,
    /// Numbers of other countries.
    foreign: u64,
    /// Numbers that are no mobile's: an SMS is likely to be lost.
    not_mobile: u64,
    /// People who share their number with somebody else.
    sharing: u64,
    /// How long sending takes at the gateway's pace.
    seconds: u64,
    /// What it costs, in øre, where the settings say what a part costs.
    cost_ore: Option<u64>,
    /// When the last message leaves, within the survey's hours.
    ends_at: Option<Timestamp>,
    /// By the language of the text.
    texts: Vec<LanguagePreview>,
}

/// The messages of one language.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LanguagePreview {
    /// Two letters.
    language: String,
    /// People who get it.
    recipients: u64,
    /// SMS parts altogether.
    parts: u64,
    /// The longest message's parts.
    longest_parts: u32,
    /// The longest message's encoding: `gsm7` or `ucs2`.
    longest_encoding: String,
}

/// `GET /api/v1/campaigns/{id}/launch`
pub async fn preview(call: Call, Id(id): Id) -> Result<Found<LaunchPreview>, Problem> {
    let actor = call.actor();
    let preview = campaign::preview(actor.db, actor.ports, actor.links, actor.exit, &id).await?;
    let stored = campaigns::find(actor.db.read(), &id).await?.ok_or_else(Problem::no_campaign)?;
    let survey = surveys::read(&stored.definition)?;
    let settings = &call.app.settings;
    let now = actor.ports.clock.now();
    let opens = survey.window.as_ref().map_or(now, |window| window.opens.max(now));
    let price = settings.gateway.as_ref().and_then(|gateway| gateway.price_per_part);
    let texts = preview.texts.iter().map(|(language, text)| LanguagePreview {
        language: language.to_string(),
        recipients: text.recipients,
        parts: text.parts,
        longest_parts: text.longest.parts,
        longest_encoding: text.longest.encoding.as_str().to_owned(),
    });
    Ok(Found(LaunchPreview {
        recipients: preview.recipients,
        parts: preview.parts,
        foreign: preview.foreign,
        not_mobile: preview.not_mobile,
        sharing: preview.sharing(),
        seconds: preview.seconds(campaign::rate(&survey, settings)),
        cost_ore: price.map(|price| price.ore(preview.parts)),
        ends_at: campaign::expected_end(&survey, settings, opens, preview.parts),
        texts: texts.collect(),
    }))
}

/// What somebody has seen before launching.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLaunch {
    /// The number of recipients that the preview gave.
    recipients: u64,
}

/// Messages that were written, and leave as the survey's hours and the gateway's pace allow.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Sent {
    /// People who get one.
    recipients: u64,
    /// SMS parts of them.
    parts: u64,
}

impl From<Launched> for Sent {
    fn from(Launched { recipients, parts }: Launched) -> Self {
        Self { recipients, parts }
    }
}

/// `POST /api/v1/campaigns/{id}/launch`
pub async fn launch(call: Call, (Id(id), Json(new)): (Id, Json<NewLaunch>)) -> Result<Found<Sent>, Problem> {
    let terms = Terms { confirmed: Some(new.recipients), by_two: false };
    let begun = launch::begin(call.actor(), &call.app.settings.keys, &id, terms).await?;
    Ok(Found(begun.launched.into()))
}

/// `POST /api/v1/campaigns/{id}/reminders`
pub async fn remind(call: Call, (Id(id), Once): (Id, Once)) -> Result<Found<Sent>, Problem> {
    Ok(Found(reminding::by_hand(call.actor(), &id).await?.into()))
}

/// `POST /api/v1/campaigns/{id}/close`
pub async fn close(call: Call, Id(id): Id) -> Result<Found<CampaignStatus>, Problem> {
    campaign::close(&call.app.db, &call.app.ports, call.caller.who(), &id).await?;
    status(&call, &id).await.map(Found)
}

/// What was opened.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Opened {
    /// So many people's answers, those of interim editions not counted.
    responses: usize,
    /// So many texts.
    texts: usize,
}

/// `POST /api/v1/campaigns/{id}/open`
pub async fn open(call: Call, Id(id): Id) -> Result<Found<Opened>, Problem> {
    let opened = opening::open(call.actor(), &call.app.settings.keys, &id, &[]).await?;
    Ok(Found(Opened { responses: opened.responses, texts: opened.texts }))
}

/// Which edition is wanted.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPublication {
    /// An edition while people go on answering.
    #[serde(default)]
    interim: bool,
}

/// What was published.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PublishedEdition {
    /// The campaign's id.
    campaign: String,
    /// 1, 2, ….
    edition: u32,
    /// Whether the survey was closed.
    last: bool,
    /// How many were invited.
    invited: u32,
    /// How many answered.
    respondents: u32,
    /// Of the whole document.
    hash: String,
}

/// `POST /api/v1/campaigns/{id}/publications`
pub async fn publish(
    call: Call,
    (Id(id), Json(new)): (Id, Json<NewPublication>),
) -> Result<Created<PublishedEdition>, Problem> {
    let settings = &call.app.settings;
    let key = settings.load_or_create_secret(&call.app.ports.chance).map_err(anyhow::Error::from)?;
    let made = if new.interim {
        publishing::publish_interim(call.actor(), &key, &settings.keys, &id, &[]).await?
    } else {
        publishing::publish(call.actor(), &key, &id).await?
    };
    let (edition, last) = (made.edition, made.last);
    let (invited, respondents, hash) = (made.invited, made.respondents, made.hash.clone());
    let at = format!("/api/v1/publications/{id}");
    Ok(Created { at, made: PublishedEdition { campaign: id, edition, last, invited, respondents, hash } })
}
