//! HR makes, changes and removes the accounts of others, without a command and without locking anybody out.

use medvirk::actions::accounts::AccountError;
use medvirk::actions::accounts::by_hr::Hr;
use medvirk::actions::factor;
use medvirk::people::role::Role;
use medvirk::store::accounts::{self, Account};
use medvirk::store::audit;
use reqwest::StatusCode;

use crate::app::{Browser, PASSWORD, Page, TestApp, on_both};
use crate::logins::totp;

on_both![
    hr_lets_a_colleague_in_and_out_again,
    what_is_wrong_stands_at_its_field,
    some_accounts_are_not_for_hr_to_change,
    two_who_remove_each_other_leave_one,
];

impl TestApp {
    async fn named(&self, name: &str) -> Account {
        accounts::named(self.db(), name).await.unwrap().unwrap()
    }

    /// What was done since the beginning, the newest first.
    async fn done(&self) -> Vec<(String, String)> {
        let links = audit::before(self.db(), i64::MAX, 100).await.unwrap();
        links.into_iter().map(|link| (link.entry.action, link.entry.detail)).collect()
    }
}

/// A form as somebody of HR sends it from that page.
async fn send(hr: &mut Browser, page: &str, address: &str, fields: &[(&str, &str)]) -> Page {
    let csrf = hr.get(page).await.field("csrf");
    hr.post(address, &[&[("csrf", csrf.as_str())], fields].concat()).await
}

/// The link that the page shows this once.
fn link(page: &Page) -> String {
    let from = page.html.find("/welcome/").unwrap_or_else(|| panic!("no link: {}", page.html));
    page.html[from..].split('<').next().unwrap().to_owned()
}

async fn hr_lets_a_colleague_in_and_out_again(app: TestApp) {
    app.import(4).await;
    let mut hr = app.hr().await;
    let page = hr.get("/accounts").await;
    let place = page.html.split("name=\"place\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [("name", "ola"), ("role", "leader"), ("scope", "places"), ("place", &place), ("phone", "40000000")];
    let made = send(&mut hr, "/accounts", "/accounts", &fields).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.html);
    let ola = app.named("ola").await;
    assert_eq!(ola.role, Role::Leader);
    // The link lets its owner in, once, and is nowhere else.
    let address = link(&made);
    assert!(!hr.get("/accounts").await.has("/welcome/"));
    let mut colleague = app.browser();
    colleague.post(&address, &[("password", PASSWORD), ("again", PASSWORD)]).await;
    let mut colleague = app.log_in("ola", PASSWORD).await;
    assert_eq!(colleague.get("/results").await.status, StatusCode::OK);
    assert!(hr.get("/accounts").await.has("10. juni 2020 kl. 11.00"), "the last time that somebody came in");
    // Another role, at once.
    let own = format!("/accounts/{}", ola.id);
    let changed = send(&mut hr, &own, &own, &[("role", "hr"), ("scope", "whole")]).await;
    assert_eq!(changed.location, Some(format!("{own}?changed=true")));
    assert_eq!(colleague.get("/people").await.status, StatusCode::OK);
    assert_eq!(app.named("ola").await.phone, None, "the number was emptied");
    // A forgotten password and a lost authenticator.
    let ports = &app.app().ports;
    let secret = factor::new_secret(&ports.chance);
    let code = totp(&app, &secret);
    factor::set(app.db(), ports, &app.app().accounts_key, "ola".into(), &secret, &code).await.unwrap();
    let forgotten = send(&mut hr, &own, &format!("{own}/forget-factor"), &[]).await;
    assert_eq!(forgotten.status, StatusCode::SEE_OTHER);
    assert!(app.named("ola").await.totp.is_none());
    let again = link(&send(&mut hr, &own, &format!("{own}/link"), &[]).await);
    app.log_in("ola", PASSWORD).await;
    let other = "another good one, ola?";
    app.browser().post(&again, &[("password", other), ("again", other)]).await;
    colleague = app.log_in("ola", other).await;
    // Out, and whoever was in is out too.
    assert_eq!(send(&mut hr, &own, &format!("{own}/remove"), &[]).await.location.as_deref(), Some("/accounts"));
    assert_eq!(colleague.get("/people").await.location.as_deref(), Some("/login?next=%2Fpeople"));
    assert_eq!(hr.get(&own).await.status, StatusCode::NOT_FOUND);
    let done = app.done().await;
    let told = ["account_changed", "account_removed", "link_made", "second_factor_removed"];
    let of_accounts = done.iter().filter(|(action, _)| told.contains(&action.as_str()));
    let of_accounts: Vec<_> = of_accounts.map(|(action, detail)| format!("{action} {detail}")).collect();
    assert_eq!(
        of_accounts[..5],
        [
            "account_removed ola",
            "link_made ola",
            "second_factor_removed ola",
            "account_changed ola: hr, whole",
            "account_changed ola: leader, Oppvekst skole",
        ]
    );
    assert!(done.iter().all(|(_, detail)| !detail.contains("40000000")), "no number is in the log");
}

