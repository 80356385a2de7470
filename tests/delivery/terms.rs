//! What keeps a message from leaving: STOP, an answer, the hours, a pause, a gateway that fails.

use jiff::{SignedDuration, Timestamp};
use medvirk::actions::stop::{self, Received};
use medvirk::delivery::dispatch::Step;
use medvirk::people::phone::Phone;

use crate::provider::{ACCEPT, Manner, Provider};
use crate::support::free_ports;
use crate::world::{On, Plan, World, simulator};

const DOOR: &str = "https://svar.example.no";

crate::world::on_both_databases! {
    a_stop_that_was_committed_is_honoured,
    a_stop_ends_what_is_written_later_too,
    who_has_answered_gets_nothing_more,
    nothing_leaves_in_the_evening_on_a_sunday_or_on_a_holiday,
    what_is_planned_leaves_when_it_opens,
    a_gateway_that_refuses_us_pauses_the_campaign,
    a_gateway_that_leaves_all_in_doubt_pauses_the_campaign,
    a_slow_one_is_left_alone_before_much_is_in_doubt,
    a_gateway_that_is_away_is_asked_less_and_less,
    a_gateway_that_is_asked_too_much_is_asked_slower,
    a_large_campaign_does_not_starve_a_small_one,
    two_nodes_keep_one_pace,
}

async fn world(on: On, manner: Manner, plan: Plan) -> (World, Provider) {
    let provider = Provider::start(manner).await;
    let world = World::new(on, simulator(&provider.url, DOOR), plan).await;
    (world, provider)
}

fn phone(number: usize) -> Phone {
    Phone::from_stored(format!("+47900{number:05}"))
}

async fn a_stop_that_was_committed_is_honoured(on: On) {
    let (world, provider) = world(on, ACCEPT, Plan::of(3)).await;
    let stop = async |text: &str| stop::received(&world.db, &phone(1), text).await.unwrap();
    assert_eq!(stop("Hva er dette?").await, Received::Other);
    assert_eq!(stop("stopp!").await, Received::Stopped(1));
    assert_eq!(world.states().await, ["queued 0", "cancelled 0 STOP", "queued 0"]);
    assert_eq!(world.step().await, Step::Worked(2));
    assert!(provider.asked().iter().all(|asked| asked.to != phone(1).as_str()));
    assert_eq!(stop("STOP").await, Received::Stopped(1), "said twice, it is as well");
}

async fn a_stop_ends_what_is_written_later_too(on: On) {
    let (world, provider) = world(on, ACCEPT, Plan::of(1)).await;
    stop::received(&world.db, &phone(0), "AVSLUTT").await.unwrap();
    // As a reminder that was being written while the STOP came.
    world.execute("UPDATE messages SET state = 'queued', reason = NULL").await;
    assert_eq!(world.step().await, Step::Worked(1));
    assert_eq!(world.states().await, ["cancelled 0 STOP"]);
    assert_eq!(provider.asked().len(), 0);
}

async fn who_has_answered_gets_nothing_more(on: On) {
    let (world, provider) = world(on, ACCEPT, Plan::of(1)).await;
    world.execute("UPDATE invitations SET state = 'answered'").await;
    assert_eq!(world.step().await, Step::Worked(1));
    assert_eq!(world.states().await, ["cancelled 0 answered already"]);
    assert_eq!(provider.asked().len(), 0);
}

async fn nothing_leaves_in_the_evening_on_a_sunday_or_on_a_holiday(on: On) {
    let (world, provider) = world(on, ACCEPT, Plan::of(4)).await;
    // The clock of the story begins on Wednesday 10 June 2026 at 11:00 in Norway.
    let go = |to: &str| {
        let to: Timestamp = to.parse().unwrap();
        world.clock.advance(to.duration_since(world.clock.now()));
    };
    for closed in ["2026-06-10T18:00:00Z", "2026-06-11T05:59:59Z", "2026-06-14T10:00:00Z", "2026-12-25T10:00:00Z"] {
        go(closed);
        assert_eq!(world.step().await, Step::Idle, "{closed}");
    }
    assert_eq!(provider.asked().len(), 0);
    // Winter time: eight in the morning is an hour later by UTC.
    go("2026-12-28T06:59:59Z");
    assert_eq!(world.step().await, Step::Idle);
    world.pass(1);
    assert_eq!(world.step().await, Step::Worked(4));
}

async fn two_nodes_keep_one_pace(on: On) {
    let plan = Plan { parts_per_second: Some(20), ..Plan::of(60) };
    let (world, provider) = world(on, ACCEPT, plan).await;
    let other = world.neighbour(Some(20));
    assert_eq!(world.step().await, Step::Worked(20));
    let Step::Held(wait) = other.step().await.unwrap() else { panic!("the other node has sent a second's worth") };
    assert_eq!(wait, SignedDuration::from_millis(50));
    world.clock.advance(SignedDuration::from_millis(500));
    assert_eq!(other.step().await.unwrap(), Step::Worked(10));
    assert!(matches!(world.step().await, Step::Held(_)));
    assert_eq!(provider.asked().len(), 30);
}

