//! Privacy at work: what is stored about somebody is handed over or erased, people leave, and what is over is deleted.

use jiff::SignedDuration;
use medvirk::actions::audit::{Broken, verify};
use medvirk::actions::campaign::{self, Exit};
use medvirk::actions::import::{self, Imported, Options};
use medvirk::actions::launch;
use medvirk::actions::{open, publish, purge, record, remind};
use medvirk::config::Environment;
use medvirk::ports::Clock;
use medvirk::store::audit::COMMAND;
use medvirk::store::dialect::Dialect;
use medvirk::store::stored;
use reqwest::StatusCode;

use crate::app::{On, TestApp, on_both, phone};
use crate::logins::totp;

on_both!(
    a_record_is_handed_over_and_does_not_tell_who_has_answered,
    an_erased_employee_is_nowhere,
    whoever_has_left_gets_no_more_messages_and_comes_back_as_the_same,
    what_is_never_published_is_deleted_too,
    the_audit_log_is_shortened_and_still_holds,
    whoever_launches_needs_a_second_factor_in_earnest,
);

const SURVEY: &str = include_str!("sealed.yaml");

async fn answer(app: &TestApp, people: std::ops::RangeInclusive<usize>) {
    for number in people {
        let mut phone = app.phone(number);
        phone.answer_everything(&[("turn", "7"), ("place", "home")]).await;
        assert!(phone.send().await.has("Takk"));
    }
}

/// The columns of the whole database in which a text stands.
async fn holding(app: &TestApp, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for table in stored::tables(app.app().settings.keep) {
        for column in &table.columns {
            let (table, column) = (&table.name, &column.name);
            let sql = format!("SELECT COUNT(*) FROM {table} WHERE CAST({column} AS TEXT) LIKE '%' || $1 || '%'");
            let rows = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(text);
            let rows: i64 = rows.fetch_one(app.db().read()).await.unwrap();
            found.extend((rows > 0).then(|| format!("{table}.{column}")));
        }
    }
    found
}

async fn handed(app: &TestApp, number: usize) -> serde_json::Value {
    let handed = record::export(app.db(), &app.app().ports, COMMAND, &number.to_string()).await.unwrap();
    serde_json::to_value(&handed).unwrap()
}

/// Everything in a record that is one's own.
fn same_for_all(record: &serde_json::Value, number: usize) -> String {
    let text = record.to_string().replace(&phone(number), "PHONE").replace(&format!("Person {number}"), "NAME");
    let text = text.replace(&format!("\"employee_number\":\"{number}\""), "NUMBER");
    let born = record["employee"]["birth_year"].to_string();
    let reference = record["campaigns"][0]["messages"][0]["gateway_ref"].to_string();
    text.replace(&born, "BORN").replace(&reference, "REFERENCE")
}

async fn a_record_is_handed_over_and_does_not_tell_who_has_answered(app: TestApp) {
    let id = app.open_campaign(SURVEY, 9).await;
    answer(&app, 1..=1).await;
    app.execute("UPDATE invitations SET stopped_by = 'form' WHERE employee_id = (SELECT id FROM employees WHERE employee_number = '3')")
        .await;
    app.clock.advance(SignedDuration::from_hours(24));
    remind::by_hand(app.actor(Exit::Simulator), &id).await.unwrap();
    app.send_everything().await;
    let (answered, stopped, silent) = (handed(&app, 1).await, handed(&app, 3).await, handed(&app, 5).await);
    assert_eq!(silent["employee"]["phone"], phone(5));
    assert_eq!(silent["campaigns"][0]["messages"][0]["state"], "delivered");
    assert!(silent["campaigns"][0]["messages"][0]["text"].as_str().unwrap().contains("{link}"));
    assert_eq!(same_for_all(&answered, 1), same_for_all(&silent, 5));
    assert_eq!(same_for_all(&stopped, 3), same_for_all(&silent, 5));
    let nobody = record::export(app.db(), &app.app().ports, COMMAND, "4711").await;
    assert!(matches!(nobody, Err(record::RecordError::Nobody)));

    let mut hr = app.hr().await;
    let page = hr.get("/people/record").await;
    let csrf = page.field("csrf");
    let file = hr.post("/people/record", &[("csrf", &csrf), ("number", "5"), ("what", "export")]).await;
    assert_eq!(serde_json::from_str::<serde_json::Value>(&file.html).unwrap(), silent);
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE action = 'record_exported' AND detail = '5'").await, 2);
}

