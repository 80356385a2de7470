//! An employee opens the link, answers page by page, and sends it in.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context as _;
use jiff::Timestamp;

use super::stop;
use super::surveys::Surveys;
use crate::anonymity::seal::{Contents, PublicKey};
use crate::anonymity::size::size;
use crate::campaign::state::{State, last_moment};
use crate::definition::answer::Reason;
use crate::definition::model::{Attributes, Definition, Language};
use crate::definition::route::{applicable, route};
use crate::ports::Ports;
use crate::respond::draft::Draft;
use crate::respond::post::{self, Fields};
use crate::respond::token::Token;
pub use crate::respond::walk::SEND;
use crate::respond::walk::{self, Next};
use crate::store::Db;
use crate::store::answering::{FormWrite, FormWritten, Keep, Look, Opened, Submit};
use crate::store::envelopes::NewEnvelope;
use crate::store::group::Group;

/// Another phone on the same link can be faster a few times in a row, not for ever.
const TRIES: usize = 8;

const DAY: i64 = 24 * 60 * 60;

/// The form: reads links, keeps pages, sends answers in.
#[derive(Clone)]
pub struct Form {
    db: Db,
    ports: Ports,
    surveys: Arc<Surveys>,
    looks: Group<Look>,
    writes: Group<FormWrite>,
}

/// What a link leads to.
#[derive(Debug)]
pub enum Arrival {
    /// No invitation has this link.
    Unknown,
    /// The campaign takes no answers any more.
    Closed(Past, Option<Timestamp>),
    /// It has been answered.
    Answered(Past),
    /// The form.
    Answering(Box<Respondent>),
}

/// Somebody whose time to answer is over.
#[derive(Debug)]
pub struct Past {
    /// The survey.
    pub survey: Arc<Definition>,
    /// From the register.
    pub language: Option<Language>,
}

/// Somebody who may answer.
#[derive(Debug)]
pub struct Respondent {
    /// Which campaign; with the page and the language it names what can be shown from memory.
    pub campaign_id: String,
    /// The survey.
    pub survey: Arc<Definition>,
    /// Frozen at launch.
    pub attributes: Attributes,
    /// From the register.
    pub language: Option<Language>,
    /// What has been answered so far.
    pub draft: Draft,
    /// When answering stops by itself.
    pub closes_at: Option<Timestamp>,
    /// The closing time has passed while this one answers: everything must be in before this moment.
    pub late: Option<Timestamp>,
    /// Wants no more messages.
    pub stopped: bool,
    token: Token,
    invitation_id: String,
    unit_id: Option<String>,
    public_key: Option<String>,
    version: i64,
}

/// What became of a page.
#[derive(Debug)]
pub enum Kept {
    /// It is durable; this is the next page, or the last screen without one.
    Next(Option<String>),
    /// Something must be mended; nothing was kept.
    Invalid(Box<Respondent>, BTreeMap<String, Reason>),
    /// The link cannot answer (any more).
    Not(Arrival),
    /// The survey has no such page.
    NoSuchPage,
}

/// What became of sending in.
#[derive(Debug)]
pub enum Sent {
    /// The answers are in, now or earlier.
    Done,
    /// A required question on this page has no answer yet.
    Incomplete(String),
    /// The link cannot answer (any more).
    Not(Arrival),
}

impl Form {
    /// Starts what reads links, and what commits what phones send.
    #[must_use]
    pub fn start(db: &Db, ports: &Ports, surveys: &Arc<Surveys>) -> Self {
        let (looks, writes) = (Group::start(db), Group::start(db));
        Self { db: db.clone(), ports: ports.clone(), surveys: Arc::clone(surveys), looks, writes }
    }

