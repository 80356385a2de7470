use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::state::{Attempt, Message, Outcome, Refused, Report, Spread, State};
use crate::campaign::held::Why;

/// No longer and no shorter.
const EVEN: Spread = Spread::NONE;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn attempt(second: i64) -> Attempt {
    Attempt { node: "n".into(), boot: "b".into(), at: at(second) }
}

fn sending() -> Message {
    Message::new(at(0), at(0)).leased(attempt(0)).unwrap()
}

fn not_sent() -> Outcome {
    Outcome::NotSent { reason: "refused".into(), retry_after: None, too_fast: false }
}

fn due(message: &Message) -> i64 {
    message.state.due().unwrap().as_second()
}

#[test]
fn the_straight_way() {
    let message = Message::new(at(10), at(10));
    assert_eq!(message.clone().leased(attempt(9)), Err(Refused::NotDue));
    let message = message.leased(attempt(10)).unwrap();
    assert_eq!(message.clone().leased(attempt(11)), Err(Refused::NotWaiting), "nobody takes it a second time");
    let accepted = Outcome::Accepted { reference: Some("r".into()) };
    let message = message.sent(&attempt(10), accepted, at(11), EVEN).unwrap();
    assert_eq!((message.state.name(), message.reference.as_deref()), ("accepted", Some("r")));
    assert_eq!(message.reported(Report::Delivered).state, State::Delivered);
}

#[test]
fn what_was_not_sent_waits_longer_each_time() {
    let mut message = Message::new(at(0), at(0));
    let mut now = 0;
    for wait in [30, 120, 300, 900, 3_600, 3_600] {
        message = message.leased(attempt(now)).unwrap().sent(&attempt(now), not_sent(), at(now), EVEN).unwrap();
        assert_eq!(due(&message), now + wait);
        now = due(&message);
    }
    assert_eq!(message.attempts, 6);
}

#[test]
fn the_gateway_may_ask_for_more_time_but_not_for_less() {
    for (asked, wait) in [(5, 30), (77, 77)] {
        let outcome = Outcome::NotSent {
            reason: String::new(),
            retry_after: Some(SignedDuration::from_secs(asked)),
            too_fast: false,
        };
        assert_eq!(due(&sending().sent(&attempt(0), outcome, at(0), EVEN).unwrap()), wait);
    }
}

#[test]
fn a_pause_loses_nothing_and_a_rejection_is_final() {
    let paused = sending()
        .sent(&attempt(0), Outcome::Pause { why: Why::Account, reason: "password".into() }, at(0), EVEN)
        .unwrap();
    assert_eq!((paused.state.name(), paused.state.reason()), ("retry_wait", Some("password")));
    let rejected = sending().sent(&attempt(0), Outcome::Rejected { reason: "number".into() }, at(0), EVEN).unwrap();
    assert_eq!(rejected.leased(attempt(9)), Err(Refused::NotWaiting));
}

#[test]
fn an_early_report_is_believed_over_the_answer() {
    for outcome in [not_sent(), Outcome::Uncertain { reason: String::new() }] {
        let message = sending().reported(Report::Delivered).sent(&attempt(0), outcome, at(1), EVEN).unwrap();
        assert_eq!(message.state, State::Delivered);
    }
}

#[test]
fn a_report_and_the_answer_come_to_the_same_in_either_order() {
    let outcomes = [
        Outcome::Accepted { reference: None },
        not_sent(),
        Outcome::Pause { why: Why::Account, reason: String::new() },
        Outcome::Rejected { reason: "number".into() },
        Outcome::Uncertain { reason: String::new() },
    ];
    for outcome in outcomes {
        for report in Report::ALL {
            let early = sending().reported(report).sent(&attempt(0), outcome.clone(), at(1), EVEN).unwrap();
            let late = sending().sent(&attempt(0), outcome.clone(), at(1), EVEN).unwrap().reported(report);
            assert_eq!(early, late, "{outcome:?} and {report:?}");
        }
    }
}

#[test]
fn a_restart_puts_in_doubt_and_the_late_answer_resolves() {
    let doubtful = sending().recovered("restarted");
    assert_eq!(doubtful.state.name(), "uncertain");
    assert_eq!(doubtful.clone().leased(attempt(9)), Err(Refused::NotWaiting));
    assert_eq!(doubtful.clone().sent(&attempt(5), not_sent(), at(6), EVEN), Err(Refused::OtherAttempt));
    let accepted = Outcome::Accepted { reference: None };
    assert_eq!(doubtful.clone().sent(&attempt(0), accepted, at(6), EVEN).unwrap().state, State::Accepted);
    assert_eq!(doubtful.reported(Report::Undelivered).state, State::Undelivered);
}

#[test]
fn a_report_shows_that_what_was_thought_unsent_was_sent() {
    let waiting = sending().sent(&attempt(0), not_sent(), at(0), EVEN).unwrap();
    let message = waiting.reported(Report::Buffered);
    assert_eq!(message.state, State::Accepted);
    assert_eq!(message.leased(attempt(999)), Err(Refused::NotWaiting));
}

