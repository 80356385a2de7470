//! Ways in: sessions that end, a second factor, a code by SMS, and whoever guesses.

use data_encoding::BASE32_NOPAD;
use jiff::SignedDuration;
use medvirk::actions::accounts::{self, Wish};
use medvirk::actions::factor;
use medvirk::actions::import::{self, Options};
use medvirk::people::phone::Phone;
use medvirk::people::role::Role;
use reqwest::StatusCode;
use totp_rs::{Builder, Secret};

use crate::app::{Browser, PASSWORD, Page, TestApp, on_both, phone};
use crate::support::eventually;

on_both![
    a_session_rests_and_ends,
    a_session_is_listed_and_ended_everywhere,
    a_second_factor_is_asked_for_and_no_code_is_taken_twice,
    whoever_guesses_a_password_is_slowed_down,
    a_code_comes_by_sms_and_lets_in_once,
    a_number_that_nobody_has_looks_like_any_other,
    five_tries_and_a_code_is_worth_nothing,
    representatives_come_in_by_the_register_and_go_with_it,
];

const HOUR: SignedDuration = SignedDuration::from_hours(1);

async fn is_in(browser: &mut Browser) -> bool {
    browser.get("/account").await.status == StatusCode::OK
}

/// The code of an authenticator now.
pub(crate) fn totp(app: &TestApp, secret: &str) -> String {
    let secret = Secret::new(BASE32_NOPAD.decode(secret.as_bytes()).unwrap().into());
    let totp = Builder::new().with_secret(secret).with_account_name("x").build().unwrap();
    totp.generate(app.clock.now().as_second().unsigned_abs()).to_string()
}

async fn post(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    let csrf = browser.get("/login").await.field("csrf");
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend_from_slice(fields);
    browser.post(path, &all).await
}

/// The newest code on that phone.
async fn sms(app: &TestApp, number: &str) -> String {
    let phones = app.app().phones.as_ref().unwrap();
    eventually("a code on the phone", || async {
        let message = phones.newest(number, 0, 1).pop()?;
        message.text.split(' ').next().filter(|code| code.len() == 6).map(str::to_owned)
    })
    .await
}

async fn reader(app: &TestApp, name: &str, role: Role, number: &str) {
    let phone = Some(Phone::parse(number).unwrap());
    let wish = Wish { name: name.to_owned(), role, areas: Vec::new(), whole: true, phone };
    accounts::invite(app.db(), &app.app().ports, "test".into(), wish).await.unwrap();
}

async fn a_session_rests_and_ends(app: TestApp) {
    let mut hr = app.hr().await;
    app.clock.advance(HOUR);
    assert!(!is_in(&mut hr).await, "an hour's rest ends it");
    let mut hr = app.log_in("hr", PASSWORD).await;
    for _ in 0..16 {
        assert!(is_in(&mut hr).await);
        app.clock.advance(SignedDuration::from_mins(45));
    }
    assert!(!is_in(&mut hr).await, "twelve hours are the end of the busiest");
}

async fn a_session_is_listed_and_ended_everywhere(app: TestApp) {
    let mut here = app.hr().await;
    let mut there = app.log_in("hr", PASSWORD).await;
    let mut other = app.hr_as("kari").await;
    let page = here.get("/account").await;
    assert_eq!(page.html.matches("127.0.0.1").count(), 2, "{}", page.html);
    let csrf = page.field("csrf");
    assert_eq!(here.post("/account/sign-out", &[("csrf", &csrf)]).await.location.as_deref(), Some("/login"));
    assert!(!is_in(&mut here).await && !is_in(&mut there).await);
    assert!(is_in(&mut other).await);
}

