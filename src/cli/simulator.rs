//! `medvirk simulator`: the phones alone, for a server that runs elsewhere.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Args;

use super::{serve, server};
use crate::config::{Environment, Settings};
use crate::delivery::gateways;
use crate::ports::Ports;
use crate::simulate::phones::faults::{Faults, Reports, Shares};
use crate::simulate::phones::{Manners, Simulator, http};

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
    /// What goes wrong with which share of the messages, such as `accept_then_500=0.02,busy=0.1`: taken and answered badly
    /// (`accept_then_500`, `accept_then_reset`, `accept_then_silence`, `garbage`, `slow`) or not taken (`too_many`, `busy`, `refuse`)
    #[arg(long, default_value = "", value_name = "NAME=SHARE,…")]
    faults: Shares,
    /// How the reports come: any of `twice`, `early` (before the message is answered), `shuffled` (in no order)
    #[arg(long, default_value = "", value_name = "WORD,…")]
    reports: Reports,
    /// Decides, with the message, what goes wrong: the same one, the same faults
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Takes messages until SIGINT or SIGTERM.
///
/// # Errors
/// This is no place to pretend; the address is taken; the log cannot be read or written.
pub async fn run(command: SimulatorCommand, settings: &Settings, ports: Ports) -> anyhow::Result<ExitCode> {
    if settings.environment == Environment::Production {
        bail!(
            "the simulator reaches nobody, so it is refused in environment \"production\": set MEDVIRK_ENVIRONMENT=test"
        );
    }
    let listener = server::listen(command.listen).await?;
    let client = gateways::client(Duration::from_secs(10))?;
    let manners = Manners {
        undelivered_per_thousand: command.undelivered,
        faults: Faults::new(command.faults, command.seed),
        reports: command.reports,
    };
    let phones = Simulator::start(&command.log, ports.clock, client, manners)
        .with_context(|| format!("cannot open the log {}", command.log.display()))?;
    let stop = serve::Stop::listen()?;
    tracing::info!(address = %listener.local_addr()?, "phones are switched on");
    axum::serve(listener, http::router(Arc::new(phones))).with_graceful_shutdown(stop.asked()).await?;
    Ok(ExitCode::SUCCESS)
}
