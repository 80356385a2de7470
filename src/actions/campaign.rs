//! The life of a campaign: created, previewed, launched, closed, published.

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::surveys;
use crate::campaign::state::{Refused, State};
use crate::config::{GatewayKind, Settings};
use crate::definition::attributes::{Facts, attributes_of};
use crate::definition::model::{Definition, Language};
use crate::message::preview::Preview;
use crate::message::text::{self, Values};
use crate::ports::{Ports, Series};
use crate::respond::link::Links;
use crate::store::campaigns::{self, Campaign};
use crate::store::invitations::{self, NewInvitation};
use crate::store::messages::{self, NewMessage};
use crate::store::people::{self, Recipient};
use crate::store::{Db, Tx};

/// So many employees are read, invited and written at a time: memory stays flat.
const PAGE: u32 = 500;

/// The invitation's round; reminders are 1, 2, ….
const INVITATION: i64 = 0;

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
    /// It would take no answers.
    #[error("the closing time has passed: set a later one in the survey's window")]
    Over,
    /// The definition has errors.
    #[error("the definition has errors: run `medvirk check`")]
    Broken,
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

/// Makes a draft of a checked definition.
///
/// # Errors
/// A definition with errors; the database refuses.
pub async fn create(db: &Db, ports: &Ports, name: &str, definition: &str, demo: bool) -> Result<String, CampaignError> {
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
    };
    let mut tx = db.begin().await?;
    campaigns::insert(&mut tx, &campaign).await?;
    tx.commit().await?;
    Ok(campaign.id)
}

/// Everything that a launch would do, without doing it.
///
/// # Errors
/// What [`launch`] would refuse.
pub async fn preview(db: &Db, ports: &Ports, links: &Links, exit: Exit, id: &str) -> Result<Preview, CampaignError> {
    let mut connection = db.read().acquire().await?;
    let launch = Launch::load(&mut connection, ports, links, exit, id).await?;
    let mut preview = Preview::default();
    let mut after = String::new();
    loop {
        let page = people::recipients(&mut connection, &after, PAGE).await?;
        for recipient in &page {
            let (language, body) = launch.body(recipient);
            let text = text::with_link(&body, &launch.example);
            preview.add(language, text, text::segments(&body, &launch.example), &recipient.phone);
        }
        match page.last() {
            Some(last) => after.clone_from(&last.employee_id),
            None => break,
        }
    }
    if preview.recipients == 0 { Err(CampaignError::NoPeople) } else { Ok(preview) }
}

/// What a launch wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Launched {
    /// Invitations, and as many messages.
    pub recipients: u64,
    /// SMS parts of these messages.
    pub parts: u64,
}

/// Writes every invitation and every message in one transaction. A second launch is refused and adds nothing.
///
/// # Errors
/// The campaign cannot be launched, or the database refuses; nothing is written then.
pub async fn launch(db: &Db, ports: &Ports, links: &Links, exit: Exit, id: &str) -> Result<Launched, CampaignError> {
    let mut tx: Tx = db.begin().await?;
    let launch = Launch::load(&mut tx, ports, links, exit, id).await?;
    if !campaigns::launch(&mut tx, id, launch.now, launch.closes_at()).await? {
        return Err(State::Sending.launch().map_or_else(Into::into, |_| CampaignError::Unknown));
    }
    let mut launched = Launched { recipients: 0, parts: 0 };
    let mut ids = ports.chance.series();
    let mut after = String::new();
    loop {
        let page = people::recipients(&mut tx, &after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.employee_id);
        launched.parts += launch.write(&mut tx, &mut ids, &page).await?;
        launched.recipients += page.len() as u64;
    }
    if launched.recipients == 0 {
        return Err(CampaignError::NoPeople);
    }
    tx.commit().await?;
    Ok(launched)
}

/// Ends answering: no further message leaves, drafts are gone.
///
/// # Errors
/// The campaign's state does not allow it.
pub async fn close(db: &Db, ports: &Ports, id: &str) -> Result<(), CampaignError> {
    let mut tx = db.begin().await?;
    let campaign = campaigns::find(&mut *tx, id).await?.ok_or(CampaignError::Unknown)?;
    campaign.state.close()?;
    campaigns::close(&mut tx, id, ports.clock.now()).await?;
    messages::cancel_waiting(&mut tx, id, "the campaign was closed").await?;
    invitations::forget_drafts(&mut tx, id).await?;
    Ok(tx.commit().await?)
}

