//! Opening: the answers of a closed campaign come out of their envelopes, are shuffled and taken apart, and the key is
//! destroyed, with it whatever still lies sealed in logs, replicas and backups.

use std::collections::HashMap;

use anyhow::Context as _;

use super::campaign::{Actor, note};
use super::surveys;
use crate::anonymity::open::{shuffle, without_words};
use crate::anonymity::seal::{Contents, PrivateKey, PublicKey};
use crate::anonymity::shares::{self, Share, ShareError};
use crate::campaign::state::Refused;
use crate::config::Keys;
use crate::config::keys::KeyFileError;
use crate::ports::Ports;
use crate::store::audit::{Action, Who};
use crate::store::campaigns::{self, Campaign};
use crate::store::responses::{self, Response};
use crate::store::texts::{self, NewText};
use crate::store::{Db, Tx, envelopes, invitations};

/// Why nothing was opened. The key and the envelopes are as they were.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No such campaign.
    #[error("there is no campaign with that id")]
    Unknown,
    /// Its state does not allow it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// It is done.
    #[error("the answers have been opened already")]
    Already,
    /// An earlier version launched it.
    #[error("the campaign was launched without a key: it has no answers to open")]
    NeverSealed,
    /// The file is gone, and no copy is there.
    #[error("the campaign's key is not there: it should be in {0}; put its file or its recovery copy back")]
    NoKey(String),
    /// The file is there and cannot be used.
    #[error("the campaign's key cannot be read: {0}")]
    KeyFile(#[from] KeyFileError),
    /// The file holds the key of something else.
    #[error("the key in {0} belongs to another campaign")]
    WrongKey(String),
    /// Two must open, and shares are missing or wrong.
    #[error("two shares of the key are needed: {0}")]
    Shares(#[from] ShareError),
    /// Some were damaged or forged; opening the others would lose them for ever.
    #[error("{unreadable} of {all} envelopes do not open: nothing was changed, and the key is kept")]
    Unreadable {
        /// How many.
        unreadable: usize,
        /// Of so many.
        all: usize,
    },
    /// A wave that would tell of few.
    #[error(
        "too few have answered since the last edition: the whole, and every area where anybody has answered since, needs {0}; \
             nothing was opened"
    )]
    TooFew(u32),
    /// The database is out of reach, or refuses.
    #[error(transparent)]
    Store(#[from] anyhow::Error),
}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What opening has come to.
#[derive(Debug)]
pub struct Opened {
    /// So many people's answers, those of earlier waves not counted.
    pub responses: usize,
    /// So many texts.
    pub texts: usize,
    /// So many invitations were marked as answered since the last wave; another number than `responses` says that somebody
    /// has tampered.
    pub answered: i64,
    /// Why something of the key or the envelopes may still lie somewhere; it is tried again by itself.
    pub left: Option<anyhow::Error>,
}

/// Opens every envelope of a closed campaign. All in one transaction: what is interrupted has not happened. Memory holds the
/// ids of all envelopes and all words, and of the answers a hundred at a time.
///
/// # Errors
/// The campaign is not closed, there is no key, or an envelope does not open; nothing is changed then.
pub async fn open(actor: Actor<'_>, keys: &Keys, id: &str, shares: &[Share]) -> Result<Opened, OpenError> {
    let Actor { db, ports, who, .. } = actor;
    let campaign = campaigns::find(db.read(), id).await?.ok_or(OpenError::Unknown)?;
    if campaign.opened_at.is_some() {
        return Err(OpenError::Already);
    }
    campaign.state.open()?;
    let key = find_key(&campaign, keys, shares)?;
    let mut tx = db.begin().await?;
    if !campaigns::open(&mut tx, id, ports.clock.now()).await? {
        return Err(OpenError::Already);
    }
    let before: i64 = responses::by_unit(&mut tx, id).await?.iter().map(|(.., count)| count).sum();
    let (responses, texts) = Opening { campaign: id, key: &key, ports }.wave(&mut tx, who).await?;
    tx.commit().await?;
    drop(key);
    let answered: i64 = invitations::progress(db, id).await?.iter().map(|area| area.answered).sum();
    Ok(Opened { responses, texts, answered: answered - before, left: finish(db, keys).await.err() })
}

/// Opens what has been sent in so far, for an interim edition; the key stays. Says how many people's answers it was.
///
/// # Errors
/// As [`open`], and where a wave would tell of few.
pub async fn open_wave(actor: Actor<'_>, keys: &Keys, id: &str, shares: &[Share]) -> Result<usize, OpenError> {
    let Actor { db, ports, who, .. } = actor;
    let mut tx = db.begin().await?;
    let campaign = campaigns::find(&mut *tx, id).await?.ok_or(OpenError::Unknown)?;
    campaign.state.interim()?;
    let key = find_key(&campaign, keys, shares)?;
    let (responses, _) = Opening { campaign: id, key: &key, ports }.wave(&mut tx, who).await?;
    let smallest = surveys::read(&campaign.definition)?.minimum_group;
    if !large_enough(&mut tx, id, smallest).await? {
        return Err(OpenError::TooFew(smallest));
    }
    tx.commit().await?;
    Ok(responses)
}

