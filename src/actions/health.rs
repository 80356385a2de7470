//! How the installation is, for somebody who was woken at night: what is good, what is not, and where to look.

use jiff::{SignedDuration, Timestamp};

use super::doctor::{self, Finding, Trouble};
use super::surveys::Surveys;
use crate::config::Settings;
use crate::message::hours::Hours;
use crate::ports::Ports;
use crate::store::Db;
use crate::store::audit::{self, Action};
use crate::store::dialect::Dialect;
use crate::store::messages::queue::{self, Queue};
use crate::store::nodes::{self, Node};

/// Whoever sends gives a sign of life once a minute: after so long without one, nobody sends.
const SILENT: SignedDuration = SignedDuration::from_mins(3);
/// So long the messages of a whole municipality take at the usual pace; what waits longer is stuck.
const STUCK: SignedDuration = SignedDuration::from_mins(30);
/// A backup that is older would lose more than a week.
const OLD_BACKUP: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How good it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Nobody needs to do anything.
    Good,
    /// It cannot be known from here.
    Unknown,
    /// Somebody should look, and not now.
    Look,
    /// Something does not work, or is being lost.
    Bad,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Which, as `locales/` know it behind `hr-health-`.
    pub what: &'static str,
    /// How it is.
    pub mark: Mark,
    /// How many.
    pub count: u64,
    /// Since when, until when, the last time.
    pub at: Option<Timestamp>,
    /// A file, a kind, a name.
    pub detail: String,
    /// Which campaign to look at.
    pub campaign: Option<String>,
}

impl Check {
    fn new(what: &'static str, mark: Mark) -> Self {
        Self { what, mark, count: 0, at: None, detail: String::new(), campaign: None }
    }
}

/// Messages whose moment has come, and why they wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Them.
    pub queue: Queue,
    /// Why.
    pub why: Why,
}

/// Why messages wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody or something has paused the campaign.
    Paused,
    /// The survey's hours are over for today.
    Hours,
    /// They are leaving, one after the other.
    Leaving,
}

/// How the installation is.
#[derive(Clone, Debug)]
pub struct Health {
    /// What was looked at, the worst first.
    pub checks: Vec<Check>,
    /// What waits, campaign by campaign.
    pub waiting: Vec<Waiting>,
    /// Who sends.
    pub nodes: Vec<Node>,
    /// When the gateway last reported something.
    pub last_report: Option<Timestamp>,
    /// Which database it is.
    pub dialect: Dialect,
    /// How large it is.
    pub bytes: u64,
}

/// Looks at everything but the audit log, which is long.
///
/// # Errors
/// The database is out of reach.
pub async fn health(db: &Db, ports: &Ports, settings: &Settings, surveys: &Surveys) -> anyhow::Result<Health> {
    let now = ports.clock.now();
    let nodes = nodes::all(db).await?;
    let waiting = waiting(db, surveys, now).await?;
    let backup = audit::last(db, Action::BackedUp).await?.map(|entry| entry.at);
    let (doubts, in_doubt) = queue::doubts(db.read()).await?;
    let mut checks = vec![
        senders(&nodes, now),
        gateway(settings.gateway.as_ref().map(crate::config::Gateway::name)),
        breaker(&nodes, now),
        moving(&waiting, now),
        Check { count: doubts, campaign: in_doubt, ..Check::new("doubts", look_if(doubts > 0)) },
        paused(&waiting),
        backed_up(db.dialect(), backup, now),
    ];
    checks.extend(keys(doctor::doctor(db, settings).await?));
    checks.sort_by_key(|check| std::cmp::Reverse(check.mark));
    let last_report = queue::last_report(db.read()).await?;
    Ok(Health { checks, waiting, nodes, last_report, dialect: db.dialect(), bytes: db.bytes().await? })
}

async fn waiting(db: &Db, surveys: &Surveys, now: Timestamp) -> anyhow::Result<Vec<Waiting>> {
    let mut all = Vec::new();
    for queue in queue::queues(db.read(), now).await? {
        let open = Hours::of(&*surveys.of(db, &queue.campaign).await?).allow(now);
        let why = match (queue.paused, open) {
            (true, _) => Why::Paused,
            (false, false) => Why::Hours,
            (false, true) => Why::Leaving,
        };
        all.push(Waiting { queue, why });
    }
    Ok(all)
}

fn look_if(wrong: bool) -> Mark {
    if wrong { Mark::Look } else { Mark::Good }
}

fn is_alive(node: &Node, now: Timestamp) -> bool {
    now.duration_since(node.seen) <= SILENT
}

fn senders(nodes: &[Node], now: Timestamp) -> Check {
    let alive = nodes.iter().filter(|node| is_alive(node, now)).count();
    let mark = if alive == 0 { Mark::Bad } else { Mark::Good };
    Check { count: u64::try_from(alive).unwrap_or(u64::MAX), ..Check::new("senders", mark) }
}

fn gateway(kind: Option<&str>) -> Check {
    let mark = if kind.is_none() { Mark::Bad } else { Mark::Good };
    Check { detail: kind.unwrap_or_default().to_owned(), ..Check::new("gateway", mark) }
}

