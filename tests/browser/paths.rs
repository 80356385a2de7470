//! Every way through the midway evaluation, as people take it: with Back, a reload, a server that is killed between two
//! pages, and a second phone that goes on with the same link.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use medvirk::actions::campaign::{self, Actor, Exit};
use medvirk::actions::import::{self, Options};
use medvirk::actions::launch::{self, Terms};
use medvirk::actions::open;
use medvirk::cli::server::{Part, Server};
use medvirk::config::{DatabaseUrl, Environment, Gateway, PublicUrl, Settings};
use medvirk::definition::load;
use medvirk::definition::model::{Answer, Answers, Attributes, Definition, Kind, Question};
use medvirk::definition::route::{Route, route};
use medvirk::ports::Ports;
use medvirk::respond::post::fields_of;
use medvirk::respond::walk::step;
use medvirk::store::{responses, texts};
use medvirk::web::App;
use tokio::net::TcpListener;

use crate::app::MIDWAY;
use crate::hand::Hand;
use crate::support::{Daemon, eventually, free_ports, http};

/// What decides which pages one sees.
const DECISIVE: [(&str, [&str; 2]); 3] =
    [("staff_responsibility", ["yes", "no"]), ("health_background", ["yes", "no"]), ("redeployment", ["now", "no"])];

/// In one language the answers open every follow-up there is, in the other one none.
#[tokio::test]
async fn every_way_in_bokmal() {
    every_way("nb", ["Start", "Neste", "Tilbake", "Send inn", "Takk, svarene er sendt inn"], 1).await;
}

#[tokio::test]
async fn every_way_in_english() {
    every_way("en", ["Start", "Next", "Back", "Send", "Thank you, your answers are in"], 4).await;
}

async fn every_way(language: &str, words: [&'static str; 5], point: i64) {
    let survey = load(MIDWAY.as_bytes()).unwrap();
    let ways: Vec<Answers> = (0..8).map(|way| plan(&survey, way, point)).collect();
    let mut distinct = BTreeSet::new();
    for answers in &ways {
        distinct.insert(pages(&route(&survey, &Attributes::new(), answers)).join(" "));
    }
    assert_eq!(distinct.len(), ways.len(), "no two people see the same pages");
    let mut house = House::open(ways.len()).await;
    let phones = [Hand::start().await, Hand::start().await];
    for (way, answers) in ways.iter().enumerate() {
        let link = format!("{}?lang={language}", house.links[way]);
        let walk = Walk { survey: &survey, answers, words, phones: [&phones[way % 2], &phones[1 - way % 2]] };
        walk.go(&mut house, &link).await;
    }
    let is_words = |answer: &Answer| matches!(answer, Answer::Text(_));
    let pairs = |way: &Answers| serde_json::to_string(way).unwrap();
    let mut meant: Vec<String> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for way in ways {
        words.extend(way.keys().filter(|key| is_words(&way[*key])).map(|key| format!("{key}: Ord om {key}")));
        meant.push(pairs(&way.into_iter().filter(|(_, answer)| !is_words(answer)).collect()));
    }
    meant.sort_unstable();
    words.sort_unstable();
    assert_eq!(house.opened().await, (meant, words), "{language}");
}

fn pages<'d>(route: &Route<'d>) -> Vec<&'d str> {
    route.pages.iter().map(|step| step.page.id.as_str()).collect()
}

/// What somebody answers whose decisive answers are the bits of `way`, and who puts `point` on every scale.
fn plan(survey: &Definition, way: usize, point: i64) -> Answers {
    let mut answers = Answers::new();
    loop {
        let route = route(survey, &Attributes::new(), &answers);
        let asked = route.pages.iter().flat_map(|step| step.questions.iter().map(|(question, _)| *question));
        let new: Answers =
            asked.filter(|one| one.kind != Kind::Notice).map(|one| (one.id.clone(), choose(one, way, point))).collect();
        if new == answers {
            return answers;
        }
        answers = new;
    }
}

