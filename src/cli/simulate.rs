//! `medvirk simulate`: synthetic people answer a demo or test campaign.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail, ensure};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use reqwest::Url;

use crate::actions::surveys;
use crate::config::{Environment, Settings};
use crate::ports::Ports;
use crate::respond::link::Links;
use crate::simulate::respondents::report::Report;
use crate::simulate::respondents::{self, Invited, Options};
use crate::store::{Db, campaigns, invitations};

/// `medvirk simulate`
#[derive(Debug, Args)]
pub struct Simulate {
    /// The campaign
    id: String,
    /// The share of the invited who answer, 0 to 1
    #[arg(long, default_value_t = 0.69)]
    answered: f64,
    /// Where the form is, if not where the links say
    #[arg(long)]
    base_url: Option<Url>,
    /// Respondents at once
    #[arg(long, default_value_t = 32)]
    concurrency: usize,
    /// The same seed gives the same answers
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write what everybody answered to this file, one JSON object a line
    #[arg(long)]
    truth: Option<PathBuf>,
    /// How the outcome is written to stdout
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How the outcome is written.
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
/// A campaign that is not there; a real campaign, whose answers are nobody's to invent.
pub async fn run(simulate: Simulate, settings: &Settings, ports: &Ports) -> anyhow::Result<ExitCode> {
    ensure!((0.0..=1.0).contains(&simulate.answered), "--answered is a share from 0 to 1");
    let db = super::open(settings).await?;
    let key = settings.load_or_create_secret(&ports.chance)?;
    let links = Links::new(key.derive("links"), settings.public_url.as_str());
    let campaign = campaigns::find(db.read(), &simulate.id).await?.context("there is no campaign with that id")?;
    if !campaign.demo && settings.environment == Environment::Production {
        bail!("answers are invented for demo and test campaigns only; this one is real");
    }
    let options = Options {
        answered: simulate.answered,
        concurrency: simulate.concurrency,
        seed: simulate.seed,
        base_url: simulate.base_url,
        truth: simulate.truth,
    };
    let report = answer(&db, &links, &simulate.id, &campaign.definition, &options).await?;
    match simulate.format {
        Format::Text => super::say(&report.to_string())?,
        Format::Json => super::say(&report.to_json().to_string())?,
    }
    Ok(if report.failed() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Lets those who have got the message answer, with a progress bar on a terminal.
///
/// # Errors
/// The database is out of reach; the truth file cannot be written.
pub async fn answer(
    db: &Db,
    links: &Links,
    campaign_id: &str,
    definition: &str,
    options: &Options,
) -> anyhow::Result<Report> {
    let reached = invitations::reached(db, campaign_id).await?;
    let invited = reached.into_iter().map(|one| invited(links, one)).collect::<anyhow::Result<Vec<_>>>()?;
    let bar = bar("answers", respondents::how_many(options, &invited));
    let survey = surveys::read(definition)?;
    let report = respondents::run(options, &survey, &invited, |count| bar.set_position(count as u64)).await?;
    bar.finish_and_clear();
    Ok(report)
}

fn invited(links: &Links, reached: invitations::Reached) -> anyhow::Result<Invited> {
    Ok(Invited {
        link: links.link(&reached.id),
        key: reached.employee_number,
        area: reached.area.unwrap_or_default(),
        unit: reached.unit_id,
        attributes: serde_json::from_str(&reached.attributes)?,
    })
}

/// A progress bar on stderr; none where stderr is no terminal.
pub fn bar(what: &'static str, total: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg:>10} {bar:40} {human_pos}/{human_len} {per_sec:>12}");
    let bar = ProgressBar::new(total as u64).with_message(what);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
