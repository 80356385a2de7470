//! The life of a campaign: created, previewed, launched, paused and resumed, closed, published.

use jiff::{SignedDuration, Timestamp};

use super::mailing::{Kind, Mailing, To};
use super::mend;
use super::publish::nodes;
use super::surveys;
use super::webhooks::{self, Event};
use crate::anonymity::seal::PrivateKey;
use crate::anonymity::shares::{self, Share};
use crate::campaign::held::Held;
use crate::campaign::state::{Refused, State};
use crate::config::keys::KeyFileError;
use crate::config::{GatewayKind, Keys, PartsPerSecond, Settings};
use crate::definition::model::Definition;
use crate::message::hours::Hours;
use crate::message::preview::Preview;
use crate::message::text;
use crate::ports::Ports;
use crate::respond::link::Links;
use crate::store::audit::{self, Action, Entry, Who};
use crate::store::campaigns::{self, Campaign, Launch};
use crate::store::invitations::{self, NewInvitation};
use crate::store::rounds::{self, Round};
use crate::store::{Db, Tx, definitions, messages, people, recipients};

/// So many employees are read, invited and written at a time: memory stays flat.
pub(super) const PAGE: u32 = 500;

/// The invitation's round; reminders are 1, 2, ….
pub(super) const INVITATION: i64 = 0;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum CampaignError {
    /// No such campaign.
    #[error("there is no campaign with that id")]
    Unknown,
    /// Its state does not allow it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Nobody to send to.
    #[error("the register is empty: import people first")]
    NoPeople,
    /// A demo register and a real gateway.
    #[error("this is a demo register: it can be sent through the simulator only")]
    DemoMismatch,
    /// Nothing to send with.
    #[error("no gateway is set: name one in medvirk.toml under [gateway] kind")]
    NoGateway,
    /// What was typed is not the number of recipients.
    #[error("it would go to {0} recipients, and another number was typed: nothing was sent")]
    Miscounted(u64),
    /// Nothing is left to correct.
    #[error("this message has arrived, or somebody was faster: nothing was changed")]
    Mended,
    /// Everybody has answered, or wants no more.
    #[error("nobody is left to remind: all have answered, said STOP, or cannot be reached")]
    NobodyLeft,
    /// It would take no answers.
    #[error("the closing time has passed: set a later one in the survey's window")]
    Over,
    /// The definition has errors.
    #[error("the definition has errors: run `medvirk check`")]
    Broken,
    /// The key that opens the answers has no place.
    #[error("the key that will open the answers cannot be kept, so nothing was launched: {0}")]
    KeyNotKept(#[from] KeyFileError),
    /// The database is out of reach, or refuses.
    #[error(transparent)]
    Store(#[from] anyhow::Error),
}

impl From<sqlx::Error> for CampaignError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What messages leave through, as far as a launch must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing is set.
    None,
    /// Phones of our own, for demo and tests.
    Simulator,
    /// Real phones.
    Real,
}

impl Exit {
    /// As the installation was set up.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        match settings.gateway.as_ref().map(|gateway| &gateway.kind) {
            None => Self::None,
            Some(GatewayKind::Simulator) => Self::Simulator,
            Some(_) => Self::Real,
        }
    }
}

/// How fast messages leave, in parts a second: as the gateway bears, and where phones ring, as the survey says. `None`:
/// without a limit.
#[must_use]
pub fn rate(survey: &Definition, settings: &Settings) -> Option<u32> {
    let gateway = settings.gateway.as_ref().and_then(|gateway| gateway.parts_per_second).map(PartsPerSecond::get);
    match Exit::of(settings) {
        Exit::Real => {
            Some(gateway.map_or(survey.sending.parts_per_second, |rate| rate.min(survey.sending.parts_per_second)))
        }
        Exit::None | Exit::Simulator => gateway,
    }
}

