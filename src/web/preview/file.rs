//! The file, read again whenever somebody looks and checked again when it has changed.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::definition::diagnostic::Diagnostic;
use crate::definition::model::Definition;
use crate::definition::{MAX_BYTES, inspect};

/// A file that somebody is writing.
pub(super) struct Watched {
    path: PathBuf,
    last: Mutex<Option<Arc<Seen>>>,
}

/// One state of the file.
pub(super) struct Seen {
    /// The same for the same content.
    pub(super) state: String,
    /// As it was read.
    pub(super) source: Vec<u8>,
    /// What can be said of it.
    pub(super) content: Content,
    /// Errors and warnings.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What a file holds.
pub(super) enum Content {
    /// A survey that can be shown.
    Survey(Arc<Definition>),
    /// The diagnostics say why it is none.
    Broken,
    /// There is nothing to read, for this reason.
    Unreadable(String),
}

impl Watched {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, last: Mutex::new(None) }
    }

    /// The file's name, for people.
    pub(super) fn name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    /// The newest state. A half-written file is a broken one; a checker that fails over it is said, and survived.
    pub(super) async fn look(&self) -> Arc<Seen> {
        let (path, last) = (self.path.clone(), self.last());
        let looked = tokio::task::spawn_blocking(move || look(&path, last)).await;
        let seen = looked.unwrap_or_else(|_| Arc::new(Seen::unreadable("the checker failed over it")));
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&seen));
        seen
    }

    fn last(&self) -> Option<Arc<Seen>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn look(path: &std::path::Path, last: Option<Arc<Seen>>) -> Arc<Seen> {
    let source = match read(path) {
        Ok(source) => source,
        Err(error) => return Arc::new(Seen::unreadable(&error.to_string())),
    };
    let state = HEXLOWER.encode(&Sha256::digest(&source)[..8]);
    match last {
        Some(last) if last.state == state => last,
        _ => Arc::new(Seen::new(state, source)),
    }
}

/// A little more than a definition can have: enough to know that it is too large.
fn read(path: &std::path::Path) -> io::Result<Vec<u8>> {
    let mut source = Vec::new();
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(limit).read_to_end(&mut source)?;
    Ok(source)
}

impl Seen {
    fn new(state: String, source: Vec<u8>) -> Self {
        let checked = inspect(&source);
        let content = checked.definition.map_or(Content::Broken, |survey| Content::Survey(Arc::new(survey)));
        Self { state, source, content, diagnostics: checked.diagnostics }
    }

    fn unreadable(why: &str) -> Self {
        Self {
            state: HEXLOWER.encode(&Sha256::digest(why)[..8]),
            source: Vec::new(),
            content: Content::Unreadable(why.to_owned()),
            diagnostics: Vec::new(),
        }
    }

    /// The survey, where there is one to show.
    pub(super) fn survey(&self) -> Option<&Arc<Definition>> {
        match &self.content {
            Content::Survey(survey) => Some(survey),
            Content::Broken | Content::Unreadable(_) => None,
        }
    }
}
