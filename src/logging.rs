//! The log: structured lines on stderr, so that stdout stays free for data.

use std::fmt;
use std::io::{self, IsTerminal as _};

use anyhow::{Result, anyhow};
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::filter::{EnvFilter, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime, SystemTime};
use tracing_subscriber::layer::{Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::{Log, LogFormat};
use crate::ports::Clock;

/// Starts the log of this process; call it once.
///
/// # Errors
/// A log was started before, or its filter cannot be read.
pub fn start(log: &Log) -> Result<()> {
    let colour = io::stderr().is_terminal();
    to(log, io::stderr, colour)?.try_init().map_err(|error| anyhow!("cannot start the log: {error}"))
}

/// The log as it is written, to wherever `writer` leads.
///
/// # Errors
/// Its filter cannot be read.
pub fn to<W>(log: &Log, writer: W, colour: bool) -> Result<impl Subscriber + Send + Sync + 'static + use<W>>
where
    W: for<'w> MakeWriter<'w> + Clone + Send + Sync + 'static,
{
    let answering = lines(log.format, writer.clone(), colour, Day).with_filter(filter_fn(is_of_the_form));
    let others = filter_fn(|line| !is_of_the_form(line));
    let others = lines(log.format, writer, colour, SystemTime).with_filter(others);
    let filter = EnvFilter::try_new(&log.filter)?;
    Ok(tracing_subscriber::registry().with(filter).with(filter_fn(is_harmless)).with(answering).with(others))
}

fn lines<S, W, T>(format: LogFormat, writer: W, colour: bool, time: T) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'s> LookupSpan<'s>,
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
    T: FormatTime + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt::layer().with_writer(writer).with_timer(time);
    match format {
        LogFormat::Text => lines.with_ansi(colour).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    }
}

/// Whatever the filter says: libraries write what they handle (addresses with tokens, numbers) into their finer lines, and
/// `sqlx` a slow statement of fifty kilobytes into a warning. Only our own lines are known to hold nothing of the kind.
fn is_harmless(line: &Metadata<'_>) -> bool {
    let ours = line.target() == "medvirk" || line.target().starts_with("medvirk::");
    ours || *line.level() <= Level::INFO && !line.target().starts_with("sqlx::query")
}

/// Lines about somebody who answers say on which day, and no finer: with the hour, whoever knows when a colleague answered
/// would know whose line it is.
fn is_of_the_form(line: &Metadata<'_>) -> bool {
    ["medvirk::web::form", "medvirk::actions::answer"].iter().any(|module| line.target().starts_with(module))
}

/// The date alone, UTC.
struct Day;

impl FormatTime for Day {
    fn format_time(&self, writer: &mut Writer<'_>) -> fmt::Result {
        write!(writer, "{}", Clock::System.now().strftime("%F"))
    }
}
