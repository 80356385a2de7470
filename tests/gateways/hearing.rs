//! What a gateway calls us with, over HTTP: reports in any order, forgeries, and what phones write.

use std::time::Duration;

use medvirk::actions::tidy::KEEP_UNKNOWN;
use medvirk::store::messages::forget_unknown;
use reqwest::StatusCode;

use crate::contract::{Call, Said};
use crate::contracts;
use crate::installation::Installation;
use crate::support::http;

const PHONE: &str = "+4790000017";

pub(crate) async fn reports_in_any_order(at: &Installation) {
    use Said::{Buffered, Delivered, Expired, Undelivered};
    let orders = [
        (&[Buffered, Delivered][..], "delivered"),
        (&[Delivered, Buffered], "delivered"),
        (&[Undelivered, Delivered], "delivered"),
        (&[Delivered, Expired, Undelivered], "delivered"),
        (&[Undelivered, Buffered], "undelivered"),
        (&[Undelivered], "undelivered"),
        (&[Buffered, Expired], "expired"),
        (&[Expired, Buffered], "expired"),
    ];
    for (number, (said, end)) in orders.into_iter().enumerate() {
        let id = format!("m{number}");
        at.write(&id, PHONE, "accepted").await;
        let mut calls = Vec::new();
        for said in said {
            calls.push(at.report(&id, *said).await);
        }
        // What a provider cannot say, it is not expected to.
        if calls.iter().any(Option::is_none) {
            continue;
        }
        for call in calls.iter().chain(&calls).flatten() {
            assert_eq!(at.call(call.clone()).await, at.confirmed());
        }
        assert_eq!(at.state(&id).await, end, "{said:?}");
    }
}

pub(crate) async fn early_and_in_doubt(at: &Installation) {
    for state in ["sending", "uncertain", "retry_wait"] {
        at.write(state, PHONE, state).await;
        let call = at.report(state, Said::Delivered).await.unwrap();
        assert_eq!(at.call(call).await, at.confirmed());
        assert_eq!(at.state(state).await, "delivered");
    }
}

pub(crate) async fn forged(at: &Installation) {
    at.write("m1", PHONE, "accepted").await;
    at.write("m2", PHONE, "accepted").await;
    let address = at.address("m1").await;
    let mut forgeries = vec![other_end(&address), address.replace("id=m1", "id=m2"), without_secret(&address)];
    forgeries.retain(|forgery| *forgery != address);
    assert!(!forgeries.is_empty());
    for forgery in forgeries {
        let call = (at.contract.report)(&forgery, "m1", Said::Delivered).unwrap();
        assert_eq!(at.call(call).await, StatusCode::FORBIDDEN, "{forgery}");
    }
    let mut wrong = wrongly_signed((at.contract.report)(&address, "m1", Said::Delivered).unwrap());
    wrong.truncate(if at.contract.proof_is_enough { 1 } else { 2 });
    for call in wrong {
        assert_eq!(at.call(call).await, StatusCode::FORBIDDEN);
    }
    assert_eq!((at.state("m1").await, at.state("m2").await), ("accepted".to_owned(), "accepted".to_owned()));
    assert_eq!(at.reports().await, "0 kept, 0 applied");
}

pub(crate) async fn unreadable(at: &Installation) {
    at.write("m1", PHONE, "accepted").await;
    let call = at.report("m1", Said::Nonsense).await.unwrap();
    assert_eq!(at.call(call).await, StatusCode::FORBIDDEN);
    let call = Call::json(&at.address("m1").await, &serde_json::Value::Null);
    assert_eq!(at.call(call).await, StatusCode::FORBIDDEN);
    assert_eq!((at.state("m1").await, at.reports().await), ("accepted".to_owned(), "0 kept, 0 applied".to_owned()));
}