/// When so many parts have left that begin at `from` and rest outside the survey's hours. `None` where none can leave.
#[must_use]
pub fn expected_end(survey: &Definition, settings: &Settings, from: Timestamp, parts: u64) -> Option<Timestamp> {
    let seconds = rate(survey, settings).map_or(0, |rate| parts.div_ceil(u64::from(rate.max(1))));
    let work = SignedDuration::from_secs(i64::try_from(seconds).ok()?);
    match Exit::of(settings) {
        Exit::Real => {
            let hours = Hours::of(survey);
            let spread = hours.open_between(from, from.checked_add(survey.sending.spread).ok()?);
            hours.done(from, work.max(spread))
        }
        Exit::None | Exit::Simulator => from.checked_add(work).ok(),
    }
}

/// Makes a draft of a checked definition.
///
/// # Errors
/// A definition with errors; the database refuses.
pub async fn create(
    db: &Db,
    ports: &Ports,
    who: Who<'_>,
    name: &str,
    definition: &str,
    demo: bool,
) -> Result<String, CampaignError> {
    surveys::read(definition).map_err(|_| CampaignError::Broken)?;
    let campaign = Campaign {
        id: ports.chance.id(),
        name: name.to_owned(),
        definition: definition.to_owned(),
        state: State::Draft,
        demo,
        created_at: ports.clock.now(),
        launched_at: None,
        closes_at: None,
        paused: None,
        public_key: None,
        by_two: false,
        opened_at: None,
    };
    let mut tx = db.begin().await?;
    campaigns::insert(&mut tx, &campaign).await?;
    definitions::add(&mut tx, &campaign.id, campaign.created_at, who.name, definition).await?;
    note(&mut tx, ports, who, &campaign.id, Action::Created, campaign.name).await?;
    tx.commit().await?;
    Ok(campaign.id)
}

/// Everything that a launch would do, without doing it.
///
/// # Errors
/// What [`launch`] would refuse.
pub async fn preview(db: &Db, ports: &Ports, links: &Links, exit: Exit, id: &str) -> Result<Preview, CampaignError> {
    let mut connection = db.read().acquire().await?;
    let mailing = Mailing::load(&mut connection, ports, links, exit, id).await?;
    mailing.campaign.state.launch()?;
    let mut preview = Preview::default();
    let mut after = String::new();
    loop {
        let page = recipients::all(&mut connection, &after, PAGE).await?;
        for recipient in &page {
            let (language, body) =
                mailing.body(Kind::Invitation, recipient.language.as_deref(), recipient.name.as_deref());
            let text = text::with_link(&body, &mailing.example);
            preview.add(language, text, text::segments(&body, &mailing.example), &recipient.phone);
        }
        match page.last() {
            Some(last) => after.clone_from(&last.employee_id),
            None => break,
        }
    }
    if preview.recipients == 0 { Err(CampaignError::NoPeople) } else { Ok(preview) }
}

/// Who does something to a campaign, and with what.
#[derive(Clone, Copy)]
pub struct Actor<'a> {
    /// Where it is done.
    pub db: &'a Db,
    /// When, and with which chance.
    pub ports: &'a Ports,
    /// For the messages that come of it.
    pub links: &'a Links,
    /// What they leave through.
    pub exit: Exit,
    /// Written down with what is decided.
    pub who: Who<'a>,
}

/// What a launch wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Launched {
    /// Invitations, and as many messages.
    pub recipients: u64,
    /// SMS parts of these messages.
    pub parts: u64,
}

/// What is decided with a launch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The number of recipients that somebody has seen and typed; where nobody has, none is asked for.
    pub confirmed: Option<u64>,
    /// The key that opens the answers is split: two of three must come together, and it lies in no file.
    pub by_two: bool,
}

/// What a launch has come to.
#[derive(Debug)]
pub struct Begun {
    /// What it wrote.
    pub launched: Launched,
    /// The key's shares, where two must come together. They are nowhere else: show them now.
    pub shares: Option<[Share; shares::ALL]>,
}

