//! Delivery reports on their way to the one who sent the message.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::poll_fn;
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use serde_json::json;
use tokio::sync::mpsc::UnboundedReceiver;

use super::book::{self, Book, Due, PhoneState};
use super::faults::{Reports, draw};
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

/// So many when some of them are late.
const AT_ONCE_SHUFFLED: usize = 1_000;
/// The longest that a shuffled report waits, in milliseconds.
const LATEST: u64 = 1_000;

/// The way of reports.
#[derive(Debug)]
pub(super) struct Reporter {
    pub(super) book: Arc<Mutex<Book>>,
    pub(super) client: Client,
    pub(super) undelivered_per_thousand: u32,
    pub(super) reports: Reports,
}

/// Sends a report of every message that comes down `queue`, until it ends.
pub(super) async fn run(reporter: Arc<Reporter>, mut queue: UnboundedReceiver<usize>) {
    let queue = poll_fn(move |context| queue.poll_recv(context));
    let at_once = if reporter.reports.shuffled { AT_ONCE_SHUFFLED } else { AT_ONCE };
    queue.for_each_concurrent(at_once, |index| reporter.report(index)).await;
}

impl Reporter {
    /// Tells the client of the message what became of it, and keeps that it was told.
    pub(super) async fn report(&self, index: usize) {
        let Some(due) = lock(&self.book).due(index) else { return };
        let state = fate(&due.to, self.undelivered_per_thousand);
        let id = book::id(index);
        if self.reports.shuffled {
            tokio::time::sleep(Duration::from_millis(u64::from(draw(&due.reference)) % LATEST)).await;
        }
        if !send_until_taken(&self.client, &due, &id, state).await {
            tracing::warn!(message = %due.reference, "nobody took the delivery report");
            return;
        }
        if self.reports.twice {
            send_until_taken(&self.client, &due, &id, state).await;
        }
        if let Err(error) = lock(&self.book).report(index, state) {
            tracing::error!(%error, "the simulator's log cannot be written");
        }
    }
}

/// Whether a phone is within reach: decided by its number, so that it is the same in every run.
fn fate(phone: &Phone, undelivered_per_thousand: u32) -> PhoneState {
    let out_of_reach = draw(phone.as_str()) % 1_000 < undelivered_per_thousand;
    if out_of_reach { PhoneState::Undelivered } else { PhoneState::Delivered }
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
