//! The pages say what the code does.

use std::fs;
use std::path::Path;

use medvirk::config::{PublicUrl, SecretKey};
use medvirk::delivery::gateways::{Capabilities, Gateway};

use crate::contract::DOOR;

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
