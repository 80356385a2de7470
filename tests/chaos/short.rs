//! What `./test` has time for.

use std::time::Duration;

use crate::fleet::{Fleet, On};
use crate::truth::{Figures, on_their_way, paused, unreported};

const PEOPLE: usize = 1_500;
const KILLS: usize = 6;
/// A process lives at most so long, in milliseconds.
const LIFE: u64 = 700;
/// A message that was refused for now waits half a minute at least.
const LIMIT: Duration = Duration::from_secs(150);

fn has_postgres() -> bool {
    std::env::var_os("MEDVIRK_TEST_POSTGRES").is_some()
}

#[tokio::test]
async fn killed_again_and_again_on_sqlite() {
    killed_again_and_again(On::Sqlite).await;
}

#[tokio::test]
async fn killed_again_and_again_on_postgres() {
    if has_postgres() {
        killed_again_and_again(On::Postgres(2)).await;
    }
}

async fn killed_again_and_again(on: On) {
    let mut fleet = Fleet::new(on, PEOPLE, &["--reports", "twice,early,shuffled"], 1).await;
    fleet.launch();
    for _ in 0..KILLS {
        let life = fleet.draw(LIFE);
        tokio::time::sleep(Duration::from_millis(life)).await;
        fleet.kill_one();
    }
    settle(&mut fleet, LIMIT).await;
    let figures = Figures::of(&fleet, KILLS).await;
    figures.hold();
    assert_eq!(figures.launched, PEOPLE);
}

#[tokio::test]
async fn lied_to_on_sqlite() {
    lied_to(On::Sqlite).await;
}

#[tokio::test]
async fn lied_to_on_postgres() {
    if has_postgres() {
        lied_to(On::Postgres(2)).await;
    }
}

/// What was taken and answered badly is in doubt until its report comes; too much of it pauses the campaign, until
/// somebody lets it go on.
async fn lied_to(on: On) {
    // Ids are drawn anew in each run: of 600, none is refused once in 10^13 runs.
    let faults = "accept_then_500=0.02,accept_then_reset=0.02,garbage=0.02,refuse=0.05";
    let mut fleet = Fleet::new(on, 600, &["--faults", faults, "--undelivered", "0"], 2).await;
    fleet.launch();
    let pauses = settle(&mut fleet, LIMIT).await;
    let figures = Figures::of(&fleet, 0).await;
    figures.hold();
    assert!(pauses > 0, "{figures}");
    assert!(figures.states["failed"] > 0, "{figures}");
    assert_eq!(figures.accepted + figures.states["failed"], 600, "{figures}");
}

/// Waits until all is through, and lets go on what was paused. Says how often that was.
pub(crate) async fn settle(fleet: &mut Fleet, limit: Duration) -> usize {
    let mut pauses = 0;
    let through = async || {
        for campaign in paused(&fleet.db).await {
            fleet.command(&["campaign", "resume", &campaign]);
            pauses += 1;
        }
        on_their_way(&fleet.db).await == 0
    };
    fleet.wait_for("the last message", limit, through).await;
    // A report that nobody took while everybody was dead comes again.
    fleet.is_up().await;
    fleet.restart_phones();
    fleet.wait_for("the last report", limit, async || unreported(fleet) == 0).await;
    pauses
}