#[test]
fn what_opens_later_is_planned_until_then() {
    let planned = Message::new(at(60), at(0));
    assert_eq!(planned.state, State::Planned { due: at(60) });
    assert_eq!(planned.clone().leased(attempt(60)), Err(Refused::NotWaiting));
    assert_eq!(planned.clone().released(at(59)), Err(Refused::NotDue));
    assert_eq!(planned.clone().released(at(60)).unwrap().state, State::Queued { due: at(60) });
    assert_eq!(sending().released(at(60)), Err(Refused::NotPlanned));
    assert_eq!(planned.cancelled("STOP".into()).unwrap().state.name(), "cancelled");
}

#[test]
fn what_may_have_left_cannot_be_cancelled() {
    let waiting = sending().sent(&attempt(0), not_sent(), at(0), EVEN).unwrap();
    assert_eq!(waiting.cancelled("STOP".into()).unwrap().state.reason(), Some("STOP"));
    for gone in [sending(), sending().recovered("restarted"), sending().reported(Report::Delivered)] {
        assert_eq!(gone.cancelled("STOP".into()), Err(Refused::NotWaiting));
    }
}

#[test]
fn what_is_sent_again_by_hand_cannot_come_back_by_itself() {
    let doubtful = sending().recovered("restarted");
    let given_up = doubtful.given_up("sent again".into()).unwrap();
    assert_eq!(given_up.clone().sent(&attempt(0), not_sent(), at(9), EVEN), Err(Refused::OtherAttempt));
    assert_eq!(given_up.clone().leased(attempt(9)), Err(Refused::NotWaiting));
    assert_eq!(given_up.reported(Report::Delivered).state, State::Delivered);
    assert_eq!(sending().given_up(String::new()), Err(Refused::NotInDoubt));
}

#[test]
fn retries_are_spread_by_a_fifth_at_most() {
    let drawn = (0..=u16::MAX).map(|chance| Spread::drawn(chance.to_le_bytes()));
    let wait = |spread| due(&sending().sent(&attempt(0), not_sent(), at(0), spread).unwrap());
    let (least, most) = drawn.map(wait).fold((i64::MAX, 0), |(least, most), wait| (least.min(wait), most.max(wait)));
    assert_eq!((least, most), (24, 36));
}

/// Anything that can happen to a message.
#[derive(Clone, Debug)]
enum Event {
    Lease,
    Sent(Outcome),
    Report(Report),
    Restart,
    Cancel,
    GiveUp,
}

fn outcome() -> impl Strategy<Value = Outcome> {
    let reason = || "why".to_owned();
    prop_oneof![
        Just(Outcome::Accepted { reference: None }),
        Just(Outcome::NotSent { reason: reason(), retry_after: None, too_fast: false }),
        Just(Outcome::Pause { why: Why::Account, reason: reason() }),
        Just(Outcome::Rejected { reason: reason() }),
        Just(Outcome::Uncertain { reason: reason() }),
    ]
}

fn report() -> impl Strategy<Value = Report> {
    prop::sample::select(Report::ALL.to_vec())
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => Just(Event::Lease),
        3 => outcome().prop_map(Event::Sent),
        1 => report().prop_map(Event::Report),
        1 => Just(Event::Restart),
        1 => Just(Event::Cancel),
        1 => Just(Event::GiveUp),
    ]
}

fn happen(message: &Message, event: &Event, now: Timestamp) -> Message {
    let (message, kept) = (message.clone(), message.clone());
    let current = match &message.state {
        State::Sending(attempt) | State::Uncertain { attempt, .. } => attempt.clone(),
        _ => attempt(0),
    };
    match event {
        Event::Lease => message.leased(attempt(now.as_second())).unwrap_or(kept),
        Event::Sent(outcome) => message.sent(&current, outcome.clone(), now, EVEN).unwrap_or(kept),
        Event::Report(report) => message.reported(*report),
        Event::Restart => message.recovered("restarted"),
        Event::GiveUp => message.given_up("sent again".into()).unwrap_or(kept),
        Event::Cancel => message.cancelled("STOP".into()).unwrap_or(kept),
    }
}

fn is_not_sent(event: &Event) -> bool {
    matches!(event, Event::Sent(Outcome::NotSent { .. } | Outcome::Pause { .. }))
}

proptest! {
    #[test]
    fn reports_in_any_order_end_alike(reports in prop::collection::vec(report(), 0..12).prop_shuffle()) {
        let mut sorted = reports.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let apply = |reports: &[Report]| reports.iter().fold(sending(), |message, it| message.reported(*it));
        prop_assert_eq!(apply(&reports), apply(&sorted));
    }

    #[test]
    fn only_a_known_not_sent_leads_back_to_waiting(events in prop::collection::vec(event(), 0..40)) {
        let mut message = Message::new(at(0), at(0));
        for (hour, event) in (0_i64..).zip(&events) {
            let next = happen(&message, event, at(hour * 7_200));
            if message.state.due().is_none() && next.state.due().is_some() {
                prop_assert!(is_not_sent(event), "{:?} → {:?} by {event:?}", message.state, next.state);
                prop_assert!(matches!(message.state.name(), "sending" | "uncertain"));
            }
            if message.state == State::Delivered {
                prop_assert_eq!(&next.state, &State::Delivered);
            }
            if next.attempts > message.attempts {
                prop_assert!(message.state.due().is_some() && matches!(next.state, State::Sending(_)));
            }
            message = next;
        }
    }
}
