//! How long one big campaign takes from the first claim to the last delivery report. Run it with
//! `cargo test --release --test delivery -- --ignored --nocapture`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::provider::Asked;
use crate::support::eventually;
use crate::world::{Door, On, Plan, World, simulator};

const PEOPLE: usize = 8_880;
/// Reports on their way at once.
const REPORTERS: usize = 64;

async fn take(
    State(queue): State<Arc<mpsc::UnboundedSender<Asked>>>,
    Json(asked): Json<Asked>,
) -> (StatusCode, String) {
    let answer = format!(r#"{{"id":"{}"}}"#, asked.reference);
    queue.send(asked).unwrap();
    (StatusCode::ACCEPTED, answer)
}

/// Takes everything and reports it delivered. Its address.
async fn phones() -> String {
    let (queue, mut asked) = mpsc::unbounded_channel::<Asked>();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().route("/simulator/send", post(take)).with_state(Arc::new(queue));
    tokio::spawn(async { axum::serve(listener, app).await });
    tokio::spawn(async move {
        let http = crate::support::http();
        let slots = Arc::new(tokio::sync::Semaphore::new(REPORTERS));
        while let Some(asked) = asked.recv().await {
            let slot = Arc::clone(&slots).acquire_owned().await.unwrap();
            tokio::spawn(report(http.clone(), asked, slot));
        }
    });
    url
}

async fn report(http: reqwest::Client, asked: Asked, _slot: tokio::sync::OwnedSemaphorePermit) {
    let body = format!(r#"{{"reference":"{}","id":"r","status":"delivered"}}"#, asked.reference);
    let answer = http.post(&asked.callback).body(body).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement: run it in release"]
async fn a_whole_municipality_in_ten_seconds() {
    let door = Door::new().await;
    let gateway = simulator(&phones().await, &door.url);
    let world = World::new(On::Sqlite, gateway, Plan::of(PEOPLE)).await;
    door.open(world.receipts());
    let start = Instant::now();
    let all = eventually("all deliveries", || async { (world.tally().await.delivered == PEOPLE as u64).then_some(()) });
    world.dispatcher.run(all).await;
    let took = start.elapsed();
    println!("{PEOPLE} messages accepted and delivered in {took:.2?}");
    assert!(took < Duration::from_secs(10), "{took:?}");
}
