//! A whole installation for one test: a database of its own, the server on a free port, the simulator's phones, a clock
//! that stands still. Sending is stepped by hand.

use std::sync::Arc;

use jiff::Timestamp;
use medvirk::actions::accounts::{self, Wish};
use medvirk::actions::campaign::{self, Actor, Exit};
use medvirk::actions::import::{self, Options};
use medvirk::actions::launch::{self, Terms};
use medvirk::actions::open::{self, Opened};
use medvirk::actions::{publish, tidy};
use medvirk::anonymity::publication::Publication;
use medvirk::cli::server::{Part, Server};
use medvirk::config::{DatabaseUrl, Environment, Gateway, PublicUrl, Settings};
use medvirk::delivery::dispatch::Step;
use medvirk::people::role::Role;
use medvirk::ports::{Chance, Clock, Ports};
use medvirk::store::{Db, messages, responses, texts};
use medvirk::web::App;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, RequestBuilder, StatusCode};
use tokio::net::TcpListener;

use crate::support::postgres::Database;
use crate::support::{eventually, http};

/// The survey of most stories: the real one.
pub(crate) const MIDWAY: &str = include_str!("../../survey-definitions/midtveisevaluering.yaml");

pub(crate) const PASSWORD: &str = "correct horse battery";

/// Which database a story runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    Sqlite,
    Postgres,
}

/// Runs one story on both databases.
macro_rules! on_both {
    ($($story:ident),+ $(,)?) => {
        $(mod $story {
            #[tokio::test]
            async fn on_sqlite() {
                Box::pin(super::$story(crate::app::TestApp::start(crate::app::On::Sqlite).await)).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                Box::pin(super::$story(crate::app::TestApp::start(crate::app::On::Postgres).await)).await;
            }
        })+
    };
}
pub(crate) use on_both;

pub(crate) struct TestApp {
    pub(crate) server: Server,
    pub(crate) url: String,
    pub(crate) clock: Clock,
    folder: tempfile::TempDir,
    /// Dropped last, and with it the database.
    _postgres: Option<Database>,
}

impl TestApp {
    pub(crate) async fn start(on: On) -> Self {
        let clock = Clock::manual("2020-06-10T09:00:00Z".parse::<Timestamp>().unwrap());
        Self::start_with(on, clock, |_| {}).await
    }

    /// With another clock and other settings.
    pub(crate) async fn start_with(on: On, clock: Clock, change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let postgres = if on == On::Postgres { Some(Database::create().await) } else { None };
        let url = postgres.as_ref().map(|database| DatabaseUrl::parse(&database.url()).unwrap());
        let database = url.unwrap_or_else(|| DatabaseUrl::sqlite(&folder.path().join("medvirk.db")));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let ports = Ports { clock: clock.clone(), chance: Chance::System };
        let address = listener.local_addr().unwrap();
        let mut settings = settings(database, &folder, address);
        change(&mut settings);
        let server = Server::start(settings, ports, listener, Some(Part::Web)).await.unwrap();
        let url = format!("http://{address}");
        Self { server, url, clock, folder, _postgres: postgres }
    }

