//! `medvirk people`: the register.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use crate::actions::import::{Imported, Options, import};
use crate::actions::record;
use crate::people::register::{LARGEST_FILE, Problem};
use crate::ports::Ports;
use crate::store::Db;
use crate::store::audit::COMMAND;

/// The register of employees.
#[derive(Debug, Args)]
pub struct People {
    /// What to do with it.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do with the register.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Import a CSV file: adds new employees, updates known ones, leaves others alone
    Import(Import),
    /// Write what is stored about one employee, as JSON: for whoever asks for their own record
    Export {
        /// The employee number
        number: String,
    },
    /// Erase one employee: the register's row, their links, the numbers and texts of their messages, a draft
    Erase {
        /// The employee number
        number: String,
        /// Really do it; without it nothing is changed
        #[arg(long)]
        yes: bool,
    },
}

/// `medvirk people import`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches, independent of each other")]
pub struct Import {
    /// The register: CSV with headings, UTF-8 or Windows-1252, separated by comma, semicolon or tab
    pub file: PathBuf,
    /// Check and count everything, save nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Import the good rows although there are bad ones
    #[arg(long)]
    pub skip_bad: bool,
    /// Accept areas that no earlier import had
    #[arg(long)]
    pub new_areas: bool,
    /// The file is the whole register: whoever is not in it has left, and gets no more messages
    #[arg(long)]
    pub complete: bool,
    /// How the outcome is written to stdout
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// How the outcome is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One line for people.
    Text,
    /// One object for programs, bad rows included.
    Json,
}

/// Runs `medvirk people …`. Exit 1 when bad rows stopped the import.
///
/// # Errors
/// A file that cannot be read or is no register; a database that refuses.
pub async fn run(people: &People, db: &Db, ports: &Ports) -> anyhow::Result<ExitCode> {
    match &people.command {
        Command::Import(args) => run_import(args, db, ports).await,
        Command::Export { number } => {
            let record = record::export(db, ports, COMMAND, number).await?;
            super::say(&serde_json::to_string_pretty(&record)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Erase { number, yes: true } => {
            let erased = record::erase(db, ports, COMMAND, number).await?;
            super::say(&format!("Erased: 1 employee, {} campaigns, {} messages", erased.campaigns, erased.messages))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Erase { yes: false, .. } => bail!("nothing was changed: say --yes; what is erased never comes back"),
    }
}

async fn run_import(args: &Import, db: &Db, ports: &Ports) -> anyhow::Result<ExitCode> {
    let bytes = read(&args.file)?;
    let Import { dry_run, skip_bad, new_areas, complete, .. } = *args;
    let options = Options { dry_run, skip_bad, new_areas, complete, demo: false, ..Options::default() };
    let name = args.file.display().to_string();
    let imported = import(db, ports, COMMAND, &bytes, options).await.context(name.clone())?;
    tell(&mut io::stdout().lock(), &mut io::stderr().lock(), &name, args.format, &imported)?;
    let stopped = imported.bad_rows > 0 && !args.skip_bad;
    Ok(if stopped { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The file, unless it is larger than any register.
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let cannot = || format!("cannot read {}", path.display());
    let size = std::fs::metadata(path).with_context(cannot)?.len();
    if size > LARGEST_FILE as u64 {
        bail!("{}: {}", path.display(), crate::people::register::FileError::TooLarge);
    }
    // A pipe has no size.
    super::read(path, LARGEST_FILE).with_context(cannot)
}

fn tell(
    out: &mut impl Write,
    talk: &mut impl Write,
    file: &str,
    format: Format,
    imported: &Imported,
) -> anyhow::Result<()> {
    if format == Format::Json {
        return Ok(writeln!(out, "{}", as_json(imported))?);
    }
    for problem in &imported.problems {
        writeln!(talk, "{file}:{problem}")?;
    }
    if imported.shared_phones > 0 {
        let shared = imported.shared_phones;
        writeln!(talk, "{file}: warning: {shared} rows have a phone number that an earlier row has too")?;
    }
    Ok(writeln!(out, "{}", summary(imported))?)
}

fn summary(imported: &Imported) -> String {
    let Imported { new, changed, unchanged, missing, bad_rows, .. } = imported;
    let what = if imported.complete { "have left" } else { "in the database but not in the file" };
    let counts = format!("{new} new, {changed} changed, {unchanged} unchanged, {missing} {what}, {bad_rows} bad rows");
    match (imported.saved, *bad_rows > 0) {
        (true, _) => format!("Imported: {counts}"),
        (false, false) => format!("Dry run, nothing saved: {counts}"),
        (false, true) => format!("Nothing saved: {counts}; mend them, or say --skip-bad"),
    }
}

fn as_json(imported: &Imported) -> serde_json::Value {
    json!({
        "saved": imported.saved,
        "new": imported.new,
        "changed": imported.changed,
        "unchanged": imported.unchanged,
        "missing": imported.missing,
        "complete": imported.complete,
        "shared_phones": imported.shared_phones,
        "bad_rows": imported.bad_rows,
        "problems": imported.problems.iter().map(problem_json).collect::<Vec<_>>(),
    })
}

fn problem_json(problem: &Problem) -> serde_json::Value {
    json!({
        "line": problem.line,
        "column": problem.column.map(|column| column.to_string()),
        "message": problem.wrong.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::columns::Column;
    use crate::people::wrong::Wrong;

    fn told(format: Format, saved: bool, bad: bool) -> String {
        let problem = Problem { line: 3, column: Some(Column::Phone), wrong: Wrong::Empty };
        let problems = if bad { vec![problem] } else { Vec::new() };
        let imported = Imported {
            saved,
            new: 2,
            changed: 1,
            unchanged: 5,
            missing: 4,
            complete: false,
            shared_phones: 1,
            bad_rows: u64::from(bad),
            problems,
        };
        let (mut out, mut talk) = (Vec::new(), Vec::new());
        tell(&mut out, &mut talk, "people.csv", format, &imported).unwrap();
        format!("{}---\n{}", String::from_utf8(talk).unwrap(), String::from_utf8(out).unwrap())
    }

    #[test]
    fn outcomes_are_told_to_people_and_programs() {
        insta::assert_snapshot!("bad", told(Format::Text, false, true));
        insta::assert_snapshot!("dry", told(Format::Text, false, false));
        insta::assert_snapshot!("saved", told(Format::Text, true, false));
        insta::assert_snapshot!("json", told(Format::Json, false, true));
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = read(Path::new("nowhere/people.csv")).unwrap_err();
        assert_eq!(error.to_string(), "cannot read nowhere/people.csv");
    }
}
