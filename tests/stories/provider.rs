//! Logging in by way of a real OpenID Connect provider (oidc-provider-mock, started by these stories).

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};

use jiff::SignedDuration;
use medvirk::actions::accounts::{self, Wish};
use medvirk::config::{Oidc, Secret};
use medvirk::people::role::Role;
use medvirk::ports::Clock;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::app::{Browser, On, Page, TestApp};
use crate::support::{eventually, http};

/// The provider, ended with the story.
struct Provider {
    process: Child,
    url: String,
}

impl Provider {
    async fn start() -> Self {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let url = format!("http://127.0.0.1:{port}");
        let mut provider = Self { process: Self::process(port), url };
        provider.ready().await;
        provider
    }

    fn process(port: u16) -> Child {
        // `./test` says where oidc-provider-mock is.
        let folder = std::env::var("MEDVIRK_TEST_OIDC").unwrap();
        let mut command = Command::new("python3");
        command.args(["-m", "oidc_provider_mock", "--port", &port.to_string()]).env("PYTHONPATH", folder);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    async fn ready(&mut self) {
        let address = format!("{}/.well-known/openid-configuration", self.url);
        eventually("the provider", || async { http().get(&address).send().await.ok()?.error_for_status().ok() }).await;
    }

    fn stop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// The same address, with other keys.
    async fn start_again(&mut self) {
        self.stop();
        self.process = Self::process(self.url.rsplit(':').next().unwrap().parse().unwrap());
        self.ready().await;
    }

    async fn user(&self, sub: &str, claims: &Value) {
        let answer = http().put(format!("{}/users/{sub}", self.url)).header("content-type", "application/json");
        let answer = answer.body(claims.to_string()).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
    }

    /// What the provider's page does when somebody logs in there: the address that leads back.
    async fn consent(&self, address: &str, sub: &str) -> String {
        assert!(address.starts_with(&self.url) && address.contains("code_challenge_method=S256"), "{address}");
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let form = http.post(address).header("content-type", "application/x-www-form-urlencoded");
        let answer = form.body(format!("sub={sub}")).send().await.unwrap();
        assert!(answer.status().is_redirection(), "{}", answer.text().await.unwrap());
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    fn settings(&self) -> Oidc {
        Oidc {
            issuer: self.url.clone(),
            client_id: "medvirk".to_owned(),
            client_secret: Secret::new("hemmelig".to_owned()),
            acr: None,
            roles_claim: "groups".to_owned(),
            name_claim: "preferred_username".to_owned(),
            roles: vec!["medvirk-hr = hr".to_owned(), "vo-helse = safety_rep: Pleie og omsorg".to_owned()],
        }
    }

    async fn app(&self, on: On) -> TestApp {
        let now = Clock::manual(Clock::System.now());
        let app = TestApp::start_with(on, now, |settings| settings.oidc = Some(self.settings())).await;
        app.import(4).await;
        app
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// The whole way there and back.
async fn log_in(provider: &Provider, browser: &mut Browser, sub: &str) -> Page {
    let there = browser.get("/login/oidc?next=%2Faccount").await.location.unwrap();
    let back = provider.consent(&there, sub).await;
    browser.get(&back).await
}

async fn is_in(browser: &mut Browser) -> bool {
    browser.get("/account").await.status == StatusCode::OK
}

async fn groups_let_in_and_out(on: On) {
    let provider = Provider::start().await;
    let app = provider.app(on).await;
    provider.user("7", &json!({"preferred_username": "kari", "groups": ["other", "vo-helse"]})).await;
    let mut kari = app.browser();
    assert!(kari.get("/login").await.has("/login/oidc?next=%2F"));
    assert_eq!(log_in(&provider, &mut kari, "7").await.location.as_deref(), Some("/account"));
    let page = kari.get("/account").await;
    assert!(page.has("kari") && page.has("verneombud"));
    let places = app.count("SELECT COUNT(*) FROM account_places").await;
    assert_eq!(places, 1);
    // Other groups at the next login, and the same account.
    provider.user("7", &json!({"preferred_username": "kari", "groups": ["medvirk-hr"]})).await;
    log_in(&provider, &mut kari, "7").await;
    assert_eq!(kari.get("/people").await.status, StatusCode::OK);
    assert_eq!(app.count("SELECT COUNT(*) FROM accounts").await, 1);
    // No group any more: not in, and out everywhere.
    provider.user("7", &json!({"preferred_username": "kari", "groups": []})).await;
    assert_eq!(log_in(&provider, &mut app.browser(), "7").await.status, StatusCode::UNAUTHORIZED);
    assert!(!is_in(&mut kari).await);
}

async fn a_name_is_not_enough(on: On) {
    let provider = Provider::start().await;
    let app = provider.app(on).await;
    // Somebody there calls himself as an account here that has a password.
    app.account("sjef", Role::Hr, &[]).await;
    provider.user("8", &json!({"preferred_username": "sjef", "groups": ["vo-helse"]})).await;
    assert_eq!(log_in(&provider, &mut app.browser(), "8").await.status, StatusCode::UNAUTHORIZED);
    // An account that waits for its owner is the first one's who comes, and nobody's after that.
    let wish = Wish { name: "ola".to_owned(), role: Role::Viewer, areas: Vec::new(), whole: true, phone: None };
    provider.user("9", &json!({"preferred_username": "ola"})).await;
    let unknown = log_in(&provider, &mut app.browser(), "9").await;
    assert_eq!(unknown.status, StatusCode::UNAUTHORIZED);
    assert!(unknown.html.contains("<code>ola</code>"), "what to tell HR");
    accounts::invite(app.db(), &app.app().ports, "test".into(), wish).await.unwrap();
    let mut ola = app.browser();
    log_in(&provider, &mut ola, "9").await;
    assert!(is_in(&mut ola).await);
    provider.user("10", &json!({"preferred_username": "ola", "groups": ["medvirk-hr"]})).await;
    assert_eq!(log_in(&provider, &mut app.browser(), "10").await.status, StatusCode::UNAUTHORIZED);
}

async fn a_code_lets_in_once_and_its_own_browser(on: On) {
    let provider = Provider::start().await;
    let app = provider.app(on).await;
    provider.user("7", &json!({"preferred_username": "kari", "groups": ["medvirk-hr"]})).await;
    let mut kari = app.browser();
    let there = kari.get("/login/oidc").await.location.unwrap();
    let back = provider.consent(&there, "7").await;
    // Somebody who makes another browser open the address, with a journey of its own or without one.
    let mut victim = app.browser();
    assert_eq!(victim.get(&back).await.status, StatusCode::FORBIDDEN);
    victim.get("/login/oidc").await;
    assert_eq!(victim.get(&back).await.status, StatusCode::FORBIDDEN);
    assert!(!is_in(&mut victim).await);
    let mut same = kari.clone();
    assert_eq!(kari.get(&back).await.status, StatusCode::SEE_OTHER);
    assert!(is_in(&mut kari).await);
    assert_eq!(same.get(&back).await.status, StatusCode::FORBIDDEN);
    // The code in a journey of one's own: the provider knows that it was used, and by whom it was asked for.
    let code = back.split("code=").nth(1).unwrap().split('&').next().unwrap();
    let there = same.get("/login/oidc").await.location.unwrap();
    let state = there.split("state=").nth(1).unwrap().split('&').next().unwrap();
    let replayed = same.get(&format!("/login/oidc/callback?code={code}&state={state}")).await;
    assert_eq!(replayed.status, StatusCode::FORBIDDEN);
    assert!(!is_in(&mut same).await);
}

async fn keys_change_clocks_differ_and_servers_fall(on: On) {
    let mut provider = Provider::start().await;
    let app = provider.app(on).await;
    let kari = json!({"preferred_username": "kari", "groups": ["medvirk-hr"]});
    provider.user("7", &kari).await;
    log_in(&provider, &mut app.browser(), "7").await;
    // It is asked for its keys again, but not at once: a flood of bad tokens is not passed on.
    provider.start_again().await;
    provider.user("7", &kari).await;
    app.clock.advance(SignedDuration::from_secs(30));
    let mut browser = app.browser();
    log_in(&provider, &mut browser, "7").await;
    assert!(is_in(&mut browser).await, "its new keys are known");
    app.clock.advance(SignedDuration::from_hours(2));
    assert_eq!(log_in(&provider, &mut app.browser(), "7").await.status, StatusCode::FORBIDDEN, "a token of long ago");
    let mut late = app.browser();
    let there = late.get("/login/oidc").await.location.unwrap();
    let back = provider.consent(&there, "7").await;
    provider.stop();
    let down = late.get(&back).await;
    assert!(down.status == StatusCode::BAD_GATEWAY && down.has("role=\"alert\""));
    app.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(app.browser().get("/login/oidc").await.status, StatusCode::BAD_GATEWAY);
    // Passwords go on.
    assert!(is_in(&mut app.hr().await).await);
}

async fn a_provider_of_another_name_is_nobodys(on: On) {
    let provider = Provider::start().await;
    let now = Clock::manual(Clock::System.now());
    let issuer = format!("{}/", provider.url);
    let settings = Oidc { issuer, ..provider.settings() };
    let app = TestApp::start_with(on, now, |all| all.oidc = Some(settings)).await;
    assert_eq!(app.browser().get("/login/oidc").await.status, StatusCode::FORBIDDEN);
    let without = TestApp::start(on).await;
    assert_eq!(without.browser().get("/login/oidc").await.status, StatusCode::NOT_FOUND);
    assert!(!without.browser().get("/login").await.has("/login/oidc"));
}

macro_rules! on_both {
    ($($story:ident),+ $(,)?) => {
        $(mod $story {
            #[tokio::test]
            async fn on_sqlite() {
                Box::pin(super::$story(crate::app::On::Sqlite)).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                Box::pin(super::$story(crate::app::On::Postgres)).await;
            }
        })+
    };
}

on_both![
    groups_let_in_and_out,
    a_name_is_not_enough,
    a_code_lets_in_once_and_its_own_browser,
    keys_change_clocks_differ_and_servers_fall,
    a_provider_of_another_name_is_nobodys,
];
