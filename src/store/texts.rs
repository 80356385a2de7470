//! Words that were written, with the area alone. No row here leads to a response, to a person or to another text, and none
//! holds a time; they are read in the order of their random ids.

use std::collections::BTreeMap;

use sqlx::AnyConnection;

use super::{Bulk, Db};

/// A text about to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewText {
    /// Random text, shared with nothing.
    pub id: String,
    /// The question's id; `question.other` for the words of `other`.
    pub question: String,
    /// Level 1 of the tree.
    pub area_id: Option<String>,
    /// As they were written.
    pub words: String,
}

/// Writes the texts of a campaign; their order says nothing, which is for the caller to see to.
///
/// # Errors
/// What the database refuses.
pub async fn insert_all(connection: &mut AnyConnection, campaign: &str, new: &[NewText]) -> sqlx::Result<()> {
    let mut bulk = Bulk::new("INSERT INTO texts (id, campaign_id, question, area_id, words)", 5);
    for row in new {
        let bound = bulk.bind(row.id.as_str())?.bind(campaign)?.bind(row.question.as_str())?;
        bound.bind(row.area_id.as_deref())?.bind(row.words.as_str())?;
        bulk.flush_full(connection).await?;
    }
    bulk.finish(connection).await
}

/// A text as moderation sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Random text.
    pub id: String,
    /// The question's id; `question.other` for the words of `other`.
    pub question: String,
    /// Level 1 of the tree.
    pub area_id: Option<String>,
    /// As they were written; empty once the edited ones are released.
    pub words: String,
    /// What moderation has come to; `new` before it.
    pub state: String,
    /// What moderation has made of them.
    pub edited: Option<String>,
    /// Who took the first look.
    pub cleaned_by: Option<String>,
}

type Row = (String, String, Option<String>, String, String, Option<String>, Option<String>);

fn text((id, question, area_id, words, state, edited, cleaned_by): Row) -> Text {
    Text { id, question, area_id, words, state, edited, cleaned_by }
}

/// All of one campaign.
///
/// # Errors
/// The database is out of reach.
pub async fn all(db: &Db, campaign: &str) -> sqlx::Result<Vec<Text>> {
    read(db.read(), campaign).await
}

/// The same, also within a transaction.
///
/// # Errors
/// The database is out of reach.
pub async fn read<'c>(reader: impl sqlx::AnyExecutor<'c>, campaign: &str) -> sqlx::Result<Vec<Text>> {
    let sql = "SELECT id, question, area_id, words, state, edited, cleaned_by FROM texts \
               WHERE campaign_id = $1 ORDER BY id";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(campaign).fetch_all(reader).await?;
    Ok(rows.into_iter().map(text).collect())
}

/// One of a campaign's.
///
/// # Errors
/// The database is out of reach.
pub async fn find<'c>(reader: impl sqlx::AnyExecutor<'c>, campaign: &str, id: &str) -> sqlx::Result<Option<Text>> {
    let sql = "SELECT id, question, area_id, words, state, edited, cleaned_by FROM texts \
               WHERE campaign_id = $1 AND id = $2";
    let row: Option<Row> = sqlx::query_as(sql).bind(campaign).bind(id).fetch_optional(reader).await?;
    Ok(row.map(text))
}

/// Which text is wanted next.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Of this campaign.
    pub campaign: &'a str,
    /// To this question.
    pub question: &'a str,
    /// In this state.
    pub state: &'a str,
    /// Not cleaned by this account; empty for anybody's.
    pub not_by: &'a str,
}

/// The first one wanted after an id, or, where none is left, the first of all.
///
/// # Errors
/// The database is out of reach.
pub async fn next(db: &Db, wanted: Wanted<'_>, after: &str) -> sqlx::Result<Option<Text>> {
    let found = first_after(db, wanted, after).await?;
    if found.is_some() || after.is_empty() { Ok(found) } else { first_after(db, wanted, "").await }
}

async fn first_after(db: &Db, wanted: Wanted<'_>, after: &str) -> sqlx::Result<Option<Text>> {
    let sql = "SELECT id, question, area_id, words, state, edited, cleaned_by FROM texts \
               WHERE campaign_id = $1 AND question = $2 AND state = $3 \
               AND ($4 = '' OR COALESCE(cleaned_by, '') <> $4) AND id > $5 ORDER BY id LIMIT 1";
    let row = sqlx::query_as(sql).bind(wanted.campaign).bind(wanted.question).bind(wanted.state);
    let row: Option<Row> = row.bind(wanted.not_by).bind(after).fetch_optional(db.read()).await?;
    Ok(row.map(text))
}

/// How many are in each state, by question; and of the cleaned ones, how many this account has cleaned.
///
/// # Errors
/// The database is out of reach.
pub async fn tally(db: &Db, campaign: &str, who: &str) -> sqlx::Result<BTreeMap<String, BTreeMap<String, (u64, u64)>>> {
    let sql = "SELECT question, state, COUNT(*), CAST(SUM(CASE WHEN cleaned_by = $2 THEN 1 ELSE 0 END) AS BIGINT) \
               FROM texts WHERE campaign_id = $1 GROUP BY question, state";
    let rows: Vec<(String, String, i64, i64)> =
        sqlx::query_as(sql).bind(campaign).bind(who).fetch_all(db.read()).await?;
    let mut tally: BTreeMap<String, BTreeMap<String, (u64, u64)>> = BTreeMap::new();
    for (question, state, all, own) in rows {
        tally.entry(question).or_default().insert(state, (all.unsigned_abs(), own.unsigned_abs()));
    }
    Ok(tally)
}

/// Puts `new` in the place of `old`. `false`: somebody was faster, and nothing is changed.
///
/// # Errors
/// What the database refuses.
pub async fn change(connection: &mut AnyConnection, old: &Text, new: &Text) -> sqlx::Result<bool> {
    let sql = "UPDATE texts SET state = $2, words = $3, edited = $4, cleaned_by = $5 \
               WHERE id = $1 AND state = $6 AND COALESCE(edited, '') = $7 AND COALESCE(cleaned_by, '') = $8";
    let done = sqlx::query(sql).bind(&new.id).bind(&new.state).bind(&new.words).bind(new.edited.as_deref());
    let done = done.bind(new.cleaned_by.as_deref()).bind(&old.state);
    let done = done.bind(old.edited.as_deref().unwrap_or_default());
    let done = done.bind(old.cleaned_by.as_deref().unwrap_or_default()).execute(connection).await?;
    Ok(done.rows_affected() == 1)
}