async fn a_second_factor_is_asked_for_and_no_code_is_taken_twice(app: TestApp) {
    let mut hr = app.hr().await;
    let page = hr.get("/account").await;
    let (csrf, secret) = (page.field("csrf"), page.field("secret"));
    assert!(page.has("data:image/svg+xml;base64,"));
    let wrong = hr.post("/account/factor", &[("csrf", &csrf), ("secret", &secret), ("code", "000000")]).await;
    assert_eq!((wrong.status, wrong.field("secret")), (StatusCode::UNPROCESSABLE_ENTITY, secret.clone()));
    let code = totp(&app, &secret);
    let set = hr.post("/account/factor", &[("csrf", &csrf), ("secret", &secret), ("code", &code)]).await;
    let recovery = set.html.split("<li><code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(recovery.len(), 16);
    assert!(!hr.get("/account").await.has(&recovery), "shown once");
    // What lies in the database is neither the secret nor a code.
    let stored: String = sqlx::query_scalar("SELECT totp FROM accounts").fetch_one(app.db().read()).await.unwrap();
    assert!(!stored.is_empty() && !stored.contains(&secret));

    let mut other = app.browser();
    let step = other.log_in("hr", PASSWORD).await;
    assert_eq!(step.location.as_deref(), Some("/login/code?next=%2F"));
    assert!(!is_in(&mut other).await, "a password is half the way");
    assert_eq!(post(&mut other, "/login/code", &[("code", &code)]).await.status, StatusCode::UNAUTHORIZED, "used");
    app.clock.advance(SignedDuration::from_secs(60));
    let code = totp(&app, &secret);
    assert_eq!(post(&mut other, "/login/code", &[("code", &code)]).await.location.as_deref(), Some("/"));
    assert!(is_in(&mut other).await);

    let typed = recovery.to_lowercase();
    for works in [true, false] {
        let mut browser = app.browser();
        browser.log_in("hr", PASSWORD).await;
        post(&mut browser, "/login/code", &[("code", &typed)]).await;
        assert_eq!(is_in(&mut browser).await, works, "a recovery code works once");
    }
    factor::forget(app.db(), &app.app().ports, "test".into(), "hr").await.unwrap();
    assert!(is_in(&mut app.log_in("hr", PASSWORD).await).await);
}

async fn whoever_guesses_a_password_is_slowed_down(app: TestApp) {
    app.account("kari", Role::Hr, &[]).await;
    app.account("ola", Role::Hr, &[]).await;
    let mut statuses = Vec::new();
    for _ in 0..12 {
        // Each time another browser: what is counted is not in a cookie.
        statuses.push(app.browser().log_in("kari", "wrong wrong wrong").await.status);
    }
    assert_eq!(statuses[..10], [StatusCode::UNAUTHORIZED; 10]);
    assert_eq!(statuses[10..], [StatusCode::TOO_MANY_REQUESTS; 2]);
    let refused = app.browser().log_in("kari", PASSWORD).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "the right one is not even looked at");
    assert!(refused.headers.contains_key("retry-after"));
    app.log_in("ola", PASSWORD).await;
    app.clock.advance(SignedDuration::from_mins(10));
    app.log_in("kari", PASSWORD).await;
    // Names that nobody has are counted like any other.
    for _ in 0..10 {
        app.browser().log_in("nobody", PASSWORD).await;
    }
    assert_eq!(app.browser().log_in("nobody", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
}

async fn a_code_comes_by_sms_and_lets_in_once(app: TestApp) {
    reader(&app, "ombud", Role::SafetyRep, "40000001").await;
    let mut browser = app.browser();
    let asked = post(&mut browser, "/login/phone", &[("phone", "400 00 001"), ("next", "/results")]).await;
    assert_eq!(asked.location.as_deref(), Some("/login/code?next=%2Fresults"));
    let code = sms(&app, &phone(1)).await;
    let hashes: i64 = app.count("SELECT COUNT(*) FROM login_steps WHERE LENGTH(code) = 64").await;
    assert_eq!(hashes, 1);
    // It is bound to the browser that asked.
    let mut thief = app.browser();
    post(&mut thief, "/login/phone", &[("phone", "40000002")]).await;
    assert_eq!(post(&mut thief, "/login/code", &[("code", &code)]).await.status, StatusCode::UNAUTHORIZED);
    let mut same = browser.clone();
    let came = post(&mut browser, "/login/code", &[("code", &code), ("next", "/results")]).await;
    assert_eq!(came.location.as_deref(), Some("/results"));
    assert!(is_in(&mut browser).await);
    post(&mut same, "/login/code", &[("code", &code)]).await;
    assert!(!is_in(&mut same).await, "once");
    // Ten minutes are enough to type it.
    let mut late = app.browser();
    post(&mut late, "/login/phone", &[("phone", "40000001")]).await;
    app.clock.advance(SignedDuration::from_mins(10));
    let page = late.get("/login/code").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
}

async fn a_number_that_nobody_has_looks_like_any_other(app: TestApp) {
    reader(&app, "ombud", Role::SafetyRep, "40000001").await;
    reader(&app, "kari", Role::Hr, "40000003").await;
    let mut pages = Vec::new();
    for number in ["40000001", "40000002", "40000003"] {
        let mut browser = app.browser();
        let asked = post(&mut browser, "/login/phone", &[("phone", number)]).await;
        let page = browser.get("/login/code").await;
        pages.push((asked.status, asked.location, page.html.replace(&page.field("csrf"), "")));
    }
    assert!(pages.windows(2).all(|two| two[0] == two[1]));
    sms(&app, &phone(1)).await;
    let phones = app.app().phones.as_ref().unwrap();
    assert!(phones.newest(&phone(2), 0, 1).is_empty());
    assert!(phones.newest(&phone(3), 0, 1).is_empty(), "whoever launches needs a password");
    // Each SMS costs, and rings: three in ten minutes.
    for expected in [303, 303, 429] {
        let asked = post(&mut app.browser(), "/login/phone", &[("phone", "40000001")]).await;
        assert_eq!(asked.status.as_u16(), expected);
    }
    let nonsense = post(&mut app.browser(), "/login/phone", &[("phone", "tolv")]).await;
    assert_eq!(nonsense.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn five_tries_and_a_code_is_worth_nothing(app: TestApp) {
    reader(&app, "ombud", Role::SafetyRep, "40000001").await;
    let mut browser = app.browser();
    post(&mut browser, "/login/phone", &[("phone", "40000001")]).await;
    let code = sms(&app, &phone(1)).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        post(&mut browser, "/login/code", &[("code", wrong)]).await;
    }
    let late = post(&mut browser, "/login/code", &[("code", &code)]).await;
    assert_eq!(late.status, StatusCode::FORBIDDEN);
    assert!(!is_in(&mut browser).await);
    let failed = app.count("SELECT COUNT(*) FROM audit WHERE action = 'login_failed' AND who = 'ombud'").await;
    assert_eq!(failed, 5);
}

async fn representatives_come_in_by_the_register_and_go_with_it(app: TestApp) {
    let register = async |safety: &str, service: &str| {
        let csv = format!(
            "employee_id,name,phone,area,service,safety_rep\n1,Ola,40000001,Helse,{service},{safety}\n2,Åse,40000002,Helse,Legevakt,no\n"
        );
        let options = Options {
            dry_run: false,
            skip_bad: false,
            new_areas: true,
            complete: false,
            demo: true,
            ..Options::default()
        };
        import::import(app.db(), &app.app().ports, medvirk::store::audit::ITSELF, csv.as_bytes(), options)
            .await
            .unwrap();
    };
    register("yes", "Legevakt").await;
    let mut ola = app.browser();
    post(&mut ola, "/login/phone", &[("phone", "40000001")]).await;
    let code = sms(&app, &phone(1)).await;
    post(&mut ola, "/login/code", &[("code", &code)]).await;
    let page = ola.get("/account").await;
    assert!(page.has("Ola (1)") && page.has("verneombud"), "{}", page.html);
    assert_eq!(ola.get("/campaigns/x").await.status, StatusCode::FORBIDDEN);
    register("no", "Legevakt").await;
    assert!(!is_in(&mut ola).await, "the register ended it");
    register("yes", "Sykehjem").await;
    assert!(is_in(&mut ola).await);
    assert!(app.app().phones.as_ref().unwrap().newest(&phone(2), 0, 1).is_empty());

    let mut again = app.browser();
    post(&mut again, "/login/phone", &[("phone", "40000001")]).await;
    let code = sms(&app, &phone(1)).await;
    let mut hr = app.hr().await;
    let csrf = hr.get("/people/record").await.field("csrf");
    let erase = [("csrf", csrf.as_str()), ("number", "1"), ("again", "1"), ("what", "erase")];
    assert_eq!(hr.post("/people/record", &erase).await.status, StatusCode::OK);
    assert_eq!(app.count("SELECT COUNT(*) FROM login_steps").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM accounts WHERE role <> 'hr'").await, 0);
    assert_eq!(app.count("SELECT COUNT(DISTINCT account_id) FROM sessions").await, 1, "HR's");
    post(&mut again, "/login/code", &[("code", &code)]).await;
    assert!(!is_in(&mut again).await && !is_in(&mut ola).await, "whoever is erased comes in no more");
}