async fn what_is_planned_leaves_when_it_opens(on: On) {
    let opens: Timestamp = "2026-06-12T08:00:00Z".parse().unwrap();
    let (world, _provider) = world(on, ACCEPT, Plan { due: Some(opens), ..Plan::of(2) }).await;
    assert_eq!(world.states().await, ["planned 0"; 2]);
    assert_eq!(world.step().await, Step::Idle);
    assert_eq!(world.campaign().await, "sending", "it has not sent anything yet");
    world.clock.advance(opens.duration_since(world.clock.now()) - SignedDuration::from_secs(1));
    assert_eq!(world.step().await, Step::Idle);
    world.pass(1);
    assert_eq!(world.step().await, Step::Worked(2));
    assert_eq!(world.states().await, ["accepted 1"; 2]);
}

async fn a_gateway_that_refuses_us_pauses_the_campaign(on: On) {
    let (world, provider) =
        world(on, Manner::Answer("401 No", "", ""), Plan { parts_per_second: Some(1), ..Plan::of(2) }).await;
    assert_eq!(world.step().await, Step::Worked(1));
    world.pass(2);
    assert_eq!(world.step().await, Step::Idle);
    assert_eq!(world.paused().await.as_deref(), Some("account: the gateway answered with status 401"));
    assert_eq!(world.states().await, ["retry_wait 1 the gateway answered with status 401", "queued 0"]);
    assert_eq!(provider.asked().len(), 1, "the second is not tried in vain");
    provider.now(ACCEPT);
    world.resume().await;
    assert_eq!(world.step().await, Step::Worked(1));
    world.pass(1);
    assert_eq!(world.step().await, Step::Worked(1));
    assert_eq!(world.states().await, ["accepted 2", "accepted 1"]);
}

async fn a_gateway_that_leaves_all_in_doubt_pauses_the_campaign(on: On) {
    let (world, provider) = world(on, Manner::Answer("500 Oops", "", ""), Plan::of(100)).await;
    assert_eq!(world.step().await, Step::Worked(64));
    let reason = "doubts: too many messages are in doubt: the gateway does not say what it does";
    assert_eq!(world.paused().await.as_deref(), Some(reason));
    world.pass(600);
    assert_eq!(world.step().await, Step::Idle);
    assert_eq!(provider.asked().len(), 64);
}

async fn a_slow_one_is_left_alone_before_much_is_in_doubt(on: On) {
    let plan = Plan { parts_per_second: Some(5), ..Plan::of(100) };
    let (world, provider) = world(on, Manner::Answer("500 Oops", "", ""), plan).await;
    for _ in 0..60 {
        world.step().await;
        world.pass(1);
    }
    // Ten in a row, then it was left alone, and asked once half a minute later.
    assert_eq!(provider.asked().len(), 11);
    assert_eq!(world.paused().await, None, "eleven may be left to the reminder");
}

async fn a_gateway_that_is_away_is_asked_less_and_less(on: On) {
    let [port] = free_ports();
    let world = World::new(on, simulator(&format!("http://127.0.0.1:{port}"), DOOR), Plan::of(200)).await;
    assert_eq!(world.step().await, Step::Worked(64));
    assert_eq!(world.step().await, Step::Held(SignedDuration::from_secs(30)));
    world.pass(30);
    assert_eq!(world.step().await, Step::Worked(1), "one message asks whether it is back");
    assert_eq!(world.step().await, Step::Held(SignedDuration::from_secs(60)));
}

async fn a_gateway_that_is_asked_too_much_is_asked_slower(on: On) {
    let too_much = Manner::Answer("429 Slowly", "", "");
    let (world, provider) = world(on, too_much, Plan { parts_per_second: Some(20), ..Plan::of(60) }).await;
    assert_eq!(world.step().await, Step::Worked(20));
    provider.now(ACCEPT);
    world.pass(1);
    assert_eq!(world.step().await, Step::Worked(10), "half as fast");
    assert_eq!(world.paused().await, None);
}

async fn a_large_campaign_does_not_starve_a_small_one(on: On) {
    let (world, _provider) = world(on, ACCEPT, Plan::of(1_000)).await;
    world.beside("c2", 10).await;
    world.step().await;
    world.step().await;
    let small: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM messages WHERE campaign_id = 'c2' AND state = 'accepted'")
            .fetch_one(world.db.read())
            .await
            .unwrap();
    assert_eq!(small, 10, "at the second look it came first");
}
