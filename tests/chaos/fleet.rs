//! An installation of real processes: phones, a web server for the reports, and any number of senders.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use medvirk::ports::Chance;
use medvirk::store::Db;
use tempfile::TempDir;

use crate::support::{free_ports, http, postgres};

const SURVEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/chaos/survey.yaml");
/// A process is up, or a command is through, in this time.
const PATIENCE: Duration = Duration::from_mins(1);
/// Lanes of a process, and messages in the hands of each: what a kill can put in doubt.
pub(crate) const IN_FLIGHT: usize = 4 * 64;

/// Where the messages stand.
#[derive(Clone, Copy, Debug)]
pub(crate) enum On {
    /// One process does everything.
    Sqlite,
    /// A web server, and so many senders.
    Postgres(usize),
}

pub(crate) struct Fleet {
    pub(crate) db: Db,
    pub(crate) chance: Chance,
    pub(crate) nodes: Vec<Node>,
    phones: Node,
    _web: Option<Node>,
    settings: Vec<(&'static str, String)>,
    folder: TempDir,
    _database: Option<postgres::Database>,
}

/// One process and how to start it again.
pub(crate) struct Node {
    name: String,
    arguments: Vec<String>,
    settings: Vec<(&'static str, String)>,
    folder: std::path::PathBuf,
    child: Child,
}

impl Fleet {
    /// Phones that behave as `manners` say, and `people` in the register; nothing is sent yet, and no node runs.
    pub(crate) async fn new(on: On, people: usize, manners: &[&str], seed: u64) -> Self {
        let folder = TempDir::new().unwrap();
        let database = match on {
            On::Sqlite => None,
            On::Postgres(_) => Some(postgres::Database::create().await),
        };
        let file = || format!("sqlite://{}", folder.path().join("medvirk.db").display());
        let url = database.as_ref().map_or_else(file, postgres::Database::url);
        let [web, phones] = free_ports();
        let settings = vec![
            ("MEDVIRK_DATABASE_URL", url.clone()),
            ("MEDVIRK_SECRET_KEY", "0123456789abcdef".repeat(4)),
            ("MEDVIRK_ENVIRONMENT", "test".to_owned()),
            ("MEDVIRK_PUBLIC_URL", format!("http://127.0.0.1:{web}")),
            ("MEDVIRK_GATEWAY__KIND", "simulator".to_owned()),
            ("MEDVIRK_GATEWAY__URL", format!("http://127.0.0.1:{phones}")),
            ("MEDVIRK_LOG__FILTER", "warn".to_owned()),
        ];
        let node = |name: &str, arguments: &str| Node::start(name, arguments, &settings, folder.path());
        let log = folder.path().join("phones.jsonl");
        let phones = node(
            "phones",
            &format!("simulator --listen 127.0.0.1:{phones} --log {} {}", log.display(), manners.join(" ")),
        );
        let serve = |port: u16, only: &str| format!("serve --listen 127.0.0.1:{port}{only}");
        command(&settings, &folder, &["migrate"]);
        let (web, nodes) = match on {
            On::Sqlite => (None, vec![node("node0", &serve(web, ""))]),
            On::Postgres(count) => {
                let ports = free_ports::<8>();
                let worker = |(n, port): (usize, &u16)| node(&format!("node{n}"), &serve(*port, " --only worker"));
                (
                    Some(node("web", &serve(web, " --only web"))),
                    ports.iter().take(count).enumerate().map(worker).collect(),
                )
            }
        };
        let db = Db::open(&url).await.unwrap();
        let chance = Chance::seeded(seed);
        let fleet = Self { db, chance, nodes, phones, _web: web, settings, folder, _database: database };
        fleet.import(people);
        fleet
    }

    fn import(&self, people: usize) {
        let mut csv = "employee_id,phone,area\n".to_owned();
        for number in 0..people {
            let _ = writeln!(csv, "{number},+47{},Area {}", 90_000_000 + number, number % 8);
        }
        fs::write(self.folder.path().join("people.csv"), csv).unwrap();
        self.command(&["people", "import", "people.csv", "--new-areas"]);
    }

