//! `medvirk schema`: what a definition looks like, for editors.

use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::definition::schema::schema;

/// Writes the JSON Schema to stdout.
///
/// # Errors
/// Stdout is closed.
pub fn run() -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema())?;
    writeln!(out)?;
    Ok(ExitCode::SUCCESS)
}
