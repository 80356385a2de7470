//! Delivery reports on their way to the one who sent the message.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::poll_fn;
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc::UnboundedReceiver;

use super::book::{self, Book, Due, PhoneState};
use super::lock;
use crate::people::phone::Phone;

/// Reports on their way at once.
const AT_ONCE: usize = 16;

/// How long to wait before each try after the first; after the last the report waits for the next start.
const RETRIES: [Duration; 5] = [
    Duration::from_millis(200),
    Duration::from_millis(500),
    Duration::from_secs(2),
    Duration::from_secs(5),
    Duration::from_secs(20),
];

/// Sends a report of every message that comes down `queue`, until it ends.
pub(super) async fn run(
    book: Arc<Mutex<Book>>,
    mut queue: UnboundedReceiver<usize>,
    client: Client,
    undelivered_per_thousand: u32,
) {
    let queue = poll_fn(move |context| queue.poll_recv(context));
    let (book, client) = (&book, &client);
    let report = async |index| {
        let Some(due) = lock(book).due(index) else { return };
        let state = fate(&due.to, undelivered_per_thousand);
        if !send_until_taken(client, &due, &book::id(index), state).await {
            tracing::warn!(message = %due.reference, "nobody took the delivery report");
        } else if let Err(error) = lock(book).report(index, state) {
            tracing::error!(%error, "the simulator's log cannot be written");
        }
    };
    queue.for_each_concurrent(AT_ONCE, report).await;
}

/// Whether a phone is within reach: decided by its number, so that it is the same in every run.
fn fate(phone: &Phone, undelivered_per_thousand: u32) -> PhoneState {
    let digest = Sha256::digest(phone.as_str());
    let draw = digest.iter().take(4).fold(0_u32, |draw, byte| draw << 8 | u32::from(*byte)) % 1_000;
    if draw < undelivered_per_thousand { PhoneState::Undelivered } else { PhoneState::Delivered }
}

async fn send_until_taken(client: &Client, due: &Due, id: &str, state: PhoneState) -> bool {
    let body = json!({ "reference": due.reference, "id": id, "status": state }).to_string();
    for pause in [Duration::ZERO].into_iter().chain(RETRIES) {
        tokio::time::sleep(pause).await;
        let request = client.post(&due.callback).header(CONTENT_TYPE, "application/json").body(body.clone());
        if request.send().await.is_ok_and(|answer| answer.status().is_success()) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_decides_who_is_out_of_reach() {
        let phones: Vec<_> = (0..8_880).map(|n| Phone::from_stored(format!("+47{}", 99_900_000 + n))).collect();
        let out_of_reach = |share| phones.iter().filter(|phone| fate(phone, share) == PhoneState::Undelivered).count();
        assert_eq!((out_of_reach(0), out_of_reach(1_000)), (0, 8_880));
        assert!((60..=120).contains(&out_of_reach(10)), "{}", out_of_reach(10));
    }
}
