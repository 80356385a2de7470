//! A provider that behaves: everything leaves once, no faster than allowed, and reports are believed by rank.

use jiff::SignedDuration;
use medvirk::delivery::dispatch::Step;
use medvirk::delivery::gateways::{BadReport, ReportRequest};
use medvirk::delivery::receipts::{Receipt, Receipts, ReceiveError};
use medvirk::store::messages::{self, Tally};

use crate::provider::{ACCEPT, Asked, Manner, Provider};
use crate::support::eventually;
use crate::world::{LINK, On, Plan, World, kannel, simulator};

const DOOR: &str = "https://svar.example.no";

crate::world::on_both_databases! {
    a_message_leaves_once_with_its_link_and_the_campaign_opens,
    reports_are_believed_by_rank_and_once,
    a_report_that_is_forged_or_garbled_changes_nothing,
    a_report_about_an_unknown_message_is_kept,
    a_burst_of_reports_is_applied_whole,
    no_faster_than_the_throttle,
    long_messages_count_their_parts,
    what_is_made_up_never_leaves_through_a_real_gateway,
    a_made_up_person_in_a_real_campaign_is_refused_too,
    nothing_leaves_for_a_campaign_that_does_not_send,
    machines_share_the_work,
    a_stop_finishes_what_is_in_flight,
    counts_stand_by_area,
    a_gateway_that_is_busy_is_asked_again_and_later,
    a_rejected_message_is_not_tried_again,
}

async fn sent(on: On, count: usize) -> (World, Provider) {
    let provider = Provider::start(ACCEPT).await;
    let world = World::new(on, simulator(&provider.url, DOOR), Plan::of(count)).await;
    assert_eq!(world.step().await, Step::Worked(count));
    (world, provider)
}