/// Whether the last wave has `smallest` responses or more, and none or as many in every area that has `smallest` by now:
/// smaller areas are not shown.
async fn large_enough(tx: &mut Tx, id: &str, smallest: u32) -> sqlx::Result<bool> {
    let areas = invitations::areas(tx, id).await?;
    let wave = responses::waves(&mut **tx, id).await?;
    let mut by_area: HashMap<Option<&String>, (i64, i64)> = HashMap::new();
    let counts = responses::by_unit(tx, id).await?;
    for (unit, opened, count) in &counts {
        let (all, new) = by_area.entry(unit.as_ref().and_then(|unit| areas.get(unit))).or_default();
        *all += count;
        *new += if *opened == wave { *count } else { 0 };
    }
    let smallest = i64::from(smallest);
    let fits = |(all, new): &(i64, i64)| *all < smallest || *new == 0 || *new >= smallest;
    Ok(by_area.values().map(|(_, new)| new).sum::<i64>() >= smallest && by_area.values().all(fits))
}

fn find_key(campaign: &Campaign, keys: &Keys, shares: &[Share]) -> Result<PrivateKey, OpenError> {
    let public = campaign.public_key.as_deref().ok_or(OpenError::NeverSealed)?;
    let public = PublicKey::parse(public).map_err(anyhow::Error::from)?;
    if campaign.by_two {
        return Ok(shares::join(shares, &public)?);
    }
    let place = || keys.path(&campaign.id).display().to_string();
    let bytes = keys.read(&campaign.id)?.ok_or_else(|| OpenError::NoKey(place()))?;
    let key = PrivateKey::from_bytes(*bytes);
    if key.public().is_ok_and(|found| found == public) { Ok(key) } else { Err(OpenError::WrongKey(place())) }
}

struct Opening<'a> {
    campaign: &'a str,
    key: &'a PrivateKey,
    ports: &'a Ports,
}

impl Opening<'_> {
    /// Opens every envelope that is there as the next wave. How many responses and texts were written.
    async fn wave(&self, tx: &mut Tx, who: Who<'_>) -> Result<(usize, usize), OpenError> {
        let wave = responses::waves(&mut **tx, self.campaign).await? + 1;
        let (responses, texts) = self.all(tx, wave).await?;
        envelopes::delete_all(tx, self.campaign).await?;
        note(tx, self.ports, who, self.campaign, Action::Opened, responses.to_string()).await?;
        Ok((responses, texts))
    }

    /// How many responses and texts were written. The order in which they are written is drawn over all of them, and again
    /// over the texts: it stays visible in places that no table shows.
    async fn all(&self, tx: &mut Tx, wave: i64) -> Result<(usize, usize), OpenError> {
        let areas = invitations::areas(tx, self.campaign).await?;
        let mut ids = envelopes::ids(tx, self.campaign).await?;
        shuffle(&mut ids, self.ports.chance.bytes());
        let mut inserter = responses::Inserter::new(self.campaign);
        let (mut texts, mut unreadable) = (Vec::new(), 0);
        for ids in ids.chunks(envelopes::AT_ONCE) {
            for sealed in envelopes::sealed(tx, ids).await? {
                let Ok(contents) = self.key.open(self.campaign, &sealed) else {
                    unreadable += 1;
                    continue;
                };
                let response = self.take_apart(contents, wave, &areas, &mut texts)?;
                inserter.add(tx, &self.ports.chance.id(), &response).await?;
            }
        }
        if unreadable > 0 {
            return Err(OpenError::Unreadable { unreadable, all: ids.len() });
        }
        inserter.finish(tx).await?;
        shuffle(&mut texts, self.ports.chance.bytes());
        texts::insert_all(tx, self.campaign, &texts).await?;
        Ok((ids.len(), texts.len()))
    }

    fn take_apart(
        &self,
        contents: Contents,
        wave: i64,
        areas: &HashMap<String, String>,
        texts: &mut Vec<NewText>,
    ) -> anyhow::Result<Response> {
        let (rest, words) = without_words(contents);
        let area_id = rest.unit_id.as_ref().and_then(|unit| areas.get(unit)).cloned();
        texts.extend(words.into_iter().map(|words| NewText {
            id: self.ports.chance.id(),
            question: words.question,
            area_id: area_id.clone(),
            words: words.words,
        }));
        Ok(Response {
            attributes: serde_json::to_string(&rest.attributes)?,
            answers: serde_json::to_string(&rest.answers)?,
            unit_id: rest.unit_id,
            wave,
        })
    }
}

/// Destroys the keys of all campaigns that have been opened, and sweeps where their envelopes lay. Whatever is done already
/// is passed over, so that a crash after opening is made up for by the next call.
///
/// # Errors
/// A file that cannot be removed; the database is busy or out of reach.
pub async fn finish(db: &Db, keys: &Keys) -> anyhow::Result<()> {
    for campaign in campaigns::all(db).await?.iter().filter(|campaign| campaign.opened_at.is_some()) {
        keys.destroy(&campaign.id).context("cannot destroy the key of an opened campaign")?;
    }
    let unswept = campaigns::unswept(db).await?;
    if unswept.is_empty() {
        return Ok(());
    }
    db.sweep().await.context("cannot sweep the database after deleting envelopes")?;
    let mut tx = db.begin().await?;
    for id in unswept {
        campaigns::swept(&mut tx, &id).await?;
    }
    Ok(tx.commit().await?)
}
