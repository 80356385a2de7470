//! HR reminds, pauses, mends numbers and decides about what is in doubt; employees say STOP.

use jiff::SignedDuration;
use medvirk::actions::campaign::{self, Actor, CampaignError, Exit};
use medvirk::actions::launch;
use medvirk::actions::{mend, remind};
use medvirk::people::phone::Phone;
use medvirk::store::{audit, messages};
use medvirk::web::App;
use reqwest::StatusCode;

use crate::app::{MIDWAY, TestApp, on_both, phone};

on_both![
    a_reminder_reaches_only_those_who_have_not_answered,
    reminders_follow_the_schedule_and_none_comes_twice,
    after_a_long_absence_one_reminder_is_enough,
    who_says_stop_in_the_form_gets_nothing_more_and_can_still_answer,
    a_pause_holds_everything_until_somebody_resumes,
    what_is_not_sent_can_be_cancelled,
    people_who_come_later_are_invited_once,
    a_corrected_number_gets_the_invitation,
    a_number_corrected_in_the_register_is_enough,
    what_is_in_doubt_is_left_or_sent_again,
    hr_does_all_of_it_in_the_pages,
];

fn actor(app: &TestApp) -> Actor<'_> {
    let App { db, ports, links, .. } = app.app();
    Actor { db, ports, links, exit: Exit::Simulator, who: "hr".into() }
}

async fn reminded(app: &TestApp) -> u64 {
    let App { db, ports, links, .. } = app.app();
    remind::when_due(db, ports, links, Exit::Simulator).await.unwrap()
}

fn texts(app: &TestApp, number: usize) -> Vec<String> {
    let phones = app.app().phones.as_ref().unwrap();
    phones.newest(&phone(number), 0, 9).into_iter().map(|message| message.text).collect()
}

/// What was decided since the launch.
async fn actions(app: &TestApp, id: &str) -> Vec<String> {
    let entries = audit::of_campaign(app.db(), id).await.unwrap();
    assert_eq!(entries.iter().rev().nth(1).unwrap().action, "launched");
    entries.into_iter().rev().skip(2).map(|entry| format!("{}: {} {}", entry.who, entry.action, entry.detail)).collect()
}

async fn a_reminder_reaches_only_those_who_have_not_answered(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 4).await;
    let mut answering = app.phone(2);
    answering.answer_everything(&[]).await;
    answering.send().await;
    let written = remind::by_hand(actor(&app), &id).await.unwrap();
    assert_eq!(written.recipients, 3);
    // While it waits, the third one answers too.
    let mut answering = app.phone(3);
    answering.answer_everything(&[]).await;
    answering.send().await;
    app.send_everything().await;
    let got: Vec<usize> = (1..=4).map(|number| texts(&app, number).len()).collect();
    assert_eq!(got, [2, 1, 1, 2]);
    let [reminder, invitation] = &texts(&app, 1)[..] else { panic!("two messages") };
    assert!(reminder.contains("ikke for sent"), "{reminder}");
    let link = |text: &str| text.split_whitespace().find(|word| word.starts_with("http")).unwrap().to_owned();
    assert_eq!(link(reminder), link(invitation), "the link stays the same");
    assert_eq!(actions(&app, &id).await, ["hr: reminded 3"]);
}

async fn reminders_follow_the_schedule_and_none_comes_twice(app: TestApp) {
    app.open_campaign(MIDWAY, 3).await;
    assert_eq!(reminded(&app).await, 0);
    // The survey reminds three and seven days after it has opened.
    app.clock.advance(SignedDuration::from_hours(3 * 24 - 1));
    assert_eq!(reminded(&app).await, 0);
    app.clock.advance(SignedDuration::from_hours(1));
    assert_eq!((reminded(&app).await, reminded(&app).await), (3, 0));
    app.send_everything().await;
    app.clock.advance(SignedDuration::from_hours(4 * 24));
    assert_eq!((reminded(&app).await, reminded(&app).await), (3, 0));
    app.send_everything().await;
    assert_eq!(texts(&app, 1).len(), 3);
    assert_eq!(app.count("SELECT COUNT(*) FROM rounds").await, 3);
}

