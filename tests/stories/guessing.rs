//! Somebody tries links that nobody has.

use std::net::SocketAddr;

use jiff::SignedDuration;
use medvirk::actions::guess::ALLOWED;
use medvirk::cli::server::{Part, Server};
use medvirk::ports::{Chance, Ports};
use reqwest::StatusCode;
use tokio::net::TcpListener;

use crate::app::{MIDWAY, TestApp, on_both};

on_both![
    whoever_guesses_is_slowed_down_and_a_real_link_never_is,
    several_nodes_count_together_and_no_address_is_kept,
    a_header_is_believed_only_where_the_settings_name_it,
];

fn guess(number: i64) -> String {
    format!("/s/{number:026}")
}

async fn whoever_guesses_is_slowed_down_and_a_real_link_never_is(app: TestApp) {
    app.open_campaign(MIDWAY, 2).await;
    let mut phone = app.phone(1);
    let mut browser = app.browser();
    for number in 0..ALLOWED {
        assert_eq!(browser.get(&guess(number)).await.status, StatusCode::NOT_FOUND, "{number}");
    }
    let page = browser.get(&guess(ALLOWED)).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.has("Vent litt"), "{}", page.html);
    let wait: i64 = page.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=600).contains(&wait), "{wait}");
    assert_eq!(browser.post("/s/short?p=send", &[]).await.status, StatusCode::TOO_MANY_REQUESTS);
    // The same address, and nothing of it is felt.
    phone.answer_everything(&[]).await;
    phone.send().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM envelopes").await, 1);
    assert_eq!(app.count("SELECT count FROM guesses").await, ALLOWED, "what is refused is not written");
    app.clock.advance(SignedDuration::from_secs(wait));
    assert_eq!(browser.get(&guess(0)).await.status, StatusCode::NOT_FOUND);
}

async fn several_nodes_count_together_and_no_address_is_kept(app: TestApp) {
    app.open_campaign(MIDWAY, 1).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let ports = Ports { clock: app.clock.clone(), chance: Chance::System };
    let other = Server::start(app.app().settings.clone(), ports, listener, Some(Part::Web)).await.unwrap();
    let mut browser = app.browser();
    for number in 0..ALLOWED / 2 {
        browser.get(&guess(number)).await;
        browser.get(&format!("http://{}{}", other.address, guess(number))).await;
    }
    assert_eq!(browser.get(&guess(0)).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(app.count("SELECT COUNT(*) FROM guesses WHERE who LIKE '%127%0%0%1%' OR LENGTH(who) <> 32").await, 0);
    app.tidy().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM guesses").await, 1);
    app.clock.advance(SignedDuration::from_mins(10));
    app.tidy().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM guesses").await, 0);
    other.stop().await;
}

async fn a_header_is_believed_only_where_the_settings_name_it(app: TestApp) {
    app.open_campaign(MIDWAY, 1).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let ports = Ports { clock: app.clock.clone(), chance: Chance::System };
    let mut settings = app.app().settings.clone();
    settings.trusted_proxy_header = Some("X-Forwarded-For".to_owned());
    let proxied = Server::start(settings, ports, listener, Some(Part::Web)).await.unwrap();
    let said = |server: SocketAddr, from: &str| {
        reqwest::Client::new().get(format!("http://{server}{}", guess(0))).header("x-forwarded-for", from)
    };
    let mut browser = app.browser();
    // Another address each time: behind the proxy another visitor, elsewhere a mere claim.
    for number in 0..=ALLOWED {
        let from = format!("198.51.100.7, 2001:db8:0:{number:x}::1");
        assert_eq!(browser.send(said(proxied.address, &from)).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM guesses").await, ALLOWED + 1);
    for number in 0..ALLOWED {
        browser.send(said(app.server.address, &format!("192.0.2.{number}"))).await;
    }
    assert_eq!(browser.send(said(app.server.address, "192.0.2.200")).await.status, StatusCode::TOO_MANY_REQUESTS);
    proxied.stop().await;
}
