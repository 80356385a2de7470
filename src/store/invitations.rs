//! One employee's place in one campaign, and the answers on their way.

use std::collections::{BTreeMap, HashMap};

use sqlx::AnyConnection;

use super::{Bulk, Db};
use crate::people::phone::Phone;

/// A place to be written at launch.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// Random text.
    pub id: String,
    /// The campaign.
    pub campaign_id: String,
    /// The employee's row.
    pub employee_id: String,
    /// See [`crate::respond::token::Token::lookup_hash`].
    pub token_hash: String,
    /// Level 1 of the tree.
    pub area_id: Option<String>,
    /// The deepest node known.
    pub unit_id: Option<String>,
    /// JSON object of attributes.
    pub attributes: String,
    /// Two letters.
    pub language: Option<String>,
}

/// Writes many.
///
/// # Errors
/// What the database refuses, such as a second invitation of one employee to one campaign.
pub async fn insert_all(connection: &mut AnyConnection, new: &[NewInvitation]) -> sqlx::Result<()> {
    let head = "INSERT INTO invitations \
                (id, campaign_id, employee_id, token_hash, area_id, unit_id, attributes, language, state)";
    let mut bulk = Bulk::new(head, 9);
    for row in new {
        bulk.bind(row.id.as_str())?
            .bind(row.campaign_id.as_str())?
            .bind(row.employee_id.as_str())?
            .bind(row.token_hash.as_str())?
            .bind(row.area_id.as_deref())?
            .bind(row.unit_id.as_deref())?
            .bind(row.attributes.as_str())?
            .bind(row.language.as_deref())?
            .bind("invited")?;
        bulk.flush_full(connection).await?;
    }
    bulk.finish(connection).await
}

/// How somebody said that they want no more messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoppedBy {
    /// STOP in an SMS.
    Sms,
    /// The link in the form.
    Form,
}

/// Keeps that this person wants no more messages of this campaign; the first time stays.
///
/// # Errors
/// What the database refuses.
pub async fn stop(connection: &mut AnyConnection, invitation: &str, by: StoppedBy) -> sqlx::Result<()> {
    let by = match by {
        StoppedBy::Sms => "sms",
        StoppedBy::Form => "form",
    };
    sqlx::query("UPDATE invitations SET stopped_by = $1 WHERE id = $2 AND stopped_by IS NULL")
        .bind(by)
        .bind(invitation)
        .execute(connection)
        .await
        .map(drop)
}

/// Somebody to be reminded.
#[derive(Clone, Debug)]
pub struct Reminded {
    /// The invitation; what [`to_remind`] pages by.
    pub invitation_id: String,
    /// As the register has it now.
    pub phone: Phone,
    /// For `{name}` in the message.
    pub name: Option<String>,
    /// Two letters, as at launch.
    pub language: Option<String>,
}

/// The next `limit` people of a campaign by invitation after `after` who have neither answered nor said STOP, whose last
/// message has left, and whose number was not refused.
///
/// # Errors
/// What the database refuses.
pub async fn to_remind(
    connection: &mut AnyConnection,
    campaign: &str,
    after: &str,
    limit: u32,
) -> sqlx::Result<Vec<Reminded>> {
    let rows: Vec<(String, String, Option<String>, Option<String>)> = sqlx::query_as(
        "SELECT i.id, e.phone, e.name, i.language FROM invitations i JOIN employees e ON e.id = i.employee_id \
         WHERE i.campaign_id = $1 AND i.id > $2 AND i.state <> 'answered' AND i.stopped_by IS NULL AND e.left_at IS NULL \
           AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.invitation_id = i.id AND \
             (m.state IN ('planned', 'queued', 'sending', 'retry_wait') OR (m.state = 'failed' AND m.decision IS NULL AND m.phone = e.phone))) \
         ORDER BY i.id LIMIT $3",
    )
    .bind(campaign)
    .bind(after)
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    let person = |(invitation_id, phone, name, language)| Reminded {
        invitation_id,
        phone: Phone::from_stored(phone),
        name,
        language,
    };
    Ok(rows.into_iter().map(person).collect())
}

