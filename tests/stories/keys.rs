//! Keys to the API: what each opens, and that those that are worth nothing open nothing.

use std::fmt::Write as _;

use jiff::SignedDuration;
use medvirk::actions::api_keys::{self as keys, Wish};
use medvirk::people::permission::Permission;
use medvirk::web::access::{May, Rule};
use medvirk::web::doors;
use reqwest::StatusCode;
use reqwest::header::{AUTHORIZATION, WWW_AUTHENTICATE};

use crate::api::{Api, KONTOR};
use crate::app::{TestApp, on_both, shared};

on_both![
    every_call_wants_its_permission,
    a_key_ends_when_it_is_revoked_or_old,
    hr_makes_a_key_and_sees_it_once,
    a_stolen_database_holds_no_key,
    guessing_a_key_is_slowed_down_and_a_good_key_is_not,
];

impl TestApp {
    /// A key that may do this, and where it reads results those of these areas; without any, the whole.
    pub(crate) async fn key(&self, name: &str, may: &[Permission], areas: &[&str]) -> Api {
        let reads = may.contains(&Permission::PublicationsRead);
        let areas: Vec<String> = areas.iter().map(|area| (*area).to_owned()).collect();
        let whole = reads && areas.is_empty();
        let wish = Wish { name: name.to_owned(), may: may.to_vec(), areas, whole, days: 90 };
        let key = keys::add(self.db(), &self.app().ports, "test".into(), wish).await.unwrap();
        Api::new(&self.url, &key)
    }

    /// A key that may do everything everywhere.
    pub(crate) async fn master_key(&self) -> Api {
        self.key("master", &Permission::ALL, &[]).await
    }
}

/// One request as this key makes it: in, or why not.
async fn knock(api: &Api, rule: &Rule, campaign: &str) -> String {
    let path = rule.path.replace("{id}", campaign);
    assert!(!path.contains('{'), "{path}: how is it filled?");
    let answer = api.send(api.request(rule.method.clone(), &path)).await;
    assert!(!answer.status.is_server_error(), "{} {path}: {}", rule.method, answer.text);
    match answer.status {
        StatusCode::UNAUTHORIZED => "401".to_owned(),
        StatusCode::FORBIDDEN => "–".to_owned(),
        _ => "yes".to_owned(),
    }
}

async fn every_call_wants_its_permission(app: TestApp) {
    let campaign = app.create(KONTOR).await;
    let mut all = vec![("nobody", Api::new(&app.url, "mvk_nobody"))];
    for permission in Permission::ALL {
        let name = permission.name().replace(':', "-");
        all.push((permission.name(), app.key(&name, &[permission], &[]).await));
    }
    let mut table = format!("{:48}", "");
    for (name, _) in &all {
        write!(table, "{name:18}").unwrap();
    }
    let doors = doors(&shared(&app));
    for rule in doors.rules().iter().filter(|rule| matches!(rule.may, May::Key(_))) {
        write!(table, "\n{:48}", format!("{} {}", rule.method, rule.path)).unwrap();
        for (_, api) in &all {
            write!(table, "{:18}", knock(api, rule, &campaign).await).unwrap();
        }
    }
    let table: Vec<&str> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!("which_key_may_what", table.join("\n"));
}

async fn a_key_ends_when_it_is_revoked_or_old(app: TestApp) {
    let (first, second) = (app.key("first", &[Permission::CampaignsRead], &[]).await, app.master_key().await);
    assert_eq!(first.get("/api/v1/campaigns").await.status, StatusCode::OK);
    keys::revoke(app.db(), &app.app().ports, "test".into(), "first").await.unwrap();
    let refused = first.get("/api/v1/campaigns").await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert_eq!(refused.headers[WWW_AUTHENTICATE], "Bearer realm=\"medvirk\"");
    assert_eq!(refused.json["type"], "urn:medvirk:problem:unauthorized");
    app.clock.advance(SignedDuration::from_hours(24 * 90 - 1));
    assert_eq!(second.get("/api/v1/campaigns").await.status, StatusCode::OK);
    app.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(second.get("/api/v1/campaigns").await.status, StatusCode::UNAUTHORIZED);
    // The cookie of somebody who is logged in is no key.
    let mut hr = app.hr().await;
    assert_eq!(hr.get("/api/v1/campaigns").await.status, StatusCode::UNAUTHORIZED);
}

