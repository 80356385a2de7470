//! What must not work.

use reqwest::StatusCode;

use crate::app::{MIDWAY, TestApp, on_both};

on_both![
    links_that_nobody_has_get_a_kind_page,
    forged_and_truncated_posts_store_no_nonsense,
    a_post_that_is_too_large_is_refused,
    pages_of_accounts_need_a_login,
    a_wrong_password_says_nothing_more,
    changes_need_the_sessions_own_token,
    another_site_cannot_post,
    reports_that_we_did_not_ask_for_are_refused,
    every_answer_is_hardened,
    hostile_texts_are_shown_as_texts,
];

async fn links_that_nobody_has_get_a_kind_page(app: TestApp) {
    app.open_campaign(MIDWAY, 1).await;
    let mut browser = app.browser();
    let long = "0".repeat(5_000);
    for token in ["0", "00000000000000000000000000", "%00", "..%2F..%2Fetc%2Fpasswd", "æøå", "'%20OR%201=1", &long] {
        let page = browser.get(&format!("/s/{token}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{token}");
        assert!(page.has("<h1"), "{token}");
    }
}

async fn forged_and_truncated_posts_store_no_nonsense(app: TestApp) {
    app.open_campaign(MIDWAY, 2).await;
    let mut phone = app.phone(1);
    let link = phone.link.clone();
    let forged: [(&str, &[(&str, &str)]); 8] = [
        ("home_office", &[("q.home_office", "perhaps")]),
        ("home_office", &[("shown", "home_office"), ("q.home_office", "yes"), ("q.home_office", "no")]),
        ("home_office", &[("shown", "overall"), ("q.overall", "99")]),
        ("overall", &[("q.overall", "5")]),
        ("nowhere", &[("q.home_office", "yes")]),
        ("you", &[("shown", "staff_responsibility,union_rep"), ("q.staff_responsibility", "\0")]),
        ("you", &[]),
        ("staffing", &[("shown", "staffing_how"), ("q.staffing_how", "x")]),
    ];
    for (page, fields) in forged {
        let answer = phone.browser.post(&format!("{link}?p={page}"), fields).await;
        assert!(!answer.status.is_server_error(), "{page} {fields:?} {}", answer.status);
    }
    for body in [&b"q.home_office=%ff%fe"[..], b"%", b"=&=&=", b"\x00\xff\x80", b"shown=home_office&q.home_off"] {
        let answer = phone.browser.post_raw(&format!("{link}?p=home_office"), body.to_vec()).await;
        assert!(!answer.status.is_server_error(), "{body:?} {}", answer.status);
    }
    let nowhere = phone.browser.post(&link, &[("q.home_office", "yes")]).await;
    assert_eq!(nowhere.status, StatusCode::BAD_REQUEST);
    phone.answer_everything(&[("redeployment", "no")]).await;
    phone.send().await;
    let answers = app.answered().await;
    assert!(answers.get("overall").is_none() && !answers.to_string().contains("perhaps"), "{answers}");
}

async fn a_post_that_is_too_large_is_refused(app: TestApp) {
    app.open_campaign(MIDWAY, 1).await;
    let mut phone = app.phone(1);
    let mut body = b"shown=overall_words&q.overall_words=".to_vec();
    body.resize(300 * 1024, b'a');
    let page = phone.browser.post_raw(&format!("{}?p=overall", phone.link.clone()), body).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.has("<h1"), "a page, not a bare error");
}

async fn pages_of_accounts_need_a_login(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 1).await;
    let mut browser = app.browser();
    for path in ["/".to_owned(), "/people".to_owned(), format!("/campaigns/{id}"), format!("/results/{id}")] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert!(page.location.unwrap().starts_with("/login?next="));
    }
    let closed = browser.post(&format!("/campaigns/{id}/close"), &[]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns WHERE state = 'closed'").await, 0);
}

