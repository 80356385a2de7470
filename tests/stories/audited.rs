//! What was done is written down, and what was written down stays.

use medvirk::actions::audit::{self, Broken, Intact};
use medvirk::people::role::Role;
use medvirk::store::audit::{Entry, after};
use reqwest::StatusCode;

use crate::app::{PASSWORD, TestApp, on_both};

on_both![
    whatever_accounts_do_is_written_down,
    what_cannot_be_written_down_is_not_shown,
    nobody_is_named_who_only_tried,
    a_changed_log_is_found,
    many_write_at_once_and_the_chain_holds,
];

const SURVEY: &str = include_str!("sealed.yaml");

async fn entries(app: &TestApp) -> Vec<Entry> {
    after(app.db(), 0, 10_000).await.unwrap().into_iter().map(|link| link.entry).collect()
}

fn told(entry: &Entry) -> String {
    format!("{} {} {}", entry.who, entry.action, entry.detail).trim_end().to_owned()
}

async fn intact(app: &TestApp) -> Intact {
    audit::verify(app.db()).await.unwrap().unwrap()
}

async fn whatever_accounts_do_is_written_down(app: TestApp) {
    let id = app.open_campaign(SURVEY, 6).await;
    app.close_open_and_publish(&id).await;
    app.account("ombud", Role::SafetyRep, &["Pleie og omsorg"]).await;
    let mut ombud = app.log_in("ombud", PASSWORD).await;
    let page = ombud.get(&format!("/results/{id}")).await;
    assert!(page.has("skrevet ned"), "whoever looks is told");
    assert_eq!(ombud.get(&format!("/campaigns/{id}/problems.csv")).await.status, StatusCode::FORBIDDEN);
    let csrf = page.field("csrf");
    ombud.post("/logout", &[("csrf", &csrf)]).await;
    let mut hr = app.hr().await;
    hr.get(&format!("/campaigns/{id}/problems.csv")).await;
    let all = entries(&app).await;
    let lines: Vec<String> = all.iter().map(told).map(|line| line.replace(&id, "ID")).collect();
    let lines: Vec<&str> = lines.iter().map(|line| line.split(": safety_rep").next().unwrap()).collect();
    let published = lines[5];
    assert!(published.starts_with("hr published "), "{published}");
    let expected = [
        "medvirk imported 6",
        "medvirk created",
        "hr launched 6",
        "hr closed",
        "hr opened 0",
        published,
        "test account_changed ombud",
        "ombud logged_in password",
        "ombud viewed /results/ID",
        "ombud logged_out",
        "test account_changed hr: hr, whole",
        "hr logged_in password",
        "hr exported /campaigns/ID/problems.csv",
    ];
    assert_eq!(lines.iter().map(|line| line.replace("created Midtveis", "created")).collect::<Vec<_>>(), expected);
    let from: Vec<&str> = all.iter().skip(7).map(|entry| entry.from.as_str()).collect();
    assert_eq!(from, ["127.0.0.1", "127.0.0.1", "127.0.0.1", "", "127.0.0.1", "127.0.0.1"]);
    assert_eq!(all[8].campaign.as_ref(), Some(&id));
    // Auditors read it, and take it with them: that is written down too.
    app.account("revisor", Role::Auditor, &[]).await;
    let mut auditor = app.log_in("revisor", PASSWORD).await;
    assert_eq!(auditor.get("/").await.location.as_deref(), Some("/audit"));
    let page = auditor.get("/audit").await;
    assert!(page.has("så på resultater") && page.has("127.0.0.1") && page.has("ombud"), "{}", page.html);
    let csv = auditor.get("/audit.csv").await;
    assert_eq!(csv.html.lines().count(), 1 + 13 + 2);
    assert_eq!(entries(&app).await.last().map(told), Some("revisor exported /audit.csv".to_owned()));
    assert_eq!(intact(&app).await.entries, 16);
}

async fn what_cannot_be_written_down_is_not_shown(app: TestApp) {
    let id = app.open_campaign(SURVEY, 6).await;
    app.close_open_and_publish(&id).await;
    let mut hr = app.hr().await;
    app.execute("DELETE FROM audit_head").await;
    let page = hr.get(&format!("/results/{id}")).await;
    assert!(page.status.is_server_error() && !page.has("result"), "{}", page.html);
}

async fn nobody_is_named_who_only_tried(app: TestApp) {
    app.account("kari", Role::Hr, &[]).await;
    for name in ["kari", "mitt hemmelige passord"] {
        assert_eq!(app.browser().log_in(name, "wrong wrong wrong").await.status, StatusCode::UNAUTHORIZED);
    }
    let all = entries(&app).await;
    let tried: Vec<String> = all.iter().skip(1).map(told).collect();
    assert_eq!(tried, ["kari login_failed password", "? login_failed password"]);
}

async fn a_changed_log_is_found(app: TestApp) {
    app.import(2).await;
    for name in ["kari", "ola", "siri"] {
        app.account(name, Role::Hr, &[]).await;
    }
    let Intact { entries, head } = intact(&app).await;
    assert_eq!((entries, head.len()), (4, 64));
    app.execute("UPDATE audit SET who = 'medvirk' WHERE number = 3").await;
    assert_eq!(audit::verify(app.db()).await.unwrap(), Err(Broken::Changed(3)));
    app.execute("UPDATE audit SET who = 'test' WHERE number = 3").await;
    assert_eq!(intact(&app).await.head, head);
    app.execute("DELETE FROM audit WHERE number = 4").await;
    assert_eq!(audit::verify(app.db()).await.unwrap(), Err(Broken::CutOff(3)));
    app.execute("DELETE FROM audit WHERE number = 2").await;
    assert_eq!(audit::verify(app.db()).await.unwrap(), Err(Broken::Missing(2)));
}

async fn many_write_at_once_and_the_chain_holds(app: TestApp) {
    let id = app.open_campaign(SURVEY, 6).await;
    app.close_open_and_publish(&id).await;
    let hr = app.hr().await;
    let before = intact(&app).await.entries;
    let looks = (0..40).map(|_| {
        let (mut browser, address) = (hr.clone(), format!("/results/{id}"));
        tokio::spawn(async move { browser.get(&address).await.status })
    });
    for look in looks.collect::<Vec<_>>() {
        assert_eq!(look.await.unwrap(), StatusCode::OK);
    }
    assert_eq!(intact(&app).await.entries, before + 40);
}
