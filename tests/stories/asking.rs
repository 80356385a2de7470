//! The first screen says who asks, and what this is not.

use std::net::SocketAddr;
use std::path::Path;

use medvirk::cli::server::{Part, Server};
use medvirk::config::Settings;
use medvirk::ports::{Chance, Ports};
use reqwest::StatusCode;
use tokio::net::TcpListener;

use crate::app::{MIDWAY, TestApp, on_both};

on_both![the_first_screen_says_who_asks, the_first_screen_says_where_incidents_are_reported];

const SVG: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>"#;

/// The same installation once more, with a name and a logo of its own.
async fn named(app: &TestApp) -> (Server, SocketAddr) {
    let folder = tempfile::tempdir().unwrap();
    let logo = folder.path().join("logo.svg");
    std::fs::write(&logo, SVG).unwrap();
    let said = format!("organisation = \"Eide & sønn\"\nlogo_file = \"{}\"\n", logo.display());
    let read = Settings::read(Path::new("medvirk.toml"), &said, []).unwrap();
    let mut settings = app.app().settings.clone();
    (settings.organisation, settings.logo) = (read.organisation, read.logo);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let ports = Ports { clock: app.clock.clone(), chance: Chance::System };
    let server = Server::start(settings, ports, listener, Some(Part::Web)).await.unwrap();
    let address = server.address;
    (server, address)
}

async fn the_first_screen_says_who_asks(app: TestApp) {
    app.open_campaign(MIDWAY, 1).await;
    let mut browser = app.browser();
    let link = app.link(1);
    assert!(!browser.get(&link).await.has("<img"), "without a setting there is no logo");
    let (server, address) = named(&app).await;
    let start = browser.get(&format!("http://{address}{}", link.trim_start_matches(&app.url))).await;
    assert!(start.has("Eide &amp; sønn") || start.has("Eide & sønn"), "{}", start.html);
    let logo = start.html.split("<img src=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(logo.starts_with("/assets/logo?v="), "{logo}");
    let picture = browser.get(&format!("http://{address}{logo}")).await;
    assert_eq!((picture.status, picture.html.as_str()), (StatusCode::OK, SVG));
    let header = |name: &str| picture.headers[name].to_str().unwrap();
    assert_eq!(header("content-type"), "image/svg+xml");
    assert!(header("content-security-policy").ends_with("sandbox"), "{}", header("content-security-policy"));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("cache-control").contains("immutable"));
    assert_eq!(browser.get("/assets/logo").await.status, StatusCode::NOT_FOUND);
    server.stop().await;
}

async fn the_first_screen_says_where_incidents_are_reported(app: TestApp) {
    let note = "incident_note: {nb: Dette er ikke et avvik, nn: Dette er ikkje eit avvik, en: This is no incident report, \
                pl: To nie jest zgłoszenie}\nminimum_group: 5";
    app.open_campaign(&MIDWAY.replacen("minimum_group: 5", note, 1), 1).await;
    let mut phone = app.phone(1);
    assert!(phone.open().await.has("Dette er ikke et avvik"));
    assert!(phone.go("start&lang=pl").await.has("To nie jest zgłoszenie"));
}
