//! `medvirk gateway`

use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use serde_json::json;

use crate::config::Settings;
use crate::delivery::gateways::{Addresses, Capabilities, Gateway};
use crate::ports::Ports;

/// `medvirk gateway`
#[derive(Debug, Args)]
pub struct GatewayCommand {
    /// How it is written to stdout
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people.
    Text,
    /// One object for programs.
    Json,
}

/// Tells what the gateway can do, and the addresses to register at the provider. They hold a secret, made from the
/// installation's key; no password is shown.
///
/// # Errors
/// No gateway is set; the key cannot be read.
pub fn run(command: &GatewayCommand, settings: &Settings, ports: &Ports) -> anyhow::Result<ExitCode> {
    let chosen = settings.gateway.as_ref().context("no gateway is set: gateway.kind names one")?;
    let key = settings.load_or_create_secret(&ports.chance)?;
    let gateway = Gateway::open(chosen, &key, &settings.public_url)?;
    let (can, addresses) = (gateway.capabilities(), gateway.addresses());
    super::say(&match command.format {
        Format::Text => text(gateway.name(), can, &addresses),
        Format::Json => json!({
            "kind": gateway.name(),
            "callback_per_message": can.callback_per_message,
            "inbound": can.inbound,
            "signature": can.signature,
            "register": { "delivery": addresses.delivery, "inbound": addresses.inbound },
        })
        .to_string(),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn text(kind: &str, can: Capabilities, addresses: &Addresses) -> String {
    let or = |address: &Option<String>, otherwise: &str| address.clone().unwrap_or_else(|| otherwise.to_owned());
    let reports = or(&addresses.delivery, "nothing to register: each message brings its own address");
    let inbound = or(&addresses.inbound, "not handed over: gateway.inbound is not set");
    let signature = can.signature.unwrap_or("none: the addresses above are the proof, so keep them secret");
    format!("kind       {kind}\nreports    {reports}\ninbound    {inbound}\nsignature  {signature}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_register_reads_well() {
        let address = |end: &str| Some(format!("https://svar.example.no/gateway/link/SECRET/{end}"));
        let addresses = Addresses { delivery: address("delivery"), inbound: address("inbound") };
        let can = Capabilities { callback_per_message: false, inbound: true, signature: None, confirmed_by: 200 };
        insta::assert_snapshot!(text("link", can, &addresses), @r"
        kind       link
        reports    https://svar.example.no/gateway/link/SECRET/delivery
        inbound    https://svar.example.no/gateway/link/SECRET/inbound
        signature  none: the addresses above are the proof, so keep them secret
        ");
        let can = Capabilities { signature: Some("X-Signature"), ..can };
        insta::assert_snapshot!(text("other", can, &Addresses { delivery: None, inbound: None }), @r"
        kind       other
        reports    nothing to register: each message brings its own address
        inbound    not handed over: gateway.inbound is not set
        signature  X-Signature
        ");
    }
}