/// Marks the results as out.
///
/// # Errors
/// The campaign is not closed.
pub async fn publish(db: &Db, ports: &Ports, id: &str) -> Result<(), CampaignError> {
    let mut tx = db.begin().await?;
    let campaign = campaigns::find(&mut *tx, id).await?.ok_or(CampaignError::Unknown)?;
    campaign.state.publish()?;
    campaigns::publish(&mut tx, id, ports.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// One launch, with what is the same for every recipient.
struct Launch<'a> {
    campaign: Campaign,
    definition: Definition,
    links: &'a Links,
    example: String,
    now: Timestamp,
    closes: String,
}

impl<'a> Launch<'a> {
    async fn load(
        connection: &mut AnyConnection,
        ports: &Ports,
        links: &'a Links,
        exit: Exit,
        id: &str,
    ) -> Result<Self, CampaignError> {
        let campaign = campaigns::find(&mut *connection, id).await?.ok_or(CampaignError::Unknown)?;
        campaign.state.launch()?;
        let definition = surveys::read(&campaign.definition).map_err(|_| CampaignError::Broken)?;
        check_exit(people::headcount(connection).await?.demo > 0 || campaign.demo, exit)?;
        let now = ports.clock.now();
        if definition.window.as_ref().is_some_and(|window| window.closes <= now) {
            return Err(CampaignError::Over);
        }
        let closes = closing_time(&definition);
        Ok(Self { campaign, definition, links, example: links.example(), now, closes })
    }

    fn closes_at(&self) -> Option<Timestamp> {
        self.definition.window.as_ref().map(|window| window.closes)
    }

    /// Messages wait for the opening time.
    fn due(&self) -> Timestamp {
        self.definition.window.as_ref().map_or(self.now, |window| window.opens.max(self.now))
    }

    /// The text for one recipient, with the link's place still open.
    fn body(&self, recipient: &Recipient) -> (Language, String) {
        let registered = recipient.language.as_deref().and_then(Language::parse);
        let language = registered.filter(|language| self.definition.languages.contains(language));
        let language = language.unwrap_or_else(|| self.definition.default_language());
        let values = Values { closes: &self.closes, name: recipient.name.as_deref().unwrap_or_default() };
        (language, text::render(self.definition.sms.invitation.get(language), values))
    }

    async fn write(&self, tx: &mut Tx, ids: &mut Series, recipients: &[Recipient]) -> Result<u64, CampaignError> {
        let new: Vec<NewInvitation> =
            recipients.iter().zip(&mut *ids).map(|(to, id)| self.invitation(id, to)).collect();
        invitations::insert_all(tx, &new).await?;
        let mut inserter = messages::Inserter::new();
        let mut sum = 0;
        for ((recipient, invitation), id) in recipients.iter().zip(&new).zip(ids) {
            let (_, body) = self.body(recipient);
            let message = NewMessage {
                id: &id,
                campaign_id: &self.campaign.id,
                invitation_id: &invitation.id,
                round: INVITATION,
                copy: 0,
                phone: &recipient.phone,
                sender: &self.definition.sms.sender,
                body: &body,
                segments: text::segments(&body, &self.example),
                due: self.due(),
                now: self.now,
            };
            sum += u64::from(message.segments.parts);
            inserter.add(tx, &message).await?;
        }
        inserter.finish(tx).await?;
        Ok(sum)
    }

    fn invitation(&self, id: String, recipient: &Recipient) -> NewInvitation {
        NewInvitation {
            token_hash: self.links.token(&id).lookup_hash(),
            id,
            campaign_id: self.campaign.id.clone(),
            employee_id: recipient.employee_id.clone(),
            area_id: recipient.area_id.clone(),
            unit_id: recipient.org_unit_id.clone(),
            attributes: self.attributes(recipient),
            language: recipient.language.clone(),
        }
    }

    fn attributes(&self, recipient: &Recipient) -> String {
        let facts = Facts {
            birth_year: recipient.birth_year,
            employment: recipient.employment.as_deref(),
            language: recipient.language.as_deref().and_then(Language::parse),
            staff_responsibility: recipient.staff_responsibility,
            union_rep: recipient.union_rep,
            safety_rep: recipient.safety_rep,
        };
        let zone = self.definition.window.as_ref().map_or(jiff::tz::TimeZone::UTC, |window| window.zone.clone());
        let attributes = attributes_of(&self.definition, &facts, self.now.to_zoned(zone).date());
        serde_json::to_string(&attributes).unwrap_or_else(|_| "{}".to_owned())
    }
}

/// Made-up people are never reached through a real gateway: their numbers may be somebody's.
const fn check_exit(demo: bool, exit: Exit) -> Result<(), CampaignError> {
    match (demo, exit) {
        (_, Exit::None) => Err(CampaignError::NoGateway),
        (true, Exit::Real) => Err(CampaignError::DemoMismatch),
        (true, Exit::Simulator) | (false, Exit::Simulator | Exit::Real) => Ok(()),
    }
}

/// Day and hour in figures, which read the same in every language of a survey.
pub fn closing_time(definition: &Definition) -> String {
    let window = definition.window.as_ref();
    window.map_or_else(String::new, |window| {
        window.closes.to_zoned(window.zone.clone()).strftime("%d.%m.%Y %H:%M").to_string()
    })
}