    /// Where the installation's own files lie, SQLite's among them.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub(crate) fn app(&self) -> &App {
        &self.server.app
    }

    pub(crate) fn db(&self) -> &Db {
        &self.app().db
    }

    /// Imports `people` made-up employees, each on a phone of their own, half of them in each of two areas.
    pub(crate) async fn import(&self, people: usize) {
        let area = |number: usize| if number.is_multiple_of(2) { "Pleie og omsorg" } else { "Oppvekst skole" };
        let rows = (1..=people).map(|number| {
            format!(
                "{number},Person {number},{},{},Tjeneste {},A,19{:02}\n",
                phone(number),
                area(number),
                number % 2,
                50 + number % 50
            )
        });
        self.import_csv(&format!("employee_id,name,phone,area,service,unit,birth_year\n{}", rows.collect::<String>()))
            .await;
    }

    /// Imports a register of made-up people.
    pub(crate) async fn import_csv(&self, csv: &str) {
        let options = Options {
            dry_run: false,
            skip_bad: false,
            new_areas: true,
            complete: false,
            demo: true,
            ..Options::default()
        };
        import::import(self.db(), &self.app().ports, medvirk::store::audit::ITSELF, csv.as_bytes(), options)
            .await
            .unwrap();
    }

    pub(crate) async fn create(&self, definition: &str) -> String {
        campaign::create(self.db(), &self.app().ports, medvirk::store::audit::ITSELF, "Midtveis", definition, true)
            .await
            .unwrap()
    }

    pub(crate) async fn launch(&self, id: &str) {
        let keys = &self.app().settings.keys;
        launch::begin(self.actor(Exit::Simulator), keys, id, Terms::default()).await.unwrap();
    }

    /// HR, with what messages leave through.
    pub(crate) fn actor(&self, exit: Exit) -> Actor<'_> {
        let App { db, ports, links, .. } = self.app();
        Actor { db, ports, links, exit, who: "hr".into() }
    }

    /// Ends answering and opens what was answered.
    pub(crate) async fn close_and_open(&self, id: &str) -> Opened {
        campaign::close(self.db(), &self.app().ports, "hr".into(), id).await.unwrap();
        self.open(id).await
    }

    /// Opens what was answered.
    pub(crate) async fn open(&self, id: &str) -> Opened {
        let opened = open::open(self.actor(Exit::Simulator), &self.app().settings.keys, id, &[]).await.unwrap();
        assert!(opened.left.is_none(), "{opened:?}");
        opened
    }

    /// Ends answering, opens what was answered, and publishes it.
    pub(crate) async fn close_open_and_publish(&self, id: &str) -> Arc<Publication> {
        self.close_and_open(id).await;
        let key = self.app().settings.load_or_create_secret(&self.app().ports.chance).unwrap();
        publish::publish(self.actor(Exit::Simulator), &key, id).await.unwrap()
    }

    /// What time brings about.
    pub(crate) async fn tidy(&self) {
        tidy::tidy(self.db(), &self.app().ports, &self.app().settings).await.unwrap();
    }

    /// Closes and opens the only campaign, and gives what its only respondent has answered, words and all.
    pub(crate) async fn answered(&self) -> serde_json::Value {
        let id: String = sqlx::query_scalar("SELECT id FROM campaigns").fetch_one(self.db().read()).await.unwrap();
        self.close_and_open(&id).await;
        let responses = responses::all(self.db(), &id).await.unwrap();
        assert_eq!(responses.len(), 1);
        let mut answers: serde_json::Value = serde_json::from_str(&responses[0].answers).unwrap();
        for text in texts::all(self.db(), &id).await.unwrap() {
            answers[text.question] = serde_json::json!({ "text": text.words });
        }
        answers
    }

    /// A launched campaign whose messages have all arrived; gives its id.
    pub(crate) async fn open_campaign(&self, definition: &str, people: usize) -> String {
        self.import(people).await;
        let id = self.create(definition).await;
        self.launch(&id).await;
        self.send_everything().await;
        id
    }

    /// Steps the dispatcher until nothing is due, and waits for the phones' reports.
    pub(crate) async fn send_everything(&self) {
        let dispatcher = self.server.dispatcher.as_ref().unwrap();
        while matches!(dispatcher.step().await.unwrap(), Step::Worked(_)) {}
        let db = self.db();
        eventually("the phones' reports", || async {
            (messages::tally_all(db.read()).await.unwrap().accepted == 0).then_some(())
        })
        .await;
    }

    /// The link on the phone of that employee.
    pub(crate) fn link(&self, number: usize) -> String {
        let phones = self.app().phones.as_ref().unwrap();
        let message = phones.newest(&phone(number), 0, 1).pop().unwrap();
        medvirk::simulate::phones::book::link(&message.text).unwrap().to_owned()
    }

    /// One number of one row.
    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        let (count,): (i64,) = sqlx::query_as(sql).fetch_one(self.db().read()).await.unwrap();
        count
    }

    /// Changes what no command changes.
    pub(crate) async fn execute(&self, sql: &'static str) {
        let mut tx = self.db().begin().await.unwrap();
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// HR, logged in.
    pub(crate) async fn hr(&self) -> Browser {
        self.hr_as("hr").await
    }

    /// HR with an account of that name, logged in.
    pub(crate) async fn hr_as(&self, name: &str) -> Browser {
        self.account(name, Role::Hr, &[]).await;
        self.log_in(name, PASSWORD).await
    }

    /// An account with [`PASSWORD`] that sees these places; without any, the whole.
    pub(crate) async fn account(&self, name: &str, role: Role, areas: &[&str]) {
        let areas: Vec<String> = areas.iter().map(|area| (*area).to_owned()).collect();
        let wish = Wish { name: name.to_owned(), role, whole: areas.is_empty(), areas, phone: None };
        accounts::add_with_password(self.db(), &self.app().ports, "test".into(), wish, PASSWORD.to_owned())
            .await
            .unwrap();
    }

    /// Logged in with name and password, as a person does.
    pub(crate) async fn log_in(&self, name: &str, password: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.log_in(name, password).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.html);
        browser
    }

    pub(crate) fn browser(&self) -> Browser {
        // `http` chooses TLS for the process; this client is one of its own, since it follows nothing by itself.
        drop(http());
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Browser { http, url: self.url.clone(), cookies: Vec::new(), language: "nb" }
    }
}

