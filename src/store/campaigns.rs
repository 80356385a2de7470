//! Campaigns: one launch of one survey.

use anyhow::Context as _;
use jiff::Timestamp;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::Db;
use crate::campaign::held::Held;
use crate::campaign::state::State;

/// A campaign as it is stored.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// Random text.
    pub id: String,
    /// HR's name for it.
    pub name: String,
    /// YAML, frozen at launch.
    pub definition: String,
    /// Where it stands.
    pub state: State,
    /// Made for a synthetic register.
    pub demo: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its messages were written.
    pub launched_at: Option<Timestamp>,
    /// When answering stops by itself.
    pub closes_at: Option<Timestamp>,
    /// Why no message leaves for now; nothing while messages may.
    pub paused: Option<Held>,
    /// What answers are sealed to (base64); nothing before launch.
    pub public_key: Option<String>,
    /// The private key is in shares and in no file: two must come together to open.
    pub by_two: bool,
    /// When the answers were opened.
    pub opened_at: Option<Timestamp>,
}

type Row = (
    String,
    String,
    String,
    String,
    i64,
    i64,
    Option<i64>,
    Option<i64>,
    Option<String>,
    Option<String>,
    i64,
    Option<i64>,
);

const COLUMNS: &str = "SELECT id, name, definition, state, demo, created_at, launched_at, closes_at, paused_reason, \
                       public_key, by_two, opened_at FROM campaigns";

fn campaign(row: Row) -> anyhow::Result<Campaign> {
    let (id, name, definition, state, demo, created_at, launched_at, closes_at, paused, public_key, by_two, opened_at) =
        row;
    Ok(Campaign {
        id,
        name,
        definition,
        state: state.parse()?,
        demo: demo != 0,
        created_at: Timestamp::from_millisecond(created_at)?,
        launched_at: launched_at.map(Timestamp::from_millisecond).transpose()?,
        closes_at: closes_at.map(Timestamp::from_millisecond).transpose()?,
        paused: paused.as_deref().map(Held::from_stored),
        public_key,
        by_two: by_two != 0,
        opened_at: opened_at.map(Timestamp::from_millisecond).transpose()?,
    })
}

/// Writes a new draft.
///
/// # Errors
/// What the database refuses.
pub async fn insert(connection: &mut AnyConnection, new: &Campaign) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO campaigns (id, name, definition, state, demo, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(&new.id)
        .bind(&new.name)
        .bind(&new.definition)
        .bind(new.state.as_str())
        .bind(i64::from(new.demo))
        .bind(new.created_at.as_millisecond())
        .execute(connection)
        .await
        .map(drop)
}

/// All, the newest first.
///
/// # Errors
/// The database is out of reach.
pub async fn all(db: &Db) -> anyhow::Result<Vec<Campaign>> {
    let sql = AssertSqlSafe(format!("{COLUMNS} ORDER BY created_at DESC, id"));
    let rows: Vec<Row> = sqlx::query_as(sql).fetch_all(db.read()).await.context("cannot read the campaigns")?;
    rows.into_iter().map(campaign).collect()
}

/// The newest first: the next `limit` after the one that was made at a moment and has an id.
///
/// # Errors
/// The database is out of reach.
pub async fn page(db: &Db, after: Option<&(i64, String)>, limit: u32) -> anyhow::Result<Vec<Campaign>> {
    let (moment, id) = after.map_or((i64::MAX, ""), |(moment, id)| (*moment, id.as_str()));
    let sql = sqlx::AssertSqlSafe(format!(
        "{COLUMNS} WHERE created_at < $1 OR (created_at = $1 AND id > $2) ORDER BY created_at DESC, id LIMIT $3"
    ));
    let rows: Vec<Row> = sqlx::query_as(sql).bind(moment).bind(id).bind(i64::from(limit)).fetch_all(db.read()).await?;
    rows.into_iter().map(campaign).collect()
}

/// Id and name of the published ones that were launched before a moment, the earliest first: the waves before one.
///
/// # Errors
/// The database is out of reach.
pub async fn published_before(db: &Db, launched: Timestamp) -> anyhow::Result<Vec<(String, String)>> {
    sqlx::query_as("SELECT id, name FROM campaigns WHERE state = $1 AND launched_at < $2 ORDER BY launched_at, id")
        .bind(State::Published.as_str())
        .bind(launched.as_millisecond())
        .fetch_all(db.read())
        .await
        .context("cannot read the earlier campaigns")
}

