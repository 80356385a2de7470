//! Who did what, when, from where: a chain to which entries are added, and from which none is ever taken.

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use sqlx::{AnyConnection, AssertSqlSafe};

use super::Db;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The register was read in; the detail is how many rows.
    Imported,
    /// A campaign was made.
    Created,
    /// Its messages were written; the detail is how many.
    Launched,
    /// It takes no more answers.
    Closed,
    /// Results were looked at; the detail is the page.
    Viewed,
    /// Something was taken out as a file; the detail is which.
    Exported,
    /// Somebody logged in; the detail is how.
    LoggedIn,
    /// Somebody tried to log in with an account's name, and failed.
    LoginFailed,
    /// Somebody logged out.
    LoggedOut,
    /// An account was made or changed; the detail is its name, role and scope.
    AccountChanged,
    /// An account was removed; the detail is its name.
    AccountRemoved,
    /// A link was made by which an account's owner sets a password; the detail is the account's name.
    LinkMade,
    /// The account's owner chose a password.
    PasswordSet,
    /// The account has a second factor from now on.
    SecondFactorSet,
    /// The account has none any more; the detail is its name where somebody else took it away.
    SecondFactorRemoved,
    /// Nothing leaves any more.
    Paused,
    /// Messages leave again.
    Resumed,
    /// A reminder was written.
    Reminded,
    /// People who came later were invited.
    PeopleAdded,
    /// What had not left was cancelled.
    UnsentCancelled,
    /// Messages in doubt were left to the next reminder.
    DoubtsLeft,
    /// Messages in doubt were sent again.
    DoubtsSentAgain,
    /// Somebody's number was corrected.
    NumberCorrected,
    /// A sample went to one's own phone.
    SampleSent,
    /// The answers were opened.
    Opened,
    /// An edition was published; the detail is its hash.
    Published,
    /// Answers and invitations were deleted, their time being over.
    Purged,
    /// Employees who had left were deleted; the detail is how many.
    LeaversDeleted,
    /// The beginning of this log was deleted, its time being over; the detail is from [`shortened`].
    LogShortened,
    /// What is stored about somebody was taken out for them; the detail is the employee number.
    RecordExported,
    /// What is stored about somebody was erased; the detail is the employee number.
    RecordErased,
    /// The first look at a text; the detail of this and the next three is the question, and never the words.
    TextCleaned,
    /// A text is not for publication.
    TextPutAside,
    /// The second look at a text.
    TextReleased,
    /// A text is to be looked at from the beginning.
    TextReturned,
    /// A theme of texts was added or deleted; the detail is its question.
    ThemesChanged,
    /// Themes, and words where they were wanted, were published; the detail is the document's hash.
    WordsPublished,
    /// What a draft asks was changed.
    DefinitionChanged,
    /// A key to the API was made; the detail is its name and what it may.
    KeyMade,
    /// A key was revoked; the detail is its name.
    KeyRevoked,
    /// An address is told what happens from now on; it is the detail.
    WebhookAdded,
    /// An address is told nothing any more; it is the detail.
    WebhookRemoved,
    /// The identity provider made or changed an employee; the detail is the employee number.
    EmployeeProvided,
    /// The identity provider says that somebody has left; the detail is the employee number.
    EmployeeLeft,
}

impl Action {
    /// As the database has it, and `locales/` behind `hr-decided-`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Created => "created",
            Self::Launched => "launched",
            Self::Closed => "closed",
            Self::Viewed => "viewed",
            Self::Exported => "exported",
            Self::LoggedIn => "logged_in",
            Self::LoginFailed => "login_failed",
            Self::LoggedOut => "logged_out",
            Self::AccountChanged => "account_changed",
            Self::AccountRemoved => "account_removed",
            Self::LinkMade => "link_made",
            Self::PasswordSet => "password_set",
            Self::SecondFactorSet => "second_factor_set",
            Self::SecondFactorRemoved => "second_factor_removed",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Reminded => "reminded",
            Self::PeopleAdded => "people_added",
            Self::UnsentCancelled => "unsent_cancelled",
            Self::DoubtsLeft => "doubts_left",
            Self::DoubtsSentAgain => "doubts_sent_again",
            Self::NumberCorrected => "number_corrected",
            Self::SampleSent => "sample_sent",
            Self::Opened => "opened",
            Self::Published => "published",
            Self::Purged => "purged",
            Self::LeaversDeleted => "leavers_deleted",
            Self::LogShortened => "log_shortened",
            Self::RecordExported => "record_exported",
            Self::RecordErased => "record_erased",
            Self::TextCleaned => "text_cleaned",
            Self::TextPutAside => "text_put_aside",
            Self::TextReleased => "text_released",
            Self::TextReturned => "text_returned",
            Self::ThemesChanged => "themes_changed",
            Self::WordsPublished => "words_published",
            Self::DefinitionChanged => "definition_changed",
            Self::KeyMade => "key_made",
            Self::KeyRevoked => "key_revoked",
            Self::WebhookAdded => "webhook_added",
            Self::WebhookRemoved => "webhook_removed",
            Self::EmployeeProvided => "employee_provided",
            Self::EmployeeLeft => "employee_left",
        }
    }
}

