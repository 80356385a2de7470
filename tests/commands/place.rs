//! A folder of its own for each test, and the binary in it.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

pub(crate) const SURVEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/survey-definitions/midtveisevaluering.yaml");

pub(crate) struct Place {
    folder: TempDir,
}

/// What a command came to.
pub(crate) struct Done {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) talk: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// With these settings in `medvirk.toml`.
    pub(crate) fn with_settings(settings: &str) -> Self {
        let place = Self::new();
        place.write("medvirk.toml", settings);
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    /// The binary in this folder, without settings from the environment of the tests.
    pub(crate) fn medvirk<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_medvirk"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MEDVIRK_")) {
            command.env_remove(name);
        }
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Runs a line of words to its end.
    pub(crate) fn run(&self, line: &str) -> Done {
        Done::of(self.medvirk(line.split(' ')).output().unwrap())
    }

    /// As [`Place::run`], with something on standard input.
    pub(crate) fn run_with_input(&self, line: &str, input: &str) -> Done {
        let mut command = self.medvirk(line.split(' '));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Done::of(child.wait_with_output().unwrap())
    }

    /// The id of a new draft of the real survey.
    pub(crate) fn draft(&self) -> String {
        let done = Done::of(self.medvirk(["campaign", "create", SURVEY, "--name", "Vår"]).output().unwrap());
        assert_eq!(done.code, Some(0), "{}", done.talk);
        done.out.trim().to_owned()
    }
}

impl Done {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), talk: text(output.stderr) }
    }

    /// It failed with one line of talk that says `what`, and no data.
    #[track_caller]
    pub(crate) fn refuses(&self, what: &str) {
        assert_eq!(self.code, Some(1), "{}", self.talk);
        assert_eq!(self.out, "");
        assert!(self.talk.starts_with("medvirk: ") && self.talk.contains(what), "{}", self.talk);
        assert_eq!(self.talk.lines().count(), 1, "{}", self.talk);
    }
}

/// A port that somebody listens on as long as the value lives.
pub(crate) fn taken_port() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

pub(crate) fn read(path: &Path) -> String {
    let mut text = String::new();
    fs::File::open(path).unwrap().read_to_string(&mut text).unwrap();
    text
}
