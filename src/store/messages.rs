//! Messages, what gateways [reported](NewReport) about them, and [how many](Tally) stand where.
//!
//! What may follow what is decided by [`crate::message::state`]; here a message is read, and written back.

mod batch;
mod problems;
pub mod queue;
mod reports;
mod tally;

use jiff::Timestamp;
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, Row as _, any::AnyRow};

use super::Bulk;
use super::dialect::Dialect;
use crate::message::segments::Segments;
use crate::message::state::{Attempt, Message, State};
use crate::people::phone::Phone;

pub use batch::{load_all, save_accepted, save_leases, save_reported};
pub use problems::{Decision, Doubt, Problem, corrected, decide, doubts, oldest_doubt, problem, problems};
pub use reports::{NewReport, forget_unknown, insert_reports};
pub use tally::{Tally, left_since, tally, tally_all, tally_by_area, tally_by_round};

/// One row to write at launch, ready to be sent when it is due.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    /// Random, from `ports::Chance::id`.
    pub id: &'a str,
    /// Of this campaign.
    pub campaign_id: &'a str,
    /// To the person of this invitation.
    pub invitation_id: &'a str,
    /// 0 the invitation, 1 the first reminder, ….
    pub round: i64,
    /// 0 the first of its round; 1, 2, … sent again by somebody's decision.
    pub copy: i64,
    /// Where to.
    pub phone: &'a Phone,
    /// What the phone shows as sender.
    pub sender: &'a str,
    /// From `message::text::render`: the link's place is still in it.
    pub body: &'a str,
    /// From `message::text::segments`, with a link of the right length.
    pub segments: Segments,
    /// Not before this moment.
    pub due: Timestamp,
    /// When it is written.
    pub now: Timestamp,
}

/// Writes the messages of a launch, some hundred to a statement.
pub struct Inserter(Bulk);

impl Default for Inserter {
    fn default() -> Self {
        Self::new()
    }
}

impl Inserter {
    /// Nothing is written yet.
    #[must_use]
    pub fn new() -> Self {
        Self(Bulk::new(
            "INSERT INTO messages (id, campaign_id, invitation_id, round, copy, phone, sender, body, encoding, parts, \
             state, due_at, attempts)",
            13,
        ))
    }

    /// The next row.
    ///
    /// # Errors
    /// What the database refuses: a second message of one round to one invitation, for example.
    pub async fn add(&mut self, connection: &mut AnyConnection, new: &NewMessage<'_>) -> sqlx::Result<()> {
        let bulk = &mut self.0;
        bulk.bind(new.id)?.bind(new.campaign_id)?.bind(new.invitation_id)?.bind(new.round)?.bind(new.copy)?;
        bulk.bind(new.phone.as_str())?.bind(new.sender)?.bind(new.body)?;
        bulk.bind(new.segments.encoding.as_str())?.bind(i64::from(new.segments.parts))?;
        let state = Message::new(new.due, new.now).state.name();
        bulk.bind(state)?.bind(new.due.as_millisecond())?.bind(0_i64)?;
        bulk.flush_full(connection).await
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// As [`Inserter::add`].
    pub async fn finish(self, connection: &mut AnyConnection) -> sqlx::Result<()> {
        self.0.finish(connection).await.map(drop)
    }
}

/// A message that may be sent now.
#[derive(Clone, Debug)]
pub struct Due {
    /// Its id, which is also our reference at the gateway.
    pub id: String,
    /// Of this campaign.
    pub campaign_id: String,
    /// Whose link it carries.
    pub invitation_id: String,
    /// Where to.
    pub phone: Phone,
    /// What the phone shows as sender.
    pub sender: String,
    /// With the link's place still in it.
    pub body: String,
    /// What it counts against the throttle.
    pub parts: u32,
    /// Why it must not leave after all.
    pub obstacle: Option<Obstacle>,
    /// The campaign or the person is made up: it must never reach a real phone.
    pub demo: bool,
    /// Its state.
    pub message: Message,
}

/// What has happened since a message was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The person wants no more messages.
    Stopped,
    /// The person has answered.
    Answered,
}

