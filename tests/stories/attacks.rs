//! Attacks on accounts, tried and refused. What employees' links are attacked with stands in `hostile.rs`.

use std::time::Duration;

use medvirk::actions::accounts::{self, Wish};
use medvirk::actions::campaign;
use medvirk::actions::import::{self, Options};
use medvirk::config::PublicUrl;
use medvirk::people::phone::Phone;
use medvirk::people::role::Role;
use medvirk::ports::Clock;
use medvirk::web::connections::{self, Patience};
use reqwest::StatusCode;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::app::{On, PASSWORD, TestApp, on_both, phone};
use crate::looking::everything;
use crate::support::eventually;

on_both![
    a_planted_session_is_not_the_one_after_login,
    a_login_leads_nowhere_else,
    what_a_browser_says_of_the_host_is_not_repeated,
    what_anybody_writes_is_shown_as_text,
    a_spreadsheet_gets_no_formula,
    a_stolen_database_opens_nothing,
    large_and_broken_logins_are_refused,
    whoever_sends_slowly_is_cut_off,
];

const SESSION: &str = "medvirk-session";

async fn a_planted_session_is_not_the_one_after_login(app: TestApp) {
    app.account("kari", Role::Hr, &[]).await;
    let mut attacker = app.hr().await;
    let known = attacker.cookie(SESSION).unwrap().to_owned();
    let mut victim = app.browser();
    victim.plant(SESSION, &known);
    victim.log_in("kari", PASSWORD).await;
    assert_ne!(victim.cookie(SESSION), Some(known.as_str()));
    assert!(attacker.get("/account").await.has("hr") && !attacker.get("/account").await.has("kari"));
    // A value that no session has ever had, planted before or after, is none.
    for value in ["", "x", &"0".repeat(43), &"A".repeat(10_000)] {
        victim.plant(SESSION, value);
        let page = victim.get("/account").await;
        assert!(page.location.is_some_and(|to| to.starts_with("/login?")));
    }
}

async fn a_login_leads_nowhere_else(app: TestApp) {
    app.account("kari", Role::Hr, &[]).await;
    for next in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/x\r\nset-cookie: a=b",
        "javascript:alert(1)",
    ] {
        let mut browser = app.browser();
        let csrf = browser.get("/login").await.field("csrf");
        let fields = [("csrf", csrf.as_str()), ("name", "kari"), ("password", PASSWORD), ("next", next)];
        let came = browser.post("/login", &fields).await;
        assert_eq!(came.location.as_deref(), Some("/"), "{next:?}");
        assert!(browser.cookie("a").is_none());
    }
}

async fn what_a_browser_says_of_the_host_is_not_repeated(app: TestApp) {
    let mut browser = app.browser();
    for path in ["/login", "/", "/results", "/login/oidc", "/nothing"] {
        let request = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let request = request.get(browser.address(path)).header("host", "evil.example");
        let request = request.header("x-forwarded-host", "evil.example").header("forwarded", "host=evil.example");
        let page = browser.send(request).await;
        let said = format!("{:?} {:?} {}", page.location, page.headers, page.html);
        assert!(!said.contains("evil.example"), "{path}: {said}");
    }
}

async fn what_anybody_writes_is_shown_as_text(app: TestApp) {
    let hostile = "<script>alert(1)</script>";
    let csv = format!("employee_id,name,phone,area\n1,{hostile},40000001,\"{hostile}\"\n");
    let options =
        Options { dry_run: false, skip_bad: false, new_areas: true, complete: false, demo: true, ..Options::default() };
    import::import(app.db(), &app.app().ports, medvirk::store::audit::ITSELF, csv.as_bytes(), options).await.unwrap();
    let survey = include_str!("sealed.yaml");
    let id = campaign::create(app.db(), &app.app().ports, medvirk::store::audit::ITSELF, hostile, survey, true)
        .await
        .unwrap();
    app.launch(&id).await;
    app.send_everything().await;
    app.close_open_and_publish(&id).await;
    let name = format!("{hostile}\" onload=\"x");
    app.account(&name, Role::Hr, &[]).await;
    app.account("revisor", Role::Auditor, &[]).await;
    let mut hr = app.log_in(&name, PASSWORD).await;
    let mut auditor = app.log_in("revisor", PASSWORD).await;
    let mut pages = Vec::new();
    for path in ["/", "/people", "/results", "/account", "/campaigns/ID", "/campaigns/ID/delivery", "/results/ID"] {
        pages.push((path, hr.get(&path.replace("ID", &id)).await));
    }
    pages.push(("/audit", auditor.get("/audit").await));
    pages.push(("/login", app.browser().get("/login?next=/%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await));
    for (path, page) in &pages {
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.html.contains(hostile) && !page.html.contains("\" onload=\""), "{path}: {}", page.html);
    }
    assert!(pages.iter().filter(|(_, page)| page.has("&lt;script&gt;")).count() >= 7, "it is really there");
}

async fn a_spreadsheet_gets_no_formula(app: TestApp) {
    for name in ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)"] {
        app.account(name, Role::Hr, &[]).await;
        app.log_in(name, PASSWORD).await;
    }
    app.account("revisor", Role::Auditor, &[]).await;
    let csv = app.log_in("revisor", PASSWORD).await.get("/audit.csv").await.html;
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 10);
    for cell in rows.iter().flat_map(csv::StringRecord::iter) {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }
}