/// The one of that id.
///
/// # Errors
/// The database is out of reach.
pub async fn find<'c>(reader: impl sqlx::AnyExecutor<'c>, id: &str) -> anyhow::Result<Option<Campaign>> {
    let sql = AssertSqlSafe(format!("{COLUMNS} WHERE id = $1"));
    let row: Option<Row> = sqlx::query_as(sql).bind(id).fetch_optional(reader).await.context("cannot read campaign")?;
    row.map(campaign).transpose()
}

/// The organisation at a campaign's launch, as JSON: of hundreds of units, so read alone.
///
/// # Errors
/// What the database refuses.
pub async fn tree<'c>(reader: impl sqlx::AnyExecutor<'c>, id: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT tree FROM campaigns WHERE id = $1").bind(id).fetch_one(reader).await
}

/// What a launch writes down of a campaign.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The moment.
    pub now: Timestamp,
    /// When answering stops by itself.
    pub closes_at: Option<Timestamp>,
    /// See [`Campaign::public_key`].
    pub public_key: String,
    /// See [`Campaign::by_two`].
    pub by_two: bool,
    /// See [`tree`].
    pub tree: String,
}

/// Marks a draft as launched. `false`: it was no draft any more, and nothing is changed.
///
/// # Errors
/// What the database refuses.
pub async fn launch(connection: &mut AnyConnection, id: &str, launch: &Launch) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE campaigns SET state = 'sending', launched_at = $2, closes_at = $3, public_key = $4, by_two = $5, \
         tree = $6 WHERE id = $1 AND state = 'draft'",
    )
    .bind(id)
    .bind(launch.now.as_millisecond())
    .bind(launch.closes_at.map(Timestamp::as_millisecond))
    .bind(launch.public_key.as_str())
    .bind(i64::from(launch.by_two))
    .bind(launch.tree.as_str())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Changes what a draft asks.
///
/// # Errors
/// What the database refuses.
pub async fn redefine(connection: &mut AnyConnection, id: &str, definition: &str) -> sqlx::Result<()> {
    let done = sqlx::query("UPDATE campaigns SET definition = $2 WHERE id = $1 AND state = 'draft'");
    done.bind(id).bind(definition).execute(connection).await.map(drop)
}

/// Lets no more messages leave. `false`: none leave already, and nothing is changed.
///
/// # Errors
/// What the database refuses.
pub async fn pause(connection: &mut AnyConnection, id: &str, held: &Held, now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE campaigns SET paused_at = $2, paused_reason = $3 \
         WHERE id = $1 AND state IN ('sending', 'open') AND paused_at IS NULL",
    );
    Ok(done.bind(id).bind(now.as_millisecond()).bind(held.to_stored()).execute(connection).await?.rows_affected() == 1)
}

/// Lets messages leave again. `false`: it was not paused, and nothing is changed.
///
/// # Errors
/// What the database refuses.
pub async fn resume(connection: &mut AnyConnection, id: &str) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE campaigns SET paused_at = NULL, paused_reason = NULL \
         WHERE id = $1 AND state IN ('sending', 'open') AND paused_at IS NOT NULL",
    );
    Ok(done.bind(id).execute(connection).await?.rows_affected() == 1)
}

