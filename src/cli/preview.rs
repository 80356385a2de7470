//! `medvirk preview`: a survey as a phone shows it, while somebody writes it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use super::{say, serve, server};
use crate::ports::Chance;
use crate::web::preview::{Preview as Previewed, router};

/// `medvirk preview`
#[derive(Debug, clap::Args)]
pub struct Preview {
    /// Survey definition (YAML); it may be broken, or still missing
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Address and port
    #[arg(long, default_value = "127.0.0.1:8081")]
    listen: SocketAddr,
}

/// Serves until SIGINT or SIGTERM.
///
/// # Errors
/// The address is taken.
pub async fn run(command: Preview) -> anyhow::Result<ExitCode> {
    let listener = server::listen(command.listen).await?;
    let preview = Previewed::new(command.file, Chance::System)?;
    let stop = serve::Stop::listen()?;
    say(&format!("http://{}/", listener.local_addr()?))?;
    axum::serve(listener, router(Arc::new(preview))).with_graceful_shutdown(stop.asked()).await?;
    Ok(ExitCode::SUCCESS)
}
