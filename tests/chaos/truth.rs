//! What the other side has got, joined with what our database says.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use medvirk::store::Db;
use serde_json::Value;

use crate::fleet::{Fleet, IN_FLIGHT};

/// What a story came to.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) kills: usize,
    /// Messages in our database.
    pub(crate) launched: usize,
    /// Messages that the other side took.
    pub(crate) accepted: usize,
    /// Of them, so many that it had taken before, or whose person had got the same round.
    pub(crate) doubled: usize,
    /// We believe that they left, or do not mean to send them, and the other side has never seen them.
    pub(crate) lost: usize,
    /// We believe that they did not leave, and the other side has them.
    pub(crate) mistaken: usize,
    /// In doubt at the end, by what we say ourselves.
    pub(crate) doubts: usize,
    /// Rows in each state at the end.
    pub(crate) states: BTreeMap<String, usize>,
}

/// Id, campaign, invitation, round, state.
type Row = (String, String, String, i64, String);

impl Figures {
    pub(crate) async fn of(fleet: &Fleet, kills: usize) -> Self {
        let rows: Vec<Row> = sqlx::query_as("SELECT id, campaign_id, invitation_id, round, state FROM messages")
            .fetch_all(fleet.db.read())
            .await
            .unwrap();
        let log = fleet.phones_log();
        let taken: Vec<String> = log.lines().filter_map(reference).collect();
        let ours: HashMap<&str, &Row> = rows.iter().map(|row| (row.0.as_str(), row)).collect();
        let mut figures = Self { kills, launched: rows.len(), accepted: taken.len(), ..Self::default() };
        let mut reached = HashSet::new();
        for reference in &taken {
            let (_, campaign, invitation, round, _) = ours[reference.as_str()];
            figures.doubled += usize::from(!reached.insert((campaign, invitation, round)));
        }
        let taken: HashSet<&str> = taken.iter().map(String::as_str).collect();
        for (id, .., state) in &rows {
            figures.count(state, taken.contains(id.as_str()));
        }
        figures
    }

    fn count(&mut self, state: &str, taken: bool) {
        *self.states.entry(state.to_owned()).or_default() += 1;
        match state {
            "accepted" | "delivered" | "undelivered" | "expired" => self.lost += usize::from(!taken),
            "uncertain" => self.doubts += 1,
            // Whoever is refused on demand was not taken.
            "failed" => self.mistaken += usize::from(taken),
            // Nobody said STOP or answered, and everything is through.
            _ => {
                self.lost += usize::from(!taken);
                self.mistaken += usize::from(taken);
            }
        }
    }

    pub(crate) fn bound(&self) -> usize {
        self.kills * IN_FLIGHT
    }

    /// The promise.
    pub(crate) fn hold(&self) {
        assert_eq!((self.doubled, self.lost, self.mistaken), (0, 0, 0), "{self}");
        assert!(self.doubts <= self.bound(), "{self}");
        assert_eq!(self.states.values().sum::<usize>(), self.launched, "{self}");
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kills, launched, accepted, doubled, lost, mistaken, doubts, states } = self;
        let bound = self.bound();
        write!(
            f,
            "{kills} kills, {launched} launched, {accepted} accepted by the other side, {doubled} doubled, {lost} lost, \
             {mistaken} mistaken, {doubts} in doubt (at most {bound}); {states:?}"
        )
    }
}

/// Our id in a line of the log; nothing in a line about a report, or one that is being written.
fn reference(line: &str) -> Option<String> {
    let line: Value = serde_json::from_str(line).ok()?;
    Some(line["message"]["reference"].as_str()?.to_owned())
}

/// How many messages wait or are in somebody's hands.
pub(crate) async fn on_their_way(db: &Db) -> i64 {
    count(db, "SELECT COUNT(*) FROM messages WHERE state IN ('planned', 'queued', 'sending', 'retry_wait')").await
}

/// How many messages the other side has, and has not reported yet.
pub(crate) fn unreported(fleet: &Fleet) -> usize {
    let log = fleet.phones_log();
    let (messages, reports): (Vec<_>, Vec<_>) = log.lines().partition(|line| reference(line).is_some());
    messages.len().saturating_sub(reports.len())
}

/// How many campaigns are paused.
pub(crate) async fn paused(db: &Db) -> Vec<String> {
    let sql = "SELECT id FROM campaigns WHERE paused_at IS NOT NULL";
    sqlx::query_scalar(sql).fetch_all(db.read()).await.unwrap_or_default()
}

/// A database that is being started again says nothing: then somebody may be on the way.
async fn count(db: &Db, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(db.read()).await.unwrap_or(1)
}