    /// Another campaign for everybody. Its id.
    pub(crate) fn launch(&self) -> String {
        let id = self.command(&["campaign", "create", SURVEY, "--name", "Chaos"]).trim().to_owned();
        self.command(&["campaign", "launch", &id]);
        id
    }

    /// Runs a command beside the nodes, and gives what it says.
    pub(crate) fn command(&self, arguments: &[&str]) -> String {
        command(&self.settings, &self.folder, arguments)
    }

    /// The other side's log.
    pub(crate) fn phones_log(&self) -> String {
        fs::read_to_string(self.folder.path().join("phones.jsonl")).unwrap()
    }

    /// What the phones could not report while nobody listened, they report after a new start.
    pub(crate) fn restart_phones(&mut self) {
        self.phones.kill();
        self.phones.restart();
    }

    /// A number below `limit`.
    pub(crate) fn draw(&self, limit: u64) -> u64 {
        u64::from_le_bytes(self.chance.bytes()) % limit
    }

    /// Kills a sender, whatever it is doing, and starts it again at once.
    pub(crate) fn kill_one(&mut self) {
        let victim = usize::try_from(self.draw(self.nodes.len() as u64)).unwrap();
        self.nodes[victim].kill();
        self.nodes[victim].restart();
    }

    /// Waits until `through` is true.
    ///
    /// # Panics
    /// It is not within `limit`; the nodes' logs are told.
    pub(crate) async fn wait_for(&self, what: &str, limit: Duration, mut through: impl AsyncFnMut() -> bool) {
        let start = Instant::now();
        while !through().await {
            assert!(start.elapsed() < limit, "waited {limit:?} in vain for {what}\n{}", self.logs());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    fn logs(&self) -> String {
        let tail = |node: &Node| {
            let log = fs::read_to_string(node.folder.join(&node.name)).unwrap_or_default();
            let lines: Vec<_> = log.lines().rev().take(8).map(str::to_owned).collect();
            format!("{}:\n{}\n", node.name, lines.into_iter().rev().collect::<Vec<_>>().join("\n"))
        };
        self.nodes.iter().map(tail).collect()
    }

    /// The web server answers.
    pub(crate) async fn is_up(&self) {
        let url = &self.settings.iter().find(|(name, _)| *name == "MEDVIRK_PUBLIC_URL").unwrap().1;
        let client = http();
        let up = async || client.get(format!("{url}/readyz")).send().await.is_ok_and(|answer| answer.status() == 200);
        self.wait_for("the web server", PATIENCE, up).await;
    }
}

impl Node {
    fn start(name: &str, arguments: &str, settings: &[(&'static str, String)], folder: &std::path::Path) -> Self {
        let arguments: Vec<String> = arguments.split_whitespace().map(str::to_owned).collect();
        let child = spawn(name, &arguments, settings, folder);
        Self { name: name.to_owned(), arguments, settings: settings.to_vec(), folder: folder.to_owned(), child }
    }

    /// SIGKILL.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn restart(&mut self) {
        self.child = spawn(&self.name, &self.arguments, &self.settings, &self.folder);
    }

    /// `-STOP` or `-CONT`.
    pub(crate) fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap().success());
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn medvirk(settings: &[(&'static str, String)], folder: &std::path::Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_medvirk"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MEDVIRK_")) {
        command.env_remove(name);
    }
    command.envs(settings.iter().map(|(name, value)| (*name, value))).current_dir(folder).stdin(Stdio::null());
    command
}

fn spawn(name: &str, arguments: &[String], settings: &[(&'static str, String)], folder: &std::path::Path) -> Child {
    let log = File::options().create(true).append(true).open(folder.join(name)).unwrap();
    let mut command = medvirk(settings, folder);
    command.args(arguments).stdout(Stdio::null()).stderr(log).spawn().unwrap()
}

fn command(settings: &[(&'static str, String)], folder: &TempDir, arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = medvirk(settings, folder.path()).args(arguments).output().unwrap();
    assert!(status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}