/// At most `limit` messages of one campaign that are due at `now`, the longest waiting first, if it may send: none
/// leaves after the closing time. On
/// PostgreSQL they are locked until the transaction ends, and those that another node has locked are passed over.
///
/// # Errors
/// The database is gone, or a row makes no sense.
pub async fn due(
    connection: &mut AnyConnection,
    dialect: Dialect,
    campaign: &str,
    now: Timestamp,
    limit: u32,
) -> sqlx::Result<Vec<Due>> {
    let sql = format!(
        "SELECT messages.id, messages.campaign_id, invitation_id, messages.phone, sender, body, parts, messages.state, \
           due_at, attempts, attempt_node, attempt_boot, attempt_at, gateway_ref, reason, i.state AS progress, \
           i.stopped_by, c.demo AS demo_campaign, e.demo AS demo_employee \
         FROM messages JOIN campaigns c ON c.id = messages.campaign_id \
           JOIN invitations i ON i.id = messages.invitation_id LEFT JOIN employees e ON e.id = i.employee_id \
         WHERE messages.campaign_id = $1 AND messages.state IN ('queued', 'retry_wait') AND due_at <= $2 \
           AND c.state IN ('sending', 'open') AND c.paused_at IS NULL AND (c.closes_at IS NULL OR c.closes_at > $2) \
         ORDER BY due_at, messages.id LIMIT $3{}",
        dialect.skip_locked_messages()
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(campaign).bind(now.as_millisecond()).bind(i64::from(limit));
    rows.fetch_all(connection).await?.iter().map(read_due).collect()
}

fn read_due(row: &AnyRow) -> sqlx::Result<Due> {
    let demo = |column| row.try_get::<Option<i64>, _>(column).map(|flag| flag.unwrap_or(0) != 0);
    let stopped = row.try_get::<Option<String>, _>("stopped_by")?.is_some();
    let answered = row.try_get::<String, _>("progress")? == "answered";
    Ok(Due {
        id: row.try_get("id")?,
        campaign_id: row.try_get("campaign_id")?,
        invitation_id: row.try_get("invitation_id")?,
        phone: Phone::from_stored(row.try_get("phone")?),
        sender: row.try_get("sender")?,
        body: row.try_get("body")?,
        parts: number(row, "parts")?,
        obstacle: stopped.then_some(Obstacle::Stopped).or(answered.then_some(Obstacle::Answered)),
        demo: demo("demo_campaign")? || demo("demo_employee")?,
        message: read_message(row)?,
    })
}

/// The campaigns with messages that are due at `now`, or planned and to be released, if they may send.
///
/// # Errors
/// The database is gone.
pub async fn campaigns_due(pool: &AnyPool, now: Timestamp) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT id FROM campaigns WHERE state IN ('sending', 'open') AND paused_at IS NULL \
           AND (closes_at IS NULL OR closes_at > $1) AND (EXISTS \
           (SELECT 1 FROM messages WHERE campaign_id = campaigns.id AND state IN ('queued', 'retry_wait') \
            AND due_at <= $1) OR EXISTS \
           (SELECT 1 FROM messages WHERE campaign_id = campaigns.id AND state = 'planned' AND due_at <= $1)) ORDER BY id",
    )
    .bind(now.as_millisecond())
    .fetch_all(pool)
    .await
}

/// Releases the planned messages of a campaign whose moment has come, all at once: what [`Message::released`] says of one.
///
/// # Errors
/// The database is gone.
pub async fn release(connection: &mut AnyConnection, campaign: &str, now: Timestamp) -> sqlx::Result<u64> {
    let released = sqlx::query(
        "UPDATE messages SET state = 'queued' WHERE campaign_id = $1 AND state = 'planned' AND due_at <= $2",
    );
    Ok(released.bind(campaign).bind(now.as_millisecond()).execute(connection).await?.rows_affected())
}

/// One message, locked until the transaction ends; nothing where the id is unknown.
///
/// # Errors
/// The database is gone, or the row makes no sense.
pub async fn load(connection: &mut AnyConnection, dialect: Dialect, id: &str) -> sqlx::Result<Option<Message>> {
    let sql = format!("SELECT {MESSAGE} FROM messages WHERE id = $1{}", dialect.for_update());
    let row = sqlx::query(AssertSqlSafe(sql)).bind(id).fetch_optional(connection).await?;
    row.as_ref().map(read_message).transpose()
}

/// The messages of one invitation that may still leave, locked until the transaction ends.
///
/// # Errors
/// The database is gone, or a row makes no sense.
pub async fn waiting_of(
    connection: &mut AnyConnection,
    dialect: Dialect,
    invitation: &str,
) -> sqlx::Result<Vec<(String, Message)>> {
    let sql = format!(
        "SELECT id, {MESSAGE} FROM messages \
         WHERE invitation_id = $1 AND state IN ('planned', 'queued', 'retry_wait') ORDER BY id{}",
        dialect.for_update()
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(invitation).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get("id")?, read_message(row)?))).collect()
}

