//! Examples of the health page: all well, and everything wrong.

use super::{CheckLine, HealthPage, NodeLine, WaitingLine};
use crate::web::pages::hr::Section;
use crate::web::pages::hr::samples::{NAME, at, shell};

const MOMENT: &str = "2020-06-24T20:00:00+02:00[Europe/Oslo]";

fn check(what: &'static str, mark: &'static str) -> CheckLine {
    CheckLine { what, mark, count: 0, at: None, detail: String::new(), campaign: None }
}

fn good() -> Vec<CheckLine> {
    let log = CheckLine { count: 4711, detail: "31f5b39c946b2d318e8c957292a53028".into(), ..check("log", "good") };
    vec![
        log,
        CheckLine { count: 2, ..check("senders", "good") },
        CheckLine { detail: "link".into(), ..check("gateway", "good") },
        check("breaker", "good"),
        CheckLine { count: 412, ..check("queue", "good") },
        check("doubts", "good"),
        check("paused", "good"),
        CheckLine { at: at(MOMENT), ..check("backup", "good") },
        check("keys", "good"),
    ]
}

fn wrong() -> Vec<CheckLine> {
    let of = |what, mark| CheckLine { count: 3, at: at(MOMENT), campaign: Some("b2".into()), ..check(what, mark) };
    let key = |what, mark| {
        let detail = "/var/lib/medvirk/keys/<b>8b1a9953c4611296a827abf8c47804d7.key".into();
        CheckLine { detail, campaign: Some("b2".into()), ..check(what, mark) }
    };
    let log = CheckLine { count: 17, ..check("log", "bad") };
    vec![
        log,
        check("senders", "bad"),
        check("gateway", "bad"),
        CheckLine { at: at(MOMENT), ..check("breaker", "bad") },
        of("queue", "bad"),
        key("key_lost", "bad"),
        key("key_wrong", "bad"),
        of("doubts", "look"),
        of("paused", "look"),
        CheckLine { at: at(MOMENT), ..check("backup", "look") },
        check("backup_never", "look"),
        key("key_only_copy", "look"),
        key("key_no_copy", "look"),
        key("key_beside_database", "look"),
        key("key_left", "look"),
        check("backup_elsewhere", "unknown"),
    ]
}

pub(super) fn health() -> Vec<(&'static str, HealthPage)> {
    let Some(moment) = at(MOMENT) else { return Vec::new() };
    let waits =
        |name: &str, why| WaitingLine { id: "b2".into(), name: name.into(), count: 412, oldest: moment.clone(), why };
    let node = |name: &str| NodeLine { name: name.into(), version: "0.1.0".into(), seen: moment.clone() };
    let well = HealthPage {
        shell: shell(Section::Health),
        at: moment.clone(),
        worst: "good",
        checks: good(),
        log_read: true,
        waiting: vec![waits(NAME, "leaving")],
        nodes: vec![node("a.example 127.0.0.1:8080"), node("b.example 127.0.0.1:8080")],
        last_report: Some(moment.clone()),
        database: "sqlite",
        megabytes: 41.3,
        version: "0.1.0",
    };
    let ill = HealthPage {
        worst: "bad",
        checks: wrong(),
        waiting: vec![waits(NAME, "paused"), waits("<b>Krisepuls", "hours")],
        nodes: Vec::new(),
        last_report: None,
        database: "postgres",
        ..well.clone()
    };
    let quiet = HealthPage {
        worst: "look",
        checks: vec![check("backup_never", "look")],
        log_read: false,
        waiting: Vec::new(),
        nodes: vec![node("only")],
        ..well.clone()
    };
    vec![("well", well), ("ill", ill), ("quiet", quiet)]
}
