//! `medvirk backup`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use clap::Args;

use crate::actions::backup;
use crate::config::Settings;
use crate::ports::Ports;
use crate::store::Db;
use crate::store::audit::COMMAND;

/// `medvirk backup`
#[derive(Debug, Args)]
pub struct Backup {
    /// The new file; one that is there is never written over
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Copies the database as it is, of whichever version: its tables are not brought up to date first.
///
/// # Errors
/// There is no database; it is PostgreSQL's; the copy cannot be written.
pub async fn run(command: &Backup, settings: &Settings, ports: &Ports) -> anyhow::Result<ExitCode> {
    let path = settings.database_url.sqlite_path().context(backup::ONLY_SQLITE)?;
    ensure!(path.exists(), "there is no database in {}", path.display());
    let db = Db::open(settings.database_url.as_str()).await?;
    let bytes = backup::backup(&db, &command.out).await?;
    super::say(&format!("{}: {bytes} bytes", command.out.display()))?;
    // The copy is good whether or not its being made can be written down, as in a database of an older version.
    if let Err(error) = backup::note(&db, ports, COMMAND, bytes).await {
        super::talk(&format!("the copy is not in the audit log: {error:#}"));
    }
    super::talk(
        "the keys are not in it: copy medvirk.key to another place than this file, and the folder keys to no backup",
    );
    Ok(ExitCode::SUCCESS)
}
