//! A process that dies at any point of a step: nothing is sent twice, and nothing is lost.
//!
//! Dropping a future where it waits takes away everything that it held in memory, as a kill does; what it had asked of the
//! database and of the network is on its way all the same. `tests/chaos` kills real processes.

use std::collections::BTreeMap;
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

async fn killed_wherever_it_waits(on: On) {
    let provider = Provider::start(ACCEPT).await;
    let world = World::new(on, simulator(&provider.url, "https://svar.example.no"), Plan::of(0)).await;
    // What stood in the database when the step died, for each message.
    let mut found = BTreeMap::new();
    for polls in 1..MOST {
        let campaign = format!("c{polls}");
        world.beside(&campaign, 2).await;
        let finished = poll_at_most(polls, world.restarted().step()).await;
        found.extend(world.states_of(&campaign).await);
        converge(&world, &campaign).await;
        if finished {
            break;
        }
    }
    let asked = provider.asked();
    let mut seen = BTreeMap::new();
    for (id, state) in world.all_states().await {
        let times = asked.iter().filter(|asked| asked.reference == id).count();
        match state.as_str() {
            "accepted" => assert_eq!(times, 1, "{id} left once"),
            "uncertain" => assert!(times <= 1, "{id} left {times} times"),
            other => panic!("{id} is {other}"),
        }
        *seen.entry((found[&id].clone(), state, times)).or_insert(0) += 1;
    }
    for place in [
        // Before the commit of the claim: whoever comes next sends it.
        ("queued", "accepted", 1),
        // After it, and before a byte went out.
        ("sending", "uncertain", 0),
        // Sent, and not recorded.
        ("sending", "uncertain", 1),
        // After the commit of the record.
        ("accepted", "accepted", 1),
    ] {
        let (before, after, times) = place;
        assert!(seen.contains_key(&(before.to_owned(), after.to_owned(), times)), "{place:?} was not met: {seen:?}");
    }
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
