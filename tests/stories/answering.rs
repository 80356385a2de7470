//! An employee opens the link and answers.

use jiff::SignedDuration;
use medvirk::actions::campaign::Exit;
use medvirk::actions::{campaign, remind};
use medvirk::web::App;
use reqwest::StatusCode;

use crate::app::{MIDWAY, TestApp, on_both};

on_both![
    an_employee_answers_and_the_answer_counts,
    opening_a_link_changes_nothing,
    a_second_submit_changes_nothing,
    the_link_reopens_where_one_left_on_any_phone,
    back_restores_what_a_changed_answer_hides_and_it_is_never_stored,
    what_is_missing_is_said_and_nothing_typed_is_lost,
    nothing_is_sent_before_everything_required_is_there,
    two_phones_on_one_link_do_not_destroy_each_other,
    a_closed_campaign_says_so_kindly,
    answering_ends_at_the_closing_time,
    whoever_has_begun_at_the_closing_time_has_another_hour,
    the_hour_of_grace_ends_and_hrs_own_closing_ends_at_once,
    no_message_leaves_in_the_hour_of_grace,
    a_draft_is_kept_for_fourteen_days,
    a_survey_that_is_answered_in_english_stays_english,
];

async fn an_employee_answers_and_the_answer_counts(app: TestApp) {
    app.open_campaign(MIDWAY, 3).await;
    let mut phone = app.phone(1);
    let start = phone.open().await;
    assert!(start.has("Eksempel kommune") && start.has("færre enn 5 svar"));
    let last = phone.answer_everything(&[("redeployment", "now"), ("overall_words", "Det gikk fint")]).await;
    assert!(last.has("Send inn"), "{}", last.html);
    assert_eq!(app.count("SELECT COUNT(*) FROM envelopes").await, 0, "nothing is sent before one presses Send");
    let thanks = phone.send().await;
    assert_eq!(thanks.status, StatusCode::OK);
    assert!(thanks.has("Takk"));
    assert_eq!(app.count("SELECT COUNT(*) FROM envelopes").await, 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM drafts").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM invitations WHERE state = 'answered'").await, 1);
    assert_eq!(app.answered().await["overall_words"]["text"], "Det gikk fint");
}

async fn opening_a_link_changes_nothing(app: TestApp) {
    app.open_campaign(MIDWAY, 2).await;
    let mut phone = app.phone(1);
    for page in ["you", "staffing", "send", "start", "no_such_page", "home_office"] {
        phone.open().await;
        assert_eq!(phone.go(page).await.status, StatusCode::OK, "{page}");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM drafts").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM invitations WHERE state <> 'invited'").await, 0);
}

