//! Programs that are told what happens: signed, tried again, and never inside.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode as Status};
use axum::response::Redirect;
use axum::routing::{any, post};
use jiff::{SignedDuration, Timestamp};
use medvirk::actions::webhooks::{self as actions, secret_text, signature};
use medvirk::delivery::outward::Reach;
use medvirk::delivery::webhooks::Courier;
use medvirk::people::permission::Permission;
use medvirk::ports::Clock;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::api::{Api, KONTOR};
use crate::app::{On, TestApp, on_both};

on_both![
    an_address_is_told_what_happens,
    what_does_not_arrive_is_tried_for_a_day,
    two_couriers_send_an_event_once,
    nothing_goes_inside,
    a_stolen_database_signs_nothing,
];

/// What a receiver got.
#[derive(Clone, Debug)]
struct Got {
    headers: HeaderMap,
    body: String,
}

/// A program that listens, and answers as it is told.
struct Receiver {
    address: String,
    got: Arc<Mutex<Vec<Got>>>,
    answers: Arc<Mutex<Status>>,
}

type Shared = (Arc<Mutex<Vec<Got>>>, Arc<Mutex<Status>>);

async fn receive(State((got, answers)): State<Shared>, headers: HeaderMap, body: String) -> Status {
    got.lock().unwrap().push(Got { headers, body });
    *answers.lock().unwrap()
}

impl Receiver {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (got, answers) = (Arc::default(), Arc::new(Mutex::new(Status::NO_CONTENT)));
        let inside = format!("{address}/");
        let routes = Router::new()
            .route("/", post(receive))
            .route("/away", any(async move || Redirect::temporary(&inside)))
            .with_state((Arc::clone(&got), Arc::clone(&answers)));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { address, got, answers }
    }

    fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }
}

impl TestApp {
    /// What the worker has; without it stepped by hand, nothing is sent.
    fn courier(&self, reach: Reach) -> Courier {
        Courier::new(self.db(), &self.app().ports, self.app().webhooks_key, reach).unwrap()
    }
}

async fn send_all(courier: &Courier) {
    while courier.step().await.unwrap() {}
}

/// Adds an address past the check of what is typed, as if it had been public then.
async fn planted(app: &TestApp, address: &str) {
    actions::add(app.db(), &app.app().ports, "test".into(), address.to_owned()).await.unwrap();
}

async fn launched(app: &TestApp, api: &Api) -> String {
    app.import(3).await;
    let id = app.create(KONTOR).await;
    api.post(&format!("/api/v1/campaigns/{id}/launch"), &json!({ "recipients": 3 })).await.good();
    id
}

/// What is not told in two ways: with what has happened, or not at all.
async fn an_address_is_told_what_happens(app: TestApp) {
    let (api, receiver) = (app.master_key().await, Receiver::start().await);
    planted(&app, &receiver.address).await;
    let id = launched(&app, &api).await;
    api.post(&format!("/api/v1/campaigns/{id}/launch"), &json!({ "recipients": 3 })).await;
    api.send(api.request(Method::POST, &format!("/api/v1/campaigns/{id}/close"))).await.good();
    api.send(api.request(Method::POST, &format!("/api/v1/campaigns/{id}/open"))).await.good();
    let edition = api.post(&format!("/api/v1/campaigns/{id}/publications"), &json!({})).await.good();
    send_all(&app.courier(Reach::Loopback)).await;
    let mut told: Vec<Value> = receiver.got().iter().map(|got| serde_json::from_str(&got.body).unwrap()).collect();
    told.sort_by_key(|event| event["type"].to_string());
    let at = "2020-06-10T09:00:00Z";
    assert_eq!(
        told,
        [
            json!({ "type": "campaign.closed", "timestamp": at, "data": { "campaign": id } }),
            json!({ "type": "campaign.launched", "timestamp": at, "data": { "campaign": id, "recipients": 3 } }),
            json!({ "type": "results.published", "timestamp": at, "data": {
                "campaign": id, "edition": 1, "last": true, "hash": edition["hash"],
            } }),
        ]
    );
    let webhook: String = sqlx::query_scalar("SELECT id FROM webhooks").fetch_one(app.db().read()).await.unwrap();
    let secret = actions::secret(&app.app().webhooks_key, &webhook);
    for Got { headers, body } in receiver.got() {
        let text = |name: &str| headers[name].to_str().unwrap().to_owned();
        let at = Timestamp::from_second(text("webhook-timestamp").parse().unwrap()).unwrap();
        assert_eq!(at.to_string(), "2020-06-10T09:00:00Z");
        assert_eq!(text("webhook-signature"), signature(&secret, &text("webhook-id"), at, &body));
        assert_eq!(text("content-type"), "application/json");
    }
    let listed = api.get("/api/v1/webhooks").await.good();
    assert_eq!((&listed["items"][0]["arrived"], &listed["items"][0]["waiting"]), (&json!(3), &json!(0)));
    assert!(!listed.to_string().contains("whsec_"));
    let gone = api.send(api.request(Method::DELETE, &format!("/api/v1/webhooks/{webhook}"))).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(api.get("/api/v1/webhooks").await.good()["items"], json!([]));
}

