//! Who may log in, and what they may see.

pub mod listed;

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::Db;
use crate::people::phone::Phone;
use crate::people::role::Role;
use crate::results::view::Scope;

/// An account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Random text.
    pub id: String,
    /// What is typed at login.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Where.
    pub scope: Scope,
    /// Where codes go.
    pub phone: Option<Phone>,
    /// argon2id, PHC string; `None`: nobody has chosen a password yet.
    pub password_hash: Option<String>,
    /// The authenticator's secret, sealed; `None`: it has no second factor.
    pub totp: Option<String>,
    /// Issuer and subject at the identity provider; `None`: nobody has come in from there.
    pub subject: Option<String>,
    /// Role and scope are what the provider's groups say.
    pub granted: bool,
}

/// Writes a new account, or gives the one of that name this role, scope and phone, and this password where there is one.
/// Gives its id.
///
/// # Errors
/// What the database refuses.
pub async fn put(connection: &mut AnyConnection, account: &Account, now: Timestamp) -> sqlx::Result<String> {
    let id: String = sqlx::query_scalar(
        "INSERT INTO accounts (id, name, role, whole, phone, password_hash, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (name) DO UPDATE SET role = $3, whole = $4, phone = $5, \
         password_hash = CASE WHEN $6 = '' THEN accounts.password_hash ELSE $6 END RETURNING id",
    )
    .bind(&account.id)
    .bind(&account.name)
    .bind(account.role.name())
    .bind(i64::from(account.scope == Scope::Whole))
    .bind(account.phone.as_ref().map(|phone| phone.as_str().to_owned()))
    .bind(account.password_hash.as_deref().unwrap_or_default())
    .bind(now.as_millisecond())
    .fetch_one(&mut *connection)
    .await?;
    put_places(connection, &id, &account.scope).await?;
    Ok(id)
}

