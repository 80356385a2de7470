//! One request, and what its answer means. Whatever happens, a provider is asked once, and no reason betrays anybody.

use std::time::Duration;

use medvirk::message::state::Outcome;

use crate::contract::{Contract, Follows, HASTY, PASSWORD, PATIENT, message};
use crate::provider::{FullQueue, Manner, Provider};

const TEXT: &str = "Svar her: https://svar.example.no/s/abcdefghjkmnpqrstuvwxyz234";

async fn send(contract: &Contract, url: &str, patience: Duration) -> Outcome {
    let outcome = contract.open(url, patience).send(&message("m1", TEXT)).await;
    if let Outcome::NotSent { reason, .. }
    | Outcome::Pause { reason, .. }
    | Outcome::Rejected { reason }
    | Outcome::Uncertain { reason } = &outcome
    {
        for secret in ["90000017", "abcdefgh", PASSWORD, "127.0.0.1", "proof"] {
            assert!(!reason.contains(secret), "{reason}");
        }
    }
    outcome
}

async fn follows(contract: &Contract, manner: Manner, patience: Duration) -> Follows {
    let provider = Provider::start(manner).await;
    let outcome = send(contract, &provider.url, patience).await;
    assert_eq!(provider.asked().len(), 1, "asked once");
    Follows::of(&outcome)
}

async fn answered(contract: &Contract, status: &str, headers: &str, body: &str) -> Follows {
    follows(contract, Manner::Answer(status.to_owned(), headers.to_owned(), body.to_owned()), PATIENT).await
}

pub(crate) async fn accepted(contract: &Contract) {
    let (status, body) = contract.accepts;
    let provider = Provider::answering(status, "", body).await;
    let reference = contract.reference.map(str::to_owned);
    assert_eq!(send(contract, &provider.url, PATIENT).await, Outcome::Accepted { reference });
    assert_eq!(provider.asked().len(), 1);
}

pub(crate) async fn documented_errors(contract: &Contract) {
    for (status, headers, body, follows) in contract.errors {
        assert_eq!(answered(contract, status, headers, body).await, *follows, "{status} {body}");
    }
}

pub(crate) async fn refused_connection(contract: &Contract) {
    let [port] = crate::support::free_ports();
    let outcome = send(contract, &format!("http://127.0.0.1:{port}"), PATIENT).await;
    assert_eq!(Follows::of(&outcome), Follows::NotSent);
}

pub(crate) async fn no_such_host(contract: &Contract) {
    let outcome = send(contract, "http://nowhere.invalid", PATIENT).await;
    assert_eq!(Follows::of(&outcome), Follows::NotSent);
}

pub(crate) async fn no_tls(contract: &Contract) {
    let provider = Provider::answering("200 OK", "", "").await;
    let outcome = send(contract, &provider.url.replace("http:", "https:"), HASTY).await;
    assert_eq!(Follows::of(&outcome), Follows::NotSent);
    assert!(provider.asked().is_empty());
}

pub(crate) async fn tls_that_never_begins(contract: &Contract) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let outcome = send(contract, &format!("https://{}", listener.local_addr().unwrap()), HASTY).await;
    assert_eq!(Follows::of(&outcome), Follows::NotSent);
}

pub(crate) async fn full_queue(contract: &Contract) {
    let queue = FullQueue::new().await;
    let outcome = send(contract, &queue.url, HASTY).await;
    assert_eq!(Follows::of(&outcome), Follows::NotSent);
}

pub(crate) async fn silence(contract: &Contract) {
    assert_eq!(follows(contract, Manner::Silence, HASTY).await, Follows::Uncertain);
}

pub(crate) async fn hang_up(contract: &Contract) {
    assert_eq!(follows(contract, Manner::HangUp, PATIENT).await, Follows::Uncertain);
}

pub(crate) async fn break_off(contract: &Contract) {
    assert_eq!(follows(contract, Manner::BreakOff, PATIENT).await, Follows::Uncertain);
}

pub(crate) async fn truncated(contract: &Contract) {
    let (status, body) = contract.accepts;
    let expected = if contract.status_decides { Follows::Accepted } else { Follows::Uncertain };
    let manner = Manner::Truncate(status.to_owned(), body.to_owned());
    assert_eq!(follows(contract, manner, PATIENT).await, expected);
    if !contract.status_decides {
        let half = body.chars().take(body.chars().count() / 2).collect::<String>();
        assert_eq!(answered(contract, status, "", &half).await, Follows::Uncertain, "{half}");
    }
}

pub(crate) async fn garbled(contract: &Contract) {
    for body in ["", "<html>OK</html>", "{}", "[]", "null", "\u{0}\u{fffd}"] {
        assert_eq!(answered(contract, "200 OK", "", body).await, Follows::Uncertain, "{body}");
    }
    assert_eq!(answered(contract, "299 Strange", "", "").await, Follows::Uncertain);
}

pub(crate) async fn server_errors(contract: &Contract) {
    for status in ["500 Internal Server Error", "502 Bad Gateway", "504 Gateway Timeout"] {
        assert_eq!(answered(contract, status, "", "").await, Follows::Uncertain, "{status}");
    }
}

pub(crate) async fn one_byte_at_a_time(contract: &Contract) {
    assert_eq!(follows(contract, Manner::Drip, HASTY).await, Follows::Uncertain);
}

/// Whether a redirection means that nothing was taken depends on the provider; it is never followed.
pub(crate) async fn redirect(contract: &Contract) {
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect"] {
        let follows = answered(contract, status, "location: /elsewhere\r\n", "").await;
        assert!(matches!(follows, Follows::Pause | Follows::Uncertain), "{status}: {follows:?}");
    }
}
