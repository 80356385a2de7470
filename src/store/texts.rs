//! Words that were written, with the area alone. No row here leads to a response, to a person or to another text.

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
    /// As they were written.
    pub words: String,
    /// What moderation has come to; `new` before it.
    pub state: String,
    /// What moderation has made of them.
    pub edited: Option<String>,
}

/// All of one campaign, in the order of their random ids.
///
/// # Errors
/// The database is out of reach.
pub async fn all(db: &Db, campaign: &str) -> sqlx::Result<Vec<Text>> {
    type Row = (String, String, Option<String>, String, String, Option<String>);
    let sql = "SELECT id, question, area_id, words, state, edited FROM texts WHERE campaign_id = $1 ORDER BY id";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(campaign).fetch_all(db.read()).await?;
    let text = |(id, question, area_id, words, state, edited)| Text { id, question, area_id, words, state, edited };
    Ok(rows.into_iter().map(text).collect())
}