fn choose(question: &Question, way: usize, point: i64) -> Answer {
    if let Some(place) = DECISIVE.iter().position(|(id, _)| *id == question.id) {
        return Answer::Choice(DECISIVE[place].1[way >> place & 1].to_owned());
    }
    match &question.kind {
        Kind::YesNo => Answer::Choice("no".to_owned()),
        // The last says no, which is what opens a follow-up.
        Kind::Choice { options, .. } if point < 3 => Answer::Choice(options.last().unwrap().id.clone()),
        Kind::Choice { options, .. } => Answer::Choice(options[0].id.clone()),
        Kind::Scale(_) => Answer::Scale(point),
        _ => Answer::Text(format!("Ord om {}", question.id)),
    }
}

/// One person's way through the form.
struct Walk<'a> {
    survey: &'a Definition,
    answers: &'a Answers,
    words: [&'static str; 5],
    phones: [&'a Hand; 2],
}

impl Walk<'_> {
    async fn go(&self, house: &mut House, link: &str) {
        let [start, next, back, send, thanks] = self.words;
        let way = route(self.survey, &Attributes::new(), self.answers);
        let [first, second] = self.phones;
        first.open(link).await;
        first.tap(start).await;
        let mut phone = first;
        for (number, page) in pages(&way).into_iter().enumerate() {
            assert_eq!(at(phone).await, page);
            match number {
                1 => {
                    phone.tap(back).await;
                    self.is_filled_in(phone, pages(&way)[0]).await;
                    phone.tap(next).await;
                }
                2 => phone.reload().await,
                3 => house.is_killed_and_comes_back().await,
                4 => {
                    phone = second;
                    phone.open(link).await;
                    assert_eq!(at(phone).await, page, "the second phone goes on where the first one was");
                }
                _ => {}
            }
            self.fill_in(phone, page).await;
            phone.tap(next).await;
        }
        phone.tap(send).await;
        phone.reads(&[thanks]).await;
        first.reload().await;
        first.reads(&[thanks]).await;
    }

    /// Answers what opens as it opens.
    async fn fill_in(&self, phone: &Hand, page: &str) {
        let way = route(self.survey, &Attributes::new(), self.answers);
        let asked: Vec<_> =
            step(&way, page).unwrap().questions.iter().map(|(question, _)| question.id.as_str()).collect();
        for question in &self.survey.page(page).unwrap().questions {
            let Some(answer) = self.answers.get(&question.id).filter(|_| asked.contains(&question.id.as_str())) else {
                continue;
            };
            match &fields_of(&Answers::from([(question.id.clone(), answer.clone())]))[..] {
                [(name, words)] if matches!(answer, Answer::Text(_)) => {
                    phone.find(&format!("//*[@name = '{name}']")).await.send_keys(words).await.unwrap();
                }
                [(name, value)] => {
                    let label = format!("//label[input[@name = '{name}' and @value = '{value}']]");
                    phone.find(&label).await.click().await.unwrap();
                }
                fields => panic!("{fields:?} is more than one field"),
            }
        }
        let hidden = "return [...document.querySelectorAll('[name^=\"q.\"]')].filter(e => e.offsetParent)
            .map(e => e.name.slice(2))";
        let seen: BTreeSet<String> = phone.ask::<Vec<String>>(hidden).await.into_iter().collect();
        let asked = asked.into_iter().filter(|id| self.answers.contains_key(*id)).map(str::to_owned);
        assert_eq!(seen, asked.collect(), "what is seen on {page} is what is asked");
    }

    async fn is_filled_in(&self, phone: &Hand, page: &str) {
        for question in &self.survey.page(page).unwrap().questions {
            let Some(Answer::Choice(value)) = self.answers.get(&question.id) else { continue };
            let chosen = format!("//input[@name = 'q.{}' and @value = '{value}']", question.id);
            assert!(phone.find(&chosen).await.is_selected().await.unwrap(), "{} is kept", question.id);
        }
    }
}

/// The page that the address names.
async fn at(phone: &Hand) -> String {
    phone.ask("return new URLSearchParams(location.search).get('p')").await
}

/// An installation whose server is a process of its own.
struct House {
    folder: tempfile::TempDir,
    listen: String,
    server: Option<Daemon>,
    links: Vec<String>,
}

