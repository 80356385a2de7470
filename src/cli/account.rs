//! `medvirk account add`

use std::io::{self, BufRead as _};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};
use data_encoding::BASE32_NOPAD;

use crate::actions::login;
use crate::ports::Ports;
use crate::store::Db;

/// `medvirk account …`
#[derive(Debug, Args)]
pub struct AccountCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add an account, or give the one of that name a new password; prints the password unless it is given
    Add(Add),
}

#[derive(Debug, Args)]
struct Add {
    /// What is typed at login
    name: String,
    /// What the account may do
    #[arg(long, value_enum)]
    role: Role,
    /// Read the password from the first line of standard input instead of making one up
    #[arg(long)]
    password_stdin: bool,
}

/// What an account may do. Other roles come with scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Role {
    /// Launches and follows.
    Hr,
}

/// Runs `medvirk account …`.
///
/// # Errors
/// A password under 12 characters; a database that refuses.
pub async fn run(command: AccountCommand, db: &Db, ports: &Ports) -> anyhow::Result<ExitCode> {
    let Command::Add(add) = command.command;
    let Role::Hr = add.role;
    let given = add.password_stdin.then(read_line).transpose()?;
    let password = given.clone().unwrap_or_else(|| made_up(ports));
    login::add(db, ports, &add.name, "hr", password.clone()).await?;
    match given {
        Some(_) => super::say(&format!("{}: added", add.name))?,
        None => super::say(&format!("{}: {password}", add.name))?,
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
