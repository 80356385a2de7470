//! How many messages stand where, for HR's pages and the metrics.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::AnyPool;

/// How many messages of a campaign stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Not yet with the gateway: planned, queued, sending, waiting for another try.
    pub waiting: u64,
    /// With the gateway, no word from the phone yet.
    pub accepted: u64,
    /// On the phone.
    pub delivered: u64,
    /// Given back by the network, or expired there.
    pub undelivered: u64,
    /// Refused for good.
    pub failed: u64,
    /// Perhaps sent.
    pub uncertain: u64,
    /// No longer wanted.
    pub cancelled: u64,
}

impl Tally {
    /// All of them.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.waiting + self.left() + self.failed + self.uncertain + self.cancelled
    }

    /// Those that the gateway has taken over, whatever came of it.
    #[must_use]
    pub const fn left(&self) -> u64 {
        self.accepted + self.delivered + self.undelivered
    }

    /// Each state's name and count, for operators.
    #[must_use]
    pub const fn states(&self) -> [(&'static str, u64); 7] {
        [
            ("waiting", self.waiting),
            ("accepted", self.accepted),
            ("delivered", self.delivered),
            ("undelivered", self.undelivered),
            ("failed", self.failed),
            ("uncertain", self.uncertain),
            ("cancelled", self.cancelled),
        ]
    }

    fn add(&mut self, state: &str, count: u64) {
        let place = match state {
            "accepted" => &mut self.accepted,
            "delivered" => &mut self.delivered,
            "undelivered" | "expired" => &mut self.undelivered,
            "failed" => &mut self.failed,
            "uncertain" => &mut self.uncertain,
            "cancelled" => &mut self.cancelled,
            _ => &mut self.waiting,
        };
        *place += count;
    }
}

/// Where the messages of a campaign stand, all rounds together.
///
/// # Errors
/// The database is gone.
pub async fn tally(pool: &AnyPool, campaign: &str) -> sqlx::Result<Tally> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT state, COUNT(*) FROM messages WHERE campaign_id = $1 GROUP BY state")
            .bind(campaign)
            .fetch_all(pool)
            .await?;
    let mut tally = Tally::default();
    for (state, count) in rows {
        tally.add(&state, count.unsigned_abs());
    }
    Ok(tally)
}

/// As [`tally`], for all campaigns together.
///
/// # Errors
/// The database is gone.
pub async fn tally_all(pool: &AnyPool) -> sqlx::Result<Tally> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT state, COUNT(*) FROM messages GROUP BY state").fetch_all(pool).await?;
    let mut tally = Tally::default();
    for (state, count) in rows {
        tally.add(&state, count.unsigned_abs());
    }
    Ok(tally)
}

/// As [`tally`], for each round.
///
/// # Errors
/// The database is gone.
pub async fn tally_by_round(pool: &AnyPool, campaign: &str) -> sqlx::Result<BTreeMap<i64, Tally>> {
    let rows: Vec<(i64, String, i64)> =
        sqlx::query_as("SELECT round, state, COUNT(*) FROM messages WHERE campaign_id = $1 GROUP BY round, state")
            .bind(campaign)
            .fetch_all(pool)
            .await?;
    let mut rounds: BTreeMap<i64, Tally> = BTreeMap::new();
    for (round, state, count) in rows {
        rounds.entry(round).or_default().add(&state, count.unsigned_abs());
    }
    Ok(rounds)
}

/// How many messages of a campaign have left since that moment.
///
/// # Errors
/// The database is gone.
pub async fn left_since(pool: &AnyPool, campaign: &str, since: Timestamp) -> sqlx::Result<u64> {
    let count: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM messages WHERE campaign_id = $1 AND state IN ('accepted', 'delivered') AND attempt_at >= $2",
    )
    .bind(campaign)
    .bind(since.as_millisecond())
    .fetch_one(pool)
    .await?;
    Ok(count.unsigned_abs())
}

/// As [`tally`], of the invitations alone, for each area; `None` is for those whose area is unknown. Reminders go to those
/// who have not answered: counted for a small area, they would say how many have.
///
/// # Errors
/// The database is gone.
pub async fn tally_by_area(pool: &AnyPool, campaign: &str) -> sqlx::Result<BTreeMap<Option<String>, Tally>> {
    let rows: Vec<(Option<String>, String, i64)> = sqlx::query_as(
        "SELECT invitations.area_id, messages.state, COUNT(*) FROM messages \
           JOIN invitations ON invitations.id = messages.invitation_id \
         WHERE messages.campaign_id = $1 AND messages.round = 0 AND messages.copy = 0 GROUP BY invitations.area_id, messages.state",
    )
    .bind(campaign)
    .fetch_all(pool)
    .await?;
    let mut areas: BTreeMap<Option<String>, Tally> = BTreeMap::new();
    for (area, state, count) in rows {
        areas.entry(area).or_default().add(&state, count.unsigned_abs());
    }
    Ok(areas)
}
