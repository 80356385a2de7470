//! Opening fails closed, can be done again, and leaves no key behind.

use std::sync::Arc;

use jiff::SignedDuration;
use medvirk::actions::campaign::{self, CampaignError, Exit};
use medvirk::actions::doctor::{self, Trouble};
use medvirk::actions::launch::{self, Terms};
use medvirk::actions::open::{self, OpenError, Opened};
use medvirk::actions::publish::{self, PublishError};
use medvirk::anonymity::publication::Publication;
use medvirk::anonymity::shares::{Share, ShareError};
use medvirk::config::Keys;
use medvirk::store::{audit, campaigns, responses};
use reqwest::StatusCode;

use crate::app::{TestApp, on_both};

on_both![
    an_envelope_that_does_not_open_keeps_everything_closed,
    a_key_that_is_lost_is_missed_before_and_not_replaced,
    what_a_crash_has_left_is_made_up_for,
    two_must_come_together_where_it_was_decided,
    without_a_place_for_the_key_nothing_is_launched,
    answers_and_invitations_are_deleted_when_their_time_is_over,
    interim_editions_come_in_waves_and_stay,
    what_was_opened_for_an_edition_that_did_not_leave_is_in_the_next,
];

const SURVEY: &str = include_str!("sealed.yaml");

async fn answer(app: &TestApp, people: usize) {
    answer_from(app, 1..=people).await;
}

async fn answer_from(app: &TestApp, people: std::ops::RangeInclusive<usize>) {
    for number in people {
        let mut phone = app.phone(number);
        phone.answer_everything(&[("turn", "7"), ("why", "derfor")]).await;
        assert!(phone.send().await.has("Takk"));
    }
}

async fn try_open(app: &TestApp, keys: &Keys, id: &str, shares: &[Share]) -> Result<Opened, OpenError> {
    open::open(app.actor(Exit::Simulator), keys, id, shares).await
}

async fn an_envelope_that_does_not_open_keeps_everything_closed(app: TestApp) {
    let id = app.open_campaign(SURVEY, 4).await;
    answer(&app, 3).await;
    let keys = &app.app().settings.keys;
    assert!(matches!(try_open(&app, keys, &id, &[]).await, Err(OpenError::Refused(_))), "not before it is closed");
    campaign::close(app.db(), &app.app().ports, "hr".into(), &id).await.unwrap();
    app.execute("INSERT INTO envelopes SELECT 'forged', campaign_id, MIN(sealed) || 'AAAA' FROM envelopes GROUP BY 2")
        .await;
    let refused = try_open(&app, keys, &id, &[]).await;
    assert!(matches!(refused, Err(OpenError::Unreadable { unreadable: 1, all: 4 })), "{refused:?}");
    assert_eq!(app.count("SELECT COUNT(*) FROM envelopes").await, 4);
    assert_eq!(app.count("SELECT COUNT(*) FROM responses").await + app.count("SELECT COUNT(*) FROM texts").await, 0);
    assert!(keys.found(&id).0, "the key is kept");
    app.execute("DELETE FROM envelopes WHERE id = 'forged'").await;
    let opened = app.open(&id).await;
    assert_eq!((opened.responses, opened.texts, opened.answered), (3, 3, 3));
    assert!(matches!(try_open(&app, keys, &id, &[]).await, Err(OpenError::Already)));
    let stored = responses::all(app.db(), &id).await.unwrap();
    assert!(stored.iter().all(|response| !response.answers.contains("derfor") && response.unit_id.is_some()));
    let decided = audit::of_campaign(app.db(), &id).await.unwrap();
    assert!(decided.iter().any(|entry| entry.action == "opened" && entry.detail == "3" && entry.who == "hr"));
}

async fn found(app: &TestApp) -> Vec<Trouble> {
    let found = doctor::doctor(app.db(), &app.app().settings).await.unwrap();
    found.into_iter().map(|finding| finding.trouble).collect()
}

