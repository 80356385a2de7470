//! Keys with which programs call the API.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::Db;
use crate::people::permission::Permission;
use crate::results::view::Scope;

/// A key, without what makes it one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Random text.
    pub id: String,
    /// As the audit log knows whoever holds it.
    pub name: String,
    /// What it may do.
    pub may: Vec<Permission>,
    /// Whose results it sees.
    pub scope: Scope,
    /// When it was made.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: String,
    /// It is worth nothing from this moment on.
    pub expires_at: Timestamp,
    /// The last request.
    pub used_at: Option<Timestamp>,
    /// Requests of a minute since 1970.
    pub used: Used,
}

/// How many requests came in a minute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// Which, counted since 1970.
    pub minute: i64,
    /// So many.
    pub count: i64,
}

/// Writes a new key. `false`: one of that name is there already, and nothing is changed.
///
/// # Errors
/// What the database refuses.
pub async fn insert(connection: &mut AnyConnection, key: &ApiKey, hash: &str) -> sqlx::Result<bool> {
    let may: Vec<&str> = key.may.iter().map(|permission| permission.name()).collect();
    let inserted = sqlx::query(
        "INSERT INTO api_keys (id, name, hash, permissions, whole, created_at, created_by, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (name) DO NOTHING",
    )
    .bind(&key.id)
    .bind(&key.name)
    .bind(hash)
    .bind(may.join(" "))
    .bind(i64::from(key.scope == Scope::Whole))
    .bind(key.created_at.as_millisecond())
    .bind(&key.created_by)
    .bind(key.expires_at.as_millisecond())
    .execute(&mut *connection)
    .await?;
    if inserted.rows_affected() == 0 {
        return Ok(false);
    }
    if let Scope::Places(places) = &key.scope {
        for place in places {
            sqlx::query("INSERT INTO api_key_places (key_id, place_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .bind(&key.id)
                .bind(place)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(true)
}

const COLUMNS: &str = "SELECT k.id, k.name, k.permissions, k.whole, k.created_at, k.created_by, k.expires_at, k.used_at, \
     k.minute, k.used, p.place_id FROM api_keys k LEFT JOIN api_key_places p ON p.key_id = k.id";

/// A row, with the only place or none of it. A permission that this version does not know is none.
fn key(row: &AnyRow) -> anyhow::Result<ApiKey> {
    let time = |column: usize| anyhow::Ok(Timestamp::from_millisecond(row.try_get(column)?)?);
    let place: Option<String> = row.try_get(10)?;
    let may: String = row.try_get(2)?;
    Ok(ApiKey {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        may: may.split(' ').filter_map(|name| name.parse().ok()).collect(),
        scope: if row.try_get::<i64, _>(3)? == 1 { Scope::Whole } else { Scope::Places(place.into_iter().collect()) },
        created_at: time(4)?,
        created_by: row.try_get(5)?,
        expires_at: time(6)?,
        used_at: row.try_get::<Option<i64>, _>(7)?.map(Timestamp::from_millisecond).transpose()?,
        used: Used { minute: row.try_get(8)?, count: row.try_get(9)? },
    })
}

/// Rows that are in the order of their keys.
fn keys(rows: &[AnyRow]) -> anyhow::Result<Vec<ApiKey>> {
    let mut keys: Vec<ApiKey> = Vec::new();
    for row in rows {
        let next = key(row)?;
        match (keys.last_mut(), next.scope.clone()) {
            (Some(ApiKey { id, scope: Scope::Places(places), .. }), Scope::Places(more)) if *id == next.id => {
                places.extend(more);
            }
            _ => keys.push(next),
        }
    }
    Ok(keys)
}

/// The key of that hash, while it is worth something.
///
/// # Errors
/// The database is out of reach.
pub async fn of_hash(db: &Db, hash: &str, now: Timestamp) -> anyhow::Result<Option<ApiKey>> {
    let sql = AssertSqlSafe(format!("{COLUMNS} WHERE k.hash = $1 AND k.expires_at > $2"));
    let rows = sqlx::query(sql).bind(hash).bind(now.as_millisecond()).fetch_all(db.read()).await?;
    Ok(keys(&rows)?.pop())
}

/// All, by name; those whose time is over too.
///
/// # Errors
/// The database is out of reach.
pub async fn all(db: &Db) -> anyhow::Result<Vec<ApiKey>> {
    let sql = AssertSqlSafe(format!("{COLUMNS} ORDER BY k.name, p.place_id"));
    keys(&sqlx::query(sql).fetch_all(db.read()).await?)
}

/// Counts one more request, and says how many there have been in this minute.
///
/// # Errors
/// What the database refuses.
pub async fn count(connection: &mut AnyConnection, id: &str, now: Timestamp, minute: i64) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "UPDATE api_keys SET used_at = $2, used = CASE WHEN minute = $3 THEN used + 1 ELSE 1 END, minute = $3 \
         WHERE id = $1 RETURNING used",
    )
    .bind(id)
    .bind(now.as_millisecond())
    .bind(minute)
    .fetch_optional(connection)
    .await
    // Revoked a moment ago.
    .map(|used| used.unwrap_or(i64::MAX))
}

/// Takes a key away. Whether it was there.
///
/// # Errors
/// What the database refuses.
pub async fn delete(connection: &mut AnyConnection, name: &str) -> sqlx::Result<bool> {
    sqlx::query("DELETE FROM api_key_places WHERE key_id IN (SELECT id FROM api_keys WHERE name = $1)")
        .bind(name)
        .execute(&mut *connection)
        .await?;
    let deleted = sqlx::query("DELETE FROM api_keys WHERE name = $1").bind(name).execute(connection).await?;
    Ok(deleted.rows_affected() == 1)
}