async fn an_erased_employee_is_nowhere(app: TestApp) {
    let id = app.open_campaign(SURVEY, 12).await;
    let link = app.link(3);
    answer(&app, 2..=2).await;
    let mut hr = app.hr().await;
    let csrf = hr.get("/people/record").await.field("csrf");
    let erase = [("csrf", csrf.as_str()), ("number", "3"), ("again", "4"), ("what", "erase")];
    assert_eq!(hr.post("/people/record", &erase).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.count("SELECT COUNT(*) FROM employees").await, 12, "typed differently the second time");
    let erase = [("csrf", csrf.as_str()), ("number", "3"), ("again", "3"), ("what", "erase")];
    assert_eq!(hr.post("/people/record", &erase).await.status, StatusCode::OK);
    assert_eq!(hr.post("/people/record", &erase).await.status, StatusCode::UNPROCESSABLE_ENTITY, "there is nobody");

    for text in [phone(3), "Person 3".to_owned()] {
        assert_eq!(holding(&app, &text).await, Vec::<String>::new());
    }
    assert_eq!(holding(&app, &phone(4)).await, ["employees.phone", "messages.phone"], "it would be found");
    assert_eq!(app.browser().get(&link).await.status, StatusCode::NOT_FOUND);
    app.clock.advance(SignedDuration::from_hours(24));
    let reminded = remind::by_hand(app.actor(Exit::Simulator), &id).await.unwrap();
    assert_eq!(reminded.recipients, 10, "neither the one who answered nor the one who is gone");
    app.send_everything().await;
    answer(&app, 4..=12).await;
    let published = app.close_open_and_publish(&id).await;
    assert_eq!((published.respondents, published.invited), (10, 12));
}

async fn import(app: &TestApp, numbers: impl Iterator<Item = usize>, complete: bool) -> Imported {
    let rows = numbers.map(|number| format!("{number},{}\n", phone(number)));
    let csv = format!("employee_id,phone\n{}", rows.collect::<String>());
    let options = Options { complete, demo: true, ..Options::default() };
    import::import(app.db(), &app.app().ports, COMMAND, csv.as_bytes(), options).await.unwrap()
}

async fn whoever_has_left_gets_no_more_messages_and_comes_back_as_the_same(app: TestApp) {
    import(&app, 1..=6, false).await;
    let id = app.create(SURVEY).await;
    app.launch(&id).await;
    let imported = import(&app, 1..=4, true).await;
    assert_eq!((imported.new, imported.unchanged, imported.missing), (0, 4, 2));
    app.send_everything().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM messages WHERE state = 'cancelled'").await, 2);
    assert_eq!(app.count("SELECT COUNT(*) FROM messages WHERE state = 'delivered'").await, 4);
    app.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(remind::by_hand(app.actor(Exit::Simulator), &id).await.unwrap().recipients, 4);

    let back = import(&app, 1..=5, true).await;
    assert_eq!((back.new, back.unchanged, back.missing), (1, 4, 0));
    let added = launch::add_people(app.actor(Exit::Simulator), &id).await.unwrap();
    assert_eq!(added.recipients, 0, "nobody is invited twice");

    app.send_everything().await;
    campaign::close(app.db(), &app.app().ports, COMMAND, &id).await.unwrap();
    app.clock.advance(SignedDuration::from_hours(24 * 364));
    app.tidy().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM employees").await, 6, "the campaign refers to them");
    app.clock.advance(SignedDuration::from_hours(48));
    app.tidy().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM employees").await, 5);
}

