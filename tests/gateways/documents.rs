//! The pages and the command say what the code does.

use std::fs;
use std::path::Path;
use std::process::Command;

use medvirk::config::{PublicUrl, SecretKey};
use medvirk::delivery::gateways::{Capabilities, Gateway};

use crate::contract::{DOOR, PASSWORD};
use crate::contracts;

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/gateways").join(name)).unwrap()
}

#[test]
fn every_gateway_has_a_page_and_a_row_that_says_what_it_can() {
    let overview = page("README.md");
    for contract in crate::CONTRACTS {
        let settings = contract.settings("http://127.0.0.1:1");
        let gateway = Gateway::open(&settings, &SecretKey::new([7; 32]), &PublicUrl::parse(DOOR).unwrap()).unwrap();
        let Capabilities { callback_per_message, signature, .. } = gateway.capabilities();
        let reports = if callback_per_message { "each message" } else { "one address" };
        let row = format!("| [`{0}`]({0}.md) | {reports} | {1} |", gateway.name(), signature.unwrap_or("no"));
        assert!(overview.contains(&row), "{row}");
        let page = page(&format!("{}.md", gateway.name()));
        for heading in ["## Settings", "## At the provider", "## What its answers become", "## Limits"] {
            assert!(page.contains(heading), "{}: {heading}", gateway.name());
        }
    }
}

#[test]
fn the_command_shows_what_to_register_and_no_password() {
    let folder = tempfile::tempdir().unwrap();
    let settings = contracts::link::CONTRACT.settings.replace("URL", DOOR);
    let file = format!("public_url = \"{DOOR}\"\n[gateway]\nkind = \"link\"\n{settings}");
    fs::write(folder.path().join("medvirk.toml"), file).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_medvirk"));
        let done = command.current_dir(&folder).arg("gateway").args(arguments).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).unwrap()
    };
    let shown = run(&[]);
    let value: serde_json::Value = serde_json::from_str(&run(&["--format", "json"])).unwrap();
    let registered = value["register"]["delivery"].as_str().unwrap();
    assert!(registered.starts_with("https://svar.example.no/gateway/link/") && registered.ends_with("/delivery"));
    assert!(shown.contains(registered) && !shown.contains(PASSWORD) && !value.to_string().contains(PASSWORD));
}