async fn a_second_submit_changes_nothing(app: TestApp) {
    app.open_campaign(MIDWAY, 2).await;
    let mut phone = app.phone(1);
    phone.answer_everything(&[]).await;
    phone.send().await;
    let again = phone.send().await;
    assert!(again.has("Takk"));
    let reopened = phone.open().await;
    assert!(reopened.has("Takk"));
    let address = format!("{}?p=you", phone.link);
    let late = phone.browser.post(&address, &[("shown", "union_rep"), ("q.union_rep", "yes")]).await;
    assert_eq!(late.status, StatusCode::OK);
    assert_eq!(app.count("SELECT COUNT(*) FROM envelopes").await, 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM drafts").await, 0);
}

async fn the_link_reopens_where_one_left_on_any_phone(app: TestApp) {
    app.open_campaign(MIDWAY, 2).await;
    let mut phone = app.phone(1);
    phone.open().await;
    phone.go("you").await;
    let yes = [
        ("q.staff_responsibility", "yes"),
        ("q.union_rep", "no"),
        ("q.safety_rep", "no"),
        ("q.health_background", "no"),
    ];
    phone.answer(&yes).await;
    let mut another = app.phone(1);
    another.open().await;
    assert_eq!(another.at, "?p=staffing");
    let back = another.go("you").await;
    assert!(back.html.contains("checked"), "what was answered on the first phone is there on the second");
}

async fn back_restores_what_a_changed_answer_hides_and_it_is_never_stored(app: TestApp) {
    app.open_campaign(MIDWAY, 2).await;
    let mut phone = app.phone(1);
    let secret = "Vi manglet smittevernutstyr";
    let leader = [("staff_responsibility", "yes"), ("staffing", "no"), ("staffing_how", secret)];
    phone.answer_everything(&leader).await;
    phone.go("staffing").await;
    let next = phone.answer(&[("q.staffing", "yes"), ("q.staffing_how", secret)]).await;
    assert!(!next.has(secret));
    let back = phone.go("staffing").await;
    assert!(!back.has(secret), "hidden while it does not apply");
    let restored = phone.answer(&[("q.staffing", "no")]).await;
    assert!(restored.has(secret), "back where it was: {}", restored.html);
    phone.answer(&[("q.staffing", "yes"), ("q.staffing_how", secret)]).await;
    phone.answer_everything(&[("staff_responsibility", "yes"), ("staffing", "yes")]).await;
    phone.send().await;
    let answers = app.answered().await;
    assert!(answers.get("staffing_how").is_none() && answers.get("staffing").is_some(), "{answers}");
}

async fn what_is_missing_is_said_and_nothing_typed_is_lost(app: TestApp) {
    app.open_campaign(MIDWAY, 2).await;
    let mut phone = app.phone(1);
    phone.open().await;
    phone.go("you").await;
    let page = phone.answer(&[("q.union_rep", "yes")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("role=\"alert\"") || page.has("aria-labelledby=\"errors\""), "{}", page.html);
    let union_rep = page.html.split("name=\"q.union_rep\"").nth(1).unwrap();
    assert!(union_rep.contains("checked"), "the answer that was given is still there");
    assert_eq!(app.count("SELECT COUNT(*) FROM drafts").await, 0);
}

async fn nothing_is_sent_before_everything_required_is_there(app: TestApp) {
    app.open_campaign(MIDWAY, 2).await;
    let mut phone = app.phone(1);
    let page = phone.send().await;
    assert_eq!(phone.at, "?p=you");
    assert_eq!(page.status, StatusCode::OK);
    phone.go("home_office").await;
    phone.answer(&[("q.home_office", "yes")]).await;
    phone.send().await;
    assert_eq!(phone.at, "?p=you", "sending leads to what is missing");
    assert_eq!(app.count("SELECT COUNT(*) FROM envelopes").await, 0);
}

async fn two_phones_on_one_link_do_not_destroy_each_other(app: TestApp) {
    app.open_campaign(MIDWAY, 2).await;
    let (mut one, mut other) = (app.phone(1), app.phone(1));
    one.go("you").await;
    other.go("home_office").await;
    let you = [
        ("q.staff_responsibility", "no"),
        ("q.union_rep", "yes"),
        ("q.safety_rep", "no"),
        ("q.health_background", "no"),
    ];
    tokio::join!(one.answer(&you), other.answer(&[("q.home_office", "yes")]));
    assert!(one.go("you").await.has("checked"));
    assert!(one.go("home_office").await.has("checked"));
}

async fn a_closed_campaign_says_so_kindly(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 2).await;
    let mut phone = app.phone(1);
    phone.go("home_office").await;
    phone.answer(&[("q.home_office", "yes")]).await;
    campaign::close(app.db(), &app.app().ports, "hr".into(), &id).await.unwrap();
    let page = phone.open().await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.has("Midtveisevaluering"));
    assert_eq!(app.count("SELECT COUNT(*) FROM drafts").await, 0, "what was not sent in is gone");
}

async fn a_survey_that_is_answered_in_english_stays_english(app: TestApp) {
    app.open_campaign(MIDWAY, 2).await;
    let mut phone = app.phone(1);
    "?p=home_office&lang=en".clone_into(&mut phone.at);
    phone.answer(&[("q.home_office", "yes")]).await;
    assert!(phone.at.contains("lang=en"));
    let reopened = phone.open().await;
    assert!(reopened.has("lang=\"en\""), "{}", reopened.html);
}

/// The clock of these stories stands at 11:00 on 10 June 2020, Norwegian time.
fn with_window() -> String {
    let window = "minimum_group: 5\nwindow: {opens: 2020-06-10 09:00, closes: 2020-06-24 20:00, zone: Europe/Oslo}";
    MIDWAY.replacen("minimum_group: 5", window, 1)
}

