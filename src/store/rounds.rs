//! The rounds of a campaign: the invitation, and each reminder.

use jiff::Timestamp;
use sqlx::AnyConnection;

/// One round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// 0 the invitation, 1 the first reminder, ….
    pub round: i64,
    /// Which delay of the definition it follows, from 1; 0 for the invitation; nothing where it was sent by hand.
    pub scheduled: Option<i64>,
    /// When its messages were written.
    pub written: Timestamp,
}

/// Writes one down. `false`: it is there already, and its messages must not be written a second time.
///
/// # Errors
/// What the database refuses.
pub async fn insert(connection: &mut AnyConnection, campaign: &str, round: &Round) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO rounds (campaign_id, round, scheduled, written_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(campaign)
    .bind(round.round)
    .bind(round.scheduled)
    .bind(round.written.as_millisecond())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// All of a campaign, the first one first.
///
/// # Errors
/// The database is out of reach.
pub async fn of(connection: &mut AnyConnection, campaign: &str) -> anyhow::Result<Vec<Round>> {
    let rows: Vec<(i64, Option<i64>, i64)> =
        sqlx::query_as("SELECT round, scheduled, written_at FROM rounds WHERE campaign_id = $1 ORDER BY round")
            .bind(campaign)
            .fetch_all(connection)
            .await?;
    let round =
        |(round, scheduled, written)| Ok(Round { round, scheduled, written: Timestamp::from_millisecond(written)? });
    rows.into_iter().map(round).collect()
}