async fn hr_makes_a_key_and_sees_it_once(app: TestApp) {
    app.import(4).await;
    let mut hr = app.hr().await;
    let csrf = hr.get("/keys").await.field("csrf");
    let fields =
        [("csrf", &*csrf), ("name", "power-bi"), ("may", "publications:read"), ("results", "whole"), ("days", "30")];
    let made = hr.post("/keys", &fields).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.html);
    let key = made.html.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(key.starts_with("mvk_") && key.len() == 56, "{key}");
    assert_eq!(hr.post("/keys", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY, "the name is taken");
    let listed = hr.get("/keys").await;
    assert!(listed.has("power-bi") && listed.has("Aldri") && !listed.has(&key));
    let api = Api::new(&app.url, &key);
    assert_eq!(api.get("/api/v1/publications").await.status, StatusCode::OK);
    assert_eq!(api.get("/api/v1/register").await.status, StatusCode::FORBIDDEN);
    assert!(!hr.get("/keys").await.has("Aldri"), "the last use is shown");
    hr.post("/keys/revoke", &[("csrf", &csrf), ("name", "power-bi")]).await;
    assert_eq!(api.get("/api/v1/publications").await.status, StatusCode::UNAUTHORIZED);
    let entries = "SELECT COUNT(*) FROM audit WHERE who = 'hr' AND action IN ('key_made', 'key_revoked')";
    assert_eq!(app.count(entries).await, 2);
}

async fn a_stolen_database_holds_no_key(app: TestApp) {
    let api = app.master_key().await;
    assert_eq!(api.get("/api/v1/campaigns").await.status, StatusCode::OK);
    let (id, hash): (String, String) =
        sqlx::query_as("SELECT id, hash FROM api_keys").fetch_one(app.db().read()).await.unwrap();
    assert!(!api.key.contains(&hash) && !hash.contains(&api.key));
    for stolen in [hash.clone(), format!("mvk_{hash}"), id] {
        assert_eq!(Api::new(&app.url, &stolen).get("/api/v1/campaigns").await.status, StatusCode::UNAUTHORIZED);
    }
    // Nor does SQLite's file, its log included.
    for file in std::fs::read_dir(app.folder()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let found = memchr::memmem::find(&std::fs::read(&path).unwrap(), api.key.as_bytes());
            assert!(found.is_none(), "{}", path.display());
        }
    }
}

async fn guessing_a_key_is_slowed_down_and_a_good_key_is_not(app: TestApp) {
    let good = app.master_key().await;
    for number in 0..61 {
        let wrong = format!("mvk_{}{number:02}", &good.key[4..54]);
        let answer = Api::new(&app.url, &wrong).get("/api/v1/campaigns").await;
        let expected = if number < 60 { StatusCode::UNAUTHORIZED } else { StatusCode::TOO_MANY_REQUESTS };
        assert_eq!(answer.status, expected, "{number}");
    }
    assert_eq!(good.get("/api/v1/campaigns").await.status, StatusCode::OK);
    // Other schemes and other shapes are no keys either.
    for header in [good.key.clone(), format!("Basic {}", good.key), "Bearer".to_owned(), "Bearer \u{fffd}".to_owned()] {
        let request = good.http.get(format!("{}/api/v1/campaigns", app.url)).header(AUTHORIZATION, header.as_bytes());
        let answer = good.send(request).await;
        assert!([401, 429].contains(&answer.status.as_u16()), "{header}");
    }
}
