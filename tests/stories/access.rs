//! Who may do what, and see which rows: every route, every role, own and foreign places.

use std::fmt::Write as _;

use medvirk::actions::accounts::{self, Wish};
use medvirk::people::role::Role;
use medvirk::web::access::{May, Rule};
use medvirk::web::doors;
use reqwest::{Method, StatusCode};

use crate::app::{Browser, PASSWORD, TestApp, on_both, shared};

on_both![
    every_route_lets_in_whom_its_rule_names,
    a_reader_sees_the_rows_of_own_places_alone,
    a_changed_account_is_changed_at_once,
    a_link_sets_a_password_once,
];

const SURVEY: &str = r#"
survey: kontor
languages: [nb]
title: {nb: Kontor}
intro: {nb: Hei}
thanks: {nb: Takk}
sms: {sender: Eksempel, invitation: {nb: "Svar: {link}"}}
attributes:
  age: {from: birth_year, bands: [75]}
breakdowns: [age]
pages:
  - id: work
    questions:
      - {id: office, type: yes_no, text: {nb: På kontoret?}}
      - {id: why, type: long_text, text: {nb: Hvorfor?}}
"#;

const OWN: &str = "Pleie og omsorg";
const FOREIGN: &str = "Oppvekst skole";

/// A published campaign with enough answers in two areas; gives its id.
async fn published(app: &TestApp) -> String {
    let id = app.open_campaign(SURVEY, 24).await;
    for number in 1..=24 {
        let mut phone = app.phone(number);
        phone.answer_everything(&[]).await;
        phone.send().await;
    }
    app.close_open_and_publish(&id).await;
    id
}

/// The register's id of a place.
async fn place(app: &TestApp, name: &str) -> String {
    let sql = "SELECT id FROM org_units WHERE name = $1";
    sqlx::query_scalar(sql).bind(name).fetch_one(app.db().read()).await.unwrap()
}

/// Nobody, and one of each role; those who see places see [`OWN`].
async fn everybody(app: &TestApp) -> Vec<(&'static str, Browser)> {
    let mut all = vec![("nobody", app.browser())];
    for role in Role::ALL {
        let areas: &[&str] = if role.is_everywhere() { &[] } else { &[OWN] };
        app.account(role.name(), role, areas).await;
        all.push((role.name(), app.log_in(role.name(), PASSWORD).await));
    }
    all
}

/// The addresses of a route: with places, where it takes one.
fn addresses(rule: &Rule, campaign: &str, own: &str, foreign: &str) -> Vec<(String, String)> {
    let question = if rule.path.contains("texts") { "why" } else { "office" };
    let filled = [
        ("{id}", campaign),
        ("{campaign}", campaign),
        ("{question}", question),
        ("{what}", "pause"),
        ("{account}", "nobody"),
    ];
    let path = filled.iter().fold(rule.path.to_owned(), |path, (name, value)| path.replace(name, value));
    let path = path.replace("{file}", "hr.css");
    assert!(!path.contains('{'), "{path}: how is it filled?");
    let mut all = vec![(format!("{} {}", rule.method, rule.path), path.clone())];
    if rule.path == "/results/{campaign}/{question}" {
        for (word, place) in [("OWN", own), ("FOREIGN", foreign)] {
            for by in ["", "&by=age"] {
                let label = format!("{} {}?place={word}{by}", rule.method, rule.path);
                all.push((label, format!("{path}?place={place}{by}")));
            }
        }
    }
    all
}

/// One request as this browser makes it, with its session's token.
async fn knock(browser: &mut Browser, csrf: &str, method: &Method, path: &str) -> &'static str {
    let page = match *method {
        Method::GET => browser.get(path).await,
        _ => browser.post(path, &[("csrf", csrf)]).await,
    };
    let to_login = page.location.as_deref().is_some_and(|to| to.starts_with("/login?"));
    match page.status {
        StatusCode::SEE_OTHER if to_login => "login",
        StatusCode::FORBIDDEN => "–",
        // Behind the door: there is no such place for this reader.
        StatusCode::NOT_FOUND if path.contains("place=") => "404",
        status => {
            assert!(!status.is_server_error(), "{method} {path}: {status}");
            "yes"
        }
    }
}

/// The token of whoever is logged in stands in every page's form.
async fn csrf(browser: &mut Browser) -> String {
    let page = browser.get("/nothing").await;
    if page.has("name=\"csrf\"") { page.field("csrf") } else { String::new() }
}

async fn every_route_lets_in_whom_its_rule_names(app: TestApp) {
    let campaign = published(&app).await;
    let (own, foreign) = (place(&app, "Tjeneste 0").await, place(&app, "Tjeneste 1").await);
    let mut people = everybody(&app).await;
    let mut table = format!("{:62}", "");
    for (name, _) in &people {
        write!(table, "{name:11}").unwrap();
    }
    let doors = doors(&shared(&app));
    for rule in doors.rules() {
        if rule.may == May::Holder {
            write!(table, "\n{:62}whoever holds the secret", format!("{} {}", rule.method, rule.path)).unwrap();
            continue;
        }
        // Those of keys are in `keys.rs`.
        if matches!(rule.may, May::Key(_)) {
            continue;
        }
        for (label, path) in addresses(rule, &campaign, &own, &foreign) {
            write!(table, "\n{label:62}").unwrap();
            // Whoever has logged out comes in again.
            if ["/account/sign-out", "/logout"].contains(&rule.path) {
                people = everybody(&app).await;
            }
            for (_, browser) in &mut people {
                let csrf = csrf(browser).await;
                let word = knock(browser, &csrf, &rule.method, &path).await;
                write!(table, "{word:11}").unwrap();
            }
        }
    }
    let table: Vec<&str> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!("who_may_what", table.join("\n"));
}

