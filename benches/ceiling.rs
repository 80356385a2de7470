//! What a completed survey costs the server beside what it could cost at the least: one survey is answered and recorded, then
//! many people repeat its requests, against the server, against a handler that gives the recorded bytes from memory, and
//! against one that also makes one durable write for each post, in a group like ours.
//!
//! Each of the three is a process of its own, so that its CPU is its own; who asks is this one. `cargo bench --bench ceiling`;
//! `MEDVIRK_BENCH_SURVEYS=3000` surveys on each.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot be made has nothing to say")]
#![expect(clippy::print_stdout, reason = "it has nothing but its figures to say")]

#[path = "ceiling/recording.rs"]
mod recording;
#[path = "ceiling/trivial.rs"]
mod trivial;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use futures_util::{StreamExt as _, stream};
use medvirk::actions::campaign::{self, Actor, Exit};
use medvirk::actions::import::{self, Options};
use medvirk::actions::launch::{self, Terms};
use medvirk::cli::server::{Part, Server};
use medvirk::config::{DatabaseUrl, Environment, Gateway, Settings};
use medvirk::ports::Ports;
use medvirk::web::App;
use recording::{Exchange, Recorder};
use tokio::net::TcpListener;

const SURVEY: &str = include_str!("../survey-definitions/midtveisevaluering.yaml");

/// Respondents at once.
const AT_ONCE: usize = 32;
/// So many are recorded; the one whose number of requests stands in the middle is repeated.
const RECORDED: usize = 21;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [_, "server", folder] => runtime.block_on(serve(Path::new(folder))),
        [_, "trivial", folder] => runtime.block_on(trivial::serve(Path::new(folder), false)),
        [_, "durable", folder] => runtime.block_on(trivial::serve(Path::new(folder), true)),
        _ => runtime.block_on(compare()),
    }
}

fn settings(folder: &Path) -> Settings {
    let mut settings = Settings::default().with_database(DatabaseUrl::sqlite(&folder.join("medvirk.db")));
    settings.environment = Environment::Demo;
    settings.gateway = Some(Gateway::simulator());
    settings
}

/// The server as it is, on some port.
async fn serve(folder: &Path) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let _server = Server::start(settings(folder), Ports::system(), listener, Some(Part::Web)).await.unwrap();
    println!("{address}");
    std::future::pending::<()>().await;
}

async fn compare() {
    drop(rustls::crypto::ring::default_provider().install_default());
    let surveys: usize = std::env::var("MEDVIRK_BENCH_SURVEYS").map_or(3_000, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let tokens = invite(folder.path(), surveys + RECORDED).await;
    let (recorded, others) = tokens.split_at(RECORDED);

    let server = Process::start("server", folder.path());
    let mut recordings = Vec::new();
    for token in recorded {
        recordings.push(Recorder::new(SURVEY, &server.url).answer(token).await);
    }
    recordings.sort_by_key(Vec::len);
    let exchanges = &recordings[RECORDED / 2];
    let body: usize = exchanges.iter().map(|one| one.answer.len()).sum();
    println!("{surveys} surveys of {} requests, {body} bytes of pages each; {AT_ONCE} at once", exchanges.len());
    recording::write(folder.path(), exchanges);

    // Those who come first pay for pages that are made once; they are not counted.
    let (first, others) = others.split_at(others.len() / 10);
    server.answered_by(first, exchanges).await;
    let ours = server.answered_by(others, exchanges).await;
    drop(server);
    let mut least = Vec::new();
    for kind in ["durable", "trivial"] {
        let process = Process::start(kind, folder.path());
        process.answered_by(first, exchanges).await;
        least.push(process.answered_by(others, exchanges).await);
    }
    println!("ours: {ours:.3} ms of CPU for each survey");
    println!("the same bytes and one durable write for each post: {:.3} ms, {:.2} of ours", least[0], least[0] / ours);
    println!("the same bytes alone: {:.3} ms, {:.2} of ours", least[1], least[1] / ours);
}

/// A launched campaign; the tokens of its links.
async fn invite(folder: &Path, people: usize) -> Vec<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = Server::start(settings(folder), Ports::system(), listener, Some(Part::Web)).await.unwrap();
    let app = &server.app;
    let rows = (1..=people).map(|n| format!("{n},Kari Nordmann,+474{n:07},Pleie,Tjeneste,A,1970\n"));
    let csv = format!("employee_id,name,phone,area,service,unit,birth_year\n{}", rows.collect::<String>());
    let options =
        Options { dry_run: false, skip_bad: false, new_areas: true, complete: false, demo: true, ..Options::default() };
    import::import(&app.db, &app.ports, medvirk::store::audit::ITSELF, csv.as_bytes(), options).await.unwrap();
    let id = campaign::create(&app.db, &app.ports, medvirk::store::audit::ITSELF, "Bench", SURVEY, true).await.unwrap();
    let App { db, ports, links, .. } = &**app;
    let actor = Actor { db, ports, links, exit: Exit::Simulator, who: "bench".into() };
    launch::begin(actor, &app.settings.keys, &id, Terms::default()).await.unwrap();
    let ids: Vec<(String,)> = sqlx::query_as("SELECT id FROM invitations").fetch_all(app.db.read()).await.unwrap();
    let tokens = ids.iter().map(|(id,)| links.token(id).text()).collect();
    server.stop().await;
    tokens
}

/// One of the three, until it is dropped.
struct Process {
    child: Child,
    url: String,
}

impl Process {
    fn start(kind: &str, folder: &Path) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut child = command.arg(kind).arg(folder).stdout(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { child, url: format!("http://{}", address.trim()) }
    }

    /// Milliseconds of its CPU for each survey.
    async fn answered_by(&self, tokens: &[String], exchanges: &[Exchange]) -> f64 {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .pool_max_idle_per_host(AT_ONCE)
            .tcp_nodelay(true)
            .no_proxy()
            .build()
            .unwrap();
        let (before, start) = (self.cpu(), Instant::now());
        let repeated = stream::iter(tokens).map(async |token| {
            for exchange in exchanges {
                exchange.repeat(&client, &self.url, token).await;
            }
        });
        repeated.buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
        let count = f64::from(u32::try_from(tokens.len()).unwrap());
        println!("  {:.0} surveys a second", count / start.elapsed().as_secs_f64());
        (self.cpu() - before) / count
    }

    /// So far, in milliseconds; Linux counts hundredths of a second.
    fn cpu(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let after_name = stat.rsplit_once(')').unwrap().1;
        let ticks: u32 = after_name.split_whitespace().skip(11).take(2).map(|n| n.parse::<u32>().unwrap()).sum();
        10.0 * f64::from(ticks)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
