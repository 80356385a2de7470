//! `medvirk doctor`

use std::process::ExitCode;

use super::{say, talk};
use crate::actions::doctor;
use crate::config::Settings;
use crate::store::Db;

/// Prints what should be looked after. Fails when answers are lost, or will be.
///
/// # Errors
/// The database is out of reach.
pub async fn run(settings: &Settings, db: &Db) -> anyhow::Result<ExitCode> {
    let found = doctor::doctor(db, settings).await?;
    for finding in &found {
        say(&format!("{} ({}): {}", finding.name, finding.id, finding.trouble))?;
    }
    if found.is_empty() {
        talk("nothing to look after");
    }
    let severe = found.iter().any(|finding| finding.trouble.is_severe());
    Ok(if severe { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
