//! A copy of an SQLite database while it is in use: whole, of one moment, and on the disk before anybody is told.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};

use crate::ports::Ports;
use crate::store::Db;
use crate::store::audit::{self, Action, Entry, Who};
use crate::store::dialect::Dialect;

/// What to do instead.
pub const ONLY_SQLITE: &str =
    "this copies an SQLite database; PostgreSQL brings its own tool: pg_dump --format=custom --file FILE DATABASE";

/// Copies the database into a new file that its owner alone can read. Gives its size in bytes. Nothing is left behind where
/// it fails; where the process is killed, an empty file of that name at most, and a `.part` beside it.
///
/// # Errors
/// PostgreSQL; a file that is there already; a full disk; a copy that does not read back.
pub async fn backup(db: &Db, to: &Path) -> anyhow::Result<u64> {
    if db.dialect() == Dialect::Postgres {
        bail!(ONLY_SQLITE);
    }
    let mut draft = to.as_os_str().to_owned();
    draft.push(".part");
    let draft = PathBuf::from(draft);
    reserve(to)?;
    let copied = match reserve(&draft) {
        Ok(()) => fill(db, &draft, to).await.inspect_err(|_| drop(fs::remove_file(&draft))),
        Err(error) => Err(error),
    };
    copied.inspect_err(|_| drop(fs::remove_file(to)))
}

/// Writes down that there is a copy.
///
/// # Errors
/// The database is out of reach.
pub async fn note(db: &Db, ports: &Ports, who: Who<'_>, bytes: u64) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    let entry = Entry::new(ports.clock.now(), who, Action::BackedUp, bytes.to_string());
    audit::record(&mut tx, &ports.chance.id(), &entry).await?;
    Ok(tx.commit().await?)
}

/// A new, empty file of the owner's: nobody else's is ever written over, and nobody else can read what goes into it.
fn reserve(path: &Path) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            bail!("{} is there already, and nothing is written over", path.display())
        }
        Err(error) => Err(error).with_context(|| format!("cannot write {}", path.display())),
    }
}

async fn fill(db: &Db, draft: &Path, to: &Path) -> anyhow::Result<u64> {
    let name = draft.to_str().with_context(|| format!("{} is no name in UTF-8", draft.display()))?;
    db.copy_into(name).await.with_context(|| format!("cannot copy the database to {}", draft.display()))?;
    let file = File::open(draft)?;
    file.sync_all().with_context(|| format!("cannot write {} to the disk", draft.display()))?;
    let bytes = file.metadata()?.len();
    ensure!(bytes > 0, "the copy is empty");
    fs::rename(draft, to).with_context(|| format!("cannot rename {}", draft.display()))?;
    // Its name is on the disk when its folder is.
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all().with_context(|| format!("cannot write {} to the disk", folder.display()))?;
    Ok(bytes)
}
