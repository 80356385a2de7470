//! A process that dies at any point of a step: nothing is sent twice, and nothing is lost.
//!
//! Dropping a future where it waits takes away everything that it held in memory, as a kill does; what it had asked of the
//! database and of the network is on its way all the same. `tests/chaos` kills real processes.

use std::collections::{BTreeMap, BTreeSet};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use medvirk::store::Db;
use sqlx::AssertSqlSafe;

use crate::provider::{ACCEPT, Provider};
use crate::support::eventually;
use crate::support::postgres::Database;
use crate::world::{On, Plan, World, simulator};

crate::world::on_both_databases! {
    killed_wherever_it_waits,
}

/// More than a step of two messages waits.
const MOST: usize = 500;

/// What stood in the database when the step died, what stands there in the end, and how often the message left.
type Place = (&'static str, &'static str, usize);

const PLACES: [Place; 4] = [
    // Before the commit of the claim: whoever comes next sends it.
    ("queued", "accepted", 1),
    // After it, and before a byte went out.
    ("sending", "uncertain", 0),
    // Sent, and not recorded.
    ("sending", "uncertain", 1),
    // After the commit of the record.
    ("accepted", "accepted", 1),
];
/// On a busy machine much happens between two looks, and one sweep may pass over a place.
const SWEEPS: usize = 20;

async fn killed_wherever_it_waits(on: On) {
    let provider = Provider::start(ACCEPT).await;
    let world = World::new(on, simulator(&provider.url, "https://svar.example.no"), Plan::of(0)).await;
    let mut found = BTreeMap::new();
    for number in 0..SWEEPS {
        sweep(&world, number, &mut found).await;
        let seen = seen(&world, &provider, &found).await;
        if PLACES.iter().all(|(before, after, times)| seen.contains(&((*before).into(), (*after).into(), *times))) {
            return;
        }
    }
    panic!("not every place was met");
}

/// Kills a step of two messages wherever it waits, and lets the next process go on.
async fn sweep(world: &World, number: usize, found: &mut BTreeMap<String, String>) {
    for polls in 1..MOST {
        let campaign = format!("c{number}-{polls}");
        world.beside(&campaign, 2).await;
        let finished = poll_at_most(polls, world.restarted().step()).await;
        found.extend(world.states_of(&campaign).await);
        converge(world, &campaign).await;
        if finished {
            return;
        }
    }
}

async fn seen(
    world: &World,
    provider: &Provider,
    found: &BTreeMap<String, String>,
) -> BTreeSet<(String, String, usize)> {
    let asked = provider.asked();
    let mut seen = BTreeSet::new();
    for (id, state) in world.all_states().await {
        let times = asked.iter().filter(|asked| asked.reference == id).count();
        match state.as_str() {
            "accepted" => assert_eq!(times, 1, "{id} left once"),
            "uncertain" => assert!(times <= 1, "{id} left {times} times"),
            other => panic!("{id} is {other}"),
        }
        seen.insert((found[&id].clone(), state, times));
    }
    seen
}

/// Whether the future came to its end; it is dropped otherwise.
async fn poll_at_most(times: usize, future: impl Future) -> bool {
    let mut future = pin!(future);
    let mut left = times;
    poll_fn(|context| {
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(_) => Poll::Ready(true),
            Poll::Pending if left == 0 => Poll::Ready(false),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// What the next process makes of it, without a hand.
async fn converge(world: &World, campaign: &str) {
    let next = world.restarted();
    eventually("the next process to be through", || async {
        next.recover().await.unwrap();
        next.step().await.unwrap();
        let states = world.states_of(campaign).await;
        states.values().all(|state| state != "queued" && state != "sending").then_some(())
    })
    .await;
}

/// A server that confirms commits before they are written would forget, when it crashes, what has been sent.
#[tokio::test]
async fn postgres_confirms_only_what_is_written() {
    if std::env::var_os("MEDVIRK_TEST_POSTGRES").is_none() {
        return;
    }
    let database = Database::create().await;
    let setting = async || {
        let db = Db::open(&database.url()).await.unwrap();
        let setting = sqlx::query_scalar("SELECT current_setting('synchronous_commit')");
        let setting: String = setting.fetch_one(db.read()).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let name = database.url().rsplit('/').next().unwrap().to_owned();
        let lax = format!("ALTER DATABASE {name} SET synchronous_commit = off");
        sqlx::query(AssertSqlSafe(lax)).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        db.close().await;
        setting
    };
    assert_eq!([setting().await, setting().await], ["on", "on"]);
}
