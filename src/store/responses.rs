//! Answers that were sent in. No row here leads to a person.

use sqlx::AnyConnection;

use super::Db;

/// A response about to be written. Its id is random and shared with nothing.
#[derive(Clone, Debug)]
pub struct NewResponse {
    /// Random text.
    pub id: String,
    /// The campaign.
    pub campaign_id: String,
    /// Level 1 of the tree.
    pub area_id: Option<String>,
    /// JSON object of attributes.
    pub attributes: String,
    /// JSON object of the applicable answers.
    pub answers: String,
}

/// A response as results read it.
#[derive(Clone, Debug)]
pub struct Response {
    /// Level 1 of the tree.
    pub area_id: Option<String>,
    /// JSON object of attributes.
    pub attributes: String,
    /// JSON object of the applicable answers.
    pub answers: String,
}

/// Writes one.
///
/// # Errors
/// What the database refuses.
pub async fn insert(connection: &mut AnyConnection, new: &NewResponse) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO responses (id, campaign_id, area_id, attributes, answers) VALUES ($1, $2, $3, $4, $5)")
        .bind(&new.id)
        .bind(&new.campaign_id)
        .bind(&new.area_id)
        .bind(&new.attributes)
        .bind(&new.answers)
        .execute(connection)
        .await
        .map(drop)
}

/// All of one campaign, in the order of their random ids.
///
/// # Errors
/// The database is out of reach.
pub async fn all(db: &Db, campaign_id: &str) -> sqlx::Result<Vec<Response>> {
    let rows: Vec<(Option<String>, String, String)> =
        sqlx::query_as("SELECT area_id, attributes, answers FROM responses WHERE campaign_id = $1 ORDER BY id")
            .bind(campaign_id)
            .fetch_all(db.read())
            .await?;
    Ok(rows.into_iter().map(|(area_id, attributes, answers)| Response { area_id, attributes, answers }).collect())
}
