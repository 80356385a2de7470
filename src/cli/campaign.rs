//! `medvirk campaign …`: the life of a campaign.

mod preview;
mod published;
mod published_texts;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use super::opening;
use crate::actions::campaign::{self, Actor, Exit};
use crate::actions::export::problems_csv;
use crate::actions::launch::{self, Launched, Terms};
use crate::actions::publish_texts::{self, Wish};
use crate::actions::{mend, open, publish, remind};
use crate::anonymity::shares::Share;
use crate::config::Settings;
use crate::definition;
use crate::definition::diagnostic;
use crate::ports::Ports;
use crate::respond::link::Links;
use crate::store::audit::COMMAND;
use crate::store::{Db, campaigns, invitations, messages};

/// `medvirk campaign …`
#[derive(Debug, Args)]
pub struct CampaignCommand {
    /// How the outcome is written to stdout
    #[arg(long, value_enum, default_value_t = Format::Text, global = true)]
    format: Format,
    #[command(subcommand)]
    command: Command,
}

/// How the outcome is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people.
    Text,
    /// One object for programs.
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a draft of a survey; prints its id
    Create {
        /// The survey's definition
        survey: PathBuf,
        /// What HR calls it
        #[arg(long)]
        name: String,
    },
    /// Write and send every invitation
    Launch {
        /// The campaign
        id: String,
        /// Say what would happen, and do nothing
        #[arg(long)]
        dry_run: bool,
        /// Split the key that opens the answers: two of three shares must come together. They are printed once
        #[arg(long)]
        opened_by_two: bool,
    },
    /// Say where it stands
    Status {
        /// The campaign
        id: String,
    },
    /// Write a reminder to those who have neither answered nor said STOP
    Remind {
        /// The campaign
        id: String,
    },
    /// Let no more messages leave
    Pause {
        /// The campaign
        id: String,
    },
    /// Let messages leave again
    Resume {
        /// The campaign
        id: String,
    },
    /// Cancel every message that has not left
    CancelUnsent {
        /// The campaign
        id: String,
    },
    /// Invite those who came into the register since the launch, or whose number was corrected there
    AddPeople {
        /// The campaign
        id: String,
    },
    /// Decide about messages that are in doubt for an hour or longer
    Doubts {
        /// The campaign
        id: String,
        /// What happens to them
        #[arg(long, value_enum)]
        decide: Decide,
    },
    /// Invitations that did not arrive, as CSV: numbers to mend
    Problems {
        /// The campaign
        id: String,
    },
    /// End answering
    Close {
        /// The campaign
        id: String,
    },
    /// Open the answers of a closed campaign, and destroy its key
    Open {
        /// The campaign
        id: String,
        /// A file that holds a share of the key, twice; without it, shares are read from stdin, one on a line
        #[arg(long, value_name = "FILE")]
        share_file: Vec<PathBuf>,
    },
    /// Publish the opened answers of a closed campaign: one document for everybody, for ever
    Publish {
        /// The campaign
        id: String,
        /// While it still runs: open what was sent in so far, and publish the whole and the areas
        #[arg(long)]
        interim: bool,
        /// A file that holds a share of the key, twice; without it, shares are read from stdin, one on a line
        #[arg(long, value_name = "FILE", requires = "interim")]
        share_file: Vec<PathBuf>,
    },
    /// Publish what was written, after moderation: themes, and words where they are wanted, once and for ever
    PublishTexts {
        /// The campaign
        id: String,
        /// Publish words beside the themes, where at least ten texts stand together
        #[arg(long)]
        words: bool,
        /// Leave out, for ever, the texts that have not been looked at twice
        #[arg(long)]
        leave_unfinished: bool,
    },
}

/// What happens to messages in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Decide {
    /// The next reminder reaches those who got nothing
    Leave,
    /// They are sent once more; some people may get the message twice
    Again,
}

