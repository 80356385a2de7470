//! The neighbours that the other tests stand on do what they are trusted with.
#![expect(clippy::unwrap_used, reason = "a test whose surroundings fail cannot go on")]

mod support;

use axum::extract::RawQuery;
use axum::routing::get;
use reqwest::StatusCode;
use sqlx::Connection as _;
use sqlx::postgres::PgConnection;
use support::chromium::Phone;
use support::kannel::{Kannel, PASSWORD, UNROUTABLE, USERNAME};
use support::postgres::Database;
use thirtyfour::By;
use tokio::sync::mpsc;

/// A page on loopback that hands on every query it gets; its address and what it got.
async fn listener() -> (String, mpsc::UnboundedReceiver<String>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let page = get(move |RawQuery(query): RawQuery| async move { sender.send(query.unwrap_or_default()).unwrap() });
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", socket.local_addr().unwrap());
    tokio::spawn(async { axum::serve(socket, axum::Router::new().route("/", page)).await });
    (address, receiver)
}

async fn send(kannel: &Kannel, reports: &str, to: &str, text: &str, ucs2: bool) -> StatusCode {
    let report = format!("{reports}?to={}&type=%d", to.trim_start_matches('+'));
    let mut query = vec![("username", USERNAME), ("password", PASSWORD), ("from", "Eide"), ("to", to), ("text", text)];
    query.extend([("charset", "UTF-8"), ("dlr-mask", "31"), ("dlr-url", &report)]);
    query.extend(ucs2.then_some(("coding", "2")));
    support::http().get(kannel.sendsms()).query(&query).send().await.unwrap().status()
}

#[tokio::test]
async fn kannel_takes_a_message_to_a_phone_and_reports_it() {
    let (reports, mut reported) = listener().await;
    let kannel = Kannel::start(&reports).await;
    let long = "Blåbærsyltetøy på brødskiva. ".repeat(8);
    assert_eq!(send(&kannel, &reports, "+4790000001", "Hei æøå {[€]}\nneste linje", false).await, StatusCode::ACCEPTED);
    assert_eq!(send(&kannel, &reports, "+4790000002", "«Hei»", true).await, StatusCode::ACCEPTED);
    assert_eq!(send(&kannel, &reports, "+4790000003", &long, false).await, StatusCode::ACCEPTED);
    assert_eq!(send(&kannel, &reports, "+4790000004", &format!("«{long}"), true).await, StatusCode::ACCEPTED);
    let got = kannel.received(4).await;
    let got: Vec<_> = got.iter().map(|sms| (sms.text.as_str(), sms.ucs2, sms.parts)).collect();
    assert_eq!(got[..2], [("Hei æøå {[€]}\nneste linje", false, 1), ("«Hei»", true, 1)]);
    assert_eq!(got[2..], [(long.as_str(), false, 2), (&format!("«{long}"), true, 4)]);
    let mut all = Vec::new();
    for _ in 0..8 {
        all.push(reported.recv().await.unwrap());
    }
    all.sort();
    let expected = (1..=4).flat_map(|n| [1, 8].map(|kind| format!("to=479000000{n}&type={kind}")));
    assert_eq!(all, expected.collect::<Vec<_>>());
}

#[tokio::test]
async fn kannel_refuses_a_number_without_a_route_and_reports_it() {
    let (reports, mut reported) = listener().await;
    let kannel = Kannel::start(&reports).await;
    assert_eq!(send(&kannel, &reports, &format!("{UNROUTABLE}001"), "Hei", false).await, StatusCode::FORBIDDEN);
    assert_eq!(reported.recv().await.unwrap(), "to=4799000001&type=16");
}

#[tokio::test]
async fn kannel_hands_on_what_a_phone_sends() {
    let (inbound, mut received) = listener().await;
    let kannel = Kannel::start(&inbound).await;
    kannel.phone_sends("+4790000001", "2440", "STOPP nå").await;
    kannel.phone_sends("+4790000002", "2440", "stop").await;
    assert_eq!(received.recv().await.unwrap(), "from=%2B4790000001&to=2440&text=STOPP+n%C3%A5");
    assert_eq!(received.recv().await.unwrap(), "from=%2B4790000002&to=2440&text=stop");
}

#[tokio::test]
async fn chromium_is_a_phone() {
    let page = "data:text/html,<meta name=viewport content='width=device-width'><h1 ontouchstart=''>Hei</h1>";
    let phone = Phone::start().await;
    phone.driver().goto(page).await.unwrap();
    assert_eq!(phone.driver().find(By::Tag("h1")).await.unwrap().text().await.unwrap(), "Hei");
    let shape =
        "return [innerWidth, innerHeight, navigator.maxTouchPoints > 0, matchMedia('(pointer: coarse)').matches]";
    let shape: (u32, u32, bool, bool) = phone.driver().execute(shape, vec![]).await.unwrap().convert().unwrap();
    assert_eq!(shape, (360, 740, true, true));
    assert!(!phone.overflows().await);
    phone.driver().goto(format!("{page}<div style='width:900px'>wide</div>")).await.unwrap();
    assert!(phone.overflows().await);
    phone.screenshot("harness").await;
}

#[tokio::test]
async fn each_postgres_database_is_new_and_goes_away() {
    let (first, second) = tokio::join!(Database::create(), Database::create());
    let mut connection = PgConnection::connect(&first.url()).await.unwrap();
    let count = "SELECT COUNT(*) FROM pg_tables WHERE tablename = 'mark'";
    sqlx::query("CREATE TABLE mark (id TEXT)").execute(&mut connection).await.unwrap();
    assert_eq!(sqlx::query_scalar::<_, i64>(count).fetch_one(&mut connection).await.unwrap(), 1);
    let mut other = PgConnection::connect(&second.url()).await.unwrap();
    assert_eq!(sqlx::query_scalar::<_, i64>(count).fetch_one(&mut other).await.unwrap(), 0);
    let url = first.url();
    drop(first);
    let gone = PgConnection::connect(&url).await.unwrap_err().to_string();
    assert!(gone.contains("does not exist"), "{gone}");
}
