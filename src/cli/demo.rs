//! `medvirk demo`: everything in one process, on data that is made up.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Args;

use super::server::{self, Server};
use super::{account, serve, simulate, talk};
use crate::actions::accounts::{self, Wish};
use crate::actions::campaign::{self, Actor, Exit};
use crate::actions::import::{self, Options as ImportOptions};
use crate::actions::launch::{self, Terms};
use crate::actions::open::{self, OpenError};
use crate::actions::publish;
use crate::campaign::state::State;
use crate::config::{DatabaseUrl, Environment, Gateway, PublicUrl, Settings};
use crate::logging;
use crate::people::role::Role;
use crate::ports::Ports;
use crate::simulate::register;
use crate::simulate::respondents::invited::invited;
use crate::simulate::respondents::{self, Options as AnswerOptions};
use crate::store::audit::ITSELF;
use crate::store::campaigns::{self, Campaign};
use crate::store::{Db, invitations, messages, people};
use crate::web::App;

const SURVEY: &str = include_str!("../../survey-definitions/midtveisevaluering.yaml");
const NAME: &str = "Midtveisevaluering";

/// Stays open, so that the simulator's phones can be answered on.
const PULSE: &str = include_str!("../../survey-definitions/krisepuls.yaml");
const PULSE_NAME: &str = "Krisepuls";

/// What is typed at login in the demo, and as whom.
const ACCOUNTS: [(&str, Role); 6] = [
    ("hr", Role::Hr),
    ("verneombud", Role::SafetyRep),
    ("tillitsvalgt", Role::UnionRep),
    ("leder", Role::Leader),
    ("utvalg", Role::Viewer),
    ("revisor", Role::Auditor),
];

/// Respondents at once: enough to keep both sides busy.
const CONCURRENCY: usize = 32;

/// No phone is silent for so long: the simulator's own retries are over by then.
const SILENCE: Duration = Duration::from_secs(30);

/// `medvirk demo`
#[derive(Debug, Args)]
pub struct Demo {
    /// How many people the made-up municipality employs
    #[arg(long, default_value_t = 8880, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    people: u32,
    /// The share of those within reach who answer, 0 to 1; 0 leaves all answering to you
    #[arg(long, default_value = "0.69", value_parser = simulate::share)]
    answered: f64,
    /// Address and port
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Where everything is kept; a second start goes on where it was
    #[arg(long, default_value = "medvirk-demo", value_name = "DIR")]
    data: PathBuf,
    /// The same seed makes the same people and answers
    #[arg(long, default_value_t = 2020)]
    seed: u64,
}

/// Runs the demo until it is stopped.
///
/// # Errors
/// The folder cannot be written; the port is taken.
pub async fn run(demo: Demo, ports: Ports) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let listener = server::listen(demo.listen).await?;
    std::fs::create_dir_all(&demo.data).with_context(|| format!("cannot make {}", demo.data.display()))?;
    let settings = settings(&demo, listener.local_addr()?);
    logging::start(&settings.log)?;
    let server = Server::start(settings, ports.clone(), listener, None).await?;
    let stage = Stage { demo: &demo, server: &server, ports: &ports };
    let campaign = stage.set().await?;
    let (logins, password) = stage.accounts().await?;
    let stop = serve::Stop::listen()?;
    welcome(&server, &campaign, &logins, &password, start.elapsed())?;
    stop.asked().await;
    talk("stopping …");
    server.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// Settings of its own: no file and no variable can lead a demo's messages to a real gateway.
fn settings(demo: &Demo, address: SocketAddr) -> Settings {
    let mut settings = Settings::default().with_database(DatabaseUrl::sqlite(&demo.data.join("medvirk.db")));
    settings.listen = address;
    settings.public_url = PublicUrl::of(address);
    settings.organisation = Some("Eksempel kommune".to_owned());
    settings.environment = Environment::Demo;
    settings.gateway = Some(Gateway::simulator());
    // A slow machine is no concern of who tries things out.
    "warn,sqlx=error".clone_into(&mut settings.log.filter);
    settings
}

struct Stage<'a> {
    demo: &'a Demo,
    server: &'a Server,
    ports: &'a Ports,
}

