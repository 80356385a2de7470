//! Reports in every order, before and after the gateway's own answer, twice, about unknown messages, and very many at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock};

use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use futures_util::future::join_all;
use medvirk::delivery::gateways::ReportRequest;
use medvirk::delivery::receipts::{Receipt, Receipts};
use tokio::net::TcpListener;

use crate::provider::{ACCEPT, Asked, Provider};
use crate::world::{On, Plan, World, kannel, simulator};

const DOOR: &str = "https://svar.example.no";
/// Kannel's: delivered, failed, buffered, taken, refused.
const TYPES: [u8; 5] = [1, 2, 4, 8, 16];

crate::world::on_both_databases! {
    every_order_comes_to_the_same,
    ten_thousand_in_a_burst,
}

/// Query and body of a callback.
type Call = (String, Vec<u8>);

/// A Kannel that reports a part of each message's reports before it answers.
#[derive(Clone, Default)]
struct Smsbox {
    receipts: Arc<OnceLock<Receipts>>,
    /// For each number, the types of its reports, and how many of them come before the answer.
    orders: Arc<BTreeMap<String, (Vec<u8>, usize)>>,
    /// Where to report, and what.
    late: Arc<Mutex<Vec<Call>>>,
}

async fn take(State(smsbox): State<Smsbox>, Query(query): Query<BTreeMap<String, String>>) -> StatusCode {
    let (types, early) = &smsbox.orders[&query["to"]];
    let (before, after) = types.split_at(*early);
    let address = &query["dlr-url"];
    for kind in before {
        report(smsbox.receipts.get().unwrap(), address, *kind).await;
    }
    smsbox.late.lock().unwrap().push((address.clone(), after.to_vec()));
    StatusCode::ACCEPTED
}

/// One report, and once more.
async fn report(receipts: &Receipts, address: &str, kind: u8) {
    let query = address.split_once('?').unwrap().1.replace("%d", &kind.to_string());
    let once = || receipts.receive(ReportRequest { query: &query, ..ReportRequest::default() });
    assert_eq!(once().await.unwrap(), Receipt::Applied);
    assert_eq!(once().await.unwrap(), Receipt::Repeated);
}

/// Every order of every selection of reports.
fn orders() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = vec![Vec::new()];
    let mut next = 0;
    while let Some(order) = all.get(next).cloned() {
        let longer = TYPES.into_iter().filter(|kind| !order.contains(kind));
        all.extend(longer.map(|kind| [order.clone(), vec![kind]].concat()));
        next += 1;
    }
    all
}

async fn every_order_comes_to_the_same(on: On) {
    let orders = orders();
    assert_eq!(orders.len(), 326);
    let plan = Plan::of(orders.len());
    let split = |(index, order): (usize, &Vec<u8>)| (order.clone(), index % (order.len() + 1));
    let numbers = plan.messages.iter().map(|(number, _)| number.clone());
    let orders: BTreeMap<_, _> = numbers.zip(orders.iter().enumerate().map(split)).collect();
    let smsbox = Smsbox { orders: Arc::new(orders.clone()), ..Smsbox::default() };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let app = Router::new().route("/", get(take)).with_state(smsbox.clone());
    tokio::spawn(async { axum::serve(listener, app).await });
    let world = World::new(on, kannel(url, "u", "p", DOOR), plan).await;
    let receipts = world.receipts();
    smsbox.receipts.set(receipts.clone()).ok().unwrap();

    while world.tally().await.waiting > 0 {
        world.step().await;
    }
    let late = std::mem::take(&mut *smsbox.late.lock().unwrap());
    join_all(late.iter().map(async |(address, types)| {
        for kind in types {
            report(&receipts, address, *kind).await;
        }
    }))
    .await;

    let mut came_to: BTreeMap<BTreeSet<u8>, BTreeSet<String>> = BTreeMap::new();
    for (number, (order, _)) in &orders {
        let state = world.state_of(&format!("m{}", &number[6..])).await;
        came_to.entry(order.iter().copied().collect()).or_default().insert(state);
    }
    assert_eq!(came_to.len(), 32);
    for (reports, states) in came_to {
        let expected = if reports.contains(&1) {
            "delivered"
        } else if reports.contains(&2) || reports.contains(&16) {
            "undelivered"
        } else {
            "accepted"
        };
        assert_eq!(states, BTreeSet::from([expected.to_owned()]), "{reports:?}");
    }
}

async fn ten_thousand_in_a_burst(on: On) {
    let provider = Provider::start(ACCEPT).await;
    let world = World::new(on, simulator(&provider.url, DOOR), Plan::of(2_500)).await;
    while world.tally().await.waiting > 0 {
        world.step().await;
    }
    world.execute("DELETE FROM messages WHERE id < 'm00100'").await;
    let receipts = world.receipts();
    let asked = provider.asked();
    let burst = (0..4).flat_map(|_| &asked).map(|asked| delivered(&receipts, asked));
    let came_to = join_all(burst).await;
    let count = |receipt| came_to.iter().filter(|came_to| **came_to == receipt).count();
    assert_eq!([Receipt::Applied, Receipt::Unknown, Receipt::Repeated].map(count), [2_400, 100, 7_500]);
    assert_eq!(world.tally().await.delivered, 2_400);
}

async fn delivered(receipts: &Receipts, asked: &Asked) -> Receipt {
    let query = asked.callback.split_once('?').unwrap().1;
    let body = format!(r#"{{"reference":"{}","id":"r1","status":"delivered"}}"#, asked.reference);
    receipts.receive(ReportRequest { query, body: body.as_bytes(), ..ReportRequest::default() }).await.unwrap()
}