async fn answering_ends_at_the_closing_time(app: TestApp) {
    app.open_campaign(&with_window(), 2).await;
    let mut phone = app.phone(1);
    assert!(phone.open().await.has("24. juni"));
    phone.go("home_office").await;
    phone.answer(&[("q.home_office", "yes")]).await;
    app.clock.advance(SignedDuration::from_hours(24 * 14 + 6));
    assert_eq!(phone.open().await.status, StatusCode::OK, "five in the afternoon of the last day");
    app.clock.advance(SignedDuration::from_hours(4));
    assert_eq!(phone.open().await.status, StatusCode::GONE, "nine in the evening: the hour of grace is over");
    app.tidy().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns WHERE state = 'closed'").await, 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM drafts").await, 0);
}

/// Fourteen days and nine hours after the stories' beginning: the closing time itself.
const TO_CLOSING: SignedDuration = SignedDuration::from_hours(24 * 14 + 9);

async fn whoever_has_begun_at_the_closing_time_has_another_hour(app: TestApp) {
    app.open_campaign(&with_window(), 3).await;
    let (mut begun, mut looked, mut never) = (app.phone(1), app.phone(2), app.phone(3));
    assert!(!begun.go("home_office").await.has("Fristen er ute"));
    begun.answer(&[("q.home_office", "yes")]).await;
    assert_eq!(looked.go("home_office").await.status, StatusCode::OK);
    app.clock.advance(TO_CLOSING);
    app.tidy().await;
    for page in [never.open().await, looked.go("home_office").await] {
        assert_eq!(page.status, StatusCode::GONE);
        assert!(page.has("24. juni 2020 kl. 20.00"));
    }
    let refused = looked.browser.post(&format!("{}?p=home_office", looked.link), &[("q.home_office", "yes")]).await;
    assert_eq!(refused.status, StatusCode::GONE, "whoever has only looked has not begun");
    for (page, language, said) in [
        ("start", "nb", "Fristen er ute. Du kan sende inn til 21.00."),
        ("you", "nn", "Fristen er ute. Du kan sende inn til 21.00."),
        ("stop", "en", "You can send your answers in until 21:00."),
        ("home_office", "pl", "do godz. 21:00."),
    ] {
        let shown = begun.go(&format!("{page}&lang={language}")).await;
        assert!(shown.has(said), "{page}: {}", shown.html);
        assert!(!shown.has("Svar helst") && !shown.has("24. juni"), "the old closing time is no promise any more");
    }
    app.clock.advance(SignedDuration::from_mins(59));
    app.tidy().await;
    assert!(begun.answer_everything(&[]).await.has("Fristen er ute"));
    begun.send().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM envelopes").await, 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns WHERE state = 'closed'").await, 0);
}

async fn the_hour_of_grace_ends_and_hrs_own_closing_ends_at_once(app: TestApp) {
    let id = app.open_campaign(&with_window(), 2).await;
    let mut phone = app.phone(1);
    phone.go("home_office").await;
    phone.answer(&[("q.home_office", "yes")]).await;
    app.clock.advance(TO_CLOSING);
    assert_eq!(phone.open().await.status, StatusCode::OK);
    campaign::close(app.db(), &app.app().ports, "hr".into(), &id).await.unwrap();
    assert_eq!(phone.open().await.status, StatusCode::GONE);
}

async fn no_message_leaves_in_the_hour_of_grace(app: TestApp) {
    app.import(2).await;
    let id = app.create(&with_window()).await;
    app.launch(&id).await;
    app.clock.advance(TO_CLOSING);
    app.send_everything().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM messages WHERE attempts > 0").await, 0);
    let App { db, ports, links, .. } = app.app();
    remind::when_due(db, ports, links, Exit::Simulator).await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM messages WHERE round > 0").await, 0);
    app.clock.advance(SignedDuration::from_hours(1));
    app.tidy().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM messages WHERE state = 'cancelled'").await, 2);
}

async fn a_draft_is_kept_for_fourteen_days(app: TestApp) {
    app.open_campaign(MIDWAY, 2).await;
    let mut phone = app.phone(1);
    phone.go("home_office").await;
    phone.answer(&[("q.home_office", "yes")]).await;
    app.clock.advance(SignedDuration::from_hours(24 * 14));
    app.tidy().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM drafts").await, 1);
    app.clock.advance(SignedDuration::from_hours(24));
    app.tidy().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM drafts").await, 0);
}
