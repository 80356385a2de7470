//! Looking changes nothing, and what is looked at stays between the phone and the server.

use medvirk::respond::token::Token;
use reqwest::{Method, StatusCode};
use sqlx::Row as _;

use crate::app::{Browser, MIDWAY, TestApp, on_both};

on_both![
    looking_changes_nothing_in_the_whole_database,
    everything_of_the_form_stays_between_phone_and_server,
    the_database_knows_links_by_their_hash_alone,
];

/// Every table of ours.
const TABLES: [&str; 25] = [
    "definitions",
    "org_units",
    "employees",
    "campaigns",
    "invitations",
    "messages",
    "delivery_reports",
    "drafts",
    "envelopes",
    "responses",
    "texts",
    "publications",
    "accounts",
    "account_places",
    "account_links",
    "login_steps",
    "recovery_codes",
    "sessions",
    "rounds",
    "audit",
    "audit_head",
    "guesses",
    "themes",
    "text_themes",
    "text_publications",
];

/// The rows of all tables, as text.
pub(crate) async fn everything(app: &TestApp) -> Vec<String> {
    let mut all = Vec::new();
    for table in TABLES {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT * FROM {table}")))
            .fetch_all(app.db().read())
            .await
            .unwrap();
        all.extend(rows.iter().map(|row| {
            let value = |at: usize| {
                let text = row.try_get::<Option<String>, _>(at).map(Option::unwrap_or_default);
                let number = || row.try_get::<Option<i64>, _>(at).map(|number| format!("{number:?}"));
                let real = || row.try_get::<Option<f64>, _>(at).map(|number| format!("{number:?}"));
                text.or_else(|_| number()).or_else(|_| real()).unwrap()
            };
            format!("{table}: {}", (0..row.len()).map(value).collect::<Vec<_>>().join("|"))
        }));
    }
    all.sort();
    all
}

/// A campaign in which one has begun and another has answered; gives its id.
async fn half_way(app: &TestApp) -> String {
    let id = app.open_campaign(MIDWAY, 3).await;
    let mut begun = app.phone(1);
    begun.go("home_office").await;
    begun.answer(&[("q.home_office", "yes")]).await;
    let mut done = app.phone(2);
    done.answer_everything(&[]).await;
    done.send().await;
    id
}

async fn look(browser: &mut Browser, method: &Method, path: &str) -> StatusCode {
    let request = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let request = request.request(method.clone(), browser.address(path));
    browser.send(request).await.status
}

async fn looking_changes_nothing_in_the_whole_database(app: TestApp) {
    let id = half_way(&app).await;
    let mut hr = app.hr().await;
    let mut paths: Vec<String> = [
        "/",
        "/login",
        "/people",
        "/results",
        "/account",
        "/login/code",
        "/welcome/x",
        "/simulator",
        "/healthz",
        "/readyz",
        "/metrics",
        "/nothing",
    ]
    .map(str::to_owned)
    .into();
    let pages =
        ["", "?p=you", "?p=home_office&lang=pl", "?p=send", "?p=start", "?p=stop", "?p=nothing", "?p=send&send=1"];
    paths.extend((1..=3).flat_map(|number| pages.map(|page| format!("{}{page}", app.link(number)))));
    paths.extend(
        ["", "/launch", "/delivery", "/close", "/publish", "/pause", "/texts", "/texts/improve"]
            .map(|at| format!("/campaigns/{id}{at}")),
    );
    let before = everything(&app).await;
    assert!(before.len() > 10, "{before:?}");
    for path in &paths {
        for method in [Method::GET, Method::HEAD] {
            let status = look(&mut hr, &method, path).await;
            assert!(!status.is_server_error(), "{method} {path}: {status}");
        }
    }
    assert_eq!(everything(&app).await, before);
    // The one thing that looking may leave behind: a count without a name, of links that nobody has.
    look(&mut hr, &Method::GET, "/s/00000000000000000000000000").await;
    assert_eq!(everything(&app).await.len(), before.len() + 1);
    // And a line in the audit log, of results and of what leaves as a file.
    for (path, lines) in [("results", 2), ("campaigns", 3)] {
        let at = if path == "results" { "" } else { "/problems.csv" };
        look(&mut hr, &Method::GET, &format!("/{path}/{id}{at}")).await;
        assert_eq!(everything(&app).await.len(), before.len() + lines);
    }
}

async fn everything_of_the_form_stays_between_phone_and_server(app: TestApp) {
    half_way(&app).await;
    let mut browser = app.browser();
    let (begun, done, fresh) = (app.link(1), app.link(2), app.link(3));
    let mut answers = Vec::new();
    for page in ["", "?p=start", "?p=you", "?p=send", "?p=stop", "?p=nothing"] {
        for link in [&begun, &done, &fresh] {
            answers.push((format!("GET {page}"), browser.get(&format!("{link}{page}")).await));
        }
    }
    let wrong = [("shown", "home_office"), ("q.home_office", "perhaps")];
    answers.push(("a mistake".to_owned(), browser.post(&format!("{begun}?p=home_office"), &wrong).await));
    answers.push(("a page".to_owned(), browser.post(&format!("{begun}?p=home_office"), &[]).await));
    answers.push(("no page".to_owned(), browser.post(&begun, &[]).await));
    answers.push(("a stop".to_owned(), browser.post(&format!("{begun}?p=stop"), &[]).await));
    answers.push(("nobody's".to_owned(), browser.get("/s/00000000000000000000000000").await));
    for (what, answer) in answers {
        let header =
            |name: &str| answer.headers.get(name).unwrap_or_else(|| panic!("{what}: {name}")).to_str().unwrap();
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script"), "{what}: {policy}");
        assert!(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"), "{what}: {policy}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{what}");
        assert_eq!(header("x-frame-options"), "DENY", "{what}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{what}");
        assert_eq!(header("cache-control"), "no-store", "{what}");
        assert!(answer.headers.get("set-cookie").is_none(), "{what}");
        for link in [&begun, &done, &fresh] {
            let token = link.rsplit('/').next().unwrap();
            assert!(!answer.html.contains(token) && !format!("{:?}", answer.headers).contains(token), "{what}");
        }
    }
}

/// What is compared is a hash that the database holds: neither its rows nor the time that a look-up takes lead to a token.
async fn the_database_knows_links_by_their_hash_alone(app: TestApp) {
    half_way(&app).await;
    let all = everything(&app).await.join("\n");
    for number in 1..=3 {
        let link = app.link(number);
        let text = link.rsplit('/').next().unwrap();
        let token = Token::parse(text).unwrap();
        assert!(!all.contains(text) && !all.contains(&text.to_uppercase()));
        assert!(all.contains(&token.lookup_hash()), "what the database looks for");
    }
}