async fn what_is_wrong_stands_at_its_field(app: TestApp) {
    app.import(4).await;
    let mut hr = app.hr().await;
    app.account("ola", Role::Leader, &["Oppvekst skole"]).await;
    let long = "x".repeat(101);
    for (fields, field, says) in [
        ([("name", ""), ("role", "hr"), ("scope", "whole")], "name", "trenger et navn"),
        ([("name", &long), ("role", "hr"), ("scope", "whole")], "name", "trenger et navn"),
        ([("name", "ola"), ("role", "viewer"), ("scope", "whole")], "name", "allerede en konto"),
        ([("name", "per"), ("role", "king"), ("scope", "whole")], "role", "Velg en rolle"),
        ([("name", "per"), ("role", "auditor"), ("scope", "whole")], "role", "revisor kontrollerer HR"),
        ([("name", "per"), ("role", "leader"), ("scope", "places")], "scope", "Kryss av for minst ett sted"),
    ] {
        let page = send(&mut hr, "/accounts", "/accounts", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {}", page.html);
        let at = page.html.find(&format!("name=\"{field}\"")).unwrap();
        assert!(page.html[at..].contains("id=\"fault\"") && page.html[at..].contains(says), "{field}: {says}");
        assert!(page.html.contains("role=\"alert\""));
    }
    let fields = [("name", "per"), ("role", "viewer"), ("scope", "whole"), ("phone", "12")];
    let page = send(&mut hr, "/accounts", "/accounts", &fields).await;
    assert!(page.has("Dette er ikke et telefonnummer") && page.has("value=\"per\""), "what was typed is still there");
    assert_eq!(app.count("SELECT COUNT(*) FROM accounts").await, 2);
    assert_eq!(app.named("ola").await.role, Role::Leader, "an account whose name is taken stays as it is");
}

async fn some_accounts_are_not_for_hr_to_change(app: TestApp) {
    let mut hr = app.hr().await;
    app.account("kontroll", Role::Auditor, &[]).await;
    app.account("gitt", Role::Viewer, &[]).await;
    app.execute("UPDATE accounts SET granted = 1, subject = 'x y' WHERE name = 'gitt'").await;
    for (name, says) in [("hr", "din egen konto"), ("kontroll", "revisor"), ("gitt", "innloggingstjenesten")] {
        let before = app.named(name).await;
        let own = format!("/accounts/{}", before.id);
        let page = hr.get(&own).await;
        assert!(page.has(says) && !page.has("/remove\""), "{name}: {}", page.html);
        for what in ["", "/link", "/forget-factor", "/remove"] {
            let page = send(&mut hr, "/accounts", &format!("{own}{what}"), &[("role", "hr"), ("scope", "whole")]).await;
            assert!(page.status.is_client_error(), "{name} {what}: {}", page.status);
            assert!(!page.has("/welcome/"), "{name} {what}");
        }
        let after = app.named(name).await;
        assert_eq!((before.role, before.password_hash), (after.role, after.password_hash));
    }
}

async fn two_who_remove_each_other_leave_one(app: TestApp) {
    app.account("kari", Role::Hr, &[]).await;
    app.account("per", Role::Hr, &[]).await;
    let (kari, per) = (app.named("kari").await.id, app.named("per").await.id);
    let ports = &app.app().ports;
    let hr = |own| Hr { db: app.db(), ports, own, who: "test".into() };
    let (kari_acts, per_acts) = (hr(&kari), hr(&per));
    let (first, second) = tokio::join!(kari_acts.remove(&per), per_acts.remove(&kari));
    let refused = [first, second].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert!(matches!(refused[..], [AccountError::LastHr]), "{refused:?}");
    assert_eq!(app.count("SELECT COUNT(*) FROM accounts WHERE role = 'hr'").await, 1);
}
