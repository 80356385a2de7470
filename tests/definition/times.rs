//! The window, the reminders and the sending hours fit each other, or the checker says what would happen.

use medvirk::definition::inspect;

/// Codes and messages for a survey with these lines in it.
fn said(reminders: &str, lines: &str) -> Vec<String> {
    let source = format!(
        r#"survey: example
languages: [nb]
title: {{nb: T}}
intro: {{nb: I}}
thanks: {{nb: T}}
sms: {{sender: Eksempel, invitation: {{nb: "{{link}}"}}, reminder: {{nb: "{{link}}"}}, reminders: [{reminders}]}}
{lines}
pages:
  - id: you
    questions:
      - {{id: words, type: text, text: {{nb: Ord?}}}}
"#
    );
    let diagnostics = inspect(source.as_bytes()).diagnostics;
    diagnostics.iter().map(|one| format!("{} {}", one.rule.code(), one.message)).collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn without_a_window_nothing_is_due_at_a_known_time() {
    assert_eq!(said("12h, 3d", "sending: {hours: \"09:00-09:01\", days: [sun]}"), NOTHING);
}

#[test]
fn the_first_hour_of_sending_is_in_and_the_last_is_out() {
    let window = |opens: &str| format!("window: {{opens: 2020-06-10 {opens}, closes: 2020-06-24 20:00}}");
    assert_eq!(said("7d", &window("08:00")), NOTHING);
    assert_eq!(said("7d", &window("19:59")), NOTHING);
    let waits =
        ["W605 the reminder waits until Thu 2020-06-18 08:00", "W605 the invitation waits until Thu 2020-06-11 08:00"];
    assert_eq!(said("7d", &window("20:00")), waits);
    let waits =
        ["W605 the reminder waits until Wed 2020-06-17 08:00", "W605 the invitation waits until Wed 2020-06-10 08:00"];
    assert_eq!(said("7d", &window("07:59")), waits);
}

#[test]
fn a_window_without_a_sending_hour_is_refused_once() {
    let lines = "window: {opens: 2020-06-13 10:00, closes: 2020-06-15 09:00}\nsending: {days: [mon]}";
    assert_eq!(
        said("1d", lines),
        ["W605 the reminder waits until Mon 2020-06-15 08:00", "W605 the invitation waits until Mon 2020-06-15 08:00"]
    );
    let lines = "window: {opens: 2020-06-13 10:00, closes: 2020-06-15 08:00}\nsending: {days: [mon]}";
    assert_eq!(said("1d", lines), ["E604 the invitation cannot leave before the window closes"]);
}

#[test]
fn sending_time_is_counted_over_days() {
    // Half an hour on Wednesday, half an hour on Thursday: enough together, not each by itself.
    let window = |closes: &str| {
        format!(
            "window: {{opens: 2020-06-10 09:00, closes: {closes}}}\nsending: {{hours: \"09:00-09:30\", days: [wed, thu]}}"
        )
    };
    assert_eq!(said("", &window("2020-06-12 20:00")), said("", &window("2020-06-11 09:30")));
    let little = "W606 the invitation has only 59 min to leave before the window closes";
    assert!(said("", &window("2020-06-11 09:29")).contains(&little.to_owned()));
    assert!(!said("", &window("2020-06-11 09:30")).iter().any(|one| one.starts_with("W606")));
}

/// Clocks go forward on 29 March 2020: 25 hours after 08:00 it is 10:00, and three days after 08:00 it is 09:00.
#[test]
fn summer_time_moves_reminders() {
    let lines = "window: {opens: 2020-03-28 08:00, closes: 2020-04-10 20:00}\nsending: {hours: \"08:00-08:30\", days: [sat, sun, mon, tue]}";
    assert_eq!(said("3d", lines), ["W605 the reminder waits until Sat 2020-04-04 08:00"]);
    let utc = "window: {opens: 2020-03-28 08:00, closes: 2020-04-10 20:00, zone: UTC}\nsending: {hours: \"08:00-08:30\", days: [sat, sun, mon, tue]}";
    assert_eq!(said("3d", utc), NOTHING);
}

#[test]
fn what_could_not_be_read_is_not_said_to_fit() {
    let zone = "window: {opens: 2020-06-14 10:00, closes: 2020-06-15 09:00, zone: Mars}";
    assert!(said("7d", zone).iter().all(|one| one.starts_with("E602")), "{:?}", said("7d", zone));
    let hours = "window: {opens: 2020-06-14 10:00, closes: 2020-06-15 07:00}\nsending: {hours: \"20:00-08:00\"}";
    assert!(said("1h", hours).iter().all(|one| one.starts_with("E603")), "{:?}", said("1h", hours));
    let backwards = "window: {opens: 2020-06-15 10:00, closes: 2020-06-14 07:00}";
    assert!(!said("1h", backwards).iter().any(|one| one.contains("60") && !one.starts_with("E601")));
    // The end of all times that there are.
    let far = "window: {opens: 9999-12-30 07:00, closes: 9999-12-30 07:30}";
    assert_eq!(said("1h", far).len(), 2, "{:?}", said("1h", far));
}
