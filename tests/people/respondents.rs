//! Everything at once: a made-up register is imported, launched and sent, and its people answer over real HTTP.

use std::sync::Arc;

use medvirk::actions::campaign::{self, Actor, Exit};
use medvirk::actions::import::{Options as ImportOptions, import};
use medvirk::actions::launch::{self, Terms};
use medvirk::actions::open;
use medvirk::cli::server::Server;
use medvirk::config::{DatabaseUrl, Environment, Gateway, PublicUrl, Settings};
use medvirk::definition;
use medvirk::ports::{Chance, Clock, Ports};
use medvirk::simulate::register::{register, write_csv};
use medvirk::simulate::respondents::{Options, invited::invited, run};
use medvirk::store::{Db, invitations, responses, texts};
use medvirk::web::App;
use tempfile::TempDir;
use tokio::net::TcpListener;

const MIDWAY: &str = include_str!("../../survey-definitions/midtveisevaluering.yaml");

async fn server(dir: &TempDir) -> Server {
    // A Monday at noon: messages may leave.
    let clock = Clock::manual("2026-06-01T10:00:00Z".parse().unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut settings = Settings::default().with_database(DatabaseUrl::sqlite(&dir.path().join("medvirk.db")));
    settings.public_url = PublicUrl::of(listener.local_addr().unwrap());
    settings.environment = Environment::Demo;
    settings.gateway = Some(Gateway::simulator());
    Server::start(settings, Ports { clock, chance: Chance::seeded(1) }, listener, None).await.unwrap()
}

fn hr(app: &App) -> Actor<'_> {
    let App { db, ports, links, .. } = app;
    Actor { db, ports, links, exit: Exit::Simulator, who: "hr".into() }
}

async fn launch(server: &Server, people: usize) -> String {
    let app = &server.app;
    let mut file = Vec::new();
    write_csv(&register(people, 1, 2026), &mut file).unwrap();
    let demo = ImportOptions { demo: true, ..ImportOptions::default() };
    assert!(import(&app.db, &app.ports, medvirk::store::audit::ITSELF, &file, demo).await.unwrap().saved);
    let id =
        campaign::create(&app.db, &app.ports, medvirk::store::audit::ITSELF, "Midtveis", MIDWAY, true).await.unwrap();
    launch::begin(hr(app), &app.settings.keys, &id, Terms::default()).await.unwrap();
    server.dispatcher.as_ref().unwrap().wake();
    id
}

/// Waits until every message has been reported to the server, and the server has written that down.
async fn all_reported(db: &Db, campaign: &str, people: usize) {
    loop {
        let tally = medvirk::store::messages::tally(db.read(), campaign).await.unwrap();
        let reported = |state: &str| matches!(state, "delivered" | "undelivered");
        let done: u64 = tally.states().iter().filter(|(state, _)| reported(state)).map(|(_, count)| count).sum();
        if usize::try_from(done).unwrap() == people {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn made_up_people_answer_from_link_to_thanks() {
    let dir = TempDir::new().unwrap();
    let server = server(&dir).await;
    let app = Arc::clone(&server.app);
    let id = launch(&server, 120).await;
    all_reported(&app.db, &id, 120).await;

    let invited = invited(&app.db, &app.links, &id).await.unwrap();
    assert!((110..=120).contains(&invited.len()));
    let truth = dir.path().join("truth.jsonl");
    let options = Options { answered: 0.5, concurrency: 8, seed: 1, truth: Some(truth.clone()), ..Options::default() };
    let survey = definition::load(MIDWAY.as_bytes()).unwrap();
    let report = run(&options, &survey, &invited, |_| {}).await.unwrap();
    println!("{report}");
    assert_eq!((report.failed(), report.answered_before), (0, 0), "{report}");
    assert_eq!(report.completed, invited.len().div_ceil(2));

    let answered: i64 = invitations::progress(&app.db, &id).await.unwrap().iter().map(|area| area.answered).sum();
    assert_eq!(usize::try_from(answered).unwrap(), report.completed);

    let meant = std::fs::read_to_string(&truth).unwrap();
    let again = run(&options, &survey, &invited, |_| {}).await.unwrap();
    assert_eq!((again.completed, again.answered_before, again.failed()), (0, report.completed, 0));
    let mut nowhere = invited.clone();
    nowhere.truncate(1);
    let link = &mut nowhere[0].link;
    link.truncate(link.len() - 4);
    link.push_str("0000");
    let lost = run(&Options { answered: 1.0, ..options }, &survey, &nowhere, |_| {}).await.unwrap();
    assert_eq!(lost.failures.into_iter().collect::<Vec<_>>(), [("status 404".to_owned(), 1)]);
    stored_is_what_was_meant(&app, &id, &meant).await;
    server.stop().await;
}

/// What the server stored is what the respondents meant, though it cannot say whose it is, nor whose words belong to whom.
async fn stored_is_what_was_meant(app: &App, id: &str, truth: &str) {
    campaign::close(&app.db, &app.ports, "hr".into(), id).await.unwrap();
    open::open(hr(app), &app.settings.keys, id, &[]).await.unwrap();
    let mut stored: Vec<String> = responses::all(&app.db, id).await.unwrap().into_iter().map(|r| r.answers).collect();
    let said = texts::all(&app.db, id).await.unwrap().into_iter().map(|text| (text.question, text.words));
    let mut said: Vec<(String, String)> = said.collect();
    let (mut meant, mut words) = (Vec::new(), Vec::new());
    for line in truth.lines() {
        let mut answers = serde_json::from_str::<serde_json::Value>(line).unwrap()["answers"].take();
        answers.as_object_mut().unwrap().retain(|question, answer| match answer.get("text") {
            Some(text) => {
                words.push((question.clone(), text.as_str().unwrap().to_owned()));
                false
            }
            None => true,
        });
        meant.push(answers.to_string());
    }
    stored.sort();
    meant.sort();
    said.sort();
    words.sort();
    assert_eq!((stored, said), (meant, words));
}
