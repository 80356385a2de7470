//! The life of a campaign: created, previewed, launched, paused and resumed, closed, published.

use jiff::{SignedDuration, Timestamp};

use super::mailing::{Kind, Mailing};
use super::surveys;
use super::webhooks::{self, Event};
use crate::campaign::held::Held;
use crate::campaign::state::{Refused, State};
use crate::config::keys::KeyFileError;
use crate::config::{GatewayKind, PartsPerSecond, Settings};
use crate::definition::model::Definition;
use crate::message::hours::Hours;
use crate::message::preview::Preview;
use crate::message::text;
use crate::ports::Ports;
use crate::respond::link::Links;
use crate::store::audit::{self, Action, Entry, Who};
use crate::store::campaigns::{self, Campaign};
use crate::store::invitations;
use crate::store::{Db, Tx, definitions, messages, recipients};

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
/// What [`super::launch::begin`] would refuse.
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