impl Stage<'_> {
    /// Whatever an earlier start has not done yet.
    async fn set(&self) -> anyhow::Result<Campaign> {
        let db = &self.server.app.db;
        self.import(db).await?;
        let campaign = self.launched(db, NAME, SURVEY).await?;
        self.wait_until_sent(db, &campaign.id).await?;
        if campaign.state.takes_answers(campaign.closes_at, false, self.ports.clock.now()) {
            self.answer(db, &campaign).await?;
        }
        if self.demo.answered <= 0.0 {
            return Ok(campaign);
        }
        self.publish(db, &campaign).await?;
        let pulse = self.launched(db, PULSE_NAME, PULSE).await?;
        self.wait_until_sent(db, &pulse.id).await?;
        Ok(campaign)
    }

    /// The campaign of that name, launched now or by an earlier start.
    async fn launched(&self, db: &Db, name: &str, survey: &str) -> anyhow::Result<Campaign> {
        let known =
            campaigns::all(db).await?.into_iter().find(|known| known.name == name && known.launched_at.is_some());
        if let Some(known) = known {
            talk(&format!("{name}: going on with what an earlier start left in {}", self.demo.data.display()));
            return Ok(known);
        }
        let id = self.launch(db, name, survey).await?;
        campaigns::find(db.read(), &id).await?.context("the demo's campaign is gone")
    }

    /// Closed, opened, published: whatever an earlier start has not done yet.
    async fn publish(&self, db: &Db, campaign: &Campaign) -> anyhow::Result<()> {
        let App { links, settings, .. } = &*self.server.app;
        let actor = Actor { db, ports: self.ports, links, exit: Exit::Simulator, who: ITSELF };
        if campaign.state.close().is_ok() {
            campaign::close(db, self.ports, ITSELF, &campaign.id).await?;
        }
        match open::open(actor, &settings.keys, &campaign.id, &[]).await {
            Ok(_) | Err(OpenError::Already) => {}
            Err(error) => return Err(error.into()),
        }
        if campaign.state == State::Published {
            return Ok(());
        }
        let key = settings.load_or_create_secret(&self.ports.chance)?;
        let published = publish::publish(actor, &key, &campaign.id).await?;
        talk(&format!("{} answers published; no group under {} is shown", published.respondents, published.k));
        Ok(())
    }

    /// One login for each role, all with one new password; those who see places get an area or a service of the register.
    /// Gives what each of them sees.
    async fn accounts(&self) -> anyhow::Result<(Vec<(&'static str, String)>, String)> {
        let db = &self.server.app.db;
        let tree = people::tree(&mut *db.read().acquire().await?).await?;
        let password = account::made_up(self.ports);
        let mut logins = Vec::new();
        for (name, role) in ACCOUNTS {
            let level = match role {
                Role::SafetyRep | Role::UnionRep => Some(1),
                Role::Leader => Some(2),
                Role::Hr | Role::Viewer | Role::Auditor => None,
            };
            let place = level.and_then(|level| tree.iter().find(|unit| unit.level == level));
            let areas = place.iter().map(|unit| unit.id.clone()).collect();
            let wish = Wish { name: name.to_owned(), role, areas, whole: place.is_none(), phone: None };
            accounts::add_with_password(db, self.ports, ITSELF, wish, password.clone()).await?;
            let sees = place.map_or_else(|| "everything".to_owned(), |unit| unit.name.clone());
            logins.push((name, if role == Role::Auditor { "who did what".to_owned() } else { sees }));
        }
        Ok((logins, password))
    }

    async fn import(&self, db: &Db) -> anyhow::Result<()> {
        let mut connection = db.read().acquire().await?;
        if people::headcount(&mut connection).await?.demo > 0 {
            return Ok(());
        }
        drop(connection);
        let year = i64::from(self.ports.clock.now().to_zoned(jiff::tz::TimeZone::UTC).year());
        let people = usize::try_from(self.demo.people)?;
        let mut csv = Vec::new();
        register::write_csv(&register::register(people, self.demo.seed, year), &mut csv)?;
        let options = ImportOptions {
            dry_run: false,
            skip_bad: false,
            new_areas: true,
            complete: false,
            demo: true,
            ..ImportOptions::default()
        };
        let imported = import::import(db, self.ports, ITSELF, &csv, options).await?;
        talk(&format!("{} people imported", imported.new));
        Ok(())
    }

    async fn launch(&self, db: &Db, name: &str, survey: &str) -> anyhow::Result<String> {
        let id = campaign::create(db, self.ports, ITSELF, name, survey, true).await?;
        let App { links, settings, .. } = &*self.server.app;
        let actor = Actor { db, ports: self.ports, links, exit: Exit::Simulator, who: ITSELF };
        let launched = launch::begin(actor, &settings.keys, &id, Terms::default()).await?.launched;
        if let Some(dispatcher) = &self.server.dispatcher {
            dispatcher.wake();
        }
        talk(&format!("{name}: {} SMS written, in {} parts", launched.recipients, launched.parts));
        Ok(id)
    }

    /// Until every phone has said what became of its message, or nothing more is heard: reports of an earlier start on
    /// another port went there.
    async fn wait_until_sent(&self, db: &Db, id: &str) -> anyhow::Result<()> {
        let mut tally = messages::tally(db.read(), id).await?;
        let bar = simulate::progress_bar("sent", usize::try_from(tally.total())?);
        let mut moved = Instant::now();
        while tally.waiting + tally.accepted > 0 && moved.elapsed() < SILENCE {
            bar.set_position(tally.left());
            tokio::time::sleep(Duration::from_millis(100)).await;
            let before = std::mem::replace(&mut tally, messages::tally(db.read(), id).await?);
            if tally != before {
                moved = Instant::now();
            }
        }
        bar.finish_and_clear();
        talk(&format!("{} SMS sent, {} delivered", tally.left(), tally.delivered));
        Ok(())
    }

    /// Until the wanted share of those within reach has answered, those of an earlier start and the user's own among them.
    async fn answer(&self, db: &Db, campaign: &Campaign) -> anyhow::Result<()> {
        let invited = invited(db, &self.server.app.links, &campaign.id).await?;
        let before: i64 = invitations::progress(db, &campaign.id).await?.iter().map(|area| area.answered).sum();
        let answered = share_left(self.demo.answered, u32::try_from(before)?, u32::try_from(invited.len())?);
        if answered <= 0.0 {
            return Ok(());
        }
        let options =
            AnswerOptions { answered, concurrency: CONCURRENCY, seed: self.demo.seed, ..AnswerOptions::default() };
        let survey = self.server.app.surveys.of(db, &campaign.id).await?;
        let bar = simulate::progress_bar("answered", respondents::count(&options, &invited));
        let report = respondents::run(&options, &survey, &invited, |done| bar.set_position(done as u64)).await?;
        bar.finish_and_clear();
        talk(&report.to_string());
        Ok(())
    }
}

