//! `medvirk serve`

use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Args;
use tokio::signal::unix::{Signal, SignalKind, signal};

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
    let stop = Stop::listen()?;
    tracing::info!(address = %server.address, "serving");
    stop.asked().await;
    tracing::info!("stopping: what is in flight is finished first");
    server.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// SIGINT and SIGTERM, from now on ours: listen before saying that it runs, for whoever reads that may stop it at once.
pub struct Stop {
    interrupted: Signal,
    terminated: Signal,
}

impl Stop {
    /// # Errors
    /// The signals cannot be listened for.
    pub fn listen() -> io::Result<Self> {
        Ok(Self { interrupted: signal(SignalKind::interrupt())?, terminated: signal(SignalKind::terminate())? })
    }

    /// Waits for one of them.
    pub async fn asked(mut self) {
        tokio::select! {
            _ = self.interrupted.recv() => {}
            _ = self.terminated.recv() => {}
        }
    }
}