/// The invitations that any message went or will go to at that number, in campaigns that may still send.
///
/// # Errors
/// What the database refuses.
pub async fn reached_at(connection: &mut AnyConnection, phone: &Phone) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "SELECT DISTINCT m.invitation_id FROM messages m JOIN campaigns c ON c.id = m.campaign_id \
         WHERE m.phone = $1 AND c.state IN ('sending', 'open') ORDER BY m.invitation_id",
    )
    .bind(phone.as_str())
    .fetch_all(connection)
    .await
}

/// How many are invited, have started and have answered, in one area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Level 1 of the tree; `None`: the register names none.
    pub area_id: Option<String>,
    /// Everybody who was invited.
    pub invited: i64,
    /// Has sent at least one page, and not answered.
    pub started: i64,
    /// Has sent everything in.
    pub answered: i64,
}

/// Per area.
///
/// # Errors
/// The database is out of reach.
pub async fn progress(db: &Db, campaign_id: &str) -> sqlx::Result<Vec<Progress>> {
    // An index holds all of it.
    let sql = "SELECT area_id, state, COUNT(*) FROM invitations WHERE campaign_id = $1 GROUP BY area_id, state";
    let rows: Vec<(Option<String>, String, i64)> = sqlx::query_as(sql).bind(campaign_id).fetch_all(db.read()).await?;
    let mut areas: BTreeMap<Option<String>, Progress> = BTreeMap::new();
    for (area_id, state, count) in rows {
        let nobody = Progress { area_id: area_id.clone(), invited: 0, started: 0, answered: 0 };
        let area = areas.entry(area_id).or_insert(nobody);
        area.invited += count;
        match state.as_str() {
            "started" => area.started += count,
            "answered" => area.answered += count,
            _ => {}
        }
    }
    Ok(areas.into_values().collect())
}

/// Which area each node of the tree that somebody was invited from lay in at launch.
///
/// # Errors
/// What the database refuses.
pub async fn areas(connection: &mut AnyConnection, campaign_id: &str) -> sqlx::Result<HashMap<String, String>> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT DISTINCT COALESCE(unit_id, area_id), area_id FROM invitations \
         WHERE campaign_id = $1 AND area_id IS NOT NULL",
    )
    .bind(campaign_id)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().collect())
}

/// Drafts of a campaign that no longer takes answers are gone for good.
///
/// # Errors
/// What the database refuses.
pub async fn forget_drafts(connection: &mut AnyConnection, campaign_id: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM drafts WHERE invitation_id IN (SELECT id FROM invitations WHERE campaign_id = $1)")
        .bind(campaign_id)
        .execute(connection)
        .await
        .map(drop)
}

/// Drafts last changed before that day (counted from 1970) are gone for good.
///
/// # Errors
/// What the database refuses.
pub async fn forget_old_drafts(connection: &mut AnyConnection, before: i64) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM drafts WHERE day < $1").bind(before).execute(connection).await.map(drop)
}

/// What publications need to know of somebody who was invited.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The deepest node known.
    pub unit_id: Option<String>,
    /// JSON object of attributes.
    pub attributes: String,
    /// Whether an answer came.
    pub answered: bool,
}

/// Everybody who was invited to a campaign.
///
/// # Errors
/// The database is out of reach.
pub async fn standings(db: &Db, campaign: &str) -> sqlx::Result<Vec<Standing>> {
    let sql =
        "SELECT COALESCE(unit_id, area_id), attributes, state FROM invitations WHERE campaign_id = $1 ORDER BY id";
    let rows: Vec<(Option<String>, String, String)> = sqlx::query_as(sql).bind(campaign).fetch_all(db.read()).await?;
    let standing =
        |(unit_id, attributes, state): (_, _, String)| Standing { unit_id, attributes, answered: state == "answered" };
    Ok(rows.into_iter().map(standing).collect())
}