/// Makes the campaign's key, and writes every invitation and every message in one transaction. A second launch is refused
/// and adds nothing.
///
/// # Errors
/// The campaign cannot be launched, the number is another one, the key cannot be kept, or the database refuses; nothing is
/// written then.
pub async fn launch(actor: Actor<'_>, keys: &Keys, id: &str, terms: Terms) -> Result<Begun, CampaignError> {
    let Actor { db, ports, links, exit, who } = actor;
    let mut tx: Tx = db.begin().await?;
    let mailing = Mailing::load(&mut tx, ports, links, exit, id).await?;
    mailing.campaign.state.launch()?;
    let key = PrivateKey::from_chance(&ports.chance.bytes());
    let public_key = key.public().map_err(anyhow::Error::from)?.text();
    let (now, closes_at) = (mailing.now, mailing.closes_at());
    let tree: Vec<_> = nodes(people::tree(&mut tx).await?).collect();
    let tree = serde_json::to_string(&tree).map_err(anyhow::Error::from)?;
    if !campaigns::launch(&mut tx, id, &Launch { now, closes_at, public_key, by_two: terms.by_two, tree }).await? {
        return Err(State::Sending.launch().map_or_else(Into::into, |_| CampaignError::Unknown));
    }
    rounds::insert(&mut tx, id, &Round { round: INVITATION, scheduled: Some(0), written: mailing.now }).await?;
    let launched = invite(&mut tx, &mailing, ports).await?;
    if launched.recipients == 0 {
        return Err(CampaignError::NoPeople);
    }
    if terms.confirmed.is_some_and(|confirmed| confirmed != launched.recipients) {
        return Err(CampaignError::Miscounted(launched.recipients));
    }
    webhooks::tell(&mut tx, ports, &Event::Launched { campaign: id, recipients: launched.recipients }).await?;
    mailing.note(&mut tx, ports, who, Action::Launched, launched.recipients.to_string()).await?;
    // Kept before the commit: a key too many opens nothing, and one too few loses every answer. For the same reason it stays
    // when the commit fails, which may be an answer that got lost.
    let shares = keep(&key, keys, ports, id, terms.by_two)?;
    tx.commit().await?;
    Ok(Begun { launched, shares })
}

/// In shares, or in a file.
fn keep(
    key: &PrivateKey,
    keys: &Keys,
    ports: &Ports,
    id: &str,
    by_two: bool,
) -> Result<Option<[Share; shares::ALL]>, CampaignError> {
    if by_two {
        return Ok(Some(shares::split(key, ports.chance.bytes()).map_err(anyhow::Error::from)?));
    }
    keys.keep(id, key.expose())?;
    Ok(None)
}

/// Invites those who came into the register since the launch, and those whose number did not work and has been corrected
/// there. Nobody is invited twice.
///
/// # Errors
/// The campaign does not send, or the database refuses; nothing is written then.
pub async fn add_people(actor: Actor<'_>, id: &str) -> Result<Launched, CampaignError> {
    let Actor { db, ports, links, exit, who } = actor;
    let mut tx = db.begin().await?;
    let mailing = Mailing::load(&mut tx, ports, links, exit, id).await?;
    mailing.campaign.state.send()?;
    let mut added = invite(&mut tx, &mailing, ports).await?;
    added.recipients += mend::corrected(&mut tx, db, ports, &mailing, who).await?;
    mailing.note(&mut tx, ports, who, Action::PeopleAdded, added.recipients.to_string()).await?;
    tx.commit().await?;
    Ok(added)
}

