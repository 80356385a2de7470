//! What `./chaos` takes its time for. Each story prints a row of its table, and fails when the promise is broken.
#![expect(clippy::print_stdout, reason = "the table is what `./chaos` is run for")]

use std::process::Command;
use std::time::{Duration, Instant};

use crate::fleet::{Fleet, On};
use crate::short::settle;
use crate::truth::{Figures, on_their_way};

const PEOPLE: usize = 8_880;
/// A process lives at most so long, in milliseconds: a launch takes it some seconds.
const LIFE: u64 = 1_200;
/// Longer than a message may be held (`delivery::dispatch`).
const PAST_THE_LEASE: Duration = Duration::from_secs(130);
const SENDERS: usize = 3;
/// What was refused for now three times has waited for seven minutes.
const LIMIT: Duration = Duration::from_mins(20);

#[tokio::test]
#[ignore = "takes minutes: ./chaos"]
async fn a_hundred_kills_on_sqlite() {
    let start = Instant::now();
    let mut fleet = Fleet::new(On::Sqlite, PEOPLE, &["--reports", "twice,early,shuffled"], seed()).await;
    let kills = kills();
    kill(&mut fleet, kills).await;
    settle(&mut fleet, LIMIT).await;
    tell("SQLite", &Figures::of(&fleet, kills).await, start);
}

#[tokio::test]
#[ignore = "takes minutes: ./chaos"]
async fn a_hundred_kills_a_frozen_node_and_restarts_of_postgres() {
    let start = Instant::now();
    let mut fleet = Fleet::new(On::Postgres(SENDERS), PEOPLE, &["--reports", "twice,early,shuffled"], seed()).await;
    let kills = kills();
    kill(&mut fleet, kills / 3).await;
    restart_postgres(&fleet).await;
    kill(&mut fleet, kills / 3).await;

    // It wakes up when others have long taken over; meanwhile they are killed as well.
    let frozen = fleet.nodes.pop().unwrap();
    fleet.launch();
    tokio::time::sleep(Duration::from_millis(500)).await;
    frozen.signal("-STOP");
    let since = Instant::now();
    kill(&mut fleet, kills - 2 * (kills / 3)).await;
    tokio::time::sleep(PAST_THE_LEASE.saturating_sub(since.elapsed())).await;
    frozen.signal("-CONT");
    fleet.nodes.push(frozen);
    fleet.launch();
    tokio::time::sleep(Duration::from_millis(500)).await;
    restart_postgres(&fleet).await;

    settle(&mut fleet, LIMIT).await;
    // Whoever is frozen leaves as much behind as who is killed; a database that restarts can cost every sender's answers.
    let deaths = kills + 1 + 2 * SENDERS;
    tell("PostgreSQL, three senders", &Figures::of(&fleet, deaths).await, start);
}

#[tokio::test]
#[ignore = "takes minutes: ./chaos"]
async fn lied_to_for_a_whole_launch() {
    let start = Instant::now();
    let faults = "accept_then_500=0.005,accept_then_reset=0.005,accept_then_silence=0.002,garbage=0.005,slow=0.002,\
                  too_many=0.0003,busy=0.01,refuse=0.005";
    let seed = seed();
    let manners = ["--reports", "twice,early,shuffled", "--faults", faults, "--seed", &seed.to_string()];
    let mut fleet = Fleet::new(On::Sqlite, PEOPLE, &manners, seed).await;
    fleet.launch();
    let pauses = settle(&mut fleet, LIMIT).await;
    let figures = Figures::of(&fleet, 0).await;
    println!("{pauses} pauses, each ended by hand");
    assert!(pauses > 0, "{figures}");
    tell("SQLite, a gateway with every fault", &figures, start);
}

/// Kills senders at random moments, with a launch on its way all the time.
async fn kill(fleet: &mut Fleet, kills: usize) {
    for _ in 0..kills {
        if on_their_way(&fleet.db).await == 0 {
            fleet.launch();
        }
        let life = fleet.draw(LIFE);
        tokio::time::sleep(Duration::from_millis(life)).await;
        fleet.kill_one();
    }
}

/// As after a crash: nobody is told to finish.
async fn restart_postgres(fleet: &Fleet) {
    let command = std::env::var("MEDVIRK_TEST_POSTGRES_RESTART").unwrap();
    assert!(Command::new(command).status().unwrap().success());
    fleet.is_up().await;
}

fn tell(story: &str, figures: &Figures, start: Instant) {
    println!("{figures}");
    let Figures { kills, launched, accepted, doubled, lost, mistaken, doubts, .. } = figures;
    let (lost, bound, took) = (lost + mistaken, figures.bound(), start.elapsed().as_secs());
    println!("| {story} | {kills} | {launched} | {accepted} | {doubled} | {lost} | {doubts} | {bound} | {took} s |");
    figures.hold();
}

fn kills() -> usize {
    number("MEDVIRK_TEST_KILLS", 100)
}

fn seed() -> u64 {
    number("MEDVIRK_TEST_SEED", 1)
}

fn number<T: std::str::FromStr>(variable: &str, otherwise: T) -> T {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}