/// Everything that lets somebody in, and none of it in any row.
async fn a_stolen_database_opens_nothing(app: TestApp) {
    let wish = |name: &str, role, phone: Option<Phone>| Wish {
        name: name.to_owned(),
        role,
        areas: Vec::new(),
        whole: true,
        phone,
    };
    let ports = &app.app().ports;
    let link = accounts::invite(app.db(), ports, "test".into(), wish("ny", Role::Hr, None)).await.unwrap();
    let number = Phone::parse("40000001").unwrap();
    accounts::invite(app.db(), ports, "test".into(), wish("ombud", Role::Viewer, Some(number))).await.unwrap();
    let mut hr = app.hr().await;
    let mut phoning = app.browser();
    let csrf = phoning.get("/login").await.field("csrf");
    phoning.post("/login/phone", &[("csrf", &csrf), ("phone", "40000001")]).await;
    let phones = app.app().phones.as_ref().unwrap();
    let message = eventually("a code", || async { phones.newest(&phone(1), 0, 1).pop() }).await;
    let code = message.text.split(' ').next().unwrap().to_owned();
    let secret = hr.get("/account").await.field("secret");
    let secrets = [
        ("password", PASSWORD),
        ("link", &link),
        ("session", hr.cookie(SESSION).unwrap()),
        ("step", phoning.cookie("medvirk-step").unwrap()),
        ("authenticator", &secret),
    ];
    let all = everything(&app).await;
    for (what, secret) in secrets {
        assert!(secret.len() > 16 && !all.iter().any(|row| row.contains(secret)), "{what}");
    }
    let steps: Vec<&String> = all.iter().filter(|row| row.starts_with("login_steps")).collect();
    assert!(steps.len() == 1 && !steps[0].split('|').any(|cell| cell == code), "{steps:?}");
    // An id out of the database is no cookie.
    let id: String = sqlx::query_scalar("SELECT id FROM sessions").fetch_one(app.db().read()).await.unwrap();
    let mut thief = app.browser();
    thief.plant(SESSION, &id);
    assert_eq!(thief.get("/account").await.status, StatusCode::SEE_OTHER);
}

async fn large_and_broken_logins_are_refused(app: TestApp) {
    let mut browser = app.browser();
    let mut large = b"name=".to_vec();
    large.resize(300 * 1024, b'a');
    for path in ["/login", "/login/phone", "/login/code", "/welcome/x"] {
        assert_eq!(browser.post_raw(path, large.clone()).await.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        for body in [&b"%"[..], b"\x00\xff", b"csrf=%00&name=%ff", b"csrf=x&csrf=y&next=%0d%0a"] {
            let status = browser.post_raw(path, body.to_vec()).await.status;
            assert!(status.is_client_error(), "{path} {body:?}: {status}");
        }
    }
    app.account("kari", Role::Hr, &[]).await;
    let long = "x".repeat(100_000);
    assert_eq!(browser.log_in("kari", &long).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(browser.log_in(&long, PASSWORD).await.status, StatusCode::UNAUTHORIZED);
}

/// Over https the browser holds what another site or a plain connection could set or read.
#[tokio::test]
async fn cookies_over_https_are_the_hosts_own() {
    let clock = Clock::manual(Clock::System.now());
    let app = TestApp::start_with(On::Sqlite, clock, |settings| {
        settings.public_url = PublicUrl::parse("https://svar.example.no").unwrap();
    })
    .await;
    app.account("kari", Role::Hr, &[]).await;
    let mut browser = app.browser();
    let came = browser.log_in("kari", PASSWORD).await;
    let cookies: Vec<&str> = came.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
    assert!(cookies.iter().any(|cookie| cookie.starts_with("__Host-medvirk-session=")), "{cookies:?}");
    for cookie in cookies {
        assert!(cookie.starts_with("__Host-medvirk-"), "{cookie}");
        for word in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(cookie.contains(word), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
}

async fn whoever_sends_slowly_is_cut_off(app: TestApp) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let moment = Duration::from_millis(200);
    let patience = Patience { head: moment, body: moment, upload: moment };
    let router = medvirk::web::router(crate::app::shared(&app));
    let server = tokio::spawn(connections::serve(listener, router, patience, std::future::pending()));
    let heads = [
        "GET /login HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\nname=",
        "POST /s/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nname=\r\n",
    ];
    for head in heads {
        let mut slow = TcpStream::connect(address).await.unwrap();
        slow.write_all(head.as_bytes()).await.unwrap();
        let mut said = Vec::new();
        let ended = timeout(Duration::from_secs(30), slow.read_to_end(&mut said)).await;
        assert!(ended.is_ok(), "still waiting for the rest of {head}");
        let said = String::from_utf8_lossy(&said);
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 4"), "{said}");
    }
    server.abort();
}
