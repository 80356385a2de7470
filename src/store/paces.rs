//! How much of a pace the nodes have used together: the moment until which it is used up.

use sqlx::AnyConnection;

/// Until when the pace of that name is used up, in microseconds since 1970; long ago where nobody has used it. Other nodes wait
/// until the transaction ends.
///
/// # Errors
/// The database is gone.
pub async fn used_up(connection: &mut AnyConnection, name: &str) -> sqlx::Result<i64> {
    let sql = "INSERT INTO paces (name, used_up) VALUES ($1, 0) ON CONFLICT (name) DO UPDATE SET name = excluded.name \
               RETURNING used_up";
    sqlx::query_scalar(sql).bind(name).fetch_one(connection).await
}

/// Writes it, after [`used_up`] in the same transaction.
///
/// # Errors
/// The database is gone.
pub async fn use_up(connection: &mut AnyConnection, name: &str, until: i64) -> sqlx::Result<()> {
    let sql = "UPDATE paces SET used_up = $2 WHERE name = $1";
    sqlx::query(sql).bind(name).bind(until).execute(connection).await.map(drop)
}
