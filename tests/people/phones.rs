//! The phone simulator over real HTTP: what it takes, keeps, reports and remembers.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::routing::post;
use axum::{Json, Router};
use medvirk::ports::Clock;
use medvirk::simulate::phones::book::{PhoneState, link};
use medvirk::simulate::phones::faults::Faults;
use medvirk::simulate::phones::{Manners, Simulator, http};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

fn client() -> reqwest::Client {
    // A second test finds the provider installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    format!("http://{address}")
}

/// The one who sent the messages: its callback address and what it hears there. The first report is answered with 503.
async fn sender() -> (String, UnboundedReceiver<Value>) {
    let (heard, inbox) = unbounded_channel();
    let first = Arc::new(std::sync::atomic::AtomicBool::new(true));
    let callback = move |Json(report): Json<Value>| {
        let (heard, first) = (heard.clone(), Arc::clone(&first));
        async move {
            if first.swap(false, std::sync::atomic::Ordering::SeqCst) {
                return axum::http::StatusCode::SERVICE_UNAVAILABLE;
            }
            heard.send(report).unwrap();
            axum::http::StatusCode::NO_CONTENT
        }
    };
    (serve(Router::new().route("/callback", post(callback))).await + "/callback", inbox)
}

fn simulator(log: &Path, undelivered: u32) -> Arc<Simulator> {
    let clock = Clock::manual("2026-06-01T08:00:00Z".parse().unwrap());
    Arc::new(Simulator::start(log, clock, client(), Manners::out_of_reach(undelivered)).unwrap())
}

async fn send(url: &str, to: &str, text: &str, callback: Option<&str>) -> (u16, Value) {
    let body = json!({ "to": to, "from": "Eksempel", "text": text, "reference": text, "callback": callback });
    let request = client().post(format!("{url}/simulator/send")).header("content-type", "application/json");
    let answer = request.body(body.to_string()).send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or(Value::Null))
}

#[tokio::test]
async fn a_message_is_taken_kept_and_reported_until_the_report_is_received() {
    let dir = TempDir::new().unwrap();
    let phones = simulator(&dir.path().join("phones.jsonl"), 0);
    let url = serve(http::router(Arc::clone(&phones))).await;
    let (callback, mut inbox) = sender().await;

    let (status, answer) = send(&url, "+4799900001", "one https://x.example/s/a ok", Some(&callback)).await;
    assert_eq!((status, answer), (202, json!({ "id": "sim-1" })));
    let report = inbox.recv().await.unwrap();
    let expected = json!({ "reference": "one https://x.example/s/a ok", "id": "sim-1", "status": "delivered" });
    assert_eq!(report, expected);
    assert_eq!(phones.links(), ["https://x.example/s/a"]);
}

#[tokio::test]
async fn a_second_start_goes_on_where_the_first_one_was() {
    let dir = TempDir::new().unwrap();
    let log = dir.path().join("phones.jsonl");
    let (callback, mut inbox) = sender().await;
    {
        let phones = simulator(&log, 1_000);
        let url = serve(http::router(Arc::clone(&phones))).await;
        send(&url, "+4799900001", "http://x/s/old", None).await;
        send(&url, "+4799900002", "http://x/s/two", None).await;
        send(&url, "+4799900001", "http://x/s/new", None).await;
        // Nobody listens there.
        send(&url, "+4799900003", "http://x/s/three", Some("http://127.0.0.1:1/")).await;
    }
    let unreported = std::fs::read_to_string(&log).unwrap().replace("http://127.0.0.1:1/", &callback);
    std::fs::write(&log, unreported + "{\"at\":\"cut sho").unwrap();

    let phones = simulator(&log, 1_000);
    assert_eq!(inbox.recv().await.unwrap()["status"], "undelivered");
    let url = serve(http::router(Arc::clone(&phones))).await;
    assert_eq!(send(&url, "+4799900004", "http://x/s/four", None).await.1, json!({ "id": "sim-5" }));
    drop(phones);

    let phones = simulator(&log, 0);
    let newest: Vec<String> = phones.newest("", 0, 10).into_iter().map(|message| message.text).collect();
    assert_eq!(newest, ["http://x/s/four", "http://x/s/three", "http://x/s/new", "http://x/s/two", "http://x/s/old"]);
    assert_eq!(phones.newest("999 00 001", 1, 10).len(), 1);
    let list = phones.phones("", 1, 2);
    let page: Vec<_> = list.phones.iter().map(|(phone, messages)| (phone.as_str(), messages.len())).collect();
    assert_eq!((list.total, page), (4, vec![("+4799900003", 1), ("+4799900001", 2)]));
}