async fn put_places(connection: &mut AnyConnection, id: &str, scope: &Scope) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM account_places WHERE account_id = $1").bind(id).execute(&mut *connection).await?;
    if let Scope::Places(places) = scope {
        for place in places {
            sqlx::query("INSERT INTO account_places (account_id, place_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .bind(id)
                .bind(place)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

/// Writes an account of the identity provider, new or known by its id.
///
/// # Errors
/// What the database refuses.
pub async fn put_of_provider(connection: &mut AnyConnection, account: &Account, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO accounts (id, name, role, whole, password_hash, created_at, subject, granted) \
         VALUES ($1, $2, $3, $4, '', $5, $6, $7) \
         ON CONFLICT (id) DO UPDATE SET role = $3, whole = $4, subject = $6, granted = $7",
    )
    .bind(&account.id)
    .bind(&account.name)
    .bind(account.role.name())
    .bind(i64::from(account.scope == Scope::Whole))
    .bind(now.as_millisecond())
    .bind(account.subject.as_deref())
    .bind(i64::from(account.granted))
    .execute(&mut *connection)
    .await?;
    put_places(connection, &account.id, &account.scope).await
}

/// What [`read`] takes, with a row for each place of the account `a`. Of a representative, the register says the rest.
pub(super) const COLUMNS: &str = "a.id, a.name, CASE WHEN a.employee_id IS NULL THEN a.role \
     WHEN e.safety_rep = 1 THEN 'safety_rep' WHEN e.union_rep = 1 THEN 'union_rep' ELSE '' END, \
     a.whole, COALESCE(e.phone, a.phone), a.password_hash, COALESCE(p.place_id, e.org_unit_id), a.totp, \
     a.subject, a.granted";
/// How many those are.
pub(super) const WIDTH: usize = 10;
/// What they need.
pub(super) const JOINS: &str = "LEFT JOIN account_places p ON p.account_id = a.id \
     LEFT JOIN employees e ON e.id = a.employee_id AND e.left_at IS NULL";

/// An account of its rows, which have [`COLUMNS`] in front; `None` where there are none, or where the register ended it.
///
/// # Errors
/// A role that this version does not know: it may do nothing.
pub(super) fn read(rows: &[AnyRow]) -> sqlx::Result<Option<Account>> {
    let Some(first) = rows.first() else { return Ok(None) };
    let role: String = first.try_get(2)?;
    if role.is_empty() {
        return Ok(None);
    }
    let places = rows.iter().filter_map(|row| row.try_get(6).transpose()).collect::<sqlx::Result<Vec<String>>>()?;
    Ok(Some(Account {
        id: first.try_get(0)?,
        name: first.try_get(1)?,
        role: role.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
        scope: if first.try_get::<i64, _>(3)? == 1 { Scope::Whole } else { Scope::Places(places) },
        phone: first.try_get::<Option<String>, _>(4)?.map(Phone::from_stored),
        password_hash: Some(first.try_get(5)?).filter(|hash: &String| !hash.is_empty()),
        totp: Some(first.try_get(7)?).filter(|sealed: &String| !sealed.is_empty()),
        subject: first.try_get(8)?,
        granted: first.try_get::<i64, _>(9)? == 1,
    }))
}

/// The account of that name.
///
/// # Errors
/// The database is out of reach.
pub async fn named(db: &Db, name: &str) -> sqlx::Result<Option<Account>> {
    by(db, "a.name = $1", name).await
}

/// The account of that id.
///
/// # Errors
/// The database is out of reach.
pub async fn find(db: &Db, id: &str) -> sqlx::Result<Option<Account>> {
    by(db, "a.id = $1", id).await
}

/// The account of that issuer and subject.
///
/// # Errors
/// The database is out of reach.
pub async fn of_subject(db: &Db, subject: &str) -> sqlx::Result<Option<Account>> {
    by(db, "a.subject = $1", subject).await
}

/// The account of a representative.
///
/// # Errors
/// The database is out of reach.
pub async fn of_employee(db: &Db, employee: &str) -> sqlx::Result<Option<Account>> {
    by(db, "a.employee_id = $1", employee).await
}

/// The oldest account to which that number was given.
///
/// # Errors
/// The database is out of reach.
pub async fn by_phone(db: &Db, phone: &str) -> sqlx::Result<Option<Account>> {
    let oldest = "SELECT id FROM accounts WHERE phone = $1 ORDER BY created_at, id LIMIT 1";
    by(db, &format!("a.id = ({oldest})"), phone).await
}

async fn by(db: &Db, condition: &str, value: &str) -> sqlx::Result<Option<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM accounts a {JOINS} WHERE {condition}");
    read(&sqlx::query(AssertSqlSafe(sql)).bind(value).fetch_all(db.read()).await?)
}

/// Writes down that the account's owner has come in.
///
/// # Errors
/// What the database refuses.
pub async fn came_in(connection: &mut AnyConnection, account: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("UPDATE accounts SET last_login_at = $1 WHERE id = $2")
        .bind(now.as_millisecond())
        .bind(account)
        .execute(connection)
        .await
        .map(drop)
}

/// Makes the account of a representative, unless there is one.
///
/// # Errors
/// What the database refuses.
pub async fn put_representative(
    connection: &mut AnyConnection,
    id: &str,
    employee: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO accounts (id, name, role, whole, password_hash, created_at, employee_id) \
         SELECT $1, COALESCE(e.name, '') || ' (' || e.employee_number || ')', 'safety_rep', 0, '', \
         CAST($2 AS BIGINT), e.id FROM employees e WHERE e.id = $3 ON CONFLICT (employee_id) DO NOTHING",
    )
    .bind(id)
    .bind(now.as_millisecond())
    .bind(employee)
    .execute(connection)
    .await
    .map(drop)
}

