//! Operations: is it alive, is it ready, what does it count.

use reqwest::StatusCode;

use crate::app::{MIDWAY, TestApp, on_both, shared};

on_both![the_process_says_how_it_is, without_its_database_it_says_so, style_sheets_are_kept_and_compressed];

async fn the_process_says_how_it_is(app: TestApp) {
    app.open_campaign(MIDWAY, 2).await;
    let link = app.link(1);
    let mut browser = app.browser();
    browser.get(&link).await;
    assert_eq!(browser.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(browser.get("/readyz").await.status, StatusCode::OK);
    let metrics = browser.get("/metrics").await;
    assert!(metrics.has("medvirk_http_requests_total{route=\"/s/{token}\",status=\"200\"}"), "{}", metrics.html);
    assert!(metrics.has("medvirk_messages{state=\"delivered\"} 2"), "{}", metrics.html);
    assert!(!metrics.has(link.rsplit('/').next().unwrap()));
}

async fn without_its_database_it_says_so(app: TestApp) {
    app.open_campaign(MIDWAY, 1).await;
    let link = app.link(1);
    shared(&app).db.close().await;
    let mut browser = app.browser();
    assert_eq!(browser.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(browser.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    let page = browser.get(&link).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.has("<h1"));
}

async fn style_sheets_are_kept_and_compressed(app: TestApp) {
    let mut browser = app.browser();
    let page = browser.get("/login").await;
    let address = page.html.split("href=\"/assets/").nth(1).unwrap().split('"').next().unwrap();
    let request =
        reqwest::Client::new().get(browser.address(&format!("/assets/{address}"))).header("accept-encoding", "gzip");
    let style = browser.send(request).await;
    assert_eq!(style.headers["content-encoding"], "gzip");
    assert_eq!(style.headers["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(browser.get("/assets/no.css").await.status, StatusCode::NOT_FOUND);
}