/// Whoever does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Who<'a> {
    /// The account's name.
    pub name: &'a str,
    /// The address from which it came; empty for somebody at the machine.
    pub from: &'a str,
}

impl<'a> From<&'a str> for Who<'a> {
    /// Somebody who comes from nowhere.
    fn from(name: &'a str) -> Self {
        Self { name, from: "" }
    }
}

/// Somebody at the machine, by a command.
pub const COMMAND: Who<'static> = Who { name: "command", from: "" };
/// medvirk itself.
pub const ITSELF: Who<'static> = Who { name: "medvirk", from: "" };
/// Somebody who has no account, or has not shown which.
pub const STRANGER: &str = "?";

/// One thing that was done. Never answers, tokens or phone numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// [`Who::name`].
    pub who: String,
    /// [`Who::from`].
    pub from: String,
    /// From [`Action::name`].
    pub action: String,
    /// Of this campaign.
    pub campaign: Option<String>,
    /// What else there is to know: how many, which employee number, why.
    pub detail: String,
}

impl Entry {
    /// Something that was done now, and of no campaign.
    #[must_use]
    pub fn new(at: Timestamp, who: Who<'_>, action: Action, detail: impl Into<String>) -> Self {
        let (name, from) = (who.name.to_owned(), who.from.to_owned());
        Self { at, who: name, from, action: action.name().to_owned(), campaign: None, detail: detail.into() }
    }

    /// Done with this campaign.
    #[must_use]
    pub fn of(self, campaign: &str) -> Self {
        Self { campaign: Some(campaign.to_owned()), ..self }
    }
}

/// An entry where it stands in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// 1, 2, …
    pub number: i64,
    /// What was done.
    pub entry: Entry,
    /// Over the number, the entry and the hash before; empty for entries from before there was a chain.
    pub hash: String,
}

/// The hash of an entry: SHA-256 of a JSON array of its number, time, who, from where, action, campaign (or null), detail,
/// and the hash before it; hexadecimal. Whoever has the export can work it out.
#[must_use]
pub fn hash(number: i64, entry: &Entry, before: &str) -> String {
    let Entry { at, who, from, action, campaign, detail } = entry;
    let all = serde_json::json!([number, at.as_millisecond(), who, from, action, campaign, detail, before]);
    HEXLOWER.encode(&Sha256::digest(all.to_string()))
}

/// Adds an entry to the chain, in the transaction of what was done. Nobody else adds one before that ends: do it last.
///
/// # Errors
/// What the database refuses.
pub async fn record(connection: &mut AnyConnection, id: &str, entry: &Entry) -> sqlx::Result<()> {
    let taken = "UPDATE audit_head SET number = number + 1 RETURNING number, hash";
    let (number, before): (i64, String) = sqlx::query_as(taken).fetch_one(&mut *connection).await?;
    let hash = hash(number, entry, &before);
    sqlx::query(
        "INSERT INTO audit (id, number, at, who, origin, action, campaign_id, detail, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(number)
    .bind(entry.at.as_millisecond())
    .bind(entry.who.as_str())
    .bind(entry.from.as_str())
    .bind(entry.action.as_str())
    .bind(entry.campaign.as_deref())
    .bind(entry.detail.as_str())
    .bind(hash.as_str())
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE audit_head SET hash = $1").bind(hash.as_str()).execute(connection).await.map(drop)
}

/// How often something was decided about a campaign since that moment.
///
/// # Errors
/// What the database refuses.
pub async fn count_since(
    connection: &mut AnyConnection,
    campaign: &str,
    action: Action,
    since: Timestamp,
) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM audit WHERE campaign_id = $1 AND action = $2 AND at > $3")
        .bind(campaign)
        .bind(action.name())
        .bind(since.as_millisecond())
        .fetch_one(connection)
        .await
}

type Row = (i64, i64, String, String, String, Option<String>, String, String);

const COLUMNS: &str = "SELECT number, at, who, origin, action, campaign_id, detail, hash FROM audit";

fn link((number, at, who, from, action, campaign, detail, hash): Row) -> anyhow::Result<Link> {
    let entry = Entry { at: Timestamp::from_millisecond(at)?, who, from, action, campaign, detail };
    Ok(Link { number, entry, hash })
}

