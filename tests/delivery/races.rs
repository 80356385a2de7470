//! STOP against machines that are sending, many at once.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use medvirk::actions::stop;
use medvirk::delivery::dispatch::Step;
use medvirk::people::phone::Phone;

use crate::provider::{ACCEPT, Provider};
use crate::world::{On, Plan, World, simulator};

const PEOPLE: usize = 600;

crate::world::on_both_databases! {
    a_stop_that_was_first_wins,
}

/// Everybody says STOP while two machines send. Whose message had not been taken when the STOP was committed gets nothing,
/// then or by what is written later.
async fn a_stop_that_was_first_wins(on: On) {
    let provider = Provider::start(ACCEPT).await;
    let world = World::new(on, simulator(&provider.url, "https://svar.example.no"), Plan::of(PEOPLE)).await;
    let neighbour = world.neighbour(None);
    let sending = async |dispatcher: &medvirk::delivery::dispatch::Dispatcher| {
        while dispatcher.step().await.unwrap() != Step::Idle {}
    };
    // Those who are sent to last say it first, so that both sides win some.
    let stopping = join_all((0..4).map(|lane| say_stop(&world, lane)));
    let (saved, ..) = tokio::join!(stopping, sending(&world.dispatcher), sending(&neighbour));
    let saved: BTreeSet<String> = saved.into_iter().flatten().collect();
    let asked = || provider.asked().into_iter().map(|asked| asked.reference).collect::<Vec<_>>();
    let reached: BTreeSet<String> = asked().into_iter().collect();
    assert_eq!(reached.len(), asked().len(), "nobody twice");
    assert!(saved.is_disjoint(&reached), "{:?}", saved.intersection(&reached).collect::<Vec<_>>());
    assert!(!saved.is_empty() && !reached.is_empty(), "{} said it in time, {} did not", saved.len(), reached.len());

    // As reminders that were being written while the STOPs came.
    world.execute("UPDATE messages SET state = 'queued', reason = NULL").await;
    sending(&world.dispatcher).await;
    assert_eq!(asked().len(), reached.len());
    assert!(world.states().await.iter().all(|state| state.starts_with("cancelled") && state.ends_with("STOP")));
}

/// Gives the messages that had not been taken when their STOP was committed.
async fn say_stop(world: &World, lane: usize) -> Vec<String> {
    let mut saved = Vec::new();
    for number in (0..PEOPLE).rev().filter(|number| number % 4 == lane) {
        let phone = Phone::from_stored(format!("+47900{number:05}"));
        stop::received(&world.db, &phone, "STOP").await.unwrap();
        let id = format!("m{number:05}");
        if world.state_of(&id).await == "cancelled" {
            saved.push(id);
        }
    }
    saved
}
