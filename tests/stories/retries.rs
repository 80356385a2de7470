//! A program that asks again: nothing is done twice, and nobody asks too much.

use jiff::SignedDuration;
use medvirk::people::permission::Permission;
use reqwest::StatusCode;
use reqwest::header::{LOCATION, RETRY_AFTER};
use serde_json::json;

use crate::api::KONTOR;
use crate::app::{TestApp, on_both};

on_both![
    whoever_asks_again_gets_the_first_answer,
    a_name_belongs_to_one_call_of_one_key,
    of_calls_at_the_same_moment_one_is_done,
    what_broke_off_is_not_begun_again,
    a_key_has_so_many_requests_a_minute,
];

async fn whoever_asks_again_gets_the_first_answer(app: TestApp) {
    let api = app.master_key().await;
    let new = json!({ "name": "Høst", "definition": KONTOR });
    let first = api.post_once("a", "/api/v1/campaigns", &new).await;
    let again = api.post_once("a", "/api/v1/campaigns", &new).await;
    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::CREATED));
    assert_eq!((&first.text, &first.headers[LOCATION]), (&again.text, &again.headers[LOCATION]));
    assert_eq!(again.headers["idempotent-replayed"], "true");
    assert!(!first.headers.contains_key("idempotent-replayed"));
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns").await, 1);
    // A refusal is an answer too.
    let refused = api.post_once("b", "/api/v1/campaigns", &json!({ "name": "", "definition": KONTOR })).await;
    let same = api.post_once("b", "/api/v1/campaigns", &json!({ "name": "", "definition": KONTOR })).await;
    assert_eq!((refused.status, &refused.text), (same.status, &same.text));
    // Nothing of an answer lies open in the database.
    let sealed: Vec<String> =
        sqlx::query_scalar("SELECT sealed FROM api_answers").fetch_all(app.db().read()).await.unwrap();
    assert!(sealed.len() == 2 && sealed.iter().all(|sealed| !sealed.contains("Høst") && !sealed.contains("kontor")));
    // After a day the name is free.
    app.clock.advance(SignedDuration::from_hours(24));
    app.tidy().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM api_answers").await, 0);
    api.post_once("a", "/api/v1/campaigns", &new).await.good();
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns").await, 2);
}

async fn a_name_belongs_to_one_call_of_one_key(app: TestApp) {
    let (api, other) = (app.master_key().await, app.key("other", &[Permission::CampaignsWrite], &[]).await);
    let new = |name: &str| json!({ "name": name, "definition": KONTOR });
    api.post_once("a", "/api/v1/campaigns", &new("one")).await.good();
    let refused = api.post_once("a", "/api/v1/campaigns", &new("two")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json["errors"][0]["field"], "idempotency-key");
    other.post_once("a", "/api/v1/campaigns", &new("two")).await.good();
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns").await, 2);
    for name in ["", "a b", &"a".repeat(256)] {
        assert_eq!(api.post_once(name, "/api/v1/campaigns", &new("three")).await.status, StatusCode::BAD_REQUEST);
    }
}

async fn of_calls_at_the_same_moment_one_is_done(app: TestApp) {
    let api = app.master_key().await;
    let new = json!({ "name": "Høst", "definition": KONTOR });
    let calls = (0..8).map(|_| api.post_once("a", "/api/v1/campaigns", &new));
    let answers = futures_util::future::join_all(calls).await;
    for answer in answers {
        let fine = [StatusCode::CREATED, StatusCode::CONFLICT].contains(&answer.status);
        assert!(fine, "{}: {}", answer.status, answer.text);
        assert!(answer.status == StatusCode::CREATED || answer.headers.contains_key(RETRY_AFTER));
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns").await, 1);
}

async fn what_broke_off_is_not_begun_again(app: TestApp) {
    let id = app.open_campaign(KONTOR, 3).await;
    let api = app.master_key().await;
    let address = format!("/api/v1/campaigns/{id}/reminders");
    api.post_once("a", &address, &json!({})).await.good();
    // As if the process had died between doing and answering.
    app.execute("UPDATE api_answers SET status = 0, sealed = ''").await;
    let soon = api.post_once("a", &address, &json!({})).await;
    assert_eq!((soon.status, &soon.headers[RETRY_AFTER]), (StatusCode::CONFLICT, &"2".parse().unwrap()));
    app.clock.advance(SignedDuration::from_mins(3));
    let late = api.post_once("a", &address, &json!({})).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.json["detail"].as_str().unwrap().contains("look whether it was done"));
    assert_eq!(app.count("SELECT COUNT(*) FROM messages WHERE round > 0").await, 3, "nobody is reminded twice");
}

async fn a_key_has_so_many_requests_a_minute(app: TestApp) {
    let (api, other) = (app.master_key().await, app.key("other", &[Permission::CampaignsRead], &[]).await);
    let first = api.get("/api/v1/campaigns").await;
    assert_eq!(first.headers["ratelimit-policy"], "\"key\";q=300;w=60");
    assert_eq!(first.headers["ratelimit"], "\"key\";r=299;t=60");
    app.execute("UPDATE api_keys SET used = 299 WHERE name = 'master'").await;
    assert_eq!(api.get("/api/v1/campaigns").await.headers["ratelimit"], "\"key\";r=0;t=60");
    app.clock.advance(SignedDuration::from_secs(20));
    let refused = api.get("/api/v1/campaigns").await;
    assert_eq!(
        (refused.status, &refused.headers[RETRY_AFTER]),
        (StatusCode::TOO_MANY_REQUESTS, &"40".parse().unwrap())
    );
    assert_eq!(other.get("/api/v1/campaigns").await.status, StatusCode::OK, "each key has its own");
    app.clock.advance(SignedDuration::from_secs(40));
    assert_eq!(api.get("/api/v1/campaigns").await.headers["ratelimit"], "\"key\";r=299;t=60");
}
