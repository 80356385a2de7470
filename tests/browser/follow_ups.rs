//! A question that opens with an answer of its own page, by keys, in a browser of today and in one that cannot look.

use serde_json::json;
use thirtyfour::Key;

use crate::app::{On, TestApp};
use crate::hand::Hand;

const SURVEY: &str = r#"
survey: follow-ups
languages: [en]
title: {en: Follow-ups}
intro: {en: Welcome.}
thanks: {en: Good.}
sms: {sender: Kommune, invitation: {en: "Answer: {link}"}}
window: {opens: 2020-06-10 09:00, closes: 2020-06-24 20:00, zone: Europe/Oslo}
scales:
  degree:
    points:
      - {value: 1, label: {en: Little}}
      - {value: 2, label: {en: Some}}
      - {value: 3, label: {en: Much}}
pages:
  - id: work
    questions:
      - {id: tired, type: yes_no, required: true, text: {en: "Are you tired?"}}
      - {id: since, type: choice, for: {tired: yes}, required: true, text: {en: "Since when?"},
         options: [{id: today, label: {en: Today}}, {id: long, label: {en: For long}}]}
      - {id: why, type: text, for: {since: long}, text: {en: "Why so long?"}}
      - {id: trust, type: scale, scale: degree, required: true, text: {en: "How much trust?"}}
      - {id: better, type: text, for: {all: [{trust: {at_most: 2}}, {tired: yes}]}, text: {en: "What would help?"}}
  - id: last
    questions:
      - {id: words, type: text, text: {en: "Anything else?"}}
"#;

/// What a browser without `:has()` makes of the style sheet: it leaves out what it cannot do.
const CANNOT_LOOK: &str = "
    for (const sheet of document.styleSheets)
        for (let at = sheet.cssRules.length - 1; at >= 0; at--)
            if (sheet.cssRules[at].cssText.includes(':has(')) sheet.deleteRule(at);";

async fn on_the_first_page() -> (TestApp, Hand) {
    let app = TestApp::start(On::Sqlite).await;
    app.open_campaign(SURVEY, 1).await;
    let hand = Hand::start().await;
    hand.open(&app.link(1)).await;
    hand.enter("Start").await;
    hand.reads(&["Are you tired?", "How much trust?"]).await;
    for hidden in ["Since when?", "Why so long?", "What would help?"] {
        hand.does_not_read(hidden).await;
    }
    (app, hand)
}

#[tokio::test]
async fn a_follow_up_opens_with_the_answer_and_closes_with_it() {
    let (app, hand) = on_the_first_page().await;
    hand.choose_by_keys("Are you tired?", "Yes").await;
    hand.reads(&["Since when?"]).await;
    hand.press(Key::Tab).await;
    let next = "return document.activeElement.name";
    assert_eq!(hand.ask::<String>(next).await, "q.since", "it comes next by keys");
    hand.press(Key::Space).await;
    hand.press(Key::Down).await;
    hand.reads(&["Why so long?"]).await;
    hand.press(Key::Tab).await;
    hand.type_here("Nights").await;
    hand.choose_by_keys("How much trust?", "Some").await;
    hand.reads(&["What would help?"]).await;
    hand.look("follow-ups").await;

    hand.choose("Are you tired?", "No").await;
    for hidden in ["Since when?", "Why so long?", "What would help?"] {
        hand.does_not_read(hidden).await;
    }
    hand.choose("Are you tired?", "Yes").await;
    assert!(hand.is_chosen("Since when?", "For long").await, "what was answered is still there");
    hand.reads(&["Why so long?", "What would help?"]).await;
    hand.enter("Next").await;
    hand.reads(&["Anything else?"]).await;

    // Back: open as it was left, and what is then hidden is not sent.
    hand.enter("Back").await;
    hand.reads(&["Since when?", "Why so long?"]).await;
    hand.does_not_read("a little more to ask").await;
    hand.choose("Are you tired?", "No").await;
    hand.does_not_read("Since when?").await;
    hand.enter("Next").await;
    hand.enter("Next").await;
    hand.enter("Send").await;
    assert_eq!(app.answered().await, json!({"tired": {"choice": "no"}, "trust": {"scale": 2}}));
}

#[tokio::test]
async fn a_follow_up_that_must_be_answered_is_complained_about_at_once() {
    let (app, hand) = on_the_first_page().await;
    hand.choose("Are you tired?", "Yes").await;
    hand.choose("How much trust?", "Much").await;
    hand.tap("Next").await;
    hand.reads(&["Something needs mending", "This question must be answered – Since when?"]).await;
    hand.look("follow-ups-missing").await;
    hand.choose("Since when?", "Today").await;
    hand.tap("Next").await;
    hand.tap("Next").await;
    hand.tap("Send").await;
    let expected = json!({"tired": {"choice": "yes"}, "since": {"choice": "today"}, "trust": {"scale": 3}});
    assert_eq!(app.answered().await, expected);
}

#[tokio::test]
async fn a_browser_that_cannot_look_gets_it_on_the_next_showing() {
    let (app, hand) = on_the_first_page().await;
    hand.ask::<()>(CANNOT_LOOK).await;
    hand.choose("Are you tired?", "Yes").await;
    hand.choose("How much trust?", "Little").await;
    hand.does_not_read("Since when?").await;
    hand.tap("Next").await;
    hand.ask::<()>(CANNOT_LOOK).await;
    hand.reads(&["Because of your answer", "Since when?", "What would help?"]).await;
    hand.does_not_read("Why so long?").await;
    hand.choose("Since when?", "For long").await;
    hand.tap("Next").await;
    hand.ask::<()>(CANNOT_LOOK).await;
    hand.reads(&["Why so long?"]).await;
    hand.write("Why so long?", "Nights").await;
    hand.tap("Next").await;
    hand.reads(&["Anything else?"]).await;
    hand.tap("Next").await;
    hand.tap("Send").await;
    let expected = json!({
        "tired": {"choice": "yes"}, "since": {"choice": "long"}, "why": {"text": "Nights"}, "trust": {"scale": 1},
    });
    assert_eq!(app.answered().await, expected);
}

/// Enter in a field presses the form's first button, which a browser of today does not show: nothing is lost by it.
#[tokio::test]
async fn enter_in_a_field_keeps_what_was_written() {
    let (app, hand) = on_the_first_page().await;
    hand.choose("Are you tired?", "Yes").await;
    hand.choose("Since when?", "For long").await;
    hand.choose("How much trust?", "Little").await;
    hand.write("Why so long?", "Nights").await;
    hand.enter_here().await;
    hand.reads(&["Are you tired?", "What would help?"]).await;
    assert_eq!(hand.written("Why so long?").await, "Nights");
    hand.tap("Next").await;
    hand.tap("Next").await;
    hand.tap("Send").await;
    assert_eq!(app.answered().await["why"], json!({"text": "Nights"}));
}
