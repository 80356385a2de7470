//! `medvirk doctor`

use std::process::ExitCode;

use super::{say, talk};
use crate::actions::audit::{self, Intact};
use crate::actions::doctor;
use crate::config::Settings;
use crate::store::Db;

/// Prints what should be looked after. Fails when answers are lost, or will be, or the audit
/// log was changed.
///
/// # Errors
/// The database is out of reach.
pub async fn run(settings: &Settings, db: &Db) -> anyhow::Result<ExitCode> {
    let found = doctor::doctor(db, settings).await?;
    for finding in &found {
        say(&format!("{} ({}): {}", finding.name, finding.id, finding.trouble))?;
    }
    let broken = match audit::verify(db).await? {
        Ok(Intact { entries, head }) => {
            talk(&format!("the audit log holds: {entries} entries, the last one {head}"));
            None
        }
        Err(broken) => Some(broken),
    };
    if let Some(broken) = broken {
        say(&format!("{broken}: somebody has changed the database by hand"))?;
    }
    if found.is_empty() && broken.is_none() {
        talk("nothing to look after");
    }
    let severe = broken.is_some() || found.iter().any(|finding| finding.trouble.is_severe());
    Ok(if severe { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
