//! The server is killed while phones answer: whatever it has confirmed is there when it comes back.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

use crate::place::{Place, read};
use crate::serving::{Running, free_address};

const PHONES: usize = 6;
const ROUNDS: u64 = 20;
const PAGES: [&str; 3] = ["a", "b", "c"];

const SURVEY: &str = "survey: killed
languages: [nb]
title: {nb: Avbrutt}
intro: {nb: Hei}
thanks: {nb: Takk}
sms: {sender: Eksempel, invitation: {nb: \"Svar: {link}\"}}
pages:
  - {id: a, questions: [{id: a, type: yes_no, text: {nb: A?}}]}
  - {id: b, questions: [{id: b, type: yes_no, text: {nb: B?}}]}
  - {id: c, questions: [{id: c, type: yes_no, text: {nb: C?}}]}
";

/// One phone: its link, what was confirmed on each page, and what was on its way when the connection broke.
struct Phone {
    path: String,
    confirmed: BTreeMap<&'static str, &'static str>,
    in_flight: Option<(&'static str, &'static str)>,
    turn: usize,
}

impl Phone {
    /// Posts page after page until the server is gone. Gives how many were confirmed.
    fn answer(&mut self, server: SocketAddr) -> usize {
        let mut confirmed = 0;
        loop {
            let page = PAGES[self.turn % PAGES.len()];
            let value = if (self.turn / PAGES.len()).is_multiple_of(2) { "yes" } else { "no" };
            self.turn += 1;
            let body = format!("shown={page}&q.{page}={value}");
            self.in_flight = Some((page, value));
            let Some(answer) = request(server, &format!("POST {}?p={page}", self.path), &body) else {
                return confirmed;
            };
            assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
            self.confirmed.insert(page, value);
            self.in_flight = None;
            confirmed += 1;
        }
    }

    /// Every page shows what was confirmed, or what came after it without a confirmation.
    fn look(&mut self, server: SocketAddr) {
        for page in PAGES {
            let shown = request(server, &format!("GET {}?p={page}", self.path), "").unwrap();
            let value = ["yes", "no"].into_iter().find(|value| shown.contains(&format!("value=\"{value}\" checked")));
            let perhaps = self.in_flight.filter(|(at, _)| *at == page).map(|(_, value)| value);
            let known = self.confirmed.get(page).copied();
            assert!(value == known || (perhaps.is_some() && value == perhaps), "{page}: {value:?}, not {known:?}");
            if let Some(value) = value {
                self.confirmed.insert(page, value);
            }
        }
        self.in_flight = None;
    }
}

/// One request on a connection of its own; nothing when it broke before the whole answer was there.
fn request(server: SocketAddr, line: &str, body: &str) -> Option<String> {
    let mut connection = TcpStream::connect(server).ok()?;
    connection.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let length = body.len();
    let head = format!(
        "{line} HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\nContent-Length: {length}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}"
    );
    connection.write_all(head.as_bytes()).ok()?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer).ok()?;
    answer.contains("\r\n\r\n").then_some(answer)
}

fn serve(place: &Place) -> Running {
    Running::until(place.medvirk(["serve"]), true, "serving").0
}

/// The paths of the links that the phones have got.
fn links(place: &Place) -> Vec<String> {
    let log = read(&place.path("medvirk-phones.jsonl"));
    let messages = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let texts = messages.filter_map(|line| line["message"]["text"].as_str().map(str::to_owned));
    texts.map(|text| format!("/s/{}", text.split("/s/").nth(1).unwrap().trim())).collect()
}

/// A campaign whose messages have arrived on six phones, and its id.
fn launched(place: &Place) -> (String, Vec<Phone>) {
    let people = (1..=PHONES).map(|number| format!("{number};9000000{number};Helse\n"));
    place.write("people.csv", format!("ansattnr;mobil;kommunalsjefområde\n{}", people.collect::<String>()));
    assert_eq!(place.run("people import people.csv --new-areas").code, Some(0));
    place.write("survey.yaml", SURVEY);
    let id = place.run("campaign create survey.yaml --name Avbrutt").out.trim().to_owned();
    assert_eq!(place.run(&format!("campaign launch {id}")).code, Some(0));
    let running = serve(place);
    let all_there = || {
        std::thread::sleep(Duration::from_millis(50));
        links(place).len() == PHONES
    };
    assert!((0..400).any(|_| all_there()), "six messages");
    assert!(running.stop().success());
    let phone = |path| Phone { path, confirmed: BTreeMap::new(), in_flight: None, turn: 0 };
    (id, links(place).into_iter().map(phone).collect())
}

#[test]
fn whatever_was_confirmed_survives_a_kill_at_any_moment() {
    let address = free_address();
    let place = Place::with_settings(&format!(
        "environment = \"test\"\nlisten = \"{address}\"\n[gateway]\nkind = \"simulator\"\n[log]\nfilter = \"warn,medvirk=info\"\n"
    ));
    let (id, mut phones) = launched(&place);
    let mut confirmed = 0;
    for round in 0..ROUNDS {
        let running = serve(&place);
        for phone in &mut phones {
            phone.look(address);
        }
        confirmed += std::thread::scope(|scope| {
            let answering: Vec<_> = phones.iter_mut().map(|phone| scope.spawn(|| phone.answer(address))).collect();
            // Another moment each time: from among the first pages to somewhere in the middle of many.
            std::thread::sleep(Duration::from_micros(3_000 + round * 7_919 % 40 * 5_003));
            running.signal("-KILL");
            answering.into_iter().map(|phone| phone.join().unwrap()).sum::<usize>()
        });
    }
    assert!(confirmed > PHONES * PAGES.len(), "{confirmed} pages were confirmed in all");
    eprintln!("{confirmed} pages confirmed, {ROUNDS} kills, none lost");
    send_in_and_kill(&place, address, &mut phones);
    let running = serve(&place);
    let status: Value = serde_json::from_str(&place.run(&format!("campaign status {id} --format json")).out).unwrap();
    assert_eq!(status["answered"], PHONES, "{status}");
    assert!(running.stop().success());
}

/// The kill comes right behind the last confirmation.
fn send_in_and_kill(place: &Place, address: SocketAddr, phones: &mut [Phone]) {
    let running = serve(place);
    for phone in phones {
        phone.look(address);
        let sent = request(address, &format!("POST {}?p=send", phone.path), "send=1").unwrap();
        assert!(sent.starts_with("HTTP/1.1 303") && sent.contains("?p=send"), "{sent}");
    }
    running.signal("-KILL");
}
