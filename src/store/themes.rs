//! What the texts of a question are about: themes, and which text is marked with which.

use sqlx::AnyConnection;

use super::{Bulk, Db};

/// A theme of one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Random text.
    pub id: String,
    /// As texts name it.
    pub question: String,
    /// JSON object: language → words.
    pub label: String,
}

/// Writes a new theme.
///
/// # Errors
/// What the database refuses.
pub async fn insert(connection: &mut AnyConnection, campaign: &str, new: &Theme) -> sqlx::Result<()> {
    let row = sqlx::query("INSERT INTO themes (id, campaign_id, question, label) VALUES ($1, $2, $3, $4)");
    row.bind(&new.id).bind(campaign).bind(&new.question).bind(&new.label).execute(connection).await.map(drop)
}

/// Deletes a theme, and takes it off every text. `false`: there is no such theme.
///
/// # Errors
/// What the database refuses.
pub async fn delete(connection: &mut AnyConnection, campaign: &str, id: &str) -> sqlx::Result<bool> {
    let marks = "DELETE FROM text_themes WHERE theme_id IN (SELECT id FROM themes WHERE campaign_id = $1 AND id = $2)";
    sqlx::query(marks).bind(campaign).bind(id).execute(&mut *connection).await?;
    let done = sqlx::query("DELETE FROM themes WHERE campaign_id = $1 AND id = $2");
    Ok(done.bind(campaign).bind(id).execute(connection).await?.rows_affected() == 1)
}

/// All themes of a campaign.
///
/// # Errors
/// The database is out of reach.
pub async fn all<'c>(reader: impl sqlx::AnyExecutor<'c>, campaign: &str) -> sqlx::Result<Vec<Theme>> {
    let sql = "SELECT id, question, label FROM themes WHERE campaign_id = $1 ORDER BY id";
    let rows: Vec<(String, String, String)> = sqlx::query_as(sql).bind(campaign).fetch_all(reader).await?;
    Ok(rows.into_iter().map(|(id, question, label)| Theme { id, question, label }).collect())
}

/// Every mark in a campaign: the text's id and the theme's.
///
/// # Errors
/// The database is out of reach.
pub async fn marks<'c>(reader: impl sqlx::AnyExecutor<'c>, campaign: &str) -> sqlx::Result<Vec<(String, String)>> {
    let sql = "SELECT m.text_id, m.theme_id FROM text_themes m JOIN themes t ON t.id = m.theme_id \
               WHERE t.campaign_id = $1 ORDER BY m.text_id, m.theme_id";
    sqlx::query_as(sql).bind(campaign).fetch_all(reader).await
}

/// The themes that one text is marked with.
///
/// # Errors
/// The database is out of reach.
pub async fn of_text(db: &Db, text: &str) -> sqlx::Result<Vec<String>> {
    let sql = "SELECT theme_id FROM text_themes WHERE text_id = $1 ORDER BY theme_id";
    sqlx::query_scalar(sql).bind(text).fetch_all(db.read()).await
}

/// Marks a text with these themes and no others.
///
/// # Errors
/// What the database refuses.
pub async fn mark(connection: &mut AnyConnection, text: &str, themes: &[&str]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM text_themes WHERE text_id = $1").bind(text).execute(&mut *connection).await?;
    let mut bulk = Bulk::new("INSERT INTO text_themes (text_id, theme_id)", 2);
    for theme in themes {
        bulk.bind(text)?.bind(*theme)?;
        bulk.flush_full(connection).await?;
    }
    bulk.finish(connection).await
}