fn breaker(nodes: &[Node], now: Timestamp) -> Check {
    let alive = nodes.iter().filter(|node| is_alive(node, now));
    let until = alive.filter_map(|node| node.rests_until).filter(|until| *until > now).max();
    let mark = if until.is_some() { Mark::Bad } else { Mark::Good };
    Check { at: until, ..Check::new("breaker", mark) }
}

fn moving(waiting: &[Waiting], now: Timestamp) -> Check {
    let stuck = |it: &&Waiting| it.why == Why::Leaving && now.duration_since(it.queue.oldest) > STUCK;
    match waiting.iter().find(stuck) {
        Some(Waiting { queue, .. }) => Check {
            count: queue.waiting,
            at: Some(queue.oldest),
            campaign: Some(queue.campaign.clone()),
            ..Check::new("queue", Mark::Bad)
        },
        None => Check { count: waiting.iter().map(|it| it.queue.waiting).sum(), ..Check::new("queue", Mark::Good) },
    }
}

fn paused(waiting: &[Waiting]) -> Check {
    let paused: Vec<&Queue> = waiting.iter().filter(|it| it.why == Why::Paused).map(|it| &it.queue).collect();
    let campaign = paused.first().map(|queue| queue.campaign.clone());
    let count = paused.iter().map(|queue| queue.waiting).sum();
    Check { count, campaign, ..Check::new("paused", look_if(!paused.is_empty())) }
}

/// Of PostgreSQL nothing is known here: others back it up.
fn backed_up(dialect: Dialect, last: Option<Timestamp>, now: Timestamp) -> Check {
    let what = |what, mark| Check { at: last, ..Check::new(what, mark) };
    match (dialect, last) {
        (Dialect::Postgres, _) => Check::new("backup_elsewhere", Mark::Unknown),
        (Dialect::Sqlite, None) => Check::new("backup_never", Mark::Look),
        (Dialect::Sqlite, Some(at)) => what("backup", look_if(now.duration_since(at) > OLD_BACKUP)),
    }
}

/// What `medvirk doctor` says about keys.
fn keys(found: Vec<Finding>) -> Vec<Check> {
    if found.is_empty() {
        return vec![Check::new("keys", Mark::Good)];
    }
    let check = |Finding { id, trouble, .. }: Finding| {
        let mark = if trouble.is_severe() { Mark::Bad } else { Mark::Look };
        let (what, path) = match trouble {
            Trouble::Lost(path) => ("key_lost", Some(path)),
            Trouble::OnlyCopy(path) => ("key_only_copy", Some(path)),
            Trouble::Wrong(path) => ("key_wrong", Some(path)),
            Trouble::NoCopy => ("key_no_copy", None),
            Trouble::BesideDatabase(path) => ("key_beside_database", Some(path)),
            Trouble::Left(path) => ("key_left", Some(path)),
        };
        let detail = path.map(|path| path.display().to_string()).unwrap_or_default();
        Check { detail, campaign: Some(id), ..Check::new(what, mark) }
    };
    found.into_iter().map(check).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    fn node(seen: i64, rests_until: Option<i64>) -> Node {
        Node { name: "a".to_owned(), version: "1".to_owned(), seen: at(seen), rests_until: rests_until.map(at) }
    }

    fn waits(oldest: i64, why: Why) -> Waiting {
        let (campaign, name) = ("c".to_owned(), "C".to_owned());
        Waiting { queue: Queue { campaign, name, paused: why == Why::Paused, waiting: 7, oldest: at(oldest) }, why }
    }

    #[test]
    fn silence_is_bad_after_three_minutes() {
        assert_eq!(senders(&[], at(9)).mark, Mark::Bad);
        assert_eq!(senders(&[node(5, None)], at(9)).mark, Mark::Bad);
        assert_eq!((senders(&[node(5, None), node(6, None)], at(9)).count), 1);
    }

    #[test]
    fn a_gateway_that_is_left_alone_is_bad_until_it_is_asked_again() {
        assert_eq!(breaker(&[node(9, Some(12))], at(9)).mark, Mark::Bad);
        assert_eq!(breaker(&[node(9, Some(9))], at(9)).mark, Mark::Good);
        assert_eq!(breaker(&[node(1, Some(12))], at(9)).mark, Mark::Good, "what a dead process said is old");
    }

    #[test]
    fn only_what_could_leave_is_stuck() {
        assert_eq!(moving(&[waits(0, Why::Hours), waits(0, Why::Paused)], at(600)).mark, Mark::Good);
        assert_eq!(moving(&[waits(570, Why::Leaving)], at(600)).mark, Mark::Good);
        assert_eq!(moving(&[waits(569, Why::Leaving)], at(600)).mark, Mark::Bad);
        assert_eq!(paused(&[waits(0, Why::Paused)]).mark, Mark::Look);
        assert_eq!(paused(&[waits(0, Why::Hours)]).mark, Mark::Good);
    }

    #[test]
    fn a_backup_grows_old() {
        let week = 7 * 24 * 60;
        assert_eq!(backed_up(Dialect::Sqlite, Some(at(0)), at(week)).mark, Mark::Good);
        assert_eq!(backed_up(Dialect::Sqlite, Some(at(0)), at(week + 1)).mark, Mark::Look);
        assert_eq!(backed_up(Dialect::Sqlite, None, at(0)).what, "backup_never");
        assert_eq!(backed_up(Dialect::Postgres, None, at(0)).mark, Mark::Unknown);
    }
}
