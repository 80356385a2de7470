//! `serve` and `demo` as processes: started, asked to stop, killed, and what their logs betray.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use serde_json::Value;

use crate::place::{Place, SURVEY, read, taken_port};

/// No line takes as long to come, on the busiest machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// A process that ends with the test.
pub(crate) struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

impl Running {
    /// Starts, and waits until a line of its `stderr` (else its stdout) has `word`; gives the lines so far.
    pub(crate) fn until(command: Command, stderr: bool, word: &str) -> (Self, String) {
        let (running, lines) = Self::within(command, stderr, word, PATIENCE);
        assert!(lines.contains(word), "it ended without \"{word}\": {lines}");
        (running, lines)
    }

    /// The same, and kills it when the word has not come within that time.
    fn within(mut command: Command, stderr: bool, word: &str, patience: Duration) -> (Self, String) {
        let (out, talk) = if stderr { (Stdio::null(), Stdio::piped()) } else { (Stdio::piped(), Stdio::null()) };
        let mut running = Self(command.stdout(out).stderr(talk).spawn().unwrap());
        let mut lines = String::new();
        let heard = running.killed_after(patience);
        if stderr {
            let mut reader = BufReader::new(running.0.stderr.take().unwrap());
            read_until(&mut reader, word, &mut lines);
            // Whoever writes on must find a reader.
            std::thread::spawn(move || drop(std::io::copy(&mut reader, &mut std::io::sink())));
        } else {
            read_until(&mut BufReader::new(running.0.stdout.take().unwrap()), word, &mut lines);
        }
        drop(heard);
        (running, lines)
    }

    /// Kills the process after that time, unless what this gives was dropped before.
    fn killed_after(&self, patience: Duration) -> Sender<()> {
        let (heard, waits) = channel::<()>();
        let id = self.0.id().to_string();
        std::thread::spawn(move || {
            if waits.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                drop(Command::new("kill").args(["-KILL", &id]).status());
            }
        });
        heard
    }

    pub(crate) fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.0.id().to_string()]).status().unwrap().success());
    }

    pub(crate) fn stop(mut self) -> ExitStatus {
        self.signal("-TERM");
        self.0.wait().unwrap()
    }
}

fn read_until(reader: &mut impl std::io::BufRead, word: &str, lines: &mut String) {
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap() > 0 {
        lines.push_str(&line);
        if line.contains(word) {
            return;
        }
        line.clear();
    }
}

pub(crate) fn free_address() -> SocketAddr {
    taken_port().1
}

fn status(place: &Place, id: &str) -> Value {
    serde_json::from_str(&place.run(&format!("campaign status {id} --format json")).out).unwrap()
}

fn demo(place: &Place, options: &str) -> Command {
    place.medvirk(format!("demo --data demo {options}").split(' '))
}