/// Runs `medvirk campaign …`.
///
/// # Errors
/// The campaign's state does not allow it; the database refuses.
pub async fn run(command: CampaignCommand, settings: &Settings, db: &Db, ports: &Ports) -> anyhow::Result<ExitCode> {
    let desk = Desk { settings, db, ports, format: command.format };
    match command.command {
        Command::Create { survey, name } => desk.create(&survey, &name).await,
        Command::Launch { id, dry_run: true, .. } => desk.preview(&id).await,
        Command::Launch { id, dry_run: false, opened_by_two } => desk.launch(&id, opened_by_two).await,
        Command::Status { id } => desk.status(&id).await,
        Command::Remind { id } => {
            let reminded = remind::by_hand(desk.actor(&desk.links()?), &id).await?;
            desk.written(&id, reminded)
        }
        Command::Pause { id } => {
            campaign::pause(desk.actor(&desk.links()?), &id).await?;
            desk.tell("paused", &json!({ "id": id, "paused": true }))
        }
        Command::Resume { id } => {
            campaign::resume(desk.actor(&desk.links()?), &id).await?;
            desk.tell("resumed", &json!({ "id": id, "paused": false }))
        }
        Command::CancelUnsent { id } => {
            let cancelled = campaign::cancel_unsent(desk.actor(&desk.links()?), &id).await?;
            desk.tell(&format!("{cancelled} messages cancelled"), &json!({ "id": id, "cancelled": cancelled }))
        }
        Command::AddPeople { id } => {
            let added = launch::add_people(desk.actor(&desk.links()?), &id).await?;
            desk.written(&id, added)
        }
        Command::Doubts { id, decide: Decide::Leave } => {
            let left = mend::leave(desk.actor(&desk.links()?), &id).await?;
            desk.tell(&format!("{left} messages are left to the next reminder"), &json!({ "id": id, "left": left }))
        }
        Command::Doubts { id, decide: Decide::Again } => {
            let again = mend::again(desk.actor(&desk.links()?), &id).await?;
            desk.tell(&format!("{again} messages are sent again"), &json!({ "id": id, "again": again }))
        }
        Command::Problems { id } => {
            super::say(problems_csv(&messages::problems(db, &id, u32::MAX).await?)?.trim_end())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Close { id } => {
            campaign::close(db, ports, COMMAND, &id).await?;
            desk.tell("closed", &json!({ "id": id, "state": "closed" }))
        }
        Command::Open { id, share_file } => desk.open(&id, &share_file).await,
        Command::Publish { id, interim, share_file } => {
            let key = settings.load_or_create_secret(&ports.chance)?;
            let published = if interim {
                let shares = desk.shares(&id, &share_file).await?;
                publish::publish_interim(desk.actor(&desk.links()?), &key, &settings.keys, &id, &shares).await?
            } else {
                publish::publish(desk.actor(&desk.links()?), &key, &id).await?
            };
            desk.tell(&published::in_words(&published), &published::in_json(&id, &published))
        }
        Command::PublishTexts { id, words, leave_unfinished } => {
            let key = settings.load_or_create_secret(&ports.chance)?;
            let wish = Wish { words, leave_unfinished };
            let published = publish_texts::publish_texts(desk.actor(&desk.links()?), &key, &id, wish).await?;
            desk.tell(&published_texts::in_words(&published), &published_texts::in_json(&id, &published))
        }
    }
}

struct Desk<'a> {
    settings: &'a Settings,
    db: &'a Db,
    ports: &'a Ports,
    format: Format,
}