async fn a_wrong_password_says_nothing_more(app: TestApp) {
    app.hr().await;
    let mut texts = Vec::new();
    for name in ["hr", "nobody"] {
        let mut browser = app.browser();
        let csrf = browser.get("/login").await.field("csrf");
        let fields = [("csrf", csrf.as_str()), ("name", name), ("password", "wrong wrong wrong")];
        let page = browser.post("/login", &fields).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
        texts.push(page.html.replace(&csrf, "").replace(&format!("value=\"{name}\""), ""));
    }
    assert_eq!(texts[0], texts[1], "an unknown account looks like a wrong password");
}

async fn changes_need_the_sessions_own_token(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 1).await;
    let mut hr = app.hr().await;
    let changes = ["launch", "close", "publish"].map(|change| format!("/campaigns/{id}/{change}"));
    for address in changes.into_iter().chain(["/logout".to_owned()]) {
        for csrf in ["", "forged"] {
            assert_eq!(hr.post(&address, &[("csrf", csrf)]).await.status, StatusCode::FORBIDDEN, "{address}");
        }
    }
    let unknown = hr.get("/campaigns/unknown").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let csrf = hr.get(&format!("/campaigns/{id}")).await.field("csrf");
    assert_eq!(hr.post("/logout", &[("csrf", &csrf)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(hr.get("/").await.status, StatusCode::SEE_OTHER, "logged out");
    assert_eq!(app.count("SELECT COUNT(*) FROM campaigns WHERE state = 'closed'").await, 0);
}

async fn another_site_cannot_post(app: TestApp) {
    let id = app.open_campaign(MIDWAY, 1).await;
    let mut hr = app.hr().await;
    let csrf = hr.get(&format!("/campaigns/{id}")).await.field("csrf");
    let request = reqwest::Client::new()
        .post(hr.address(&format!("/campaigns/{id}/close")))
        .header("origin", "https://evil.example")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("csrf={csrf}"));
    assert_eq!(hr.send(request).await.status, StatusCode::FORBIDDEN);
}

async fn reports_that_we_did_not_ask_for_are_refused(app: TestApp) {
    app.open_campaign(MIDWAY, 1).await;
    let mut browser = app.browser();
    let forged = browser.post_raw("/gateway/simulator/delivery?id=x&proof=y", b"{}".to_vec()).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let other = browser.post_raw("/gateway/kannel/delivery?id=x&proof=y", Vec::new()).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

async fn every_answer_is_hardened(app: TestApp) {
    app.open_campaign(MIDWAY, 1).await;
    let link = app.link(1);
    let mut browser = app.browser();
    for path in [link.as_str(), "/login", "/simulator", "/healthz", "/no/such/page", "/s/unknown"] {
        let headers = browser.get(path).await.headers;
        let value = |name: &str| headers.get(name).unwrap_or_else(|| panic!("{path}: {name}")).to_str().unwrap();
        assert!(value("content-security-policy").starts_with("default-src 'none'"));
        assert_eq!(value("referrer-policy"), "no-referrer");
        assert_eq!(value("x-frame-options"), "DENY");
        assert_eq!(value("x-content-type-options"), "nosniff");
        assert_eq!(value("cache-control"), "no-store");
    }
    let start = browser.get(&link).await;
    assert!(!start.has("<script") && start.headers.get("set-cookie").is_none());
    assert!(!start.has(link.rsplit('/').next().unwrap()), "the page can be shared from memory: it holds no token");
}

async fn hostile_texts_are_shown_as_texts(app: TestApp) {
    app.open_campaign(MIDWAY, 1).await;
    let mut phone = app.phone(1);
    let hostile = "<script>alert(1)</script>\"'>{{x}}";
    phone.answer_everything(&[("redeployment", "now"), ("overall_words", hostile)]).await;
    let page = phone.go("overall").await;
    assert!(page.has("&lt;script&gt;") && !page.has("<script>"), "{}", page.html);
}