/// What was decided about a campaign as a whole, the newest first. Not each look at results or at a text: those are
/// thousands.
///
/// # Errors
/// The database is out of reach.
pub async fn of_campaign(db: &Db, campaign: &str) -> anyhow::Result<Vec<Entry>> {
    let sql = format!(
        "{COLUMNS} WHERE campaign_id = $1 AND action NOT LIKE 'text%' AND action NOT IN ('viewed', 'exported') \
         ORDER BY number DESC"
    );
    let rows: Vec<Row> = sqlx::query_as(AssertSqlSafe(sql)).bind(campaign).fetch_all(db.read()).await?;
    rows.into_iter().map(|row| link(row).map(|link| link.entry)).collect()
}

/// The last time that something was done.
///
/// # Errors
/// The database is out of reach.
pub async fn last(db: &Db, action: Action) -> anyhow::Result<Option<Entry>> {
    let sql = format!("{COLUMNS} WHERE action = $1 ORDER BY number DESC LIMIT 1");
    let row: Option<Row> = sqlx::query_as(AssertSqlSafe(sql)).bind(action.name()).fetch_optional(db.read()).await?;
    row.map(|row| link(row).map(|link| link.entry)).transpose()
}

/// The next `limit` entries after that number, in their order.
///
/// # Errors
/// The database is out of reach.
pub async fn after(db: &Db, number: i64, limit: u32) -> anyhow::Result<Vec<Link>> {
    let sql = format!("{COLUMNS} WHERE number > $1 ORDER BY number LIMIT $2");
    let rows: Vec<Row> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(number).bind(i64::from(limit)).fetch_all(db.read()).await?;
    rows.into_iter().map(link).collect()
}

/// The `limit` entries before that number, the newest first.
///
/// # Errors
/// The database is out of reach.
pub async fn before(db: &Db, number: i64, limit: u32) -> anyhow::Result<Vec<Link>> {
    let sql = format!("{COLUMNS} WHERE number < $1 ORDER BY number DESC LIMIT $2");
    let rows: Vec<Row> =
        sqlx::query_as(AssertSqlSafe(sql)).bind(number).bind(i64::from(limit)).fetch_all(db.read()).await?;
    rows.into_iter().map(link).collect()
}

/// Number and hash of the last of the entries that are all older than that moment, and how many those are; nothing unless one
/// of them is a month older: each shortening is an entry too.
///
/// # Errors
/// The database is out of reach.
pub async fn before_time(db: &Db, moment: Timestamp) -> sqlx::Result<Option<(i64, String, i64)>> {
    let month = moment.checked_sub(jiff::SignedDuration::from_hours(30 * 24)).unwrap_or(Timestamp::MIN);
    let old = sqlx::query_scalar::<_, i64>("SELECT number FROM audit WHERE at < $1 LIMIT 1");
    if old.bind(month.as_millisecond()).fetch_optional(db.read()).await?.is_none() {
        return Ok(None);
    }
    // Not what stands behind a younger one: clocks go wrong, and the chain has no holes.
    sqlx::query_as(
        "SELECT number, hash, (SELECT COUNT(*) FROM audit first WHERE first.number <= audit.number) FROM audit \
         WHERE at < $1 AND hash <> '' \
         AND NOT EXISTS (SELECT 1 FROM audit young WHERE young.at >= $1 AND young.number < audit.number) \
         ORDER BY number DESC LIMIT 1",
    )
    .bind(moment.as_millisecond())
    .fetch_optional(db.read())
    .await
}

/// Deletes the entries up to that number, whose hash this is: the chain begins there.
///
/// # Errors
/// What the database refuses.
pub async fn forget(connection: &mut AnyConnection, number: i64, hash: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM audit WHERE number <= $1").bind(number).execute(&mut *connection).await?;
    let start = sqlx::query("UPDATE audit_start SET number = $1, hash = $2").bind(number).bind(hash);
    start.execute(connection).await.map(drop)
}

/// What the entry about a shortened log says: the number and the hash of the last entry that is gone.
#[must_use]
pub fn shortened(number: i64, hash: &str) -> String {
    format!("{number} {hash}")
}

/// Number and hash of the last entry that a shortened log has lost; 0 where it is whole.
///
/// # Errors
/// The database is out of reach.
pub async fn start(db: &Db) -> sqlx::Result<(i64, String)> {
    sqlx::query_as("SELECT number, hash FROM audit_start").fetch_one(db.read()).await
}

/// Number and hash of the end of the chain, as the last entry has left them.
///
/// # Errors
/// The database is out of reach.
pub async fn head(db: &Db) -> sqlx::Result<(i64, String)> {
    sqlx::query_as("SELECT number, hash FROM audit_head").fetch_one(db.read()).await
}