async fn a_key_that_is_lost_is_missed_before_and_not_replaced(app: TestApp) {
    let id = app.open_campaign(SURVEY, 2).await;
    answer(&app, 1).await;
    let keys = &app.app().settings.keys;
    assert!(found(&app).await.contains(&Trouble::NoCopy));
    let key = keys.read(&id).unwrap().unwrap();
    keys.destroy(&id).unwrap();
    assert!(found(&app).await.contains(&Trouble::Lost(keys.path(&id))));
    campaign::close(app.db(), &app.app().ports, "hr".into(), &id).await.unwrap();
    assert!(matches!(try_open(&app, keys, &id, &[]).await, Err(OpenError::NoKey(_))));
    keys.keep(&id, &[7; 32]).unwrap();
    assert!(found(&app).await.contains(&Trouble::Wrong(keys.path(&id))));
    assert!(matches!(try_open(&app, keys, &id, &[]).await, Err(OpenError::WrongKey(_))));
    assert_eq!(app.count("SELECT COUNT(*) FROM envelopes").await, 1);
    // A copy somewhere else is as good, and goes the same way.
    keys.destroy(&id).unwrap();
    let elsewhere = Keys { folder: app.folder().join("safe"), recovery: None };
    elsewhere.keep(&id, &key).unwrap();
    let both = Keys { recovery: Some(elsewhere.folder.clone()), ..keys.clone() };
    assert_eq!(try_open(&app, &both, &id, &[]).await.unwrap().responses, 1);
    assert!(!elsewhere.found(&id).0);
    assert!(found(&app).await.is_empty());
}

async fn what_a_crash_has_left_is_made_up_for(app: TestApp) {
    let id = app.open_campaign(SURVEY, 2).await;
    answer(&app, 2).await;
    let keys = &app.app().settings.keys;
    let key = keys.read(&id).unwrap().unwrap();
    app.close_and_open(&id).await;
    // As if the process had died right after the commit.
    keys.keep(&id, &key).unwrap();
    app.execute("UPDATE campaigns SET swept = 0").await;
    assert_eq!(found(&app).await, [Trouble::Left(keys.path(&id))]);
    app.tidy().await;
    assert!(!keys.path(&id).exists());
    assert_eq!(app.count("SELECT swept FROM campaigns").await, 1);
    assert!(found(&app).await.is_empty());
    assert_eq!(app.count("SELECT COUNT(*) FROM responses").await, 2);
}

async fn two_must_come_together_where_it_was_decided(app: TestApp) {
    app.import(3).await;
    let id = app.create(SURVEY).await;
    let keys = &app.app().settings.keys;
    let terms = Terms { by_two: true, ..Terms::default() };
    let begun = launch::begin(app.actor(Exit::Simulator), keys, &id, terms).await.unwrap();
    let [hr, safety, recovery] = begun.shares.unwrap();
    app.send_everything().await;
    answer(&app, 2).await;
    assert!(!keys.path(&id).exists() && found(&app).await.is_empty());
    campaign::close(app.db(), &app.app().ports, "hr".into(), &id).await.unwrap();
    for too_few in [vec![], vec![hr.clone()], vec![hr.clone(), hr.clone()]] {
        let refused = try_open(&app, keys, &id, &too_few).await;
        assert!(matches!(refused, Err(OpenError::Shares(ShareError::TooFew))), "{refused:?}");
    }
    drop(safety);
    assert_eq!(try_open(&app, keys, &id, &[recovery, hr]).await.unwrap().responses, 2);
}

async fn without_a_place_for_the_key_nothing_is_launched(app: TestApp) {
    app.import(3).await;
    let id = app.create(SURVEY).await;
    let file = app.folder().join("file");
    std::fs::write(&file, "no folder").unwrap();
    let nowhere = Keys { folder: file, recovery: None };
    let refused = launch::begin(app.actor(Exit::Simulator), &nowhere, &id, Terms::default()).await;
    assert!(matches!(refused, Err(CampaignError::KeyNotKept(_))), "{refused:?}");
    assert_eq!(
        app.count("SELECT COUNT(*) FROM invitations").await + app.count("SELECT COUNT(*) FROM messages").await,
        0
    );
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns WHERE state = 'draft' AND public_key IS NULL").await, 1);
    app.launch(&id).await;
}

async fn answers_and_invitations_are_deleted_when_their_time_is_over(app: TestApp) {
    let id = app.open_campaign(SURVEY, 3).await;
    answer(&app, 2).await;
    app.close_and_open(&id).await;
    let key = app.app().settings.load_or_create_secret(&app.app().ports.chance).unwrap();
    publish::publish(app.actor(Exit::Simulator), &key, &id).await.unwrap();
    app.clock.advance(SignedDuration::from_hours(24 * 90 - 1));
    app.tidy().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM responses").await, 2);
    app.clock.advance(SignedDuration::from_hours(1));
    app.tidy().await;
    for table in ["responses", "texts", "envelopes", "invitations", "messages", "drafts", "delivery_reports"] {
        let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        assert_eq!(sqlx::query_scalar::<_, i64>(sql).fetch_one(app.db().read()).await.unwrap(), 0, "{table}");
    }
    assert!(campaigns::find(app.db().read(), &id).await.unwrap().is_some());
    assert_eq!(app.count("SELECT COUNT(*) FROM publications").await, 1, "what was published stays");
    let decided = audit::of_campaign(app.db(), &id).await.unwrap();
    let mut decided: Vec<&str> = decided.iter().map(|entry| entry.action.as_str()).collect();
    // Two of them fall on the same moment.
    decided.sort_unstable();
    assert_eq!(decided, ["closed", "created", "launched", "opened", "published", "purged"]);
    app.tidy().await;
    assert_eq!(audit::of_campaign(app.db(), &id).await.unwrap().len(), 6, "once");
}

