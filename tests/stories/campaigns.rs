//! HR launches, follows and ends a campaign.

use medvirk::actions::campaign::{self, CampaignError, Exit};
use medvirk::actions::launch::{self, Terms};
use medvirk::web::App;
use reqwest::StatusCode;

use crate::app::{MIDWAY, TestApp, on_both};

on_both![
    a_launch_writes_everything_once,
    a_preview_counts_and_writes_nothing,
    hr_launches_and_closes_in_the_pages,
    the_campaign_page_counts,
    results_hide_small_groups,
    made_up_people_are_never_reached_through_a_real_gateway,
    an_empty_register_is_not_launched,
    the_database_holds_no_token,
];

async fn a_launch_writes_everything_once(app: TestApp) {
    app.import(1_234).await;
    let id = app.create(MIDWAY).await;
    let (actor, keys) = (app.actor(Exit::Simulator), &app.app().settings.keys);
    let (one, two) = tokio::join!(
        launch::begin(actor, keys, &id, Terms::default()),
        launch::begin(actor, keys, &id, Terms::default()),
    );
    assert!(one.is_ok() != two.is_ok(), "one of two clicks launches: {one:?} {two:?}");
    assert_eq!(app.count("SELECT COUNT(*) FROM invitations").await, 1_234);
    assert_eq!(app.count("SELECT COUNT(*) FROM messages").await, 1_234);
    app.send_everything().await;
    assert_eq!(app.app().phones.as_ref().unwrap().counts().0, 1_234);
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns WHERE state = 'open'").await, 1);
}

async fn a_preview_counts_and_writes_nothing(app: TestApp) {
    app.import(20).await;
    let id = app.create(MIDWAY).await;
    let App { db, ports, links, .. } = app.app();
    let preview = campaign::preview(db, ports, links, Exit::Simulator, &id).await.unwrap();
    assert_eq!((preview.recipients, preview.sharing(), preview.foreign), (20, 0, 0));
    assert_eq!(preview.texts.values().map(|text| text.recipients).sum::<u64>(), 20);
    assert_eq!(preview.seconds(Some(20)), preview.parts.div_ceil(20));
    assert_eq!(app.count("SELECT COUNT(*) FROM invitations").await, 0);
}