/// Writes what has become of a message. Who attempted it last stays in the row, whatever came of it.
///
/// # Errors
/// The database is gone.
pub async fn save(connection: &mut AnyConnection, id: &str, message: &Message) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE messages SET state = $1, due_at = COALESCE($2, due_at), gateway_ref = $3, reason = $4 WHERE id = $5",
    )
    .bind(message.state.name())
    .bind(message.state.due().map(Timestamp::as_millisecond))
    .bind(message.reference.as_deref())
    .bind(message.state.reason())
    .bind(id)
    .execute(connection)
    .await
    .map(drop)
}

/// The messages in the hands of a process that is gone: an earlier boot of `node`, or of any node if taken before
/// `stale`, which no living one would still be sending.
///
/// # Errors
/// The database is gone.
pub async fn orphans(
    connection: &mut AnyConnection,
    node: &str,
    boot: &str,
    stale: Timestamp,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT id FROM messages WHERE state = 'sending' \
           AND ((attempt_node = $1 AND attempt_boot <> $2) OR attempt_at < $3) ORDER BY id",
    )
    .bind(node)
    .bind(boot)
    .bind(stale.as_millisecond())
    .fetch_all(connection)
    .await
}

/// Sending, with nothing left to send.
const SENT: &str = "WHERE state = 'sending' AND NOT EXISTS (SELECT 1 FROM messages \
    WHERE campaign_id = campaigns.id AND messages.state IN ('planned', 'queued', 'sending', 'retry_wait'))";

/// Whether any campaign is sending and has nothing left to send.
///
/// # Errors
/// The database is gone.
pub async fn any_campaign_sent(pool: &AnyPool) -> sqlx::Result<bool> {
    let sql = format!("SELECT COUNT(*) FROM campaigns {SENT}");
    let count: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(pool).await?;
    Ok(count > 0)
}

/// Opens every campaign that was sending and has nothing left to send. Says how many.
///
/// # Errors
/// The database is gone.
pub async fn open_campaigns_sent(connection: &mut AnyConnection) -> sqlx::Result<u64> {
    let done = sqlx::query(AssertSqlSafe(format!("UPDATE campaigns SET state = 'open' {SENT}")));
    Ok(done.execute(connection).await?.rows_affected())
}

/// Cancels what has not left yet, when a campaign closes. Says how many.
///
/// # Errors
/// The database is gone.
pub async fn cancel_waiting(connection: &mut AnyConnection, campaign: &str, reason: &str) -> sqlx::Result<u64> {
    let done = sqlx::query(
        "UPDATE messages SET state = 'cancelled', reason = $1 \
         WHERE campaign_id = $2 AND state IN ('planned', 'queued', 'retry_wait')",
    );
    Ok(done.bind(reason).bind(campaign).execute(connection).await?.rows_affected())
}

/// What [`read_message`] reads.
const MESSAGE: &str = "state, due_at, attempts, attempt_node, attempt_boot, attempt_at, gateway_ref, reason";

fn read_message(row: &AnyRow) -> sqlx::Result<Message> {
    let name: String = row.try_get("state")?;
    let due = moment(row.try_get("due_at")?)?;
    let reason = || row.try_get::<Option<String>, _>("reason").map(Option::unwrap_or_default);
    let state = match name.as_str() {
        "planned" => State::Planned { due },
        "queued" => State::Queued { due },
        "sending" => State::Sending(read_attempt(row)?),
        "accepted" => State::Accepted,
        "delivered" => State::Delivered,
        "undelivered" => State::Undelivered,
        "expired" => State::Expired,
        "retry_wait" => State::RetryWait { due, reason: reason()? },
        "uncertain" => State::Uncertain { attempt: read_attempt(row)?, reason: reason()? },
        "failed" => State::Failed { reason: reason()? },
        "cancelled" => State::Cancelled { reason: reason()? },
        _ => return Err(senseless("state")),
    };
    Ok(Message { state, attempts: number(row, "attempts")?, reference: row.try_get("gateway_ref")? })
}

fn read_attempt(row: &AnyRow) -> sqlx::Result<Attempt> {
    Ok(Attempt {
        node: row.try_get("attempt_node")?,
        boot: row.try_get("attempt_boot")?,
        at: moment(row.try_get("attempt_at")?)?,
    })
}

fn number(row: &AnyRow, column: &'static str) -> sqlx::Result<u32> {
    u32::try_from(row.try_get::<i64, _>(column)?).map_err(|_| senseless(column))
}

fn moment(milliseconds: i64) -> sqlx::Result<Timestamp> {
    Timestamp::from_millisecond(milliseconds).map_err(|error| sqlx::Error::Decode(error.into()))
}

fn senseless(column: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("a message's {column} makes no sense").into())
}