/// A message that a backup does not know, or somebody else's: kept for 72 hours and never applied by guess.
pub(crate) async fn unknown(at: &Installation) {
    at.write("m1", PHONE, "accepted").await;
    for id in ["m1", "unknown"] {
        let call = at.report(id, Said::Delivered).await.unwrap();
        assert_eq!(at.call(call).await, at.confirmed());
    }
    assert_eq!(at.reports().await, "2 kept, 1 applied");
    let counted = http().get(format!("{}/metrics", at.url)).send().await.unwrap().text().await.unwrap();
    assert!(counted.contains("medvirk_gateway_calls_total{what=\"report\",outcome=\"unknown\"} 1\n"), "{counted}");
    at.pass(Duration::from_secs(72 * 3600 + 1));
    let mut tx = at.server.app.db.begin().await.unwrap();
    assert_eq!(forget_unknown(&mut tx, at.now() - KEEP_UNKNOWN).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(at.reports().await, "1 kept, 1 applied");
}

pub(crate) async fn stop(at: &Installation) {
    at.write("m1", PHONE, "queued").await;
    at.write("m2", PHONE, "planned").await;
    at.write("m3", "+4790000018", "queued").await;
    for text in ["stopp", "STOP"] {
        assert_eq!(at.call((at.contract.inbound)(at.inbound(), PHONE, text)).await, at.confirmed());
    }
    for (id, state, stopped) in [("m1", "cancelled", "sms"), ("m2", "cancelled", "sms"), ("m3", "queued", "")] {
        assert_eq!(at.state(id).await, state);
        let by = at.text(format!("SELECT COALESCE(stopped_by, '') FROM invitations WHERE id = 'i{id}'")).await;
        assert_eq!(by, stopped);
    }
}

pub(crate) async fn other_texts(at: &Installation) {
    at.write("m1", PHONE, "queued").await;
    for text in ["Takk for det", "Ikke stopp", "", "🙂 «takk» & co", "æøå"] {
        assert_eq!(at.call((at.contract.inbound)(at.inbound(), PHONE, text)).await, at.confirmed(), "{text}");
    }
    assert_eq!(at.state("m1").await, "queued");
    assert_eq!(at.reports().await, "0 kept, 0 applied");
}

pub(crate) async fn forged_inbound(at: &Installation) {
    at.write("m1", PHONE, "queued").await;
    let wrong = at.inbound().replace("/inbound", "0/inbound");
    assert_eq!(at.call((at.contract.inbound)(&wrong, PHONE, "STOP")).await, StatusCode::FORBIDDEN);
    for call in wrongly_signed((at.contract.inbound)(at.inbound(), PHONE, "STOP")) {
        assert_eq!(at.call(call).await, StatusCode::FORBIDDEN);
    }
    assert_eq!(at.call((at.contract.inbound)(at.inbound(), "Eide", "STOP")).await, StatusCode::FORBIDDEN);
    assert_eq!(at.state("m1").await, "queued");
}

/// The address with another last character of what proves it.
fn other_end(address: &str) -> String {
    let end = address.strip_suffix("/delivery").map_or(address.len(), str::len);
    let other = if address[..end].ends_with('0') { '1' } else { '0' };
    format!("{}{other}{}", &address[..end - 1], &address[end..])
}

/// What an outsider would try: the address as the documentation has it, without the secret in it.
fn without_secret(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    if query.is_empty() {
        let (before, _) = path.trim_end_matches("/delivery").rsplit_once('/').unwrap();
        return format!("{before}/delivery");
    }
    format!("{path}?{}", query.split('&').next().unwrap())
}

/// The call with another signature and with none, if it has one.
fn wrongly_signed(call: Call) -> Vec<Call> {
    let is_signature = |(name, _): &(&str, String)| name.to_lowercase().contains("signature");
    let Some(at) = call.headers.iter().position(is_signature) else { return Vec::new() };
    let (mut other, mut none) = (call.clone(), call);
    other.headers[at].1 = other.headers[at].1.chars().rev().collect();
    none.headers.remove(at);
    vec![other, none]
}

#[tokio::test]
async fn callers_from_elsewhere_are_turned_away() {
    for (more, status) in [
        ("report_from = [\"192.0.2.0/24\"]\n", StatusCode::FORBIDDEN),
        ("report_from = [\"127.0.0.0/8\"]\n", StatusCode::NO_CONTENT),
        ("report_from = [\"127.0.0.0/8\"]\nreport_from_header = \"X-Forwarded-For\"\n", StatusCode::FORBIDDEN),
    ] {
        let at = Installation::with(&contracts::sveve::CONTRACT, more).await;
        at.write("m1", PHONE, "accepted").await;
        let call = at.report("m1", Said::Delivered).await.unwrap();
        assert_eq!(at.call(call).await, status, "{more}");
    }
    let more = "report_from = [\"192.0.2.0/24\"]\nreport_from_header = \"X-Forwarded-For\"\n";
    let at = Installation::with(&contracts::sveve::CONTRACT, more).await;
    at.write("m1", PHONE, "accepted").await;
    for (said, status) in [
        ("198.51.100.1", StatusCode::FORBIDDEN),
        ("192.0.2.1, 198.51.100.1", StatusCode::FORBIDDEN),
        ("198.51.100.1, 192.0.2.1", StatusCode::NO_CONTENT),
    ] {
        let mut call = at.report("m1", Said::Delivered).await.unwrap();
        call.headers.push(("x-forwarded-for", said.to_owned()));
        assert_eq!(at.call(call).await, status, "{said}");
    }
}

#[tokio::test]
async fn a_gateway_that_is_not_set_is_not_found() {
    let at = Installation::on_sqlite(&contracts::twilio::CONTRACT).await;
    for path in ["kannel/delivery", "sveve/secret/delivery", "sveve/secret/inbound"] {
        let call = Call::get(format!("{}/gateway/{path}", at.url));
        assert_eq!(at.call(call).await, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_keyword_stands_before_the_stop() {
    let at = Installation::with(&contracts::kannel::CONTRACT, "keyword = \"eide\"\n").await;
    at.write("m1", PHONE, "queued").await;
    assert_eq!(at.call((at.contract.inbound)(at.inbound(), PHONE, "EIDE stopp")).await, at.confirmed());
    assert_eq!(at.state("m1").await, "cancelled");
}
