//! `medvirk check`: says what is wrong with survey definitions.

use std::collections::HashMap;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use super::summary::FileSummary;
use crate::definition::diagnostic::{Diagnostic, Severity, render};
use crate::definition::model::Definition;
use crate::definition::{Checked, MAX_BYTES, inspect_with, load};

/// Checks survey definitions and says what to mend, with file, line and column.
#[derive(Clone, Debug, clap::Args)]
pub struct Check {
    /// Survey definitions (YAML). Trends (`same_as`) are checked against these and against what lies in their folders.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Also tell what each audience is asked, how long it takes to read, and what each SMS costs.
    #[arg(long)]
    pub summary: bool,
}

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Source lines and hints, on stderr.
    Text,
    /// One JSON array of all files' diagnostics, on stdout; with a summary, an object of both.
    Json,
}

/// What was wrong with the worst file; the value is the command's exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Outcome {
    /// Every file can be launched.
    Clean = 0,
    /// A file has errors.
    Errors = 1,
    /// A file cannot be read.
    Unreadable = 2,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::Errors => Self::FAILURE,
            Outcome::Unreadable => Self::from(2),
        }
    }
}

/// One diagnostic with its file, for programs.
#[derive(Serialize)]
struct InFile<'a> {
    file: String,
    #[serde(flatten)]
    diagnostic: &'a Diagnostic,
}

/// What programs get of all files.
#[derive(Default, Serialize)]
struct Collected {
    diagnostics: Vec<serde_json::Value>,
    summaries: Vec<FileSummary>,
}

/// Runs the command.
///
/// # Errors
/// When nothing can be written.
pub fn check(command: &Check) -> io::Result<Outcome> {
    let mut worst = Outcome::Clean;
    let mut for_programs = Collected::default();
    let mut shelf = Shelf::default();
    for file in &command.files {
        let outcome = match super::read(file, MAX_BYTES) {
            Ok(source) => {
                let checked = inspect_with(&source, &shelf.beside(file, &source, &command.files));
                one(command, file, &source, checked, &mut for_programs)?
            }
            Err(error) => {
                writeln!(io::stderr().lock(), "{}: cannot be read: {error}", file.display())?;
                Outcome::Unreadable
            }
        };
        worst = worst.max(outcome);
    }
    if command.format == Format::Json {
        let mut out = io::stdout().lock();
        if command.summary {
            serde_json::to_writer_pretty(&mut out, &for_programs)?;
        } else {
            serde_json::to_writer_pretty(&mut out, &for_programs.diagnostics)?;
        }
        writeln!(out)?;
    }
    Ok(worst)
}

fn one(
    command: &Check,
    file: &Path,
    source: &[u8],
    checked: Checked,
    for_programs: &mut Collected,
) -> io::Result<Outcome> {
    let Checked { definition, diagnostics } = checked;
    let name = file.display().to_string();
    match command.format {
        Format::Text => {
            let mut out = io::stderr().lock();
            let colour = out.is_terminal();
            write!(out, "{}", render(&name, source, &diagnostics, colour))?;
        }
        Format::Json => {
            for diagnostic in &diagnostics {
                let diagnostic = InFile { file: name.clone(), diagnostic };
                for_programs.diagnostics.push(serde_json::to_value(diagnostic)?);
            }
        }
    }
    if let Some(definition) = definition.filter(|_| command.summary) {
        let summary = FileSummary::of(name, &definition);
        match command.format {
            Format::Text => write!(io::stdout().lock(), "{summary}")?,
            Format::Json => for_programs.summaries.push(summary),
        }
    }
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(if failed { Outcome::Errors } else { Outcome::Clean })
}

/// Surveys at hand, each read once; nothing for a file that cannot be launched.
#[derive(Default)]
struct Shelf(HashMap<PathBuf, Option<Definition>>);

impl Shelf {
    /// Those that the trends of `file` may follow: the other files of the command, and what lies in its folder.
    fn beside(&mut self, file: &Path, source: &[u8], others: &[PathBuf]) -> Vec<&Definition> {
        let names_earlier_waves = source.windows(SAME_AS.len()).any(|word| word == SAME_AS);
        let Some(own) = file.canonicalize().ok().filter(|_| names_earlier_waves) else { return Vec::new() };
        let folder = own.parent().map(surveys_in).unwrap_or_default();
        let given = others.iter().filter_map(|other| other.canonicalize().ok()).filter(|path| path.is_file());
        let mut paths: Vec<PathBuf> = given.chain(folder).filter(|path| *path != own).collect();
        paths.sort();
        paths.dedup();
        for path in &paths {
            let definition = || super::read(path, MAX_BYTES).ok().and_then(|source| load(&source).ok());
            self.0.entry(path.clone()).or_insert_with(definition);
        }
        paths.iter().filter_map(|path| self.0.get(path)?.as_ref()).collect()
    }
}

const SAME_AS: &[u8] = b"same_as";

/// Plain files only: a pipe would never end.
fn surveys_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_survey = |path: &PathBuf| path.is_file() && path.extension().is_some_and(|extension| extension == "yaml");
    entries.map(|entry| entry.path()).filter(is_survey).collect()
}
