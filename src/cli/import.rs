//! `medvirk import`: makes a definition of a survey that was written for another tool.

use std::fs::OpenOptions;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::{read, talk};
use crate::definition::diagnostic::{Severity, render};
use crate::definition::import::{Imported, MAX_BYTES, import};
use crate::definition::inspect;

/// Turns an XLSForm (.xlsx) or a LimeSurvey survey (.lss) into a definition.
///
/// Says, line by line, what is not carried over. Ends with 1 when what was written does not pass `medvirk check` yet.
#[derive(Clone, Debug, clap::Args)]
pub struct Import {
    /// The file to read
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where to write the definition; without it, to stdout
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// When the file cannot be read, is of neither kind, or the definition cannot be written.
pub fn run(command: &Import) -> anyhow::Result<ExitCode> {
    let name = command.file.display();
    if let Some(out) = command.out.as_deref().filter(|out| out.exists()) {
        bail!("{} is there already; it is not overwritten", out.display());
    }
    let source = read(&command.file, MAX_BYTES).with_context(|| format!("{name} cannot be read"))?;
    let imported = import(&source).with_context(|| format!("{name} cannot be imported"))?;
    for note in &imported.notes {
        talk(&note.to_string());
    }
    write(command.out.as_deref(), &imported.yaml)?;
    report(command.out.as_deref(), &imported)
}

/// Never over a file that is there, also when it has just come.
fn write(out: Option<&Path>, yaml: &str) -> anyhow::Result<()> {
    let Some(out) = out else { return Ok(io::stdout().lock().write_all(yaml.as_bytes())?) };
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(out)
        .with_context(|| format!("{} cannot be written", out.display()))?;
    Ok(file.write_all(yaml.as_bytes())?)
}

/// What the checker says of it.
fn report(out: Option<&Path>, imported: &Imported) -> anyhow::Result<ExitCode> {
    let name = out.map_or("<stdout>".into(), |out| out.display().to_string());
    let checked = inspect(imported.yaml.as_bytes());
    let mut stderr = io::stderr().lock();
    let colour = stderr.is_terminal();
    write!(stderr, "{}", render(&name, imported.yaml.as_bytes(), &checked.diagnostics, colour))?;
    drop(stderr);
    let errors = checked.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let (format, notes) = (imported.format, counted(imported.notes.len(), "note"));
    if errors > 0 {
        talk(&format!("{name}: made of {format} with {notes}; {} to mend first", counted(errors, "error")));
        return Ok(ExitCode::FAILURE);
    }
    talk(&format!("{name}: made of {format} with {notes}; it passes `medvirk check`"));
    Ok(ExitCode::SUCCESS)
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
