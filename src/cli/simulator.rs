//! `medvirk simulator`: the phones alone, for a server that runs elsewhere.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;

use super::{serve, server};
use crate::delivery::gateways;
use crate::ports::Ports;
use crate::simulate::phones::{Simulator, http};

/// `medvirk simulator`
#[derive(Debug, Args)]
pub struct SimulatorCommand {
    /// Address and port
    #[arg(long, default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// What the phones have got; a second start on the same file goes on where it was. It holds links: keep it apart
    #[arg(long, value_name = "FILE")]
    log: PathBuf,
    /// Of a thousand phones so many are switched off
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(0..=1000))]
    undelivered: u32,
}

/// Takes messages until SIGINT or SIGTERM.
///
/// # Errors
/// The address is taken; the log cannot be read or written.
pub async fn run(command: SimulatorCommand, ports: Ports) -> anyhow::Result<ExitCode> {
    let listener = server::listen(command.listen).await?;
    let client = gateways::client(Duration::from_secs(10))?;
    let phones = Simulator::start(&command.log, ports.clock, client, command.undelivered)
        .with_context(|| format!("cannot open the log {}", command.log.display()))?;
    let stop = serve::Stop::listen()?;
    tracing::info!(address = %listener.local_addr()?, "phones are switched on");
    axum::serve(listener, http::router(Arc::new(phones))).with_graceful_shutdown(stop.asked()).await?;
    Ok(ExitCode::SUCCESS)
}
