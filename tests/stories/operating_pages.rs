//! Whoever looks after the installation reads in the browser how it is and how it is set up, and takes a copy while it runs.

use jiff::SignedDuration;
use medvirk::actions::backup;
use medvirk::config::Gateway;
use medvirk::ports::Clock;
use medvirk::store::Db;
use medvirk::store::dialect::Dialect;

use crate::app::{MIDWAY, On, TestApp, on_both};

on_both![
    somebody_woken_at_night_reads_what_is_wrong,
    a_changed_log_is_seen_when_it_is_read,
    settings_are_read_and_hold_no_secret,
    a_copy_taken_while_answers_come_in_is_of_one_moment,
];

async fn somebody_woken_at_night_reads_what_is_wrong(app: TestApp) {
    let mut hr = app.hr().await;
    app.import(3).await;
    let id = app.create(MIDWAY).await;
    app.launch(&id).await;
    let dispatcher = app.server.dispatcher.as_ref().unwrap();
    // Nobody sends: the process has given no sign of life.
    let page = hr.get("/health").await;
    assert!(page.has("Ingen prosess som sender") && page.has("--only web"), "{}", page.html);
    dispatcher.sign_of_life().await.unwrap();
    let page = hr.get("/health").await;
    assert!(page.has("Prosesser som sender: 1") && page.has("SMS-leverandør: simulator"), "{}", page.html);
    assert!(page.has(&format!("/campaigns/{id}/delivery")) && page.has("Meldinger som venter: 3."), "{}", page.html);
    // Forty minutes later they still wait, and the process is silent.
    app.clock.advance(SignedDuration::from_mins(40));
    let page = hr.get("/health").await;
    assert!(page.has("3 meldinger skulle vært sendt") && page.has("Ingen prosess som sender"), "{}", page.html);
    dispatcher.sign_of_life().await.unwrap();
    app.send_everything().await;
    let page = hr.get("/health").await;
    assert!(page.has("Ingen meldinger venter") && !page.has("class=\"mark bad\""), "{}", page.html);
    let backed_up =
        if app.db().dialect() == Dialect::Sqlite { "har aldri kopiert" } else { "PostgreSQL sikkerhetskopieres" };
    assert!(page.has(backed_up), "{}", page.html);
    assert!(!page.has(&app.folder().join("medvirk.key").display().to_string()));
}

async fn a_changed_log_is_seen_when_it_is_read(app: TestApp) {
    let mut hr = app.hr().await;
    assert!(hr.get("/health?log=true").await.has("Loggen er hel"));
    app.execute("UPDATE audit SET detail = 'nothing' WHERE number = 1").await;
    assert!(hr.get("/health?log=true").await.has("Loggen er ikke hel: linje 1"));
    assert!(!hr.get("/health").await.has("Loggen er"), "it is long, and read when somebody wants it");
}

async fn settings_are_read_and_hold_no_secret(app: TestApp) {
    let on = if app.db().dialect() == Dialect::Sqlite { On::Sqlite } else { On::Postgres };
    let app = TestApp::start_with(on, Clock::manual("2020-06-10T09:00:00Z".parse().unwrap()), |settings| {
        settings.organisation = Some("Eksempel <kommune>".to_owned());
        settings.gateway = Some(Gateway::simulator());
    })
    .await;
    let mut hr = app.hr().await;
    let page = hr.get("/settings").await;
    assert!(page.has("Eksempel &lt;kommune&gt;") && page.has("MEDVIRK_GATEWAY__KIND") && page.has("simulator"));
    assert!(page.has("keep_audit_days") && page.has("1825") && page.has("Forhåndsvalgt"), "{}", page.html);
    let password = std::env::var("MEDVIRK_TEST_POSTGRES").unwrap_or_default();
    let password = password.split(':').nth(2).and_then(|rest| rest.split('@').next()).unwrap_or_default();
    assert!(password.is_empty() || !page.has(password));
    assert!(!page.has("<form method=\"post\" action=\"/settings"), "it is to be read");
}

async fn a_copy_taken_while_answers_come_in_is_of_one_moment(app: TestApp) {
    let copy = app.folder().join("copy.db");
    if app.db().dialect() == Dialect::Postgres {
        let refused = backup::backup(app.db(), &copy).await.unwrap_err().to_string();
        assert!(refused.contains("pg_dump") && !copy.exists(), "{refused}");
        return;
    }
    app.open_campaign(MIDWAY, 8).await;
    let answer = |number| {
        let mut phone = app.phone(number);
        async move {
            phone.answer_everything(&[]).await;
            phone.send().await;
        }
    };
    let (_, bytes) = tokio::join!(futures_util::future::join_all((1..=8).map(answer)), backup::backup(app.db(), &copy));
    assert_eq!(std::fs::metadata(&copy).unwrap().len(), bytes.unwrap());
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&copy).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let again = backup::backup(app.db(), &copy).await.unwrap_err().to_string();
    assert!(again.contains("is there already"), "{again}");
    assert!(!app.folder().join("copy.db.part").exists());
    // Whoever has answered there has an envelope there.
    let read = Db::open(&format!("sqlite://{}", copy.display())).await.unwrap();
    let count = |sql: &'static str| sqlx::query_scalar::<_, i64>(sql).fetch_one(read.read());
    let answered = count("SELECT COUNT(*) FROM invitations WHERE state = 'answered'").await.unwrap();
    assert_eq!(answered, count("SELECT COUNT(*) FROM envelopes").await.unwrap());
    assert_eq!(count("SELECT COUNT(*) FROM invitations").await.unwrap(), 8);
    assert_eq!(app.count("SELECT COUNT(*) FROM envelopes").await, 8, "the copy kept nobody from answering");
    backup::note(app.db(), &app.app().ports, "command".into(), 1).await.unwrap();
    assert!(app.hr().await.get("/health").await.has("Siste sikkerhetskopi med medvirk backup: 10. juni 2020"));
}
