//! Whatever may have been sent stands as uncertain, and is never sent again by itself.

use jiff::SignedDuration;
use medvirk::delivery::dispatch::Step;
use medvirk::delivery::gateways::ReportRequest;

use crate::provider::{ACCEPT, Manner, Provider};
use crate::support::free_ports;
use crate::world::{On, Plan, World, simulator};

const DOOR: &str = "https://svar.example.no";

crate::world::on_both_databases! {
    an_answer_that_does_not_come_whole_leaves_doubt,
    a_report_ends_the_doubt,
    nobody_listening_means_not_sent,
    a_redirect_is_not_followed,
    a_process_that_dies_while_sending_leaves_doubt,
    who_slept_over_its_lease_does_not_send,
    what_another_machine_holds_is_in_doubt_only_after_long,
}

async fn misbehaving(on: On, manner: Manner) -> (World, Provider) {
    let provider = Provider::start(manner).await;
    let world = World::new(on, simulator(&provider.url, DOOR), Plan::of(1)).await;
    assert_eq!(world.step().await, Step::Worked(1));
    (world, provider)
}

async fn an_answer_that_does_not_come_whole_leaves_doubt(on: On) {
    let broken = "uncertain 1 the connection broke before the gateway's answer";
    let unreadable = "uncertain 1 the gateway's answer cannot be read";
    let cases = [
        (Manner::HangUp, broken),
        (Manner::BreakOff, broken),
        (Manner::Silence, "uncertain 1 the gateway did not answer in time"),
        (Manner::Answer("202 Accepted", "", "<html>"), unreadable),
        (Manner::Answer("garbage", "", ""), broken),
        (
            Manner::Answer("200 OK", "", "Welcome to the café's network"),
            "uncertain 1 the gateway answered with status 200",
        ),
        (Manner::Answer("500 Oops", "", ""), "uncertain 1 the gateway answered with status 500"),
        (Manner::Answer("502 Oops", "", ""), "uncertain 1 the gateway answered with status 502"),
        (Manner::Answer("504 Oops", "", ""), "uncertain 1 the gateway answered with status 504"),
    ];
    for (manner, expected) in cases {
        let (world, provider) = misbehaving(on, manner.clone()).await;
        assert_eq!(world.states().await, [expected], "{manner:?}");
        provider.now(ACCEPT);
        world.pass(86_400);
        assert_eq!(world.step().await, Step::Idle);
        assert_eq!(provider.asked().len(), 1, "{manner:?} is not sent again");
    }
}

async fn a_report_ends_the_doubt(on: On) {
    let (world, provider) = misbehaving(on, Manner::HangUp).await;
    let asked = &provider.asked()[0];
    let query = asked.callback.split_once('?').unwrap().1;
    let body = format!(r#"{{"reference":"{}","id":"r","status":"delivered"}}"#, asked.reference);
    world.receipts().receive(ReportRequest { query, body: body.as_bytes(), ..ReportRequest::default() }).await.unwrap();
    assert_eq!(world.states().await, ["delivered 1"]);
}

async fn nobody_listening_means_not_sent(on: On) {
    let [port] = free_ports();
    let world = World::new(on, simulator(&format!("http://127.0.0.1:{port}"), DOOR), Plan::of(1)).await;
    for (attempt, wait) in [(1, 30), (2, 120), (3, 300)] {
        assert_eq!(world.step().await, Step::Worked(1));
        assert_eq!(world.states().await, [format!("retry_wait {attempt} the gateway cannot be reached")]);
        // A retry is spread by a fifth, to both sides.
        world.pass(wait * 4 / 5 - 1);
        assert_eq!(world.step().await, Step::Idle);
        world.pass(wait * 2 / 5 + 1);
    }
}

async fn a_redirect_is_not_followed(on: On) {
    let (world, provider) = misbehaving(on, Manner::Answer("307 Elsewhere", "location: /\r\n", "")).await;
    assert_eq!(world.states().await, ["retry_wait 1 the gateway answered with status 307"]);
    assert_eq!(provider.asked().len(), 1);
}

async fn a_process_that_dies_while_sending_leaves_doubt(on: On) {
    let provider = Provider::start(Manner::Silence).await;
    let world = World::new(on, simulator(&provider.url, DOOR), Plan::of(1)).await;
    // The step is dropped as soon as the provider has the request: what a kill looks like from the outside.
    let asked = crate::support::eventually("the request", || async { provider.asked().pop() });
    tokio::select! {
        _ = world.dispatcher.step() => panic!("the provider answered"),
        _ = asked => {}
    }
    assert_eq!(world.states().await, ["sending 1"], "committed before a byte went out");
    assert_eq!(world.dispatcher.recover().await.unwrap(), 0, "a living process keeps what it holds");

    let restarted = world.restarted();
    assert_eq!(restarted.recover().await.unwrap(), 1);
    assert_eq!(restarted.recover().await.unwrap(), 0);
    assert_eq!(world.states().await, ["uncertain 1 the program stopped while it was being sent"]);
    assert_eq!(restarted.step().await.unwrap(), Step::Idle);
    assert_eq!(world.campaign().await, "open");
    assert_eq!(provider.asked().len(), 1);
}

async fn who_slept_over_its_lease_does_not_send(on: On) {
    let provider = Provider::start(ACCEPT).await;
    let world = World::new(on, simulator(&provider.url, DOOR), Plan::of(1)).await;
    assert_eq!(world.sleepy().step().await.unwrap(), Step::Worked(1));
    assert_eq!(world.states().await, ["retry_wait 1 it was held too long to be sent"]);
    assert_eq!(provider.asked().len(), 0, "others may believe that nobody sends it");
}

async fn what_another_machine_holds_is_in_doubt_only_after_long(on: On) {
    let provider = Provider::start(ACCEPT).await;
    let world = World::new(on, simulator(&provider.url, DOOR), Plan::of(1)).await;
    world.step().await;
    world.execute("UPDATE messages SET state = 'sending', attempt_node = 'other', attempt_boot = 'b'").await;
    assert_eq!(world.dispatcher.recover().await.unwrap(), 0);
    world.clock.advance(SignedDuration::from_secs(121));
    assert_eq!(world.dispatcher.recover().await.unwrap(), 1);
}

/// What the gateway took is known to the one who asked it and to nobody else.
#[tokio::test]
async fn a_database_that_is_away_when_the_answers_come_is_waited_for() {
    let provider = Provider::start(ACCEPT).await;
    let world = World::new(On::Sqlite, simulator(&provider.url, DOOR), Plan::of(3)).await;
    let away = "CREATE TRIGGER away BEFORE UPDATE ON messages WHEN NEW.state = 'accepted' BEGIN SELECT RAISE(ABORT, 'away'); END";
    world.execute(away).await;
    let back = async {
        tokio::time::sleep(std::time::Duration::from_millis(800)).await;
        assert_eq!(world.states().await, ["sending 1"; 3]);
        world.execute("DROP TRIGGER away").await;
    };
    let (step, ()) = tokio::join!(world.step(), back);
    assert_eq!(step, Step::Worked(3));
    assert_eq!(world.states().await, ["accepted 1"; 3]);
}