async fn after_a_long_absence_one_reminder_is_enough(app: TestApp) {
    app.open_campaign(MIDWAY, 2).await;
    app.clock.advance(SignedDuration::from_hours(8 * 24));
    assert_eq!((reminded(&app).await, reminded(&app).await), (2, 0));
    app.clock.advance(SignedDuration::from_hours(30 * 24));
    assert_eq!(reminded(&app).await, 0, "the survey is over");
}

async fn who_says_stop_in_the_form_gets_nothing_more_and_can_still_answer(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 2).await;
    let mut annoyed = app.phone(1);
    assert!(annoyed.open().await.has("?p=stop"));
    let asked = annoyed.go("stop").await;
    assert!(asked.has("Ingen flere meldinger?"), "{}", asked.html);
    assert_eq!(app.count("SELECT COUNT(*) FROM invitations WHERE stopped_by = 'form'").await, 0, "GET changes nothing");
    let address = format!("{}?p=stop", annoyed.link);
    assert_eq!(annoyed.browser.post(&address, &[]).await.status, StatusCode::SEE_OTHER);
    assert!(annoyed.go("stop").await.has("Du får ingen flere meldinger"));
    let written = remind::by_hand(actor(&app), &id).await.unwrap();
    assert_eq!(written.recipients, 1);
    annoyed.go("start").await;
    annoyed.at.clear();
    annoyed.answer_everything(&[]).await;
    assert!(annoyed.send().await.has("Takk"));
}

async fn a_pause_holds_everything_until_somebody_resumes(app: TestApp) {
    app.import(5).await;
    let id = app.create(MIDWAY).await;
    assert!(matches!(campaign::pause(actor(&app), &id).await, Err(CampaignError::Refused(_))), "a draft");
    app.launch(&id).await;
    campaign::pause(actor(&app), &id).await.unwrap();
    campaign::pause(actor(&app), &id).await.unwrap();
    app.send_everything().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM messages WHERE state = 'queued'").await, 5);
    app.clock.advance(SignedDuration::from_hours(4 * 24));
    assert_eq!(reminded(&app).await, 0, "nobody is reminded of what has not come");
    campaign::resume(actor(&app), &id).await.unwrap();
    app.send_everything().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM messages WHERE state = 'queued'").await, 0);
    assert_eq!(actions(&app, &id).await, ["hr: paused ", "hr: resumed "]);
}

async fn what_is_not_sent_can_be_cancelled(app: TestApp) {
    app.import(3).await;
    let id = app.create(MIDWAY).await;
    app.launch(&id).await;
    assert_eq!(campaign::cancel_unsent(actor(&app), &id).await.unwrap(), 3);
    app.send_everything().await;
    assert_eq!(app.app().phones.as_ref().unwrap().counts().0, 0);
}

async fn people_who_come_later_are_invited_once(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 3).await;
    app.import(5).await;
    let add = async || launch::add_people(actor(&app), &id).await.unwrap().recipients;
    assert_eq!((add().await, add().await), (2, 0));
    app.send_everything().await;
    let got: Vec<usize> = (1..=5).map(|number| texts(&app, number).len()).collect();
    assert_eq!(got, [1; 5]);
}

async fn a_number_corrected_in_the_register_is_enough(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 2).await;
    app.execute("UPDATE messages SET state = 'undelivered' WHERE phone = '+4740000001'").await;
    app.execute("UPDATE employees SET phone = '+4791234567' WHERE phone = '+4740000001'").await;
    let add = async || launch::add_people(actor(&app), &id).await.unwrap().recipients;
    assert_eq!((add().await, add().await), (1, 0));
    app.send_everything().await;
    assert_eq!(app.app().phones.as_ref().unwrap().newest("91234567", 0, 9).len(), 1);
}