async fn hr_launches_and_closes_in_the_pages(app: TestApp) {
    app.import(12).await;
    let id = app.create(MIDWAY).await;
    let mut hr = app.hr().await;
    assert!(hr.get("/").await.has("Midtveis"));
    let preview = hr.get(&format!("/campaigns/{id}/launch")).await;
    assert!(preview.has("12"), "{}", preview.html);
    let csrf = preview.field("csrf");
    for typed in ["", "13", "alle"] {
        let fields = [("csrf", csrf.as_str()), ("confirm", typed)];
        let refused = hr.post(&format!("/campaigns/{id}/launch"), &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed:?}");
        assert!(refused.has("id=\"miscounted\""), "{}", refused.html);
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM messages").await, 0);
    let sample = hr.post(&format!("/campaigns/{id}/sample"), &[("csrf", &csrf), ("phone", "98 76 54 32")]).await;
    assert!(sample.has("Prøven er på vei"), "{}", sample.html);
    assert_eq!(app.app().phones.as_ref().unwrap().newest("98765432", 0, 9).len(), 1);
    for number in 1..11 {
        let more = hr.post(&format!("/campaigns/{id}/sample"), &[("csrf", &csrf), ("phone", "98 76 54 33")]).await;
        assert_eq!(more.has("Det er sendt ti prøver på en time"), number == 10, "{}", more.html);
    }
    assert_eq!(app.app().phones.as_ref().unwrap().newest("98765433", 0, 99).len(), 9);
    let launched = hr.post(&format!("/campaigns/{id}/launch"), &[("csrf", &csrf), ("confirm", "12")]).await;
    assert_eq!(
        (launched.status, launched.location.as_deref()),
        (StatusCode::SEE_OTHER, Some(&*format!("/campaigns/{id}")))
    );
    let again = hr.post(&format!("/campaigns/{id}/launch"), &[("csrf", &csrf), ("confirm", "12")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.has("Undersøkelsen sendes ut nå"), "{}", again.html);
    app.send_everything().await;
    let closed = hr.post(&format!("/campaigns/{id}/close"), &[("csrf", &csrf)]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns WHERE state = 'closed'").await, 1);
    let sealed = hr.post(&format!("/campaigns/{id}/publish"), &[("csrf", &csrf)]).await;
    assert_eq!(sealed.status, StatusCode::CONFLICT, "nothing is published before it is opened");
    let opened = hr.post(&format!("/campaigns/{id}/open"), &[("csrf", &csrf)]).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER);
    assert_eq!(hr.post(&format!("/campaigns/{id}/open"), &[("csrf", &csrf)]).await.status, StatusCode::CONFLICT);
    let published = hr.post(&format!("/campaigns/{id}/publish"), &[("csrf", &csrf)]).await;
    assert_eq!(published.location.as_deref(), Some(&*format!("/results/{id}")));
    let again = hr.post(&format!("/campaigns/{id}/publish"), &[("csrf", &csrf)]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "an edition leaves once");
    assert_eq!(app.count("SELECT COUNT(*) FROM publications").await, 1);
}

async fn the_campaign_page_counts(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 12).await;
    for number in 1..=6 {
        let mut phone = app.phone(number);
        phone.answer_everything(&[]).await;
        phone.send().await;
    }
    let mut hr = app.hr().await;
    let page = hr.get(&format!("/campaigns/{id}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has("Pleie og omsorg") && page.has("Oppvekst skole"));
    assert!(page.has("50"), "six of twelve have answered: {}", page.html);
    assert!(page.has("http-equiv=\"refresh\""));
    assert!(!hr.get(&format!("/campaigns/{id}?paused=1")).await.has("http-equiv=\"refresh\""));
    assert_eq!(hr.get("/people").await.status, StatusCode::OK);
}

async fn results_hide_small_groups(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 16).await;
    // Six of one area and four of the other: the four are too few.
    for number in [1, 3, 5, 7, 9, 11, 2, 4, 6, 8] {
        let mut phone = app.phone(number);
        phone.answer_everything(&[("staff_responsibility", "no"), ("union_rep", "no"), ("safety_rep", "no")]).await;
        phone.send().await;
    }
    let mut hr = app.hr().await;
    assert_eq!(hr.get(&format!("/results/{id}/home_office")).await.status, StatusCode::NOT_FOUND);
    assert!(hr.get(&format!("/results/{id}")).await.has("Ingen resultater å vise ennå"), "nothing is published");
    app.close_open_and_publish(&id).await;
    let overview = hr.get(&format!("/results/{id}")).await;
    assert_eq!(overview.status, StatusCode::OK);
    let page = hr.get(&format!("/results/{id}/home_office")).await;
    assert!(page.has("<svg"), "{}", page.html);
    let rows: Vec<&str> = page.html.split("<tr").collect();
    let shown = |area: &str| rows.iter().find(|row| row.contains(area)).unwrap().contains('%');
    assert!(!shown("Pleie og omsorg"), "four answers are hidden");
    assert!(!shown("Oppvekst skole"), "and so is the area that would give them away");
    let words = hr.get(&format!("/results/{id}/staffing_how")).await;
    assert_eq!(words.status, StatusCode::OK);
    assert_eq!(hr.get(&format!("/results/{id}/no_such")).await.status, StatusCode::NOT_FOUND);
}

async fn made_up_people_are_never_reached_through_a_real_gateway(app: TestApp) {
    app.import(3).await;
    let id = app.create(MIDWAY).await;
    let keys = &app.app().settings.keys;
    let launched = launch::begin(app.actor(Exit::Real), keys, &id, Terms::default()).await;
    assert!(matches!(launched, Err(CampaignError::DemoMismatch)), "{launched:?}");
    let launched = launch::begin(app.actor(Exit::None), keys, &id, Terms::default()).await;
    assert!(matches!(launched, Err(CampaignError::NoGateway)), "{launched:?}");
    assert_eq!(app.count("SELECT COUNT(*) FROM messages").await, 0);
}

async fn an_empty_register_is_not_launched(app: TestApp) {
    let id = app.create(MIDWAY).await;
    let keys = &app.app().settings.keys;
    let launched = launch::begin(app.actor(Exit::Simulator), keys, &id, Terms::default()).await;
    assert!(matches!(launched, Err(CampaignError::NoPeople)), "{launched:?}");
    let page = app.hr().await.get(&format!("/campaigns/{id}/launch")).await;
    assert!(page.has("<li>Registeret er tomt: importer medarbeiderne først.</li>"), "{}", page.html);
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns WHERE state = 'draft'").await, 1);
}

async fn the_database_holds_no_token(app: TestApp) {
    app.open_campaign(MIDWAY, 3).await;
    let mut phone = app.phone(1);
    phone.go("home_office").await;
    phone.answer(&[("q.home_office", "yes")]).await;
    let token = phone.link.rsplit('/').next().unwrap();
    for table in ["invitations", "messages", "drafts", "delivery_reports"] {
        let rows: Vec<sqlx::any::AnyRow> = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT * FROM {table}")))
            .fetch_all(app.db().read())
            .await
            .unwrap();
        assert!(!rows.is_empty(), "{table}");
        for row in &rows {
            let columns = sqlx::Row::columns(row).len();
            let texts = (0..columns).filter_map(|at| sqlx::Row::try_get::<Option<String>, _>(row, at).ok().flatten());
            assert!(texts.into_iter().all(|text| !text.contains(token) && !text.contains("home_office")), "{table}");
        }
    }
}