/// Norwegian numbers that the register's check accepts.
pub(crate) fn phone(number: usize) -> String {
    format!("+474{number:07}")
}

fn settings(database: DatabaseUrl, folder: &tempfile::TempDir, address: std::net::SocketAddr) -> Settings {
    // The key and the phones' log lie in the folder, whichever database it is.
    let mut settings = Settings::default().with_database(DatabaseUrl::sqlite(&folder.path().join("medvirk.db")));
    settings.database_url = database;
    settings.listen = address;
    settings.public_url = PublicUrl::of(address);
    settings.environment = Environment::Test;
    settings.gateway = Some(Gateway::simulator());
    settings
}

/// A browser without a script: follows nothing by itself, keeps cookies.
#[derive(Clone)]
pub(crate) struct Browser {
    http: Client,
    url: String,
    cookies: Vec<(String, String)>,
    pub(crate) language: &'static str,
}

/// What came back.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) html: String,
}

impl Browser {
    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.send(self.http.get(self.address(path))).await
    }

    /// An answer that does not end by itself.
    pub(crate) async fn stream(&self, path: &str) -> reqwest::Response {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.http.get(self.address(path)).header(COOKIE, cookies.join("; "));
        request.header("accept-language", self.language).send().await.unwrap()
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A cookie that somebody else has set.
    pub(crate) fn plant(&mut self, name: &str, value: &str) {
        self.cookies.retain(|(known, _)| known != name);
        self.cookies.push((name.to_owned(), value.to_owned()));
    }

    /// Name and password, typed on the login page.
    pub(crate) async fn log_in(&mut self, name: &str, password: &str) -> Page {
        let csrf = self.get("/login").await.field("csrf");
        self.post("/login", &[("csrf", &csrf), ("name", name), ("password", password)]).await
    }

    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.post_raw(path, body.into_bytes()).await
    }

    pub(crate) async fn post_raw(&mut self, path: &str, body: Vec<u8>) -> Page {
        let request = self.http.post(self.address(path)).header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(body)).await
    }

    pub(crate) fn address(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.url) }
    }

    pub(crate) async fn send(&mut self, request: RequestBuilder) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header(COOKIE, cookies.join("; ")).header("accept-language", self.language);
        let answer = request.send().await.unwrap();
        for cookie in answer.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        let location = answer.headers().get(LOCATION).map(|value| value.to_str().unwrap().to_owned());
        let (status, headers) = (answer.status(), answer.headers().clone());
        // What has no end is not read.
        let endless = headers.get("content-type").is_some_and(|kind| kind == "text/event-stream");
        let html = if endless { String::new() } else { answer.text().await.unwrap() };
        Page { status, location, headers, html }
    }
}

