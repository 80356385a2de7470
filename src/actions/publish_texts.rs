//! Publishing what was written: themes, and words where they are wanted, as one immutable document, once.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use sqlx::AnyConnection;

use super::campaign::{Actor, note};
use super::{moderate, surveys};
use crate::anonymity::text_publication::{Making, TextPublication, Theme};
use crate::anonymity::tree::{Node, Tree, WHOLE};
use crate::anonymity::words::Written;
use crate::campaign::moderation::Stage;
use crate::campaign::state::State;
use crate::config::SecretKey;
use crate::definition::model::Definition;
use crate::store::audit::Action;
use crate::store::people::OrgUnit;
use crate::store::text_publications::{self, Stored};
use crate::store::texts::Text;
use crate::store::{Db, campaigns, people, texts, themes};

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishTextsError {
    /// No such campaign.
    #[error("there is no campaign with that id")]
    Unknown,
    /// The figures come first.
    #[error("texts are published after the figures: publish the results first")]
    NotPublished,
    /// It is done.
    #[error("the texts have been published already, and a publication is never changed")]
    Already,
    /// Somebody has to look first.
    #[error("{0} texts have not been looked at twice; finish them, or leave them out for ever")]
    Unfinished(usize),
    /// Nobody has written, or nothing of it may be counted.
    #[error("no text is released: there is nothing to publish")]
    Nothing,
    /// Somebody went on moderating.
    #[error("a text was changed in the meantime; nothing was published: try again")]
    Changed,
    /// The database is out of reach, or refuses.
    #[error(transparent)]
    Store(#[from] anyhow::Error),
}

impl From<sqlx::Error> for PublishTextsError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What is wanted of a publication of texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Words beside the themes.
    pub words: bool,
    /// Texts that nobody has finished are left out, for ever.
    pub leave_unfinished: bool,
}

/// Publishes. The document is made outside the transaction that writes it down, and nothing may have changed in between.
///
/// # Errors
/// The figures are not out, the texts are already, or some are not finished; nothing is published then.
pub async fn publish_texts(
    actor: Actor<'_>,
    key: &SecretKey,
    id: &str,
    wish: Wish,
) -> Result<TextPublication, PublishTextsError> {
    let Actor { db, ports, who, .. } = actor;
    let campaign = campaigns::find(db.read(), id).await?.ok_or(PublishTextsError::Unknown)?;
    if campaign.state != State::Published {
        return Err(PublishTextsError::NotPublished);
    }
    let definition = surveys::read(&campaign.definition)?;
    let mut connection = db.read().acquire().await?;
    if text_publications::exists(&mut *connection, id).await? {
        return Err(PublishTextsError::Already);
    }
    let material = Material::load(&mut connection, id).await?;
    let areas = areas(people::tree(&mut connection).await?);
    drop(connection);
    material.judge(wish)?;
    let seed = key.derive(&format!("texts {id}"));
    let (made, material) = tokio::task::spawn_blocking(move || {
        let made = material.publication(&definition, &areas, &seed, wish.words);
        made.map(|made| (made, material))
    })
    .await
    .context("publishing broke off")??;
    let document = serde_json::to_string(&made).context("cannot write the publication")?;
    let stored = Stored { hash: made.hash.clone(), document };
    let mut tx = db.begin().await?;
    if Material::load(&mut tx, id).await? != material {
        return Err(PublishTextsError::Changed);
    }
    if !text_publications::insert(&mut tx, id, ports.clock.now(), &stored).await? {
        return Err(PublishTextsError::Already);
    }
    // The original words that moderation has emptied still lie between the rows: they are swept away like envelopes.
    campaigns::unsweep(&mut tx, id).await?;
    note(&mut tx, ports, who, id, Action::WordsPublished, stored.hash).await?;
    tx.commit().await?;
    Ok(made)
}

/// What was published of a campaign's texts; `None` where nothing was.
///
/// # Errors
/// The database is out of reach, or holds a document that was changed.
pub async fn published(db: &Db, campaign: &str) -> anyhow::Result<Option<TextPublication>> {
    let Some(stored) = text_publications::find(db, campaign).await? else { return Ok(None) };
    let publication: TextPublication =
        serde_json::from_str(&stored.document).context("the publication of texts cannot be read")?;
    anyhow::ensure!(
        publication.hash == stored.hash && publication.is_intact(),
        "the publication of texts was changed since it left: nothing of it is shown"
    );
    Ok(Some(publication))
}

/// Everything that a publication is made from.
#[derive(PartialEq, Eq)]
struct Material {
    texts: Vec<Text>,
    themes: Vec<themes::Theme>,
    marks: Vec<(String, String)>,
}

impl Material {
    async fn load(connection: &mut AnyConnection, id: &str) -> sqlx::Result<Self> {
        Ok(Self {
            texts: texts::read(&mut *connection, id).await?,
            themes: themes::all(&mut *connection, id).await?,
            marks: themes::marks(&mut *connection, id).await?,
        })
    }

    fn judge(&self, wish: Wish) -> Result<(), PublishTextsError> {
        let mut unfinished = 0;
        let mut released = 0;
        for text in &self.texts {
            let stage = moderate::moderated(text)?.stage;
            unfinished += usize::from(!stage.is_done());
            released += usize::from(stage == Stage::Released);
        }
        match (unfinished, released) {
            (1.., _) if !wish.leave_unfinished => Err(PublishTextsError::Unfinished(unfinished)),
            (_, 0) => Err(PublishTextsError::Nothing),
            _ => Ok(()),
        }
    }

    fn publication(
        &self,
        definition: &Definition,
        areas: &Tree,
        seed: &[u8; 32],
        with_words: bool,
    ) -> anyhow::Result<TextPublication> {
        let themes: Vec<Theme> = self.themes.iter().map(theme).collect::<anyhow::Result<_>>()?;
        let marks: BTreeSet<(&str, &str)> = self.marks.iter().map(|(text, theme)| (&**text, &**theme)).collect();
        let mut texts: BTreeMap<String, Vec<Written>> = BTreeMap::new();
        for text in self.texts.iter().filter(|text| text.state == Stage::Released.as_str()) {
            let own = themes.iter().filter(|theme| theme.question == text.question);
            let written = Written {
                place: text.area_id.as_ref().and_then(|area| areas.find(area)).unwrap_or(WHOLE),
                themes: own.map(|theme| marks.contains(&(&*text.id, &*theme.id))).collect(),
                words: text.edited.clone().unwrap_or_default(),
            };
            texts.entry(text.question.clone()).or_default().push(written);
        }
        let making = Making { definition, areas, themes: &themes, texts: &texts, seed, with_words };
        making.publication().context("cannot write the publication of texts")
    }
}

fn theme(theme: &themes::Theme) -> anyhow::Result<Theme> {
    let label = serde_json::from_str(&theme.label).context("a theme's label is broken")?;
    Ok(Theme { id: theme.id.clone(), question: theme.question.clone(), label })
}

/// The whole and its areas, and nothing finer.
fn areas(units: Vec<OrgUnit>) -> Tree {
    let areas = units.into_iter().filter(|unit| unit.level == 1);
    Tree::new(areas.map(|unit| Node { id: unit.id, parent: None, name: unit.name }))
}