    /// Finds out what a link leads to. Changes nothing.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn open(&self, token: &str) -> anyhow::Result<Arrival> {
        match Token::parse(token) {
            Some(token) => self.find(token).await,
            None => Ok(Arrival::Unknown),
        }
    }

    async fn find(&self, token: Token) -> anyhow::Result<Arrival> {
        let look = Look { token_hash: token.lookup_hash() };
        let Some(opened) = self.looks.run(look).await.context("cannot read a link")? else {
            return Ok(Arrival::Unknown);
        };
        let survey = self.surveys.of(&self.db, &opened.campaign_id).await?;
        let past = |survey| Past { survey, language: opened.language.as_deref().and_then(Language::parse) };
        if opened.answered {
            return Ok(Arrival::Answered(past(survey)));
        }
        let closes_at = opened.closes_at.map(Timestamp::from_millisecond).transpose()?;
        let (state, now): (State, _) = (opened.campaign_state.parse()?, self.ports.clock.now());
        if !state.takes_answers(closes_at, opened.draft.is_some(), now) {
            return Ok(Arrival::Closed(past(survey), closes_at));
        }
        let late = closes_at.filter(|closes| *closes <= now).map(last_moment);
        Ok(Arrival::Answering(Box::new(Respondent { late, ..Respondent::new(token, survey, closes_at, opened)? })))
    }

    /// Keeps the answers of one page and the language chosen there; durable when it returns.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn keep(
        &self,
        token: &str,
        page: &str,
        chosen: Option<Language>,
        fields: &Fields,
    ) -> anyhow::Result<Kept> {
        for _ in 0..TRIES {
            let respondent = match self.open(token).await? {
                Arrival::Answering(respondent) => respondent,
                other => return Ok(Kept::Not(other)),
            };
            if let Some(kept) = self.try_keep(respondent, page, chosen, fields).await? {
                return Ok(kept);
            }
        }
        anyhow::bail!("another phone kept changing the same answers")
    }

    /// `None`: another phone was faster, read again.
    async fn try_keep(
        &self,
        mut respondent: Box<Respondent>,
        page: &str,
        chosen: Option<Language>,
        fields: &Fields,
    ) -> anyhow::Result<Option<Kept>> {
        let Respondent { survey, language, .. } = &*respondent;
        let past = Past { survey: Arc::clone(survey), language: *language };
        let survey = Arc::clone(survey);
        let Some(page) = survey.page(page) else { return Ok(Some(Kept::NoSuchPage)) };
        let posted = post::read(&survey, &respondent.attributes, &respondent.draft.answers, page, fields);
        if !posted.problems.is_empty() {
            return Ok(Some(Kept::Invalid(respondent, posted.problems)));
        }
        let next = respondent.take(&page.id, posted, chosen);
        let write = respondent.keep(&self.ports)?;
        Ok(match self.writes.run(FormWrite::Keep(write)).await.context("cannot keep a page")? {
            FormWritten::Done => Some(Kept::Next(next)),
            FormWritten::Answered => Some(Kept::Not(Arrival::Answered(past))),
            FormWritten::Outdated => None,
        })
    }

    /// No more messages of this campaign to this person. Answering goes on as before. Gives the person, or why the link
    /// cannot answer.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn stop(&self, token: &str) -> anyhow::Result<Arrival> {
        let arrival = self.open(token).await?;
        if let Arrival::Answering(respondent) = &arrival {
            stop::by_form(&self.db, &respondent.invitation_id).await?;
        }
        Ok(arrival)
    }

    /// Sends everything in, once; a second time changes nothing.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn submit(&self, token: &str) -> anyhow::Result<Sent> {
        for _ in 0..TRIES {
            let respondent = match self.open(token).await? {
                Arrival::Answering(respondent) => respondent,
                Arrival::Answered(_) => return Ok(Sent::Done),
                other => return Ok(Sent::Not(other)),
            };
            if let Some(page) = respondent.incomplete() {
                return Ok(Sent::Incomplete(page));
            }
            let write = FormWrite::Submit(respondent.submit(&self.ports)?);
            match self.writes.run(write).await.context("cannot send answers in")? {
                FormWritten::Done | FormWritten::Answered => return Ok(Sent::Done),
                FormWritten::Outdated => {}
            }
        }
        anyhow::bail!("another phone kept changing the same answers")
    }
}

impl Respondent {
    fn new(
        token: Token,
        survey: Arc<Definition>,
        closes_at: Option<Timestamp>,
        opened: Opened,
    ) -> anyhow::Result<Self> {
        let (version, draft) = match opened.draft {
            Some((version, sealed)) => (version, Draft::open(&token.draft_key(), &sealed)?),
            None => (0, Draft::default()),
        };
        Ok(Self {
            campaign_id: opened.campaign_id,
            survey,
            attributes: serde_json::from_str(&opened.attributes)?,
            language: opened.language.as_deref().and_then(Language::parse),
            draft,
            closes_at,
            late: None,
            token,
            invitation_id: opened.id,
            unit_id: opened.unit_id,
            public_key: opened.public_key,
            stopped: opened.stopped,
            version,
        })
    }

    /// Puts a page's answers into the draft and says which page comes next.
    fn take(&mut self, page: &str, posted: post::Posted<'_>, chosen: Option<Language>) -> Option<String> {
        let next = match walk::take(&mut self.draft, &self.survey, &self.attributes, page, posted) {
            Next::Page(page) => Some(page.to_owned()),
            Next::Send => None,
        };
        if let Some(chosen) = chosen {
            self.draft.language = Some(chosen.to_string());
        }
        next
    }

    fn keep(&self, ports: &Ports) -> anyhow::Result<Keep> {
        Ok(Keep {
            invitation_id: self.invitation_id.clone(),
            version: self.version,
            sealed: self.draft.seal(&self.token.draft_key(), ports.chance.bytes())?,
            day: ports.clock.now().as_second().div_euclid(DAY),
        })
    }

    /// The first page with a required question that has no answer; with nothing kept at all, the first page.
    fn incomplete(&self) -> Option<String> {
        let route = route(&self.survey, &self.attributes, &self.draft.answers);
        let nothing = if self.version == 0 { route.pages.first().map(|step| step.page.id.as_str()) } else { None };
        walk::incomplete(&route, &self.draft.answers).or(nothing).map(str::to_owned)
    }

    /// What was answered is sealed before it is written anywhere; the draft, which it takes the place of, was sealed too.
    fn submit(&self, ports: &Ports) -> anyhow::Result<Submit> {
        let key = self.public_key.as_deref().context("the campaign was launched without a key")?;
        let contents = Contents {
            unit_id: self.unit_id.clone(),
            attributes: self.attributes.clone(),
            answers: applicable(&self.survey, &self.attributes, &self.draft.answers),
        };
        let sealed =
            PublicKey::parse(key)?.seal(&self.campaign_id, &contents, size(&self.survey), ports.chance.bytes())?;
        let envelope = NewEnvelope { id: ports.chance.id(), campaign_id: self.campaign_id.clone(), sealed };
        Ok(Submit { invitation_id: self.invitation_id.clone(), version: self.version, envelope })
    }
}
