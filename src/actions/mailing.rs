//! What is the same for every message of a campaign, and how one of them is written.

use jiff::Timestamp;
use sqlx::AnyConnection;

use super::campaign::{CampaignError, Exit, note};
use super::surveys;
use crate::definition::attributes::{Facts, attributes_of};
use crate::definition::model::{Definition, Language};
use crate::message::hours::Hours;
use crate::message::text::{self, Values};
use crate::people::phone::Phone;
use crate::ports::{Ports, Series};
use crate::respond::link::Links;
use crate::store::Tx;
use crate::store::audit::{Action, Who};
use crate::store::campaigns::{self, Campaign};
use crate::store::invitations::NewInvitation;
use crate::store::messages::{Inserter, NewMessage};
use crate::store::people;
use crate::store::recipients::Recipient;

/// A campaign about to write messages.
pub(super) struct Mailing<'a> {
    pub(super) campaign: Campaign,
    pub(super) definition: Definition,
    links: &'a Links,
    /// A link as long as every other.
    pub(super) example: String,
    pub(super) now: Timestamp,
    closes: String,
}

/// Which of the survey's texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Invitation,
    /// The invitation's where the survey has none.
    Reminder,
}

/// Whom a message goes to.
pub(super) struct To<'r> {
    pub(super) invitation: &'r str,
    pub(super) phone: &'r Phone,
    /// Two letters, from the register.
    pub(super) language: Option<&'r str>,
    pub(super) name: Option<&'r str>,
    /// 0 the first of its round.
    pub(super) copy: i64,
}

impl<'a> Mailing<'a> {
    /// Loads what a message needs. What the campaign's state allows is for the caller to ask.
    pub(super) async fn load(
        connection: &mut AnyConnection,
        ports: &Ports,
        links: &'a Links,
        exit: Exit,
        id: &str,
    ) -> Result<Self, CampaignError> {
        let campaign = campaigns::find(&mut *connection, id).await?.ok_or(CampaignError::Unknown)?;
        let definition = surveys::read(&campaign.definition).map_err(|_| CampaignError::Broken)?;
        check_exit(people::headcount(connection).await?.demo > 0 || campaign.demo, exit)?;
        let now = ports.clock.now();
        if definition.window.as_ref().is_some_and(|window| window.closes <= now) {
            return Err(CampaignError::Over);
        }
        let closes = closing_time(&definition);
        Ok(Self { campaign, definition, links, example: links.example(), now, closes })
    }

    pub(super) fn closes_at(&self) -> Option<Timestamp> {
        self.definition.window.as_ref().map(|window| window.closes)
    }

    /// Messages wait for the opening time.
    fn due(&self) -> Timestamp {
        self.definition.window.as_ref().map_or(self.now, |window| window.opens.max(self.now))
    }

    /// The text for one recipient, with the link's place still open.
    pub(super) fn body(&self, kind: Kind, language: Option<&str>, name: Option<&str>) -> (Language, String) {
        let registered = language.and_then(Language::parse);
        let language = registered.filter(|language| self.definition.languages.contains(language));
        let language = language.unwrap_or_else(|| self.definition.default_language());
        let sms = &self.definition.sms;
        let template = match kind {
            Kind::Invitation => &sms.invitation,
            Kind::Reminder => sms.reminder.as_ref().unwrap_or(&sms.invitation),
        };
        let values = Values { closes: &self.closes, name: name.unwrap_or_default() };
        (language, text::render(template.get(language), values))
    }

    /// Writes one message of a round to each. Gives the sum of their parts.
    pub(super) async fn write<'r>(
        &self,
        tx: &mut Tx,
        ids: &mut Series,
        round: i64,
        to: impl Iterator<Item = To<'r>>,
    ) -> Result<u64, CampaignError> {
        let kind = if round == super::campaign::INVITATION { Kind::Invitation } else { Kind::Reminder };
        let mut inserter = Inserter::new();
        let mut sum = 0;
        let hours = Hours::of(&self.definition);
        for ((to, id), number) in to.zip(ids).zip(0_u64..) {
            let (_, body) = self.body(kind, to.language, to.name);
            let message = NewMessage {
                id: &id,
                campaign_id: &self.campaign.id,
                invitation_id: to.invitation,
                round,
                copy: to.copy,
                phone: to.phone,
                sender: &self.definition.sms.sender,
                body: &body,
                segments: text::segments(&body, &self.example),
                due: hours.due(number, self.due()),
                now: self.now,
            };
            sum += u64::from(message.segments.parts);
            inserter.add(tx, &message).await?;
        }
        inserter.finish(tx).await?;
        Ok(sum)
    }

    pub(super) fn invitation(&self, id: String, recipient: &Recipient) -> NewInvitation {
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
        let zone = self.definition.window.as_ref().map_or(jiff::tz::TimeZone::UTC, |window| window.zone.clone());
        let attributes = attributes_of(&self.definition, &facts(recipient), self.now.to_zoned(zone).date());
        serde_json::to_string(&attributes).unwrap_or_else(|_| "{}".to_owned())
    }

    /// Writes down who decided what.
    pub(super) async fn note(
        &self,
        tx: &mut Tx,
        ports: &Ports,
        who: Who<'_>,
        action: Action,
        detail: String,
    ) -> sqlx::Result<()> {
        note(tx, ports, who, &self.campaign.id, action, detail).await
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
#[must_use]
pub fn closing_time(definition: &Definition) -> String {
    let window = definition.window.as_ref();
    window.map_or_else(String::new, |window| {
        window.closes.to_zoned(window.zone.clone()).strftime("%d.%m.%Y %H:%M").to_string()
    })
}

/// What the register says of one recipient.
pub(super) fn facts(recipient: &Recipient) -> Facts<'_> {
    Facts {
        birth_year: recipient.birth_year,
        employment: recipient.employment.as_deref(),
        language: recipient.language.as_deref().and_then(Language::parse),
        staff_responsibility: recipient.staff_responsibility,
        union_rep: recipient.union_rep,
        safety_rep: recipient.safety_rep,
    }
}