async fn publish_interim(app: &TestApp, id: &str) -> Result<Arc<Publication>, PublishError> {
    let settings = &app.app().settings;
    let key = settings.load_or_create_secret(&app.app().ports.chance).unwrap();
    publish::publish_interim(app.actor(Exit::Simulator), &key, &settings.keys, id, &[]).await
}

async fn interim_editions_come_in_waves_and_stay(app: TestApp) {
    let id = app.open_campaign(SURVEY, 40).await;
    answer(&app, 4).await;
    let refused = publish_interim(&app, &id).await;
    assert!(matches!(refused, Err(PublishError::Open(OpenError::TooFew(5)))), "{refused:?}");
    assert_eq!(app.count("SELECT COUNT(*) FROM envelopes").await, 4, "nothing was opened");
    answer_from(&app, 5..=20).await;
    let mut hr = app.hr().await;
    let csrf = hr.get(&format!("/campaigns/{id}")).await.field("csrf");
    let published = hr.post(&format!("/campaigns/{id}/publish-interim"), &[("csrf", &csrf)]).await;
    assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.html);
    let first = app.app().publications.last(app.db(), &id).await.unwrap().unwrap();
    assert_eq!((first.edition, first.last, first.respondents), (1, false, 20));
    assert!(
        first
            .groups
            .iter()
            .filter(|group| group.base.is_some())
            .all(|group| group.unit.len() <= 1 && group.breakdown.is_none()),
        "the whole and the areas"
    );
    assert!(app.app().settings.keys.found(&id).0, "the key is still needed");
    let shown = hr.get(&format!("/results/{id}")).await;
    assert!(shown.status == StatusCode::OK && shown.has("Foreløpige resultater"), "{}", shown.html);
    assert!(hr.get("/results").await.has(&format!("/results/{id}")));

    // Two more in an area would be told by what changes.
    answer_from(&app, 21..=22).await;
    assert!(matches!(publish_interim(&app, &id).await, Err(PublishError::Open(OpenError::TooFew(5)))));
    answer_from(&app, 23..=32).await;
    // The register is tidied up meanwhile; what is published goes by the tree at launch.
    app.execute("UPDATE org_units SET name = name || ' (ny)'").await;
    let second = publish_interim(&app, &id).await.unwrap();
    assert_eq!((second.edition, second.respondents), (2, 32));
    assert!(second.groups.iter().all(|group| group.unit.iter().all(|name| !name.contains("(ny)"))));

    answer_from(&app, 33..=40).await;
    let last = app.close_open_and_publish(&id).await;
    assert_eq!((last.edition, last.last, last.respondents), (3, true, 40));
    assert!(last.gate.passed() && last.groups.iter().any(|group| group.base.is_some() && group.unit.len() > 1));
    assert!(!app.app().settings.keys.found(&id).0);
    let editions = app.count("SELECT COUNT(*) FROM publications").await;
    assert_eq!(editions, 3, "what was published stays");
    let refused = publish_interim(&app, &id).await;
    assert!(
        matches!(refused, Err(PublishError::Refused(_) | PublishError::Open(OpenError::Refused(_)))),
        "{refused:?}"
    );
}

async fn what_was_opened_for_an_edition_that_did_not_leave_is_in_the_next(app: TestApp) {
    let id = app.open_campaign(SURVEY, 24).await;
    answer(&app, 12).await;
    let keys = &app.app().settings.keys;
    assert_eq!(open::open_wave(app.actor(Exit::Simulator), keys, &id, &[]).await.unwrap(), 12);
    answer_from(&app, 13..=14).await;
    let first = publish_interim(&app, &id).await.unwrap();
    assert_eq!((first.edition, first.respondents), (1, 12), "what was opened, and nothing newer");
    campaign::close(app.db(), &app.app().ports, "hr".into(), &id).await.unwrap();
    let opened = app.open(&id).await;
    assert_eq!((opened.responses, opened.answered), (2, 2));
}