#[tokio::test]
async fn phones_out_of_reach_have_no_link_to_follow() {
    let dir = TempDir::new().unwrap();
    let phones = simulator(&dir.path().join("phones.jsonl"), 1_000);
    let url = serve(http::router(Arc::clone(&phones))).await;
    let (callback, mut inbox) = sender().await;
    send(&url, "+4799900001", "http://x/s/a", Some(&callback)).await;
    assert_eq!(inbox.recv().await.unwrap()["status"], "undelivered");
    // The report is written down when its answer has come back.
    while phones.counts().1 == 0 {
        tokio::task::yield_now().await;
    }
    assert!(phones.newest("", 0, 1)[0].state == PhoneState::Undelivered);
    assert!(phones.links().is_empty());
}

#[tokio::test]
async fn forms_are_taken_too_and_nonsense_is_refused() {
    let dir = TempDir::new().unwrap();
    let phones = simulator(&dir.path().join("phones.jsonl"), 0);
    let url = serve(http::router(phones)).await;
    let post = |kind: &'static str, body: String| {
        let request = client().post(format!("{url}/simulator/send")).header("content-type", kind);
        async move { request.body(body).send().await.unwrap().status().as_u16() }
    };
    let form = "application/x-www-form-urlencoded";
    assert_eq!(post(form, "to=%2B4799900001&from=E&text=hei&reference=r".to_owned()).await, 202);
    assert_eq!(post(form, "to=%2B4799900001".to_owned()).await, 422);
    assert_eq!(post(form, "to=12&from=E&text=hei&reference=r".to_owned()).await, 400);
    assert_eq!(post("application/json", "{".to_owned()).await, 400);
    assert_eq!(post(form, "x".repeat(100_000)).await, 413);
}

#[tokio::test]
async fn a_log_that_is_none_is_refused() {
    let dir = TempDir::new().unwrap();
    let log = dir.path().join("phones.jsonl");
    for other_file in ["employee_id,phone\n", "employee_id,phone"] {
        std::fs::write(&log, other_file).unwrap();
        let clock = Clock::manual("2026-06-01T08:00:00Z".parse().unwrap());
        assert!(Simulator::start(&log, clock, client(), Manners::default()).is_err());
        assert_eq!(std::fs::read_to_string(&log).unwrap(), other_file);
    }
}

#[tokio::test]
async fn what_goes_wrong_on_demand_is_taken_first_or_not_at_all() {
    let dir = TempDir::new().unwrap();
    let cases = [
        ("accept_then_500", Some(500), true),
        ("accept_then_reset", None, true),
        ("accept_then_silence", None, true),
        ("garbage", Some(202), true),
        ("slow", None, true),
        ("too_many", Some(429), false),
        ("busy", Some(503), false),
        ("refuse", Some(422), false),
    ];
    for (fault, status, taken) in cases {
        let clock = Clock::manual("2026-06-01T08:00:00Z".parse().unwrap());
        let faults = Faults::new(format!("{fault}=1").parse().unwrap(), 1);
        let manners = Manners { faults, ..Manners::default() };
        let phones = Arc::new(Simulator::start(&dir.path().join(fault), clock, client(), manners).unwrap());
        let url = serve(http::router(Arc::clone(&phones))).await;
        let request = client().post(format!("{url}/simulator/send")).header("content-type", "application/json");
        let body = json!({ "to": "+4799900001", "from": "E", "text": "hei", "reference": "r" });
        let whole = async {
            let answer = request.timeout(Duration::from_millis(500)).body(body.to_string()).send().await?;
            let status = answer.status().as_u16();
            answer.bytes().await.map(|_| status)
        };
        assert_eq!(whole.await.ok(), status, "{fault}");
        assert_eq!(phones.counts().0, usize::from(taken), "{fault}");
    }
}

#[tokio::test]
async fn reports_come_early_and_twice_on_demand() {
    let dir = TempDir::new().unwrap();
    let clock = Clock::manual("2026-06-01T08:00:00Z".parse().unwrap());
    let manners = Manners { reports: "early,twice".parse().unwrap(), ..Manners::default() };
    let phones = Arc::new(Simulator::start(&dir.path().join("log"), clock, client(), manners).unwrap());
    let url = serve(http::router(Arc::clone(&phones))).await;
    let (callback, mut inbox) = sender().await;
    assert_eq!(send(&url, "+4799900001", "hei", Some(&callback)).await.0, 202);
    assert!(inbox.try_recv().is_ok() && inbox.try_recv().is_ok(), "both were there before the answer");
}

#[test]
fn links_are_found_in_texts() {
    assert_eq!(link("Svar her: https://x.no/s/abc innen fredag"), Some("https://x.no/s/abc"));
    assert_eq!(link("Ingen lenke"), None);
}
