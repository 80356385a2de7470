//! `medvirk account …`

use std::io::{self, BufRead as _};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};
use data_encoding::BASE32_NOPAD;

use crate::actions::accounts::{self, Wish};
use crate::actions::factor;
use crate::config::Settings;
use crate::people::phone::Phone;
use crate::people::role::Role;
use crate::ports::Ports;
use crate::store::Db;
use crate::store::audit::COMMAND;

/// `medvirk account …`
#[derive(Debug, Args)]
pub struct AccountCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add an account, or change the one of that name; prints a link by which its owner sets a password, once
    Add(Add),
    /// Remove an account; whoever is logged in with it is logged out
    Remove {
        /// Its name
        name: String,
    },
    /// Take the second factor of an account away, whose owner has lost it
    ForgetSecondFactor {
        /// Its name
        name: String,
    },
}

#[derive(Debug, Args)]
struct Add {
    /// What is typed at login
    name: String,
    /// What the account may do
    #[arg(long, value_enum)]
    role: RoleName,
    /// A place whose results it sees, with all below: "Area", "Area/Service", "Area/Service/Unit", or its id; more than
    /// once for several
    #[arg(long, value_name = "CODE", conflicts_with = "whole")]
    area: Vec<String>,
    /// It sees the results of the whole organisation
    #[arg(long)]
    whole: bool,
    /// Where codes go
    #[arg(long, value_parser = phone)]
    phone: Option<Phone>,
    /// Read the password from the first line of standard input instead of printing a link
    #[arg(long)]
    password_stdin: bool,
}

/// [`Role`] on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum RoleName {
    /// Launches, follows and publishes; sees all results
    Hr,
    /// Sees the results of its places
    SafetyRep,
    /// Sees the results of its places
    UnionRep,
    /// Sees the results of its places
    Leader,
    /// Sees the results of its places
    Viewer,
    /// Reads who did what, and no results
    Auditor,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Hr => Self::Hr,
            RoleName::SafetyRep => Self::SafetyRep,
            RoleName::UnionRep => Self::UnionRep,
            RoleName::Leader => Self::Leader,
            RoleName::Viewer => Self::Viewer,
            RoleName::Auditor => Self::Auditor,
        }
    }
}

fn phone(typed: &str) -> Result<Phone, String> {
    Phone::parse(typed).map_err(|error| format!("the number {error}"))
}

/// Runs `medvirk account …`.
///
/// # Errors
/// A place that the register does not have; a weak password; a database that refuses.
pub async fn run(command: AccountCommand, settings: &Settings, db: &Db, ports: &Ports) -> anyhow::Result<ExitCode> {
    let Add { name, role, area, whole, phone, password_stdin } = match command.command {
        Command::Add(add) => add,
        Command::Remove { name } => {
            accounts::remove(db, ports, COMMAND, &name).await?;
            super::say(&format!("{name}: removed"))?;
            return Ok(ExitCode::SUCCESS);
        }
        Command::ForgetSecondFactor { name } => {
            factor::forget(db, ports, COMMAND, &name).await?;
            super::say(&format!("{name}: has no second factor any more"))?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    let wish = Wish { name: name.clone(), role: role.into(), areas: area, whole, phone };
    if password_stdin {
        accounts::add_with_password(db, ports, COMMAND, wish, read_line()?).await?;
        super::say(&format!("{name}: added"))?;
    } else {
        let token = accounts::invite(db, ports, COMMAND, wish).await?;
        super::talk(&format!("{name}: added; whoever opens this link within two days sets the password:"));
        super::say(&format!("{}/welcome/{token}", settings.public_url.as_str()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn read_line() -> anyhow::Result<String> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).context("cannot read the password from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// 100 random bits, in small letters and figures.
#[must_use]
pub fn made_up(ports: &Ports) -> String {
    BASE32_NOPAD.encode(&ports.chance.bytes::<13>()).to_ascii_lowercase().chars().take(20).collect()
}
