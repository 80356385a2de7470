//! `medvirk results …`: what is published, as files.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};

use crate::actions::audit;
use crate::actions::export::{publication_csv, texts_csv};
use crate::actions::publish::Publications;
use crate::actions::publish_texts::published;
use crate::people::role::Role;
use crate::ports::Ports;
use crate::results::view::{Scope, View};
use crate::results::words::part;
use crate::store::audit::{Action, COMMAND};
use crate::store::{Db, accounts};

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
        /// What this account may see of it; without one, all
        #[arg(long = "as", value_name = "ACCOUNT")]
        reader: Option<String>,
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
pub async fn run(command: &ResultsCommand, db: &Db, ports: &Ports) -> anyhow::Result<ExitCode> {
    let Command::Export { id, format, texts, out, reader } = &command.command;
    let scope = match reader {
        Some(name) => scope(db, name).await?,
        None => Scope::Whole,
    };
    let publication = Publications::default().last(db, id).await?;
    let publication = publication.context("nothing of this campaign is published")?;
    let publication = View::of(&publication, &scope).part();
    let bytes = if *texts {
        let texts = published(db, id).await?.context("no free text of this campaign is published")?;
        let texts = part(texts, &scope);
        match format {
            Format::Json => serde_json::to_vec(&texts)?,
            Format::Csv => texts_csv(&texts, publication.languages.first().map_or("", String::as_str))?,
        }
    } else {
        match format {
            Format::Json => serde_json::to_vec(&publication)?,
            Format::Csv => publication_csv(&publication)?,
        }
    };
    let detail = format!("as {}", reader.as_deref().unwrap_or("everybody together"));
    audit::log(db, ports, COMMAND, Action::Exported, Some(id), &detail).await?;
    match out {
        Some(path) => std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?,
        None => std::io::stdout().write_all(&bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What an account may see of results.
async fn scope(db: &Db, name: &str) -> anyhow::Result<Scope> {
    let account = accounts::named(db, name).await?.with_context(|| format!("there is no account {name}"))?;
    anyhow::ensure!(Role::READERS.contains(&account.role), "the role {} sees no results", account.role.name());
    Ok(account.scope)
}
