//! What somebody should look after before answers are lost, or known to the wrong ones.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::anonymity::seal::PrivateKey;
use crate::campaign::state::State;
use crate::config::{Keys, Settings};
use crate::store::Db;
use crate::store::campaigns::{self, Campaign};

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The campaign.
    pub id: String,
    /// HR's name for it.
    pub name: String,
    /// What is wrong with its key.
    pub trouble: Trouble,
}

/// What is wrong with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No file can be read: without it no answer can ever be opened.
    Lost(PathBuf),
    /// The file is gone or cannot be read; its copy is there.
    OnlyCopy(PathBuf),
    /// The file holds the key of something else.
    Wrong(PathBuf),
    /// Nothing else opens the answers if the file is lost.
    NoCopy,
    /// Whoever copies the database's folder copies the key with it.
    BesideDatabase(PathBuf),
    /// The answers are opened, and the key has not been destroyed yet.
    Left(PathBuf),
}

impl Trouble {
    /// Whether answers are lost, or will be, if nobody does anything.
    #[must_use]
    pub const fn is_severe(&self) -> bool {
        matches!(self, Self::Lost(_) | Self::Wrong(_))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(path) => {
                write!(f, "its key cannot be read in {}: without it no answer can be opened", path.display())
            }
            Self::OnlyCopy(path) => write!(f, "its key cannot be read in {}; only the copy is left", path.display()),
            Self::Wrong(path) => write!(f, "{} holds the key of another campaign", path.display()),
            Self::NoCopy => f.write_str("its key has no recovery copy: set keys_recovery, or copy it by hand"),
            Self::BesideDatabase(path) => {
                write!(f, "its key lies beside the database, in {}: a copy of both opens answers", path.display())
            }
            Self::Left(path) => write!(f, "its answers are opened, and {} is not destroyed yet", path.display()),
        }
    }
}

/// Looks at the key of every campaign that has or had answers to open.
///
/// # Errors
/// The database is out of reach.
pub async fn doctor(db: &Db, settings: &Settings) -> anyhow::Result<Vec<Finding>> {
    let found = campaigns::all(db).await?.into_iter().flat_map(|campaign| {
        let troubles = troubles(&campaign, settings);
        troubles.into_iter().map(move |trouble| Finding {
            id: campaign.id.clone(),
            name: campaign.name.clone(),
            trouble,
        })
    });
    Ok(found.collect())
}

fn troubles(campaign: &Campaign, settings: &Settings) -> Vec<Trouble> {
    let keys = &settings.keys;
    let path = keys.path(&campaign.id);
    let (file, copy) = keys.found(&campaign.id);
    if campaign.opened_at.is_some() {
        return if file || copy == Some(true) { vec![Trouble::Left(path)] } else { Vec::new() };
    }
    let sealed = campaign.public_key.is_some() && !campaign.by_two;
    if !sealed || !matches!(campaign.state, State::Sending | State::Open | State::Closed) {
        return Vec::new();
    }
    let beside = settings.database_url.sqlite_path().filter(|database| lies_beside(&keys.folder, database));
    let key = match (file, copy) {
        (false, Some(true)) => Some(Trouble::OnlyCopy(path)),
        (false, _) => Some(Trouble::Lost(path)),
        (true, _) if !belongs(keys, campaign) => Some(Trouble::Wrong(path)),
        (true, Some(true)) => None,
        (true, _) => Some(Trouble::NoCopy),
    };
    key.into_iter().chain(beside.map(|_| Trouble::BesideDatabase(keys.folder.clone()))).collect()
}

fn belongs(keys: &Keys, campaign: &Campaign) -> bool {
    let key = keys.read(&campaign.id).ok().flatten();
    let public = key.and_then(|bytes| PrivateKey::from_bytes(*bytes).public().ok());
    public.map(|public| public.text()) == campaign.public_key
}

/// In the database's folder or somewhere below it.
fn lies_beside(keys: &Path, database: &Path) -> bool {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (keys.canonicalize(), folder.canonicalize()) {
        (Ok(keys), Ok(folder)) => keys.starts_with(folder),
        _ => false,
    }
}
