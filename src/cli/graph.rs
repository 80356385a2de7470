//! `medvirk graph`: the routing of a survey as a picture.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use super::check::Outcome;
use super::read;
use crate::definition::MAX_BYTES;
use crate::definition::diagnostic::render;
use crate::definition::graph::{self, draw};
use crate::definition::load;

/// `medvirk graph`
#[derive(Debug, clap::Args)]
pub struct Graph {
    /// Survey definition (YAML)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What to write
    #[arg(long, value_enum, default_value = "mermaid")]
    format: Format,
}

/// Languages of pictures.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// For Markdown and its viewers.
    Mermaid,
    /// For Graphviz.
    Dot,
}

/// Writes the picture to stdout; what is wrong with the file, to stderr.
///
/// # Errors
/// Stdout is closed.
pub fn run(command: &Graph) -> anyhow::Result<ExitCode> {
    let source = match read(&command.file, MAX_BYTES) {
        Ok(source) => source,
        Err(error) => {
            super::talk(&format!("{}: cannot be read: {error}", command.file.display()));
            return Ok(Outcome::Unreadable.into());
        }
    };
    let format = match command.format {
        Format::Mermaid => graph::Format::Mermaid,
        Format::Dot => graph::Format::Dot,
    };
    match load(&source) {
        Ok(definition) => {
            write!(io::stdout().lock(), "{}", draw(&definition, format))?;
            Ok(Outcome::Clean.into())
        }
        Err(diagnostics) => {
            let mut out = io::stderr().lock();
            let colour = out.is_terminal();
            write!(out, "{}", render(&command.file.display().to_string(), &source, &diagnostics, colour))?;
            Ok(Outcome::Errors.into())
        }
    }
}
