//! The log: structured lines on stderr, so that stdout stays free for data.

use std::io::{self, IsTerminal as _};

use anyhow::{Result, anyhow};
use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Starts the log of this process; call it once.
///
/// # Errors
/// A log was started before, or its filter cannot be read.
pub fn start(log: &Log) -> Result<()> {
    let builder = tracing_subscriber::fmt().with_env_filter(EnvFilter::try_new(&log.filter)?).with_writer(io::stderr);
    match log.format {
        LogFormat::Text => builder.with_ansi(io::stderr().is_terminal()).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    }
    .map_err(|error| anyhow!("cannot start the log: {error}"))
}