async fn what_is_never_published_is_deleted_too(app: TestApp) {
    let id = app.open_campaign(SURVEY, 6).await;
    answer(&app, 2..=2).await;
    campaign::close(app.db(), &app.app().ports, COMMAND, &id).await.unwrap();
    let key = app.app().settings.keys.path(&id);
    assert!(key.exists());
    app.clock.advance(SignedDuration::from_hours(24 * 365));
    let over = purge::look(app.db(), &app.app().ports, app.app().settings.keep).await.unwrap();
    let rows = [("envelopes", 1), ("delivery_reports", 6), ("messages", 6), ("invitations", 6)];
    assert_eq!(over.campaigns[0].rows, rows);
    assert_eq!(app.count("SELECT COUNT(*) FROM envelopes").await, 1, "a look changes nothing");
    let done = purge::purge(app.db(), &app.app().ports, app.app().settings.keep, COMMAND).await.unwrap();
    assert_eq!(done, over);
    app.tidy().await;
    assert!(!key.exists());
    for (table, _) in rows {
        let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        assert_eq!(sqlx::query_scalar::<_, i64>(sql).fetch_one(app.db().read()).await.unwrap(), 0, "{table}");
    }
    let opened = open::open(app.actor(Exit::Simulator), &app.app().settings.keys, &id, &[]).await;
    assert!(matches!(opened, Err(open::OpenError::Already)), "{opened:?}");
    let secret = app.app().settings.load_or_create_secret(&app.app().ports.chance).unwrap();
    let published = publish::publish(app.actor(Exit::Simulator), &secret, &id).await;
    assert!(matches!(published, Err(publish::PublishError::Purged)));
}

async fn the_audit_log_is_shortened_and_still_holds(app: TestApp) {
    app.open_campaign(SURVEY, 2).await;
    let before = verify(app.db()).await.unwrap().unwrap().entries;
    app.clock.advance(SignedDuration::from_hours(24 * 1825));
    app.hr().await;
    app.tidy().await;
    assert_eq!(verify(app.db()).await.unwrap().unwrap().entries, before + 2, "an account, and a login");
    app.clock.advance(SignedDuration::from_hours(24 * 31));
    app.tidy().await;
    let first = app.count("SELECT MIN(number) FROM audit").await;
    assert!(first > before, "{first}");
    verify(app.db()).await.unwrap().unwrap();
    app.tidy().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM audit WHERE action = 'log_shortened'").await, 1);

    app.execute("UPDATE audit_start SET number = 0, hash = ''").await;
    assert_eq!(verify(app.db()).await.unwrap(), Err(Broken::Missing(1)));
    app.execute("DELETE FROM audit WHERE number <= (SELECT MIN(number) FROM audit)").await;
    let (cut, hash): (i64, String) = sqlx::query_as("SELECT number, hash FROM audit ORDER BY number LIMIT 1")
        .fetch_one(app.db().read())
        .await
        .unwrap();
    let mut tx = app.db().begin().await.unwrap();
    medvirk::store::audit::forget(&mut tx, cut, &hash).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(verify(app.db()).await.unwrap(), Err(Broken::Beheaded(cut)), "cut off by somebody, and not by its time");
}

async fn whoever_launches_needs_a_second_factor_in_earnest(app: TestApp) {
    let on = if app.db().dialect() == Dialect::Sqlite { On::Sqlite } else { On::Postgres };
    let clock = Clock::manual(app.clock.now());
    let app = TestApp::start_with(on, clock, |settings| {
        settings.environment = Environment::Production;
        settings.gateway = None;
    })
    .await;
    let mut hr = app.hr().await;
    for path in ["/", "/people", "/results", "/campaigns/new"] {
        assert_eq!(hr.get(path).await.location.as_deref(), Some("/account"), "{path}");
    }
    let page = hr.get("/account").await;
    assert!(page.html.contains("totrinnsinnlogging før du går videre"));
    let (csrf, secret) = (page.field("csrf"), page.field("secret"));
    let refused = hr.post("/people", &[("csrf", &csrf)]).await;
    assert_eq!(refused.location.as_deref(), Some("/account"));
    let code = totp(&app, &secret);
    let set = hr.post("/account/factor", &[("csrf", &csrf), ("secret", &secret), ("code", &code)]).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.html);
    assert_eq!(hr.get("/people").await.status, StatusCode::OK);
}
