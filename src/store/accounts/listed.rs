//! Accounts as a list: with what has happened to each, and an account's end.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::{Account, COLUMNS, JOINS, WIDTH, read};
use crate::store::Db;

/// An account with what has happened to it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// As it may log in.
    pub account: Account,
    /// The register says who it is and what it may see.
    pub by_register: bool,
    /// The last time that its owner came in.
    pub last_login: Option<Timestamp>,
    /// Until when a link to set its password is worth something.
    pub link_until: Option<Timestamp>,
}

/// All accounts in the order of their names; not those that the register has ended.
///
/// # Errors
/// The database is out of reach; a role that this version does not know.
pub async fn all(db: &Db) -> anyhow::Result<Vec<Listed>> {
    let sql = format!(
        "SELECT {COLUMNS}, a.employee_id, a.last_login_at, l.expires_at FROM accounts a {JOINS} \
         LEFT JOIN account_links l ON l.account_id = a.id ORDER BY a.id"
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(db.read()).await?;
    let same = |a: &AnyRow, b: &AnyRow| id(a) == id(b);
    let mut all =
        rows.chunk_by(same).filter_map(|rows| listed(rows).transpose()).collect::<anyhow::Result<Vec<_>>>()?;
    all.sort_by_cached_key(|listed| listed.account.name.to_lowercase());
    Ok(all)
}

fn id(row: &AnyRow) -> Option<String> {
    row.try_get(0).ok()
}

fn listed(rows: &[AnyRow]) -> anyhow::Result<Option<Listed>> {
    let (Some(account), Some(row)) = (read(rows)?, rows.first()) else { return Ok(None) };
    let moment = |column| -> anyhow::Result<Option<Timestamp>> {
        let at: Option<i64> = row.try_get(column)?;
        Ok(at.map(Timestamp::from_millisecond).transpose()?)
    };
    Ok(Some(Listed {
        account,
        by_register: row.try_get::<Option<String>, _>(WIDTH)?.is_some(),
        last_login: moment(WIDTH + 1)?,
        link_until: moment(WIDTH + 2)?,
    }))
}

/// How many of HR's accounts somebody can log in with: with a password, or from the identity provider.
///
/// # Errors
/// What the database refuses.
pub async fn ways_in(connection: &mut AnyConnection) -> sqlx::Result<i64> {
    let sql = "SELECT COUNT(*) FROM accounts WHERE role = 'hr' AND (password_hash <> '' OR subject IS NOT NULL)";
    sqlx::query_scalar(sql).fetch_one(connection).await
}

/// Removes an account with all that hangs on it: whoever is logged in with it is logged out.
///
/// # Errors
/// What the database refuses.
pub async fn remove(connection: &mut AnyConnection, id: &str) -> sqlx::Result<()> {
    for statement in [
        "DELETE FROM sessions WHERE account_id = $1",
        "DELETE FROM login_steps WHERE account_id = $1",
        "DELETE FROM recovery_codes WHERE account_id = $1",
        "DELETE FROM account_links WHERE account_id = $1",
        "DELETE FROM account_places WHERE account_id = $1",
        "DELETE FROM accounts WHERE id = $1",
    ] {
        sqlx::query(statement).bind(id).execute(&mut *connection).await?;
    }
    Ok(())
}