/// What a well-behaved provider would call back with.
async fn report(receipts: &Receipts, asked: &Asked, status: &str) -> Result<Receipt, ReceiveError> {
    let query = asked.callback.split_once('?').unwrap().1;
    let body = format!(r#"{{"reference":"{}","id":"r1","status":"{status}"}}"#, asked.reference);
    receipts.receive(ReportRequest { query, body: body.as_bytes(), ..ReportRequest::default() }).await
}

async fn a_message_leaves_once_with_its_link_and_the_campaign_opens(on: On) {
    let (world, provider) = sent(on, 1).await;
    let [asked] = &provider.asked()[..] else { panic!("one request") };
    assert_eq!((asked.to.as_str(), asked.from.as_str()), ("+4790000000", "EksKommune"));
    assert_eq!(asked.text, format!("Svar her: {LINK}"));
    assert!(asked.callback.starts_with("https://svar.example.no/gateway/simulator/delivery?id=m00000&proof="));
    assert_eq!(world.states().await, ["accepted 1"]);
    assert_eq!(world.campaign().await, "sending");
    assert_eq!(world.step().await, Step::Idle);
    assert_eq!(world.campaign().await, "open");
    assert_eq!(provider.asked().len(), 1);
}

async fn reports_are_believed_by_rank_and_once(on: On) {
    let (world, provider) = sent(on, 2).await;
    let receipts = world.receipts();
    let asked = provider.asked();
    for (message, [earlier, later]) in asked.iter().zip([["undelivered", "delivered"], ["delivered", "undelivered"]]) {
        for status in [earlier, later] {
            assert_eq!(report(&receipts, message, status).await.unwrap(), Receipt::Applied);
        }
        assert_eq!(report(&receipts, message, earlier).await.unwrap(), Receipt::Repeated);
    }
    assert_eq!(world.states().await, ["delivered 1", "delivered 1"]);
}

async fn a_report_that_is_forged_or_garbled_changes_nothing(on: On) {
    let (world, provider) = sent(on, 2).await;
    let receipts = world.receipts();
    let [first, second] = &provider.asked()[..] else { panic!("two requests") };
    let swapped = Asked { callback: first.callback.replace(&first.reference, &second.reference), ..first.clone() };
    let bare = Asked { callback: format!("{DOOR}?id={}", first.reference), ..first.clone() };
    for forged in [swapped, bare] {
        let refused = report(&receipts, &forged, "delivered").await;
        assert!(matches!(refused, Err(ReceiveError::Bad(BadReport::Forged))), "{refused:?}");
    }
    for status in ["lost", "\"", ""] {
        let refused = report(&receipts, first, status).await;
        assert!(matches!(refused, Err(ReceiveError::Bad(BadReport::Malformed))), "{refused:?}");
    }
    assert_eq!(world.states().await, ["accepted 1", "accepted 1"]);
}

async fn a_report_about_an_unknown_message_is_kept(on: On) {
    let (world, provider) = sent(on, 1).await;
    world.execute("DELETE FROM messages").await;
    assert_eq!(report(&world.receipts(), &provider.asked()[0], "delivered").await.unwrap(), Receipt::Unknown);
    let kept: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM delivery_reports WHERE applied = 0 AND kind = 'delivered'")
            .fetch_one(world.db.read())
            .await
            .unwrap();
    assert_eq!(kept, 1);
}

async fn a_burst_of_reports_is_applied_whole(on: On) {
    let (world, provider) = sent(on, 60).await;
    let receipts = world.receipts();
    let asked = provider.asked();
    let burst =
        asked.iter().flat_map(|asked| [report(&receipts, asked, "delivered"), report(&receipts, asked, "delivered")]);
    let receipts: Vec<_> = futures_util::future::join_all(burst).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(receipts.iter().filter(|receipt| **receipt == Receipt::Applied).count(), 60);
    assert_eq!(world.tally().await, Tally { delivered: 60, ..Tally::default() });
}

async fn no_faster_than_the_throttle(on: On) {
    let provider = Provider::start(ACCEPT).await;
    let plan = Plan { parts_per_second: Some(10), ..Plan::of(25) };
    let world = World::new(on, simulator(&provider.url, DOOR), plan).await;
    assert_eq!(world.step().await, Step::Worked(10));
    assert_eq!(world.step().await, Step::Held(SignedDuration::from_millis(100)));
    world.pass(1);
    assert_eq!(world.step().await, Step::Worked(10));
    world.pass(3_600);
    assert_eq!(world.step().await, Step::Worked(5));
    assert_eq!(world.step().await, Step::Idle);
    assert_eq!(provider.asked().len(), 25);
}

async fn long_messages_count_their_parts(on: On) {
    let provider = Provider::start(ACCEPT).await;
    let long = format!("{} {{link}}", "a".repeat(300));
    let plan = Plan { parts_per_second: Some(7), ..Plan::texts(&[long.as_str(); 4]) };
    let world = World::new(on, simulator(&provider.url, DOOR), plan).await;
    assert_eq!(world.step().await, Step::Worked(2), "three parts each, seven a second");
    world.pass(1);
    assert_eq!(world.step().await, Step::Worked(2));
}

async fn what_is_made_up_never_leaves_through_a_real_gateway(on: On) {
    let gateway = kannel("http://127.0.0.1:1/".to_owned(), "u", "p", DOOR);
    let world = World::new(on, gateway, Plan { demo: true, ..Plan::of(2) }).await;
    assert_eq!(world.step().await, Step::Worked(2));
    let refused = "failed 0 made up for the demo: never sent through a real gateway";
    assert_eq!(world.states().await, [refused, refused]);
}

async fn a_made_up_person_in_a_real_campaign_is_refused_too(on: On) {
    let gateway = kannel("http://127.0.0.1:1/".to_owned(), "u", "p", DOOR);
    let world = World::new(on, gateway, Plan::of(2)).await;
    world
        .execute(
            "INSERT INTO employees (id, employee_number, phone, staff_responsibility, union_rep, safety_rep, demo) \
             VALUES ('e0', '1', '+4790000000', 0, 0, 0, 1)",
        )
        .await;
    world.step().await;
    let states = world.states().await;
    assert!(states[0].starts_with("failed 0"), "{states:?}");
    assert_eq!(states[1], "retry_wait 1 the gateway cannot be reached");
}

async fn nothing_leaves_for_a_campaign_that_does_not_send(on: On) {
    let provider = Provider::start(ACCEPT).await;
    let world = World::new(on, simulator(&provider.url, DOOR), Plan::of(2)).await;
    world.execute("UPDATE campaigns SET state = 'closed'").await;
    assert_eq!(world.step().await, Step::Idle);
    let mut tx = world.db.begin().await.unwrap();
    assert_eq!(messages::cancel_waiting(&mut tx, "c", "the campaign is closed").await.unwrap(), 2);
    tx.commit().await.unwrap();
    assert_eq!(world.states().await, ["cancelled 0 the campaign is closed"; 2]);
    assert_eq!(provider.asked().len(), 0);
}

async fn machines_share_the_work(on: On) {
    let provider = Provider::start(ACCEPT).await;
    let world = World::new(on, simulator(&provider.url, DOOR), Plan::of(600)).await;
    let neighbour = world.neighbour(None);
    let all = || async { (world.tally().await.accepted == 600).then_some(()) };
    tokio::join!(world.dispatcher.run(eventually("all messages", all)), neighbour.run(eventually("all messages", all)),);
    let mut references: Vec<_> = provider.asked().into_iter().map(|asked| asked.reference).collect();
    assert_eq!(references.len(), 600, "each once");
    references.sort_unstable();
    references.dedup();
    assert_eq!(references.len(), 600, "and every one");
}

async fn a_stop_finishes_what_is_in_flight(on: On) {
    let provider = Provider::start(ACCEPT).await;
    let world = World::new(on, simulator(&provider.url, DOOR), Plan::of(600)).await;
    let first = || async { (world.tally().await.accepted > 0).then_some(()) };
    world.dispatcher.run(eventually("a message", first)).await;
    assert!(world.states().await.iter().all(|state| state == "accepted 1" || state == "queued 0"));
}

async fn counts_stand_by_area(on: On) {
    let (world, provider) = sent(on, 7).await;
    report(&world.receipts(), &provider.asked()[0], "delivered").await.unwrap();
    let areas = messages::tally_by_area(world.db.read(), "c").await.unwrap();
    let totals: Vec<_> = areas.iter().map(|(area, tally)| (area.as_deref(), tally.total())).collect();
    assert_eq!(totals, [(None, 3), (Some("area1"), 2), (Some("area2"), 2)]);
    assert_eq!(areas.values().map(|tally| tally.delivered).sum::<u64>(), 1);
    assert_eq!(world.tally().await, Tally { accepted: 6, delivered: 1, ..Tally::default() });
}

async fn a_gateway_that_is_busy_is_asked_again_and_later(on: On) {
    let provider = Provider::start(Manner::Answer("503 Busy", "retry-after: 77\r\n", "")).await;
    let world = World::new(on, simulator(&provider.url, DOOR), Plan::of(1)).await;
    world.step().await;
    assert_eq!(world.states().await, ["retry_wait 1 the gateway answered with status 503"]);
    provider.now(ACCEPT);
    world.pass(76);
    assert_eq!(world.step().await, Step::Idle);
    assert_eq!(world.campaign().await, "sending");
    world.pass(1);
    assert_eq!(world.step().await, Step::Worked(1));
    assert_eq!(world.states().await, ["accepted 2"]);
}

async fn a_rejected_message_is_not_tried_again(on: On) {
    let provider = Provider::start(Manner::Answer("422 No", "", "")).await;
    let world = World::new(on, simulator(&provider.url, DOOR), Plan::of(1)).await;
    world.step().await;
    assert_eq!(world.step().await, Step::Idle);
    assert_eq!(world.states().await, ["failed 1 the gateway answered with status 422"]);
    assert_eq!(world.campaign().await, "open");
}