/// The share of those who are `left` that brings the share of all, the `answered` ones included, to `wanted`.
fn share_left(wanted: f64, answered: u32, left: u32) -> f64 {
    let (answered, left) = (f64::from(answered), f64::from(left));
    let missing = (wanted * (answered + left)).round() - answered;
    (missing / left.max(1.0)).clamp(0.0, 1.0)
}

fn welcome(
    server: &Server,
    campaign: &Campaign,
    logins: &[(&str, String)],
    password: &str,
    took: Duration,
) -> anyhow::Result<()> {
    let url = server.app.settings.public_url.as_str();
    let logins: Vec<String> = logins.iter().map(|(name, sees)| format!("{name:<15} sees {sees}")).collect();
    super::say(&format!(
        "
medvirk runs with a made-up municipality, Eksempel kommune. Nobody real gets anything.

  The campaign    {url}/campaigns/{id}
  Its results     {url}/results/{id}
  The phones      {url}/simulator      open a link, and answer as an employee does

  Log in as       {logins}
  Password        {password}

ready in {seconds:.1} s; Ctrl-C stops it, and the same command goes on where it was",
        logins = logins.join("\n                  "),
        id = campaign.id,
        seconds = took.as_secs_f64(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(wanted: f64, answered: u32, open: u32) -> usize {
        let share = share_left(wanted, answered, open);
        // As the respondents count themselves.
        (0..open).take_while(|one| f64::from(*one) + 0.5 < f64::from(open) * share).count()
    }

    #[test]
    fn whenever_it_was_interrupted_as_many_answer_in_the_end() {
        for answered in [0, 1, 17, 690] {
            assert_eq!(left(0.69, answered, 1_000 - answered), 690 - answered as usize);
        }
        assert_eq!(left(0.69, 700, 300), 0);
        assert_eq!(left(0.0, 0, 1_000), 0);
        assert_eq!(left(1.0, 3, 2), 2);
        assert_eq!(left(0.69, 0, 0), 0);
    }
}