impl Page {
    /// The value of a field of that name.
    pub(crate) fn field(&self, name: &str) -> String {
        let marker = format!("name=\"{name}\" value=\"");
        let from = self.html.find(&marker).unwrap_or_else(|| panic!("no field {name}")) + marker.len();
        self.html[from..].split('"').next().unwrap().to_owned()
    }

    pub(crate) fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }
}

/// A phone in somebody's hand, answering page by page.
pub(crate) struct Phone {
    pub(crate) browser: Browser,
    pub(crate) link: String,
    pub(crate) at: String,
}

impl TestApp {
    pub(crate) fn phone(&self, number: usize) -> Phone {
        Phone { browser: self.browser(), link: self.link(number), at: String::new() }
    }
}

impl Phone {
    /// Opens the link, or the page where it leads.
    pub(crate) async fn open(&mut self) -> Page {
        self.at.clear();
        self.look().await
    }

    /// The page at which this phone is; follows redirects as a browser does.
    pub(crate) async fn look(&mut self) -> Page {
        loop {
            let page = self.browser.get(&format!("{}{}", self.link, self.at)).await;
            match page.location {
                Some(location) => self.at = location,
                None => return page,
            }
        }
    }

    pub(crate) async fn go(&mut self, page: &str) -> Page {
        self.at = format!("?p={page}");
        self.look().await
    }

    /// Posts this page's answers and follows to where they lead; stays where it is when they are not taken.
    pub(crate) async fn answer(&mut self, answers: &[(&str, &str)]) -> Page {
        let shown = self.look().await.field("shown");
        let mut fields = vec![("shown", shown.as_str())];
        fields.extend_from_slice(answers);
        let address = format!("{}{}", self.link, self.at);
        let page = self.browser.post(&address, &fields).await;
        match page.location {
            Some(location) => {
                self.at = location;
                self.look().await
            }
            None => page,
        }
    }

    /// Answers every page of the survey: `answers` where it has any, otherwise the first choice there is.
    pub(crate) async fn answer_everything(&mut self, answers: &[(&str, &str)]) -> Page {
        let mut page = self.open().await;
        if self.at.is_empty() {
            let start = page.html.split("href=\"?p=").nth(1).unwrap().split(['"', '&']).next().unwrap().to_owned();
            page = self.go(&start).await;
        }
        for _ in 0..50 {
            if self.at.contains("p=send") {
                return page;
            }
            let fields = chosen(&page.html, answers);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            page = self.answer(&fields).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        }
        panic!("the form never ends");
    }

    pub(crate) async fn send(&mut self) -> Page {
        let address = format!("{}?p=send", self.link);
        let page = self.browser.post(&address, &[("send", "1")]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.html);
        self.at = page.location.unwrap();
        self.look().await
    }
}

/// For each question on the page, the wanted answer, or the first radio button's.
fn chosen(html: &str, wanted: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut chosen: Vec<(String, String)> = Vec::new();
    for input in html.split("<input").skip(1).chain(html.split("<textarea").skip(1)) {
        let tag = input.split('>').next().unwrap();
        let attribute = |name: &str| tag.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        let Some(name) = attribute("name").filter(|name| name.starts_with("q.")) else { continue };
        if chosen.iter().any(|(known, _)| known == name) {
            continue;
        }
        match wanted.iter().find(|(question, _)| name.strip_prefix("q.") == Some(question)) {
            Some((_, value)) => chosen.push((name.to_owned(), (*value).to_owned())),
            None if attribute("type") == Some("radio") => {
                chosen.push((name.to_owned(), attribute("value").unwrap().to_owned()));
            }
            None => {}
        }
    }
    chosen
}

/// For stories that end the server themselves.
pub(crate) fn shared(app: &TestApp) -> Arc<App> {
    Arc::clone(&app.server.app)
}