/// Gives an account a second factor whose step was used just now, and recovery codes by their hashes.
///
/// # Errors
/// What the database refuses.
pub async fn set_totp(
    connection: &mut AnyConnection,
    account: &str,
    sealed: &str,
    step: i64,
    codes: &[String],
) -> sqlx::Result<()> {
    forget_totp(connection, account).await?;
    sqlx::query("UPDATE accounts SET totp = $1, totp_step = $2 WHERE id = $3")
        .bind(sealed)
        .bind(step)
        .bind(account)
        .execute(&mut *connection)
        .await?;
    for code in codes {
        sqlx::query("INSERT INTO recovery_codes (id, account_id) VALUES ($1, $2)")
            .bind(code)
            .bind(account)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Takes the second factor of an account away, recovery codes and all.
///
/// # Errors
/// What the database refuses.
pub async fn forget_totp(connection: &mut AnyConnection, account: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE accounts SET totp = '' WHERE id = $1").bind(account).execute(&mut *connection).await?;
    sqlx::query("DELETE FROM recovery_codes WHERE account_id = $1").bind(account).execute(connection).await.map(drop)
}

/// Uses up a step of the authenticator, and with it all earlier ones. Whether it was still there.
///
/// # Errors
/// What the database refuses.
pub async fn use_step(connection: &mut AnyConnection, account: &str, step: i64) -> sqlx::Result<bool> {
    let used = sqlx::query("UPDATE accounts SET totp_step = $1 WHERE id = $2 AND totp_step < $1")
        .bind(step)
        .bind(account)
        .execute(connection)
        .await?;
    Ok(used.rows_affected() == 1)
}

/// Uses up a recovery code. Whether it was still there.
///
/// # Errors
/// What the database refuses.
pub async fn use_recovery_code(connection: &mut AnyConnection, account: &str, code: &str) -> sqlx::Result<bool> {
    let used = sqlx::query("DELETE FROM recovery_codes WHERE id = $1 AND account_id = $2")
        .bind(code)
        .bind(account)
        .execute(connection)
        .await?;
    Ok(used.rows_affected() == 1)
}

/// How many accounts have a role.
///
/// # Errors
/// The database is out of reach.
pub async fn count<'c>(reader: impl sqlx::AnyExecutor<'c>, role: Role) -> sqlx::Result<i64> {
    let sql = "SELECT COUNT(*) FROM accounts WHERE role = $1";
    sqlx::query_scalar(sql).bind(role.name()).fetch_one(reader).await
}

/// Gives an account a password.
///
/// # Errors
/// What the database refuses.
pub async fn set_password(connection: &mut AnyConnection, account: &str, hash: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE accounts SET password_hash = $1 WHERE id = $2")
        .bind(hash)
        .bind(account)
        .execute(connection)
        .await
        .map(drop)
}

/// Writes the link by which somebody sets the account's password; an earlier one is worth nothing any more.
///
/// # Errors
/// What the database refuses.
pub async fn put_link(connection: &mut AnyConnection, id: &str, account: &str, until: Timestamp) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO account_links (id, account_id, expires_at) VALUES ($1, $2, $3) \
         ON CONFLICT (account_id) DO UPDATE SET id = $1, expires_at = $3",
    )
    .bind(id)
    .bind(account)
    .bind(until.as_millisecond())
    .execute(connection)
    .await
    .map(drop)
}

/// Id and name of the account that a link is for, while it is worth something.
///
/// # Errors
/// The database is out of reach.
pub async fn of_link<'c>(
    reader: impl sqlx::AnyExecutor<'c>,
    id: &str,
    now: Timestamp,
) -> sqlx::Result<Option<(String, String)>> {
    sqlx::query_as(
        "SELECT a.id, a.name FROM account_links l JOIN accounts a ON a.id = l.account_id \
         WHERE l.id = $1 AND l.expires_at > $2",
    )
    .bind(id)
    .bind(now.as_millisecond())
    .fetch_optional(reader)
    .await
}

/// Takes a link away. Whether it was there: of two who use it at once, one has it.
///
/// # Errors
/// What the database refuses.
pub async fn take_link(connection: &mut AnyConnection, id: &str) -> sqlx::Result<bool> {
    let taken = sqlx::query("DELETE FROM account_links WHERE id = $1").bind(id).execute(connection).await?;
    Ok(taken.rows_affected() == 1)
}
