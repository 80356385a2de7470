//! The bytes that reach a provider.

use std::fmt::Write as _;

use data_encoding::BASE64;

use crate::contract::{Contract, PASSWORD, PATIENT, message};
use crate::provider::{Asked, Provider};

const TEXTS: [&str; 3] = [
    "Blåbærsyltetøy på ÅS, 50 € [ja]: https://svar.example.no/s/abc",
    "«Midtveis» – \"ja\" & {nei} + 100 %\nhttps://svar.example.no/s/abc",
    "🙂 https://svar.example.no/s/abc",
];
/// What a client of HTTP adds by itself.
const USUAL: [&str; 4] = ["host", "content-length", "accept", "user-agent"];

pub(crate) async fn are_as_documented(contract: &Contract) {
    let (status, body) = contract.accepts;
    let mut sent = String::new();
    for text in TEXTS {
        let provider = Provider::answering(status, "", body).await;
        contract.open(&provider.url, PATIENT).send(&message("m1", text)).await;
        let asked = provider.asked();
        assert_eq!(asked.len(), usize::from(contract.carries_emoji || !text.contains('🙂')), "{text}");
        for asked in &asked {
            write(&mut sent, &provider.url, asked);
        }
    }
    insta::with_settings!({snapshot_suffix => contract.name}, { insta::assert_snapshot!("request", sent) });
}

fn write(sent: &mut String, url: &str, asked: &Asked) {
    let host = url.trim_start_matches("http://");
    let encoded = form_urlencoded::byte_serialize(url.as_bytes()).collect::<String>();
    let hide = |text: &str| {
        text.replace(PASSWORD, "[secret]").replace(host, "PROVIDER").replace(&encoded, "http%3A%2F%2FPROVIDER")
    };
    writeln!(sent, "{}", hide(&asked.line)).unwrap();
    for (name, value) in asked.headers.iter().filter(|(name, _)| !USUAL.contains(&name.as_str())) {
        let value = match value.strip_prefix("Basic ") {
            Some(encoded) => {
                let account = BASE64.decode(encoded.as_bytes()).unwrap();
                format!("Basic base64({})", String::from_utf8(account).unwrap())
            }
            None => value.clone(),
        };
        writeln!(sent, "{name}: {}", hide(&value)).unwrap();
    }
    writeln!(sent, "\n{}\n", hide(&asked.body)).unwrap();
}
