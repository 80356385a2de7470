//! Moderation of free texts: looked at twice, marked with themes. What is written down of it holds no words.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use sqlx::AnyConnection;

use super::campaign::{Actor, note};
use super::surveys;
use crate::anonymity::text_publication::asked_in_words;
use crate::campaign::moderation::{Moderated, Refused, Stage, Step};
use crate::people::role::Role;
use crate::store::audit::Action;
use crate::store::texts::{self, Text};
use crate::store::themes::{self, Theme};
use crate::store::{accounts, campaigns, text_publications};

/// A theme is a word or two.
pub const LONGEST_LABEL: usize = 80;

/// More themes than this nobody can choose from.
pub const MOST_THEMES: usize = 40;

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ModerateError {
    /// No such campaign, question, text or theme.
    #[error("there is no such text")]
    Unknown,
    /// The step does not begin here.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Somebody else was faster.
    #[error("somebody else has changed this text since the page was opened: look at it again")]
    Changed,
    /// It is done.
    #[error("the texts have been published: nothing can be changed any more")]
    Published,
    /// A label that is empty or too long.
    #[error("a theme needs a name in bokmål, of at most {LONGEST_LABEL} characters in each language")]
    BadLabel,
    /// Nobody could choose from more.
    #[error("a question can have {MOST_THEMES} themes at most")]
    TooMany,
    /// The database is out of reach, or refuses.
    #[error(transparent)]
    Store(#[from] anyhow::Error),
}

impl From<sqlx::Error> for ModerateError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What somebody does to a text.
#[derive(Clone, Debug)]
pub struct Look<'a> {
    /// The text.
    pub text: &'a str,
    /// What the page showed, as [`fingerprint`] says it: nobody releases what they have not read.
    pub seen: &'a str,
    /// The themes that it is marked with from now on; others than the question's are passed over.
    pub themes: &'a [&'a str],
    /// What becomes of it; nothing where only the marks were changed.
    pub step: Option<Step>,
}

/// Marks a text and takes a step with it.
///
/// # Errors
/// The step is refused, somebody was faster, or everything is published; nothing is changed then.
pub async fn look(actor: Actor<'_>, campaign: &str, look: Look<'_>) -> Result<Stage, ModerateError> {
    let Actor { db, ports, who, .. } = actor;
    let mut tx = db.begin().await?;
    let text = texts::find(&mut *tx, campaign, look.text).await?.ok_or(ModerateError::Unknown)?;
    unpublished(&mut tx, campaign).await?;
    if fingerprint(&text) != look.seen {
        return Err(ModerateError::Changed);
    }
    let alone = accounts::count(&mut *tx, Role::Hr).await? < 2;
    let known = themes::all(&mut *tx, campaign).await?;
    let known = known.iter().filter(|theme| theme.question == text.question).map(|theme| theme.id.as_str());
    let marked: Vec<&str> = known.filter(|theme| look.themes.contains(theme)).collect();
    themes::mark(&mut tx, &text.id, &marked).await?;
    let before = moderated(&text)?;
    let Some(step) = look.step else {
        tx.commit().await?;
        return Ok(before.stage);
    };
    let action = action(&step);
    let after = before.step(step, who.name, alone)?;
    let new = Text {
        state: after.stage.as_str().to_owned(),
        cleaned_by: after.stage.cleaned_by().map(str::to_owned),
        words: after.original,
        edited: after.cleaned,
        ..text.clone()
    };
    if !texts::change(&mut tx, &text, &new).await? {
        return Err(ModerateError::Changed);
    }
    note(&mut tx, ports, who, campaign, action, text.question).await?;
    tx.commit().await?;
    Ok(after.stage)
}

const fn action(step: &Step) -> Action {
    match step {
        Step::Clean(_) => Action::TextCleaned,
        Step::PutAside(_) => Action::TextPutAside,
        Step::Release => Action::TextReleased,
        Step::Return => Action::TextReturned,
    }
}

/// A text as the decisions know it.
///
/// # Errors
/// The database holds a state that this version does not know.
pub fn moderated(text: &Text) -> anyhow::Result<Moderated> {
    let stage = Stage::read(&text.state, text.cleaned_by.as_deref());
    let stage = stage.ok_or_else(|| anyhow::anyhow!("a text is in a state that is unknown"))?;
    Ok(Moderated { stage, original: text.words.clone(), cleaned: text.edited.clone() })
}

/// Changes whenever anything of a text does.
#[must_use]
pub fn fingerprint(text: &Text) -> String {
    let mut hash = Sha256::new();
    let parts = [Some(&text.state), text.cleaned_by.as_ref(), Some(&text.words), text.edited.as_ref()];
    for part in parts {
        hash.update(part.map_or("", String::as_str).as_bytes());
        hash.update([0]);
    }
    HEXLOWER.encode(&hash.finalize()[..16])
}

/// Adds a theme to a question; `label` is by language, and bokmål must be among them.
///
/// # Errors
/// No such question; a bad label; too many themes; everything is published.
pub async fn add_theme(
    actor: Actor<'_>,
    campaign: &str,
    question: &str,
    label: BTreeMap<String, String>,
) -> Result<(), ModerateError> {
    let Actor { db, ports, who, .. } = actor;
    let label: BTreeMap<String, String> =
        label.into_iter().map(|(language, words)| (language, words.trim().to_owned())).collect();
    let label: BTreeMap<String, String> = label.into_iter().filter(|(_, words)| !words.is_empty()).collect();
    if !label.contains_key("nb") || label.values().any(|words| words.chars().count() > LONGEST_LABEL) {
        return Err(ModerateError::BadLabel);
    }
    let mut tx = db.begin().await?;
    let found = campaigns::find(&mut *tx, campaign).await?.ok_or(ModerateError::Unknown)?;
    unpublished(&mut tx, campaign).await?;
    if !asked_in_words(&surveys::read(&found.definition)?).iter().any(|(id, _)| id == question) {
        return Err(ModerateError::Unknown);
    }
    let known = themes::all(&mut *tx, campaign).await?;
    if known.iter().filter(|theme| theme.question == question).count() >= MOST_THEMES {
        return Err(ModerateError::TooMany);
    }
    let label = serde_json::to_string(&label).map_err(anyhow::Error::from)?;
    let theme = Theme { id: ports.chance.id(), question: question.to_owned(), label };
    themes::insert(&mut tx, campaign, &theme).await?;
    note(&mut tx, ports, who, campaign, Action::ThemesChanged, question.to_owned()).await?;
    Ok(tx.commit().await?)
}

/// Deletes a theme, and takes it off every text.
///
/// # Errors
/// No such theme; everything is published.
pub async fn remove_theme(actor: Actor<'_>, campaign: &str, question: &str, theme: &str) -> Result<(), ModerateError> {
    let Actor { db, ports, who, .. } = actor;
    let mut tx = db.begin().await?;
    unpublished(&mut tx, campaign).await?;
    if !themes::delete(&mut tx, campaign, theme).await? {
        return Err(ModerateError::Unknown);
    }
    note(&mut tx, ports, who, campaign, Action::ThemesChanged, question.to_owned()).await?;
    Ok(tx.commit().await?)
}

async fn unpublished(connection: &mut AnyConnection, campaign: &str) -> Result<(), ModerateError> {
    if text_publications::exists(connection, campaign).await? { Err(ModerateError::Published) } else { Ok(()) }
}
