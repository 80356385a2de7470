//! `medvirk serve`

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use super::server::{self, Part, Server};
use crate::config::Settings;
use crate::ports::Ports;

/// `medvirk serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// Address and port, over those of the settings
    #[arg(long)]
    listen: Option<SocketAddr>,
    /// Run one part only, to split them over hosts
    #[arg(long, value_enum)]
    only: Option<Part>,
}

/// Serves until SIGINT or SIGTERM, then finishes what is in flight.
///
/// # Errors
/// The process cannot start.
pub async fn run(serve: Serve, settings: Settings, ports: Ports) -> anyhow::Result<ExitCode> {
    let listener = server::listen(serve.listen.unwrap_or(settings.listen)).await?;
    let server = Server::start(settings, ports, listener, serve.only).await?;
    tracing::info!(address = %server.address, "serving");
    until_asked_to_stop().await?;
    tracing::info!("stopping: what is in flight is finished first");
    server.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// SIGINT or SIGTERM.
///
/// # Errors
/// The signals cannot be listened for.
pub async fn until_asked_to_stop() -> anyhow::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminated.recv() => {}
    }
    Ok(())
}
