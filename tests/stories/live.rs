//! HR watches a campaign while messages leave and answers come.

use medvirk::people::role::Role;
use reqwest::{Response, StatusCode};

use crate::app::{Browser, MIDWAY, PASSWORD, TestApp, on_both};

on_both![
    figures_come_by_themselves,
    whoever_signs_out_sees_no_more,
    many_look_at_one_count,
    the_end_of_the_process_ends_every_look,
    only_hr_may_watch,
    the_buttons_lead_back_to_the_page,
];

/// What a browser hears.
struct Watch {
    answer: Response,
    heard: String,
}

impl Watch {
    async fn begin(browser: &Browser, id: &str) -> Self {
        let answer = browser.stream(&format!("/campaigns/{id}/events")).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self { answer, heard: String::new() }
    }

    /// The next event; nothing when the connection has ended.
    async fn next(&mut self) -> Option<String> {
        loop {
            if let Some((event, rest)) = self.heard.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.heard = rest;
                if event.starts_with("event: figures") {
                    return Some(event);
                }
                continue;
            }
            let bytes = self.answer.chunk().await.unwrap()?;
            self.heard.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }
}

async fn figures_come_by_themselves(app: TestApp) {
    app.import(12).await;
    let id = app.create(MIDWAY).await;
    app.launch(&id).await;
    let hr = app.hr().await;
    let mut watch = Watch::begin(&hr, &id).await;
    assert!(watch.next().await.unwrap().contains("0 av 12 har svart"));
    app.send_everything().await;
    let mut phone = app.phone(1);
    phone.answer_everything(&[]).await;
    phone.send().await;
    while !watch.next().await.unwrap().contains("1 av 12 har svart") {}
}

async fn whoever_signs_out_sees_no_more(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 6).await;
    let mut hr = app.hr().await;
    let mut watch = Watch::begin(&hr, &id).await;
    assert!(watch.next().await.is_some());
    let csrf = hr.get(&format!("/campaigns/{id}")).await.field("csrf");
    assert_eq!(hr.post("/logout", &[("csrf", &csrf)]).await.status, StatusCode::SEE_OTHER);
    app.phone(1).answer_everything(&[]).await;
    assert_eq!(watch.next().await, None, "somebody has started, and it is not told");
    assert_eq!(hr.stream(&format!("/campaigns/{id}/events")).await.status(), StatusCode::SEE_OTHER);
}

async fn many_look_at_one_count(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 6).await;
    let hr = app.hr().await;
    let mut english = hr.clone();
    english.language = "en";
    let mut watches = [Watch::begin(&hr, &id).await, Watch::begin(&hr, &id).await, Watch::begin(&english, &id).await];
    for (watch, words) in watches.iter_mut().zip(["0 av 6 har svart", "0 av 6 har svart", "0 of 6 have answered"]) {
        assert!(watch.next().await.unwrap().contains(words));
    }
    assert_eq!(app.app().live.watched(), 1);
}

async fn the_end_of_the_process_ends_every_look(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 6).await;
    let hr = app.hr().await;
    let mut watch = Watch::begin(&hr, &id).await;
    assert!(watch.next().await.is_some());
    app.server.stop().await;
    assert_eq!(watch.next().await, None);
}

async fn only_hr_may_watch(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 6).await;
    app.account("leder", Role::Leader, &[]).await;
    let leader = app.log_in("leder", PASSWORD).await;
    assert_eq!(leader.stream(&format!("/campaigns/{id}/events")).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(app.browser().stream(&format!("/campaigns/{id}/events")).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(app.hr().await.stream("/campaigns/nowhere/events").await.status(), StatusCode::NOT_FOUND);
}

async fn the_buttons_lead_back_to_the_page(app: TestApp) {
    app.import(6).await;
    let id = app.create(MIDWAY).await;
    app.launch(&id).await;
    let mut hr = app.hr().await;
    let here = format!("/campaigns/{id}");
    let csrf = hr.get(&here).await.field("csrf");
    let fields = [("csrf", csrf.as_str()), ("from", "campaign")];
    assert_eq!(hr.post(&format!("{here}/pause"), &fields).await.location.as_deref(), Some(&*here));
    let page = hr.get(&here).await;
    assert!(page.has("Satt på pause av hr") && page.has("/resume\""), "{}", page.html);
    assert_eq!(hr.post(&format!("{here}/resume"), &fields).await.location.as_deref(), Some(&*here));
    assert!(!hr.get(&here).await.has("/resume\""));
}
