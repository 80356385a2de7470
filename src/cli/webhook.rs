//! `medvirk webhook …`: addresses that are told what happens.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::actions::webhooks::{self as actions, WebhookError, secret_text};
use crate::config::Settings;
use crate::delivery::outward::{self, Reach};
use crate::ports::Ports;
use crate::store::Db;
use crate::store::audit::COMMAND;
use crate::store::webhooks::{self, Standing};

/// `medvirk webhook …`
#[derive(Debug, Args)]
pub struct WebhookCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Tell an address what happens from now on; prints what signs it, once
    Add {
        /// `https://…`, in the public internet
        address: String,
    },
    /// Tell an address nothing any more
    Remove {
        /// Its id
        id: String,
    },
    /// Say which addresses there are, and how they take it
    List,
}

/// Runs `medvirk webhook …`.
///
/// # Errors
/// An address that cannot be; a database that refuses.
pub async fn run(command: WebhookCommand, settings: &Settings, db: &Db, ports: &Ports) -> anyhow::Result<ExitCode> {
    match command.command {
        Command::Add { address } => {
            let url = outward::address(&address, Reach::of(settings))
                .map_err(|why| WebhookError::Address(format!("the address {why}")))?;
            let added = actions::add(db, ports, COMMAND, url.into()).await?;
            let key = settings.load_or_create_secret(&ports.chance)?.derive("webhooks");
            super::talk(&format!("{}: added; this signs what is sent, and is shown this once:", added.id));
            super::say(&secret_text(&key, &added.id))?;
        }
        Command::Remove { id } => {
            actions::remove(db, ports, COMMAND, &id).await?;
            super::say(&format!("{id}: removed"))?;
        }
        Command::List => {
            let mut connection = db.read().acquire().await?;
            for known in webhooks::all(&mut connection).await? {
                let Standing { arrived, waiting, given_up, problem } = webhooks::standing(db, &known.id).await?;
                let problem = problem.map(|problem| format!(" ({problem})")).unwrap_or_default();
                let line = format!(
                    "{}: {}: arrived {arrived}, waiting {waiting}, given up {given_up}{problem}",
                    known.id, known.address
                );
                super::say(&line)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