async fn a_reader_sees_the_rows_of_own_places_alone(app: TestApp) {
    let campaign = published(&app).await;
    app.account("ombud", Role::SafetyRep, &[OWN]).await;
    let mut ombud = app.log_in("ombud", PASSWORD).await;
    assert_eq!(ombud.get("/").await.location.as_deref(), Some("/results"));
    assert!(ombud.get("/results").await.has(&format!("/results/{campaign}")));
    // To compare with: the whole and all areas, as everybody sees them.
    let whole = ombud.get(&format!("/results/{campaign}/office?place=")).await;
    assert!(whole.has(OWN) && whole.has(FOREIGN) && !whole.has("/campaigns/"), "{}", whole.html);
    let (own, foreign) = (place(&app, OWN).await, place(&app, FOREIGN).await);
    let below = ombud.get(&format!("/results/{campaign}/office?place={own}")).await;
    assert!(below.has("Tjeneste 0"));
    // The other area has no rows below it.
    let foreign_area = ombud.get(&format!("/results/{campaign}/office?place={foreign}")).await;
    assert!(!foreign_area.has("Tjeneste 1"), "{}", foreign_area.html);
    let service = place(&app, "Tjeneste 1").await;
    let refused = ombud.get(&format!("/results/{campaign}/office?place={service}")).await;
    let unknown = ombud.get(&format!("/results/{campaign}/office?place=unknown")).await;
    assert_eq!((refused.status, &refused.html), (StatusCode::NOT_FOUND, &unknown.html));
    // Of a campaign without a publication, a reader does not even learn that it is there.
    let draft = app.create(SURVEY).await;
    assert_eq!(ombud.get(&format!("/results/{draft}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.hr().await.get(&format!("/results/{draft}")).await.status, StatusCode::OK);
}

async fn a_changed_account_is_changed_at_once(app: TestApp) {
    let campaign = published(&app).await;
    app.account("kari", Role::Hr, &[]).await;
    let mut kari = app.log_in("kari", PASSWORD).await;
    assert_eq!(kari.get(&format!("/campaigns/{campaign}")).await.status, StatusCode::OK);
    let sql = "UPDATE accounts SET role = 'leader', whole = 0 WHERE name = 'kari'";
    app.execute(sql).await;
    assert_eq!(kari.get(&format!("/campaigns/{campaign}")).await.status, StatusCode::FORBIDDEN);
    // Without a place it sees what everybody sees, and nothing of its own.
    assert!(!kari.get(&format!("/results/{campaign}/office?by=age")).await.has("Tjeneste"));
    // A role that this version does not know may do nothing.
    app.execute("UPDATE accounts SET role = 'owner' WHERE name = 'kari'").await;
    assert!(kari.get("/results").await.status.is_server_error());
}

async fn a_link_sets_a_password_once(app: TestApp) {
    let wish = || Wish { name: "kari".to_owned(), role: Role::Hr, areas: Vec::new(), whole: true, phone: None };
    let token = accounts::invite(app.db(), &app.app().ports, "test".into(), wish()).await.unwrap();
    let stored: String = sqlx::query_scalar("SELECT id FROM account_links").fetch_one(app.db().read()).await.unwrap();
    assert!(!stored.contains(&token));
    let mut browser = app.browser();
    assert_eq!(browser.log_in("kari", "").await.status, StatusCode::UNAUTHORIZED, "there is no password yet");
    let address = format!("/welcome/{token}");
    assert!(browser.get(&address).await.has("value=\"kari\""));
    for (password, again) in [("kort", "kort"), ("password1234", "password1234"), (PASSWORD, "another one")] {
        let page = browser.post(&address, &[("password", password), ("again", again)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{password}");
        assert!(page.has("role=\"alert\"") && !page.has(password));
    }
    let set = browser.post(&address, &[("password", PASSWORD), ("again", PASSWORD)]).await;
    assert_eq!(set.location.as_deref(), Some("/login"));
    app.log_in("kari", PASSWORD).await;
    let fields = [("password", "another good one, kari?"), ("again", "another good one, kari?")];
    assert_eq!(browser.post(&address, &fields).await.status, StatusCode::GONE);
    // A newer link makes the older one worthless; time does the same.
    let first = accounts::invite(app.db(), &app.app().ports, "test".into(), wish()).await.unwrap();
    let second = accounts::invite(app.db(), &app.app().ports, "test".into(), wish()).await.unwrap();
    assert_eq!(browser.get(&format!("/welcome/{first}")).await.status, StatusCode::GONE);
    assert_eq!(browser.get(&format!("/welcome/{second}")).await.status, StatusCode::OK);
    app.clock.advance(accounts::LINK);
    assert_eq!(browser.get(&format!("/welcome/{second}")).await.status, StatusCode::GONE);
    assert_eq!(browser.post(&format!("/welcome/{second}"), &fields).await.status, StatusCode::GONE);
    app.log_in("kari", PASSWORD).await;
}
