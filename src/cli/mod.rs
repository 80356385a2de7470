//! The commands, one file per group. Data goes to stdout, talk to stderr; exit 0, 1 (it failed, and said why) or 2 (used
//! wrongly).

pub mod account;
pub mod backup;
pub mod campaign;
pub mod check;
pub mod demo;
pub mod doctor;
pub mod gateway;
pub mod graph;
pub mod import;
pub mod key;
mod opening;
pub mod people;
pub mod preview;
pub mod purge;
pub mod results;
pub mod schema;
pub mod serve;
pub mod server;
pub mod simulate;
pub mod simulator;
pub mod summary;
pub mod webhook;

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Settings;
use crate::logging;
use crate::ports::Ports;
use crate::store::Db;

/// Surveys that reach every employee by SMS, with answers that cannot betray anybody.
#[derive(Debug, Parser)]
#[command(name = "medvirk", version)]
struct Cli {
    /// Settings file; without it, medvirk.toml where it exists
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Try everything at once: a made-up municipality, a launched survey, answered phones
    Demo(demo::Demo),
    /// Run the server: pages, form and sending
    Serve(serve::Serve),
    /// Check survey definitions before anybody gets an SMS
    Check(check::Check),
    /// Write the JSON Schema of a definition, for editors
    Schema,
    /// Draw the routing of a survey definition
    Graph(graph::Graph),
    /// Show a survey definition as a phone shows it, and again on every save
    Preview(preview::Preview),
    /// Make a definition of an XLSForm or a LimeSurvey survey
    Import(import::Import),
    /// The register of employees
    People(people::People),
    /// The life of a campaign
    Campaign(campaign::CampaignCommand),
    /// What is published, as files
    Results(results::ResultsCommand),
    /// Let synthetic people answer a demo or test campaign over HTTP
    Simulate(simulate::Simulate),
    /// Run the simulated phones alone, as a gateway that reaches nobody
    Simulator(simulator::SimulatorCommand),
    /// Show what the gateway of the settings can do, and which addresses to register at the provider
    Gateway(gateway::GatewayCommand),
    /// Who may log in
    Account(account::AccountCommand),
    /// Addresses that are told what happens
    Webhook(webhook::WebhookCommand),
    /// Keys with which programs call the API
    Key(key::KeyCommand),
    /// Say what should be looked after: keys that are lost, without a copy, or beside the database
    Doctor,
    /// Copy an SQLite database while it is in use
    Backup(backup::Backup),
    /// Delete what is about persons and whose time is over (`serve` does so by itself)
    Purge(purge::Purge),
    /// Bring the database's tables up to date
    Migrate,
}

/// Runs the command of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = runtime.map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(run(cli)));
    done.unwrap_or_else(|error| {
        if is_closed_pipe(&error) {
            return ExitCode::SUCCESS;
        }
        // Nothing can be done about a stderr that is closed.
        drop(writeln!(io::stderr(), "medvirk: {error:#}"));
        ExitCode::FAILURE
    })
}

/// Whoever read the output has read enough, such as `head`: no reason to complain.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref())
        .any(|error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe)
}

async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let ports = Ports::system();
    match cli.command {
        Command::Check(check) => Ok(check::check(&check)?.into()),
        Command::Schema => schema::run(),
        Command::Graph(graph) => graph::run(&graph),
        Command::Preview(preview) => preview::run(preview).await,
        Command::Import(import) => import::run(&import),
        Command::Demo(demo) => demo::run(demo, ports).await,
        command => run_with_settings(command, Settings::load(cli.config.as_deref())?, ports).await,
    }
}

async fn run_with_settings(command: Command, settings: Settings, ports: Ports) -> anyhow::Result<ExitCode> {
    logging::start(&settings.log)?;
    match command {
        Command::Serve(serve) => serve::run(serve, settings, ports).await,
        Command::Simulate(simulate) => simulate::run(simulate, &settings, &open(&settings).await?, &ports).await,
        Command::Simulator(simulator) => simulator::run(simulator, &settings, ports).await,
        Command::Gateway(gateway) => gateway::run(&gateway, &settings, &ports),
        Command::People(people) => people::run(&people, &open(&settings).await?, &ports).await,
        Command::Account(account) => account::run(account, &settings, &open(&settings).await?, &ports).await,
        Command::Webhook(webhook) => webhook::run(webhook, &settings, &open(&settings).await?, &ports).await,
        Command::Key(key) => key::run(key, &open(&settings).await?, &ports).await,
        Command::Campaign(command) => campaign::run(command, &settings, &open(&settings).await?, &ports).await,
        Command::Results(command) => results::run(&command, &open(&settings).await?, &ports).await,
        Command::Doctor => doctor::run(&settings, &open(&settings).await?).await,
        Command::Backup(command) => backup::run(&command, &settings, &ports).await,
        Command::Purge(command) => purge::run(&command, &settings, &open(&settings).await?, &ports).await,
        Command::Migrate => open(&settings).await.map(|_| ExitCode::SUCCESS),
        Command::Check(_)
        | Command::Schema
        | Command::Graph(_)
        | Command::Preview(_)
        | Command::Import(_)
        | Command::Demo(_) => Ok(ExitCode::SUCCESS),
    }
}

/// The database, up to date.
async fn open(settings: &Settings) -> anyhow::Result<Db> {
    let db = Db::open(settings.database_url.as_str()).await?;
    db.migrate().await?;
    Ok(db)
}

/// The whole file, or its first `limit` bytes and one more: enough to know that it is too large.
fn read(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// One line of data.
fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(io::stdout().lock(), "{line}")?)
}

/// One line of talk; nothing can be done about a stderr that is closed.
fn talk(line: &str) {
    drop(writeln!(io::stderr().lock(), "{line}"));
}
