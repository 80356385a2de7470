//! `medvirk results …`: what is published, as files.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};

use crate::actions::export::{publication_csv, texts_csv};
use crate::actions::publish::Publications;
use crate::actions::publish_texts::published;
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
        /// What was published of free text, which is a document of its own, instead of the figures
        #[arg(long)]
        texts: bool,
        /// Where it is written; stdout without one
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// The shape of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The whole document, with its hash
    Json,
    /// A table for a spreadsheet
    Csv,
}

/// Runs `medvirk results …`.
///
/// # Errors
/// Nothing was published; the file cannot be written.
pub async fn run(command: &ResultsCommand, db: &Db) -> anyhow::Result<ExitCode> {
    let Command::Export { id, format, texts, out } = &command.command;
    let publication = Publications::default().last(db, id).await?;
    let publication = publication.context("nothing of this campaign is published")?;
    let bytes = if *texts {
        let texts = published(db, id).await?.context("no free text of this campaign is published")?;
        match format {
            Format::Json => serde_json::to_vec(&texts)?,
            Format::Csv => texts_csv(&texts, publication.languages.first().map_or("", String::as_str))?,
        }
    } else {
        match format {
            Format::Json => serde_json::to_vec(&**publication)?,
            Format::Csv => publication_csv(&publication)?,
        }
    };
    match out {
        Some(path) => std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?,
        None => std::io::stdout().write_all(&bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}
