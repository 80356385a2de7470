//! `medvirk results …`: what is published, as files.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};

use crate::actions::export::publication_csv;
use crate::actions::publish::Publications;
use crate::store::Db;

/// `medvirk results …`
#[derive(Debug, Args)]
pub struct ResultsCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write what is published of a campaign
    Export {
        /// The campaign
        id: String,
        /// The shape of the file
        #[arg(long, value_enum)]
        format: Format,
        /// Where it is written; stdout without one
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// The shape of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The whole publication, as it was signed
    Json,
    /// One line for each question, group and option
    Csv,
}

/// Runs `medvirk results …`.
///
/// # Errors
/// Nothing was published; the file cannot be written.
pub async fn run(command: &ResultsCommand, db: &Db) -> anyhow::Result<ExitCode> {
    let Command::Export { id, format, out } = &command.command;
    let publication = Publications::default().last(db, id).await?;
    let publication = publication.context("nothing of this campaign is published")?;
    let bytes = match format {
        Format::Json => serde_json::to_vec(&**publication)?,
        Format::Csv => publication_csv(&publication)?,
    };
    match out {
        Some(path) => std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?,
        None => std::io::stdout().write_all(&bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}
