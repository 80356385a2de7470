//! `medvirk simulate`: synthetic respondents answer a campaign of the demo.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use reqwest::Url;

use crate::config::Settings;
use crate::definition;
use crate::ports::Ports;
use crate::respond::link::Links;
use crate::simulate::respondents::{self, Options, invited::invited};
use crate::store::{Db, campaigns};

/// `medvirk simulate`
#[derive(Debug, Args)]
pub struct Simulate {
    /// The campaign: its register must be the demo's
    id: String,
    /// The share of the open invitations that are answered, 0 to 1
    #[arg(long, default_value = "0.69", value_parser = share)]
    answered: f64,
    /// Where the form is, if not where the links say
    #[arg(long, value_name = "URL")]
    base_url: Option<Url>,
    /// Respondents at once
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..))]
    concurrency: u16,
    /// Let everybody arrive at a random moment within so many seconds, and not `concurrency` at once
    #[arg(long, value_name = "SECONDS")]
    arrive_within: Option<u32>,
    /// How long somebody looks at a page before going on, on average
    #[arg(long, value_name = "SECONDS", default_value = "0", value_parser = seconds)]
    pace: Duration,
    /// The same seed gives the same answers
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write what everybody answered to this file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
    /// How the figures are written to stdout
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How the figures are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people.
    Text,
    /// One object for programs.
    Json,
}

/// Runs `medvirk simulate`. Exit 1 when somebody could not answer.
///
/// # Errors
/// No such campaign, nobody made up to answer it, or files that cannot be written.
pub async fn run(simulate: Simulate, settings: &Settings, db: &Db, ports: &Ports) -> anyhow::Result<ExitCode> {
    let campaign = campaigns::find(db.read(), &simulate.id).await?.context("there is no campaign with that id")?;
    let Ok(definition) = definition::load(campaign.definition.as_bytes()) else {
        bail!("the campaign's definition has errors: run `medvirk check`");
    };
    let key = settings.load_or_create_secret(&ports.chance)?;
    let links = Links::new(key.derive("links"), settings.public_url.as_str());
    let invited = invited(db, &links, &simulate.id).await?;
    if invited.is_empty() {
        bail!("nobody is left to answer: only people of a demo register who have got their message can be simulated");
    }
    let options = Options {
        answered: simulate.answered,
        concurrency: usize::from(simulate.concurrency),
        seed: simulate.seed,
        arrive_within: simulate.arrive_within.map(|seconds| Duration::from_secs(u64::from(seconds))),
        pace: simulate.pace,
        base_url: simulate.base_url,
        truth: simulate.truth,
    };
    let bar = progress_bar("answered", respondents::count(&options, &invited));
    let report = respondents::run(&options, &definition, &invited, |done| bar.set_position(done as u64)).await?;
    bar.finish_and_clear();
    match simulate.format {
        Format::Text => super::say(&report.to_string())?,
        Format::Json => super::say(&report.to_json().to_string())?,
    }
    Ok(if report.failed() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How many of `all` are `done`; on stderr, and only on a terminal.
#[must_use]
pub fn progress_bar(done: &'static str, all: usize) -> ProgressBar {
    let bar = ProgressBar::new(all as u64).with_message(done);
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}, {per_sec}, {eta} left");
    style.map_or(bar.clone(), |style| bar.with_style(style))
}

/// Reads seconds, with decimals.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.filter(|pause| pause.as_secs() <= 3_600).ok_or_else(|| "write seconds, such as 1.5".to_owned())
}

/// Reads a share from 0 to 1.
///
/// # Errors
/// It is no such number.
pub fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "write a number between 0 and 1, such as 0.69".to_owned())
}