async fn what_does_not_arrive_is_tried_for_a_day(app: TestApp) {
    let (api, receiver) = (app.master_key().await, Receiver::start().await);
    planted(&app, &receiver.address).await;
    launched(&app, &api).await;
    *receiver.answers.lock().unwrap() = Status::INTERNAL_SERVER_ERROR;
    let courier = app.courier(Reach::Loopback);
    send_all(&courier).await;
    assert_eq!(receiver.got().len(), 1, "nothing is tried again at once");
    app.clock.advance(SignedDuration::from_secs(5));
    send_all(&courier).await;
    let tries = receiver.got();
    let name = |got: &Got| got.headers["webhook-id"].clone();
    assert!(tries.len() == 2 && name(&tries[0]) == name(&tries[1]), "a receiver knows that it is the same one");
    let standing = api.get("/api/v1/webhooks").await.good()["items"][0].clone();
    assert_eq!((&standing["waiting"], &standing["problem"]), (&json!(1), &json!("the receiver answered 500")));
    for _ in 0..10 {
        app.clock.advance(SignedDuration::from_hours(11));
        send_all(&courier).await;
    }
    assert_eq!(receiver.got().len(), 9);
    assert_eq!(api.get("/api/v1/webhooks").await.good()["items"][0]["given_up"], 1);
    // After 30 days nothing is left of it.
    app.clock.advance(SignedDuration::from_hours(30 * 24));
    app.tidy().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM webhook_events").await, 0);
}

async fn two_couriers_send_an_event_once(app: TestApp) {
    let (api, receiver) = (app.master_key().await, Receiver::start().await);
    planted(&app, &receiver.address).await;
    launched(&app, &api).await;
    let (one, other) = (app.courier(Reach::Loopback), app.courier(Reach::Loopback));
    let (first, second) = tokio::join!(one.step(), other.step());
    assert!(first.unwrap() ^ second.unwrap(), "one of them had nothing to do");
    assert_eq!(receiver.got().len(), 1);
    // Whoever takes it and dies gives it back after a minute.
    app.execute("UPDATE webhook_events SET arrived_at = NULL, due_at = 1591779600000 + 60000").await;
    assert!(!one.step().await.unwrap());
    app.clock.advance(SignedDuration::from_mins(1));
    assert!(one.step().await.unwrap());
}

async fn nothing_goes_inside(app: TestApp) {
    let (api, receiver) = (app.master_key().await, Receiver::start().await);
    let port = receiver.address.rsplit(':').next().unwrap().to_owned();
    for address in [
        receiver.address.clone(),
        format!("https://127.0.0.1:{port}/"),
        "https://169.254.169.254/latest/meta-data/".to_owned(),
        "https://[::ffff:127.0.0.1]/".to_owned(),
        "https://user:password@example.no/".to_owned(),
    ] {
        let refused = api.post("/api/v1/webhooks", &json!({ "address": address })).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
        assert_eq!(refused.json["errors"][0]["field"], "address");
    }
    // Names are judged when they are connected to, and what was taken once is judged again.
    let names = [format!("https://localhost:{port}/"), format!("https://127.0.0.1:{port}/"), receiver.address.clone()];
    for address in &names {
        planted(&app, address).await;
    }
    planted(&app, &format!("{}/away", receiver.address)).await;
    launched(&app, &api).await;
    send_all(&app.courier(Reach::Outside)).await;
    assert!(receiver.got().is_empty());
    let listed = api.get("/api/v1/webhooks").await.good();
    let problems: Vec<&str> =
        listed["items"].as_array().unwrap().iter().filter_map(|one| one["problem"].as_str()).collect();
    assert_eq!(problems.len(), 4, "{problems:?}");
    assert!(problems.contains(&"the name leads to no public address"), "{problems:?}");
    // A redirect is not followed, wherever it leads.
    app.execute(
        "UPDATE webhook_events SET due_at = 0 WHERE webhook_id IN (SELECT id FROM webhooks WHERE address LIKE '%away')",
    )
    .await;
    send_all(&app.courier(Reach::Loopback)).await;
    assert!(receiver.got().is_empty());
    let away = "SELECT problem FROM webhook_events WHERE problem LIKE 'the receiver answered 3%'";
    let problem: String = sqlx::query_scalar(away).fetch_one(app.db().read()).await.unwrap();
    assert_eq!(problem, "the receiver answered 307");
}

async fn a_stolen_database_signs_nothing(app: TestApp) {
    let api = app.key("events", &[Permission::WebhooksWrite], &[]).await;
    let new = json!({ "address": "https://events.example.no/medvirk" });
    let added = api.post_once("a", "/api/v1/webhooks", &new).await.good();
    let (id, secret) = (added["id"].as_str().unwrap(), added["secret"].as_str().unwrap());
    assert_eq!(secret, secret_text(&app.app().webhooks_key, id));
    // Whoever lost the answer gets it again, and only they.
    assert_eq!(api.post_once("a", "/api/v1/webhooks", &new).await.good(), added);
    for table in ["webhooks", "webhook_events", "api_answers", "audit"] {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT * FROM {table}")))
            .fetch_all(app.db().read())
            .await
            .unwrap();
        for row in &rows {
            use sqlx::Row as _;
            for column in 0..row.len() {
                let text: String = row.try_get(column).unwrap_or_default();
                assert!(!text.contains(&secret[6..]), "{table}");
            }
        }
    }
}

#[tokio::test]
async fn production_never_sends_to_itself() {
    let clock = Clock::manual("2020-06-10T09:00:00Z".parse::<Timestamp>().unwrap());
    let app = TestApp::start_with(On::Sqlite, clock, |settings| settings.webhooks_to_loopback = true).await;
    assert_eq!(Reach::of(&app.app().settings), Reach::Loopback);
    let set = |environment: &str| {
        let text = format!("environment = \"{environment}\"\nwebhooks_to_loopback = \"true\"");
        medvirk::config::Settings::read("medvirk.toml".as_ref(), &text, [])
            .map(|settings| settings.webhooks_to_loopback)
    };
    assert!(set("test").unwrap());
    assert!(set("production").unwrap_err().to_string().contains("webhooks_to_loopback: cannot be true in production"));
}
