//! The log: structured lines on stderr, so that stdout stays free for data.

use std::io::{self, IsTerminal as _};

use anyhow::{Result, anyhow};
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{EnvFilter, filter_fn};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::{Log, LogFormat};

/// Starts the log of this process; call it once.
///
/// # Errors
/// A log was started before, or its filter cannot be read.
pub fn start(log: &Log) -> Result<()> {
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let lines = match log.format {
        LogFormat::Text => lines.with_ansi(io::stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let log =
        tracing_subscriber::registry().with(EnvFilter::try_new(&log.filter)?).with(filter_fn(is_harmless)).with(lines);
    log.try_init().map_err(|error| anyhow!("cannot start the log: {error}"))
}

/// Whatever the filter says: libraries write what they handle (addresses with tokens, numbers) into their finer lines, and
/// `sqlx` a slow statement of fifty kilobytes into a warning. Only our own lines are known to hold nothing of the kind.
fn is_harmless(line: &Metadata<'_>) -> bool {
    let ours = line.target() == "medvirk" || line.target().starts_with("medvirk::");
    ours || *line.level() <= Level::INFO && !line.target().starts_with("sqlx::query")
}