/// Ends answering. `false`: it was not taking answers, and nothing is changed.
///
/// # Errors
/// What the database refuses.
pub async fn close(connection: &mut AnyConnection, id: &str, now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE campaigns SET state = 'closed', closed_at = $2 WHERE id = $1 AND state IN ('sending', 'open')",
    )
    .bind(id)
    .bind(now.as_millisecond())
    .execute(&mut *connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Marks a closed campaign's answers as opened. `false`: it is not closed, or somebody was faster, and nothing is changed.
///
/// # Errors
/// What the database refuses.
pub async fn open(connection: &mut AnyConnection, id: &str, now: Timestamp) -> sqlx::Result<bool> {
    let done =
        sqlx::query("UPDATE campaigns SET opened_at = $2 WHERE id = $1 AND state = 'closed' AND opened_at IS NULL");
    Ok(done.bind(id).bind(now.as_millisecond()).execute(connection).await?.rows_affected() == 1)
}

/// Campaigns whose answers were opened, or whose answers were deleted, while the places where they lay may not have been
/// swept yet.
///
/// # Errors
/// The database is out of reach.
pub async fn unswept(db: &Db) -> sqlx::Result<Vec<String>> {
    let rows = sqlx::query_scalar("SELECT id FROM campaigns WHERE opened_at IS NOT NULL AND swept = 0 ORDER BY id");
    rows.fetch_all(db.read()).await
}

/// Marks that something was deleted and may still lie between the rows.
///
/// # Errors
/// What the database refuses.
pub async fn unsweep(connection: &mut AnyConnection, id: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE campaigns SET swept = 0 WHERE id = $1").bind(id).execute(connection).await.map(drop)
}

/// Marks that nothing of the campaign's envelopes is left where they lay.
///
/// # Errors
/// What the database refuses.
pub async fn swept(connection: &mut AnyConnection, id: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE campaigns SET swept = 1 WHERE id = $1").bind(id).execute(connection).await.map(drop)
}

/// Id and name of the campaigns whose answers and invitations are still kept, and that were published at `published` or
/// earlier, or closed at `closed` or earlier and never published.
///
/// # Errors
/// The database is out of reach.
pub async fn outdated(db: &Db, published: Timestamp, closed: Timestamp) -> sqlx::Result<Vec<(String, String)>> {
    let rows = sqlx::query_as(
        "SELECT id, name FROM campaigns WHERE purged_at IS NULL AND ((state = 'published' AND published_at <= $1) \
         OR (state = 'closed' AND closed_at <= $2)) ORDER BY id",
    );
    rows.bind(published.as_millisecond()).bind(closed.as_millisecond()).fetch_all(db.read()).await
}

/// Deletes what leads to persons and what they said. The campaign's own row, its rounds, its audit stay.
///
/// # Errors
/// What the database refuses.
pub async fn purge(connection: &mut AnyConnection, id: &str, now: Timestamp) -> sqlx::Result<()> {
    for (table, condition) in PURGED {
        let statement = AssertSqlSafe(format!("DELETE FROM {table} WHERE {condition}"));
        sqlx::query(statement).bind(id).execute(&mut *connection).await?;
    }
    // What was deleted is swept away like what was opened; where nothing ever was, there is nothing left to open, and the key
    // is destroyed like any other.
    let purged = sqlx::query(
        "UPDATE campaigns SET purged_at = $2, opened_at = COALESCE(opened_at, $2), swept = 0 WHERE id = $1",
    );
    purged.bind(id).bind(now.as_millisecond()).execute(connection).await.map(drop)
}

/// How many rows of which tables [`purge`] would delete; none of a table that has none.
///
/// # Errors
/// The database is out of reach.
pub async fn to_purge(db: &Db, id: &str) -> sqlx::Result<Vec<(&'static str, i64)>> {
    let mut rows = Vec::new();
    for (table, condition) in PURGED {
        let statement = AssertSqlSafe(format!("SELECT COUNT(*) FROM {table} WHERE {condition}"));
        rows.push((table, sqlx::query_scalar(statement).bind(id).fetch_one(db.read()).await?));
    }
    rows.retain(|(_, count)| *count > 0);
    Ok(rows)
}

/// In this order: what refers to others goes first.
const PURGED: [(&str, &str); 8] = [
    ("responses", "campaign_id = $1"),
    ("text_themes", "text_id IN (SELECT id FROM texts WHERE campaign_id = $1)"),
    ("texts", "campaign_id = $1"),
    ("envelopes", "campaign_id = $1"),
    ("drafts", "invitation_id IN (SELECT id FROM invitations WHERE campaign_id = $1)"),
    ("delivery_reports", "message_id IN (SELECT id FROM messages WHERE campaign_id = $1)"),
    ("messages", "campaign_id = $1"),
    ("invitations", "campaign_id = $1"),
];

/// Marks a closed campaign as published. `false`: it was not closed or not opened, and nothing is changed.
///
/// # Errors
/// What the database refuses.
pub async fn publish(connection: &mut AnyConnection, id: &str, now: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "UPDATE campaigns SET state = 'published', published_at = $2 \
         WHERE id = $1 AND state = 'closed' AND opened_at IS NOT NULL AND purged_at IS NULL",
    );
    Ok(done.bind(id).bind(now.as_millisecond()).execute(connection).await?.rows_affected() == 1)
}

/// Campaigns whose closing time was at `before` or earlier, and that nobody has closed yet.
///
/// # Errors
/// The database is out of reach.
pub async fn over(db: &Db, before: Timestamp) -> sqlx::Result<Vec<String>> {
    let rows: Vec<(String,)> =
        sqlx::query_as("SELECT id FROM campaigns WHERE state IN ('sending', 'open') AND closes_at <= $1")
            .bind(before.as_millisecond())
            .fetch_all(db.read())
            .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