/// The id in the address of the campaign's page.
fn campaign_of(welcome: &str) -> String {
    welcome.split("/campaigns/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

#[test]
fn a_taken_port_is_named() {
    let place = Place::new();
    let (_listener, address) = taken_port();
    place.run(&format!("serve --listen {address}")).refuses(&format!("cannot listen on {address}: choose another"));
    place.run(&format!("demo --listen {address}")).refuses(&format!("cannot listen on {address}: choose another"));
    assert!(!place.path("medvirk-demo").exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let place = Place::new();
    place.write("file", "");
    for folder in ["file", "file/below", "/proc/medvirk"] {
        place.run(&format!("demo --listen 127.0.0.1:0 --data {folder}")).refuses(&format!("cannot make {folder}: "));
    }
}

#[test]
fn what_is_in_flight_is_finished_before_it_stops() {
    let place = Place::new();
    let address = free_address();
    let serve = place.medvirk(["serve", "--listen", &address.to_string()]);
    let (running, _) = Running::until(serve, true, "serving");
    let mut connection = TcpStream::connect(address).unwrap();
    let head = "POST /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n\
                Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\n";
    connection.write_all(head.as_bytes()).unwrap();
    let mut go_on = [0; 25];
    connection.read_exact(&mut go_on).unwrap();
    assert_eq!(go_on, *b"HTTP/1.1 100 Continue\r\n\r\n");
    running.signal("-TERM");
    connection.write_all(b"name=hr").unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    assert!(running.stop().success());
}

#[test]
fn what_the_gateway_does_not_take_waits() {
    let (gateway, address) = taken_port();
    let busy = std::thread::spawn(move || [(); 2].map(|()| refuse_one(&gateway)));
    // The simulator is reached at the public address; a real gateway would be left in peace at night.
    let settings = format!(
        "environment = \"test\"\npublic_url = \"http://{address}\"\n[gateway]\nkind = \"simulator\"\n\
         [log]\nfilter = \"trace\"\n"
    );
    let place = Place::with_settings(&settings);
    place.write("people.csv", "ansattnr;mobil;kommunalsjefområde\n1;90000001;Helse\n2;90000002;Helse\n");
    assert_eq!(place.run("people import people.csv").code, Some(0));
    let id = place.draft();
    assert_eq!(place.run(&format!("campaign launch {id}")).code, Some(0));
    let log = place.path("serve.log");
    let mut serve = place.medvirk(["serve", "--listen", "127.0.0.1:0"]);
    let running = Running(serve.stderr(File::create(&log).unwrap()).spawn().unwrap());
    busy.join().unwrap();
    assert!(running.stop().success());
    let status = status(&place, &id);
    assert_eq!((&status["state"], &status["messages"]["waiting"]), (&"sending".into(), &2.into()), "{status}");
    let log = read(&log);
    assert!(log.contains("serving") && !log.contains("9000000"), "{log}");
}

/// A gateway that takes nothing now.
fn refuse_one(gateway: &TcpListener) {
    let (mut connection, _) = gateway.accept().unwrap();
    let mut request = BufReader::new(connection.try_clone().unwrap()).lines();
    assert!(request.any(|line| line.unwrap().is_empty()), "a whole request");
    connection.write_all(b"HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Length: 0\r\n\r\n").unwrap();
}

#[test]
fn a_second_process_on_one_sqlite_file_is_refused() {
    let place = Place::with_settings("environment = \"test\"\n[gateway]\nkind = \"simulator\"\n");
    let (running, _) = Running::until(place.medvirk(["serve", "--listen", "127.0.0.1:0"]), true, "serving");
    place.run("serve --listen 127.0.0.1:0").refuses("an SQLite database takes one at a time");
    assert_eq!(place.run("campaign create nowhere.yaml --name x").code, Some(1), "commands work beside it");
    running.signal("-KILL");
    drop(running);
    let (again, _) = Running::until(place.medvirk(["serve", "--listen", "127.0.0.1:0"]), true, "serving");
    assert!(again.stop().success(), "a process that was killed holds nothing");
}

#[test]
fn an_interrupted_demo_goes_on_where_it_was() {
    let place = Place::new();
    // The same port each time, as with the default: the phones' reports go to where they were asked for.
    let options = format!("--people 600 --listen {}", free_address());
    for word in ["people imported", "SMS written", "SMS sent"] {
        // On a busy machine the kill may come after the word of the next round: then that round ends by its time.
        drop(Running::within(demo(&place, &options), true, word, Duration::from_secs(10)));
    }
    let (running, welcome) = Running::until(demo(&place, &options), false, "ready");
    let settings = "database_url = \"sqlite://demo/medvirk.db\"\nenvironment = \"demo\"\n";
    place.write("medvirk.toml", settings);
    let status = status(&place, &campaign_of(&welcome));
    assert_eq!(status["invited"], 600, "{status}");
    let messages = &status["messages"];
    let count = |state: &str| messages[state].as_u64().unwrap();
    assert_eq!(count("delivered") + count("undelivered") + count("uncertain"), 600, "{status}");
    // What was in flight at a kill stays in doubt: at most the four batches of 64 that are sent at once.
    assert!(count("uncertain") <= 256, "{status}");
    let answered = status["answered"].as_f64().unwrap();
    assert!((answered / messages["delivered"].as_f64().unwrap() - 0.69).abs() < 0.06, "{status}");
    assert!(running.stop().success());
}

#[test]
fn a_demo_of_one_leaves_the_answering_to_the_user() {
    let place = Place::new();
    let (running, welcome) =
        Running::until(demo(&place, "--people 1 --answered 0 --listen 127.0.0.1:0"), false, "ready");
    assert!(welcome.contains("http://127.0.0.1:") && !welcome.contains("127.0.0.1:0/"), "{welcome}");
    assert!(running.stop().success());
}

/// At its most talkative, the log holds no number, no token and no key, whatever happens.
#[test]
fn no_log_betrays_anybody() {
    let place = Place::new();
    let (running, _) = Running::until(demo(&place, "--people 5 --answered 0 --listen 127.0.0.1:0"), false, "ready");
    assert!(running.stop().success());
    let address = free_address();
    place.write(
        "medvirk.toml",
        format!(
            "database_url = \"sqlite://demo/medvirk.db\"\nenvironment = \"demo\"\nlisten = \"{address}\"\n\
             [gateway]\nkind = \"simulator\"\n[log]\nfilter = \"trace\"\n"
        ),
    );
    let log = place.path("serve.log");
    let mut serve = place.medvirk(["serve"]);
    let running = Running(serve.stderr(File::create(&log).unwrap()).spawn().unwrap());
    let created = place.medvirk(["campaign", "create", SURVEY, "--name", "Vår"]).output().unwrap();
    let id = String::from_utf8(created.stdout).unwrap().trim().to_owned();
    let mut talk = place.run(&format!("campaign launch {id}")).talk;
    let waits = |status: &Value| status["messages"]["waiting"] != 0 || status["messages"]["accepted"] != 0;
    // Each look starts a process, so there is a pause between them.
    assert!((0..1_000).any(|_| !waits(&status(&place, &id))));
    let answered = place.run(&format!("simulate {id} --answered 1"));
    assert_eq!(answered.code, Some(0), "{}", answered.talk);
    talk.push_str(&answered.talk);
    assert!(running.stop().success());
    talk.push_str(&read(&log));
    assert!(talk.contains("TRACE") || talk.contains("DEBUG") || talk.contains("INFO"), "{talk}");
    for secret in secrets(&place) {
        assert!(!talk.contains(&secret), "{secret} is in the log");
    }
}

/// The numbers without their country, the tokens, and the installation's key.
fn secrets(place: &Place) -> Vec<String> {
    let mut secrets = vec![read(&place.path("demo/medvirk.key")).trim().to_owned()];
    let phones = File::open(place.path("demo/medvirk-phones.jsonl")).unwrap();
    for line in BufReader::new(phones).lines() {
        let line: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let Some(to) = line["message"]["to"].as_str() else { continue };
        let text = line["message"]["text"].as_str().unwrap();
        let token = text.split("/s/").nth(1).unwrap().split_whitespace().next().unwrap();
        secrets.extend([to.trim_start_matches("+47").to_owned(), token.to_owned()]);
    }
    assert!(secrets.len() > 10, "five messages of each campaign");
    secrets
}