/// Writes an invitation and its message for everybody in the register who has none in this campaign.
async fn invite(tx: &mut Tx, mailing: &Mailing<'_>, ports: &Ports) -> Result<Launched, CampaignError> {
    let mut launched = Launched { recipients: 0, parts: 0 };
    let mut ids = ports.chance.series();
    let mut after = String::new();
    loop {
        let page = recipients::not_invited(tx, &mailing.campaign.id, &after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(launched) };
        after.clone_from(&last.employee_id);
        let new: Vec<NewInvitation> = page.iter().zip(&mut ids).map(|(to, id)| mailing.invitation(id, to)).collect();
        invitations::insert_all(tx, &new).await?;
        let to = page.iter().zip(&new).map(|(recipient, invitation)| To {
            invitation: &invitation.id,
            phone: &recipient.phone,
            language: recipient.language.as_deref(),
            name: recipient.name.as_deref(),
            copy: 0,
        });
        launched.parts += mailing.write(tx, &mut ids, INVITATION, to).await?;
        launched.recipients += page.len() as u64;
    }
}

/// Lets no more messages leave until [`resume`].
///
/// # Errors
/// The campaign does not send.
pub async fn pause(actor: Actor<'_>, id: &str) -> Result<(), CampaignError> {
    let Actor { db, ports, who, .. } = actor;
    let mut tx = db.begin().await?;
    sending(&mut tx, id).await?;
    if campaigns::pause(&mut tx, id, &Held::by(who.name), ports.clock.now()).await? {
        note(&mut tx, ports, who, id, Action::Paused, String::new()).await?;
    }
    Ok(tx.commit().await?)
}

/// Lets messages leave again, whoever or whatever paused the campaign.
///
/// # Errors
/// The campaign does not send.
pub async fn resume(actor: Actor<'_>, id: &str) -> Result<(), CampaignError> {
    let Actor { db, ports, who, .. } = actor;
    let mut tx = db.begin().await?;
    sending(&mut tx, id).await?;
    if campaigns::resume(&mut tx, id).await? {
        note(&mut tx, ports, who, id, Action::Resumed, String::new()).await?;
    }
    Ok(tx.commit().await?)
}

/// Cancels everything that has not left. Says how many messages.
///
/// # Errors
/// The campaign does not send.
pub async fn cancel_unsent(actor: Actor<'_>, id: &str) -> Result<u64, CampaignError> {
    let Actor { db, ports, who, .. } = actor;
    let mut tx = db.begin().await?;
    sending(&mut tx, id).await?;
    let cancelled = messages::cancel_waiting(&mut tx, id, "cancelled by hand").await?;
    note(&mut tx, ports, who, id, Action::UnsentCancelled, cancelled.to_string()).await?;
    tx.commit().await?;
    Ok(cancelled)
}

async fn sending(tx: &mut Tx, id: &str) -> Result<(), CampaignError> {
    let campaign = campaigns::find(&mut **tx, id).await?.ok_or(CampaignError::Unknown)?;
    Ok(campaign.state.send()?)
}

/// Writes down who decided what.
///
/// # Errors
/// The database refuses.
pub async fn note(
    tx: &mut Tx,
    ports: &Ports,
    who: Who<'_>,
    campaign: &str,
    action: Action,
    detail: String,
) -> sqlx::Result<()> {
    let entry = Entry::new(ports.clock.now(), who, action, detail).of(campaign);
    audit::record(tx, &ports.chance.id(), &entry).await
}

/// Ends answering: no further message leaves, drafts are gone.
///
/// # Errors
/// The campaign's state does not allow it.
pub async fn close(db: &Db, ports: &Ports, who: Who<'_>, id: &str) -> Result<(), CampaignError> {
    let mut tx = db.begin().await?;
    let campaign = campaigns::find(&mut *tx, id).await?.ok_or(CampaignError::Unknown)?;
    campaign.state.close()?;
    campaigns::close(&mut tx, id, ports.clock.now()).await?;
    messages::cancel_waiting(&mut tx, id, "the campaign was closed").await?;
    invitations::forget_drafts(&mut tx, id).await?;
    webhooks::tell(&mut tx, ports, &Event::Closed { campaign: id }).await?;
    note(&mut tx, ports, who, id, Action::Closed, String::new()).await?;
    Ok(tx.commit().await?)
}
