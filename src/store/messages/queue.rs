//! What should have left already, campaign by campaign: for whoever looks after the installation.

use jiff::Timestamp;
use sqlx::AnyPool;

/// The messages of a campaign whose moment has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// The campaign's id.
    pub campaign: String,
    /// HR's name for it.
    pub name: String,
    /// It is paused.
    pub paused: bool,
    /// How many.
    pub waiting: u64,
    /// Since when the first of them could have left.
    pub oldest: Timestamp,
}

/// One for each campaign that has any, the one that waits longest first.
///
/// # Errors
/// The database is out of reach.
pub async fn queues(pool: &AnyPool, now: Timestamp) -> anyhow::Result<Vec<Queue>> {
    type Row = (String, String, i64, i64, i64);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT campaigns.id, campaigns.name, CASE WHEN campaigns.paused_at IS NULL THEN 0 ELSE 1 END, COUNT(*), MIN(due_at) \
         FROM messages JOIN campaigns ON campaigns.id = messages.campaign_id \
         WHERE messages.state IN ('queued', 'retry_wait', 'planned') AND due_at <= $1 \
         AND campaigns.state IN ('sending', 'open') \
         GROUP BY campaigns.id, campaigns.name, campaigns.paused_at ORDER BY MIN(due_at), campaigns.id",
    )
    .bind(now.as_millisecond())
    .fetch_all(pool)
    .await?;
    let queue = |(campaign, name, paused, waiting, oldest): Row| {
        let (waiting, oldest) = (waiting.unsigned_abs(), Timestamp::from_millisecond(oldest)?);
        Ok(Queue { campaign, name, paused: paused == 1, waiting, oldest })
    };
    rows.into_iter().map(queue).collect()
}

/// How many messages are in doubt and undecided, and a campaign that has some.
///
/// # Errors
/// The database is out of reach.
pub async fn doubts(pool: &AnyPool) -> sqlx::Result<(u64, Option<String>)> {
    let sql = "SELECT COUNT(*), MIN(campaign_id) FROM messages WHERE state = 'uncertain' AND decision IS NULL";
    let (count, campaign): (i64, Option<String>) = sqlx::query_as(sql).fetch_one(pool).await?;
    Ok((count.unsigned_abs(), campaign))
}

/// When the gateway last reported something.
///
/// # Errors
/// The database is out of reach.
pub async fn last_report(pool: &AnyPool) -> anyhow::Result<Option<Timestamp>> {
    let at: Option<i64> = sqlx::query_scalar("SELECT MAX(received_at) FROM delivery_reports").fetch_one(pool).await?;
    Ok(at.map(Timestamp::from_millisecond).transpose()?)
}