async fn a_corrected_number_gets_the_invitation(app: TestApp) {
    app.import(2).await;
    let id = app.create(MIDWAY).await;
    app.launch(&id).await;
    app.execute(
        "UPDATE messages SET state = 'failed', reason = 'the number does not exist' WHERE phone = '+4740000001'",
    )
    .await;
    app.send_everything().await;
    let db = app.db();
    let [problem] = &messages::problems(db, &id, 10).await.unwrap()[..] else { panic!("one problem") };
    assert_eq!((problem.employee_number.as_deref(), problem.state.as_str()), (Some("1"), "failed"));
    let right = Phone::parse("91234567").unwrap();
    let correct = async || mend::correct(actor(&app), &id, &problem.message_id, &right).await;
    correct().await.unwrap();
    assert!(matches!(correct().await, Err(CampaignError::Mended)), "a second click changes nothing");
    app.send_everything().await;
    let phones = app.app().phones.as_ref().unwrap();
    assert_eq!(phones.newest(right.as_str(), 0, 9).len(), 1);
    assert!(messages::problems(db, &id, 10).await.unwrap().is_empty());
    assert_eq!(actions(&app, &id).await, ["hr: number_corrected 1"], "and no number in it");
    assert_eq!(app.count("SELECT COUNT(*) FROM employees WHERE phone = '+4791234567'").await, 1);
}

async fn what_is_in_doubt_is_left_or_sent_again(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 4).await;
    app.execute(
        "UPDATE messages SET state = 'uncertain', reason = 'why' WHERE phone IN ('+4740000001', '+4740000002')",
    )
    .await;
    let db = app.db();
    assert_eq!(mend::leave(actor(&app), &id).await.unwrap(), 0, "a report may still come");
    app.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(mend::leave(actor(&app), &id).await.unwrap(), 2);
    assert_eq!(messages::oldest_doubt(db, &id).await.unwrap(), None);
    app.execute("UPDATE messages SET decision = NULL WHERE phone = '+4740000002'").await;
    assert_eq!(mend::again(actor(&app), &id).await.unwrap(), 1);
    assert_eq!(mend::again(actor(&app), &id).await.unwrap(), 0);
    app.send_everything().await;
    assert_eq!((texts(&app, 1).len(), texts(&app, 2).len()), (1, 2));
    let left = app.count("SELECT COUNT(*) FROM messages WHERE state = 'uncertain'").await;
    assert_eq!(left, 1, "what was left stays in doubt, and is counted so");
}

async fn hr_does_all_of_it_in_the_pages(app: TestApp) {
    app.import(6).await;
    let id = app.create(MIDWAY).await;
    app.launch(&id).await;
    app.execute("UPDATE messages SET state = 'failed', reason = 'why' WHERE phone = '+4740000001'").await;
    let mut hr = app.hr().await;
    let address = format!("/campaigns/{id}/delivery");
    let page = hr.get(&address).await;
    assert!(page.has("Person 1") && page.has("+4740000001") && page.has("Avvist"), "{}", page.html);
    let (csrf, message) = (page.field("csrf"), page.field("message"));
    let mut press = async |what: &str, fields: &[(&str, &str)]| {
        let fields = [&[("csrf", csrf.as_str())], fields].concat();
        hr.post(&format!("/campaigns/{id}/{what}"), &fields).await
    };
    let wrong = press("numbers", &[("message", &message), ("phone", "12")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mended = press("numbers", &[("message", &message), ("phone", "912 34 567")]).await;
    let mended_at = format!("{address}?mended=sent#problems");
    assert_eq!((mended.status, mended.location.as_deref()), (StatusCode::SEE_OTHER, Some(&*mended_at)));
    assert_eq!(press("pause", &[]).await.status, StatusCode::SEE_OTHER);
    app.send_everything().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM messages WHERE state = 'queued'").await, 6);
    assert_eq!(press("remind", &[]).await.status, StatusCode::CONFLICT, "nobody has got the first one yet");
    assert_eq!(press("resume", &[]).await.status, StatusCode::SEE_OTHER);
    app.send_everything().await;
    for (what, status) in [
        ("remind", StatusCode::SEE_OTHER),
        ("add-people", StatusCode::SEE_OTHER),
        ("doubts-leave", StatusCode::SEE_OTHER),
        ("doubts-again", StatusCode::SEE_OTHER),
        ("cancel-unsent", StatusCode::SEE_OTHER),
        ("nonsense", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(press(what, &[]).await.status, status, "{what}");
    }
    let page = hr.get(&address).await;
    assert!(page.has("Påminnelse 1") && page.has("sendte en påminnelse") && page.has("rettet et nummer"));
    let csv = hr.get(&format!("/campaigns/{id}/problems.csv")).await;
    assert_eq!(csv.html.lines().count(), 1, "{}", csv.html);
    assert_eq!(hr.get("/campaigns/unknown/delivery").await.status, StatusCode::NOT_FOUND);
}