impl Desk<'_> {
    async fn create(&self, survey: &Path, name: &str) -> anyhow::Result<ExitCode> {
        let file = survey.display().to_string();
        let source = super::read(survey, definition::MAX_BYTES).with_context(|| format!("cannot read {file}"))?;
        if let Err(problems) = definition::load(&source) {
            super::talk(diagnostic::render(&file, &source, &problems, false).trim_end());
            bail!("{file} has errors: nothing was created");
        }
        let source = String::from_utf8(source).with_context(|| format!("{file} is not UTF-8"))?;
        let id = campaign::create(self.db, self.ports, COMMAND, name, &source, false).await?;
        self.tell(&id, &json!({ "id": id, "state": "draft" }))
    }

    async fn launch(&self, id: &str, by_two: bool) -> anyhow::Result<ExitCode> {
        let terms = Terms { by_two, ..Terms::default() };
        let begun = launch::begin(self.actor(&self.links()?), &self.settings.keys, id, terms).await?;
        match begun.shares {
            None => self.written(id, begun.launched),
            Some(shares) => {
                let (text, value) = opening::handed_out(id, begun.launched, &shares);
                self.tell(&text, &value)
            }
        }
    }

    async fn open(&self, id: &str, share_files: &[PathBuf]) -> anyhow::Result<ExitCode> {
        let shares = self.shares(id, share_files).await?;
        let opened = open::open(self.actor(&self.links()?), &self.settings.keys, id, &shares).await?;
        opening::warn(&opened);
        let (text, value) = opening::told(id, &opened);
        self.tell(&text, &value)
    }

    /// Where two must open; none otherwise.
    async fn shares(&self, id: &str, files: &[PathBuf]) -> anyhow::Result<Vec<Share>> {
        let campaign = campaigns::find(self.db.read(), id).await?.context("there is no campaign with that id")?;
        if campaign.by_two { opening::shares(files) } else { Ok(Vec::new()) }
    }

    fn written(&self, id: &str, launched: Launched) -> anyhow::Result<ExitCode> {
        let text = format!("{} messages in {} parts are waiting to be sent", launched.recipients, launched.parts);
        self.tell(&text, &json!({ "id": id, "recipients": launched.recipients, "parts": launched.parts }))
    }

    async fn status(&self, id: &str) -> anyhow::Result<ExitCode> {
        let campaign = campaigns::find(self.db.read(), id).await?.context("there is no campaign with that id")?;
        let tally = messages::tally(self.db.read(), id).await?;
        let progress = invitations::progress(self.db, id).await?;
        let sum = |count: fn(&invitations::Progress) -> i64| progress.iter().map(count).sum::<i64>();
        let (invited, started, answered) = (sum(|p| p.invited), sum(|p| p.started), sum(|p| p.answered));
        let sent: Vec<String> = tally.states().iter().map(|(state, count)| format!("{state} {count}")).collect();
        let paused = campaign.paused.as_ref().map(|why| format!(", paused: {why}")).unwrap_or_default();
        let text = format!(
            "{}: {}{paused}\ninvited {invited}, started {started}, answered {answered}\nmessages: {}",
            campaign.name,
            campaign.state,
            sent.join(", ")
        );
        let messages: serde_json::Map<_, _> =
            tally.states().iter().map(|(state, count)| ((*state).to_owned(), json!(count))).collect();
        let value = json!({
            "id": id, "name": campaign.name, "state": campaign.state.as_str(), "paused": campaign.paused.map(|why| why.to_string()),
            "invited": invited, "started": started, "answered": answered, "messages": messages,
        });
        self.tell(&text, &value)
    }

    fn actor<'a>(&'a self, links: &'a Links) -> Actor<'a> {
        Actor { db: self.db, ports: self.ports, links, exit: self.exit(), who: COMMAND }
    }

    fn exit(&self) -> Exit {
        Exit::of(self.settings)
    }

    fn links(&self) -> anyhow::Result<Links> {
        let key = self.settings.load_or_create_secret(&self.ports.chance)?;
        Ok(Links::new(key.derive("links"), self.settings.public_url.as_str()))
    }

    fn tell(&self, text: &str, value: &serde_json::Value) -> anyhow::Result<ExitCode> {
        match self.format {
            Format::Text => super::say(text)?,
            Format::Json => super::say(&value.to_string())?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
