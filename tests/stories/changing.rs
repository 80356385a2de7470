//! A survey changes: from version to version, and from wave to wave.

use reqwest::StatusCode;

use crate::app::{MIDWAY, TestApp, on_both};

on_both![a_draft_keeps_its_versions, what_changed_since_the_last_wave_is_told];

async fn a_draft_keeps_its_versions(app: TestApp) {
    let id = app.create(MIDWAY).await;
    let mut hr = app.hr().await;
    let csrf = hr.get(&format!("/campaigns/{id}/survey")).await.field("csrf");
    let shorter = MIDWAY.replace("home_office", "remote_work");
    let here = format!("/campaigns/{id}/survey");
    assert_eq!(hr.post(&here, &[("csrf", &csrf), ("source", &shorter)]).await.status, StatusCode::SEE_OTHER);
    let page = hr.get(&format!("/campaigns/{id}/changes")).await;
    assert!(page.has("Versjon 2") && page.has("Versjon 1"), "{}", page.html);
    assert_eq!(page.html.matches("change added").count(), 1, "{}", page.html);
    assert_eq!(page.html.matches("change removed").count(), 1);
    assert!(page.has("ikke sendt ut før"));
}

async fn what_changed_since_the_last_wave_is_told(app: TestApp) {
    let first = app.open_campaign(MIDWAY, 6).await;
    let same = app.create(MIDWAY).await;
    let mut hr = app.hr().await;
    let page = hr.get(&format!("/campaigns/{same}/changes")).await;
    assert!(page.has(&format!("/campaigns/{first}\"")) && page.has("Spørsmålene er de samme."), "{}", page.html);
    let reworded = MIDWAY.replacen("nb: Har du ", "nb: Har du selv ", 1);
    assert_ne!(reworded, MIDWAY);
    let second = app.create(&reworded).await;
    let page = hr.get(&format!("/campaigns/{second}/changes")).await;
    assert_eq!(page.html.matches("change reworded").count(), 1, "{}", page.html);
    assert!(page.has("Har du selv ") && page.has("Før: Har du "), "{}", page.html);
    assert_eq!(hr.get("/campaigns/nowhere/changes").await.status, StatusCode::NOT_FOUND);
}
