//! Opening fails closed, can be done again, and leaves no key behind.

use jiff::SignedDuration;
use medvirk::actions::campaign::{self, CampaignError, Exit, Terms};
use medvirk::actions::doctor::{self, Trouble};
use medvirk::actions::open::{self, OpenError, Opened};
use medvirk::actions::publish;
use medvirk::anonymity::shares::{Share, ShareError};
use medvirk::config::Keys;
use medvirk::store::{audit, campaigns, responses};

use crate::app::{TestApp, on_both};

on_both![
    an_envelope_that_does_not_open_keeps_everything_closed,
    a_key_that_is_lost_is_missed_before_and_not_replaced,
    what_a_crash_has_left_is_made_up_for,
    two_must_come_together_where_it_was_decided,
    without_a_place_for_the_key_nothing_is_launched,
    answers_and_invitations_are_deleted_when_their_time_is_over,
];

const SURVEY: &str = include_str!("sealed.yaml");

async fn answer(app: &TestApp, people: usize) {
    for number in 1..=people {
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
    let begun = campaign::launch(app.actor(Exit::Simulator), keys, &id, terms).await.unwrap();
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
    let refused = campaign::launch(app.actor(Exit::Simulator), &nowhere, &id, Terms::default()).await;
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