impl House {
    async fn open(people: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let [port] = free_ports();
        let listen = format!("127.0.0.1:{port}");
        let links = invite(folder.path(), &listen, people).await;
        let mut house = Self { folder, listen, server: None, links };
        house.start().await;
        house
    }

    async fn start(&mut self) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_medvirk"));
        command.arg("serve").env("MEDVIRK_ENVIRONMENT", "test").env("MEDVIRK_GATEWAY__KIND", "simulator");
        command.env("MEDVIRK_DATABASE_URL", database(self.folder.path()).as_str()).env("MEDVIRK_LISTEN", &self.listen);
        self.server = Some(Daemon::start(&mut command, &self.folder.path().join("serve.log")));
        let (http, ready) = (http(), format!("http://{}/readyz", self.listen));
        eventually("the server", || async {
            http.get(&ready).send().await.ok().filter(|one| one.status().is_success())
        })
        .await;
    }

    /// By SIGKILL, which is how a daemon of ours is dropped.
    async fn is_killed_and_comes_back(&mut self) {
        self.server = None;
        self.start().await;
    }

    /// What everybody answered, and what was written, each in order: which belongs to whom nobody knows any more.
    async fn opened(mut self) -> (Vec<String>, Vec<String>) {
        self.server = None;
        let server = office(self.folder.path(), &self.listen).await;
        let (app, actor) = (&server.app, actor(&server));
        let id: String = sqlx::query_scalar("SELECT id FROM campaigns").fetch_one(app.db.read()).await.unwrap();
        campaign::close(&app.db, &app.ports, "hr".into(), &id).await.unwrap();
        open::open(actor, &app.settings.keys, &id, &[]).await.unwrap();
        let mut answers: Vec<String> =
            responses::all(&app.db, &id).await.unwrap().into_iter().map(|one| one.answers).collect();
        let written = texts::all(&app.db, &id).await.unwrap().into_iter();
        let mut words: Vec<String> = written.map(|text| format!("{}: {}", text.question, text.words)).collect();
        server.stop().await;
        answers.sort_unstable();
        words.sort_unstable();
        (answers, words)
    }
}

fn database(folder: &Path) -> DatabaseUrl {
    DatabaseUrl::sqlite(&folder.join("medvirk.db"))
}

/// The same installation in this process, for what HR does.
async fn office(folder: &Path, listen: &str) -> Server {
    drop(http());
    let mut settings = Settings::default().with_database(database(folder));
    settings.environment = Environment::Test;
    settings.gateway = Some(Gateway::simulator());
    settings.public_url = PublicUrl::of(listen.parse().unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    Server::start(settings, Ports::system(), listener, Some(Part::Web)).await.unwrap()
}

fn actor(server: &Server) -> Actor<'_> {
    let App { db, ports, links, .. } = &*server.app;
    Actor { db, ports, links, exit: Exit::Simulator, who: "hr".into() }
}

/// A launched campaign; everybody's link.
async fn invite(folder: &Path, listen: &str, people: usize) -> Vec<String> {
    let server = office(folder, listen).await;
    let app = &server.app;
    let rows = (1..=people).map(|n| format!("{n},Kari Nordmann,+474{n:07},Pleie,Tjeneste,A,1970\n"));
    let csv = format!("employee_id,name,phone,area,service,unit,birth_year\n{}", rows.collect::<String>());
    let options =
        Options { dry_run: false, skip_bad: false, new_areas: true, complete: false, demo: true, ..Options::default() };
    import::import(&app.db, &app.ports, medvirk::store::audit::ITSELF, csv.as_bytes(), options).await.unwrap();
    let id =
        campaign::create(&app.db, &app.ports, medvirk::store::audit::ITSELF, "Midtveis", MIDWAY, true).await.unwrap();
    launch::begin(actor(&server), &app.settings.keys, &id, Terms::default()).await.unwrap();
    let ids: Vec<(String,)> = sqlx::query_as("SELECT id FROM invitations").fetch_all(app.db.read()).await.unwrap();
    let links = ids.iter().map(|(id,)| app.links.link(id)).collect();
    server.stop().await;
    links
}
