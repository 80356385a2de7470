//! Processes that send, and their last sign of life.

use jiff::{SignedDuration, Timestamp};

use super::{Db, Tx};

/// Nobody asks any more after a process that was last seen so long ago.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);

/// A process that sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Among others on this database.
    pub name: String,
    /// Which medvirk it is.
    pub version: String,
    /// Its last sign of life.
    pub seen: Timestamp,
    /// It leaves the gateway alone until then.
    pub rests_until: Option<Timestamp>,
}

/// Writes a sign of life, and forgets who has long given none.
///
/// # Errors
/// What the database refuses.
pub async fn seen(tx: &mut Tx, node: &Node) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO nodes (name, version, seen_at, rests_until) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (name) DO UPDATE SET version = $2, seen_at = $3, rests_until = $4",
    )
    .bind(&node.name)
    .bind(&node.version)
    .bind(node.seen.as_millisecond())
    .bind(node.rests_until.map(Timestamp::as_millisecond))
    .execute(&mut **tx)
    .await?;
    let forgotten = node.seen.checked_sub(FORGOTTEN).unwrap_or(Timestamp::MIN);
    let forget = sqlx::query("DELETE FROM nodes WHERE seen_at < $1").bind(forgotten.as_millisecond());
    forget.execute(&mut **tx).await.map(drop)
}

/// All that were seen lately, the last one first.
///
/// # Errors
/// The database is out of reach.
pub async fn all(db: &Db) -> anyhow::Result<Vec<Node>> {
    type Row = (String, String, i64, Option<i64>);
    let sql = "SELECT name, version, seen_at, rests_until FROM nodes ORDER BY seen_at DESC, name";
    let rows: Vec<Row> = sqlx::query_as(sql).fetch_all(db.read()).await?;
    let node = |(name, version, seen, rests): Row| {
        let rests_until = rests.map(Timestamp::from_millisecond).transpose()?;
        Ok(Node { name, version, seen: Timestamp::from_millisecond(seen)?, rests_until })
    };
    rows.into_iter().map(node).collect()
}
