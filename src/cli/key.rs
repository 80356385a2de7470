//! `medvirk key …`: keys with which programs call the API.

use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use crate::actions::api_keys::{self as keys, Wish};
use crate::people::permission::{Permission, UnknownPermission};
use crate::ports::Ports;
use crate::results::view::Scope;
use crate::store::Db;
use crate::store::api_keys::{self, ApiKey};
use crate::store::audit::COMMAND;

/// `medvirk key …`
#[derive(Debug, Args)]
pub struct KeyCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a key; prints it, once
    Add(Add),
    /// Take a key away, at once
    Revoke {
        /// Its name
        name: String,
    },
    /// Say which keys there are, and when each was used last
    List {
        /// How they are written to stdout
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
}

#[derive(Debug, Args)]
struct Add {
    /// As the audit log will know whoever holds it, such as "hr-system"
    name: String,
    /// What it may do: register:write, campaigns:read, campaigns:write, publications:read; several with commas between
    #[arg(long = "may", value_name = "PERMISSION", value_delimiter = ',', required = true, value_parser = permission)]
    may: Vec<Permission>,
    /// How long it lives, at most 366d
    #[arg(long, value_name = "DAYS", default_value = "90d", value_parser = days)]
    expires: u32,
    /// With publications:read: a place whose results it reads, with all below: "Area", "Area/Service", or its id; more than
    /// once for several
    #[arg(long, value_name = "CODE", conflicts_with = "whole")]
    area: Vec<String>,
    /// With publications:read: it reads the results of the whole organisation
    #[arg(long)]
    whole: bool,
}

/// How they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line each, for people.
    Text,
    /// One object, for programs.
    Json,
}

fn permission(typed: &str) -> Result<Permission, UnknownPermission> {
    typed.parse()
}

fn days(typed: &str) -> Result<u32, String> {
    let days = typed.strip_suffix('d').and_then(|days| days.parse().ok());
    days.ok_or_else(|| "must be a number of days, as in 90d".to_owned())
}

/// Runs `medvirk key …`.
///
/// # Errors
/// What cannot be; a database that refuses.
pub async fn run(command: KeyCommand, db: &Db, ports: &Ports) -> anyhow::Result<ExitCode> {
    match command.command {
        Command::Add(Add { name, may, expires: days, area, whole }) => {
            let wish = Wish { name: name.clone(), may, areas: area, whole, days };
            let key = keys::add(db, ports, COMMAND, wish).await?;
            super::talk(&format!("{name}: this is the key; it is shown this once:"));
            super::say(&key)?;
        }
        Command::Revoke { name } => {
            keys::revoke(db, ports, COMMAND, &name).await?;
            super::say(&format!("{name}: revoked"))?;
        }
        Command::List { format: Format::Text } => {
            for key in api_keys::all(db).await? {
                super::say(&in_words(&key))?;
            }
        }
        Command::List { format: Format::Json } => {
            let keys: Vec<Value> = api_keys::all(db).await?.iter().map(in_json).collect();
            super::say(&json!({ "keys": keys }).to_string())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn in_words(key: &ApiKey) -> String {
    let used = key.used_at.map_or_else(|| "never used".to_owned(), |at| format!("used {at}"));
    format!("{}: {}, until {}, {used}", key.name, may(key).join(" "), key.expires_at)
}

fn in_json(key: &ApiKey) -> Value {
    let places = match &key.scope {
        Scope::Whole => None,
        Scope::Places(places) => Some(places),
    };
    json!({
        "name": key.name, "may": may(key), "whole": places.is_none(), "places": places, "created_by": key.created_by,
        "created_at": key.created_at, "expires_at": key.expires_at, "used_at": key.used_at,
    })
}

fn may(key: &ApiKey) -> Vec<&'static str> {
    key.may.iter().map(|permission| permission.name()).collect()
}
