//! Made-up people who may still answer: whom synthetic respondents answer for.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::Db;

/// A made-up employee's open invitation.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The invitation; what its link is made from.
    pub invitation_id: String,
    /// The same in every database that the same demo register was imported into.
    pub employee_number: String,
    /// The area's name.
    pub area: Option<String>,
    /// The deepest node known.
    pub unit_id: Option<String>,
    /// JSON object of attributes.
    pub attributes: String,
    /// Leads people.
    pub staff_responsibility: bool,
    /// Elected by a union.
    pub union_rep: bool,
    /// Elected for safety.
    pub safety_rep: bool,
}

/// Those whose message was taken by the gateway and did not come back, and who have not answered.
///
/// # Errors
/// The database is out of reach.
pub async fn made_up(db: &Db, campaign_id: &str) -> sqlx::Result<Vec<Invited>> {
    let rows = sqlx::query(
        "SELECT i.id, e.employee_number, area.name, i.unit_id, i.attributes,
                e.staff_responsibility, e.union_rep, e.safety_rep
         FROM invitations i
         JOIN employees e ON e.id = i.employee_id
         LEFT JOIN org_units area ON area.id = i.area_id
         WHERE i.campaign_id = $1 AND i.state <> 'answered' AND e.demo = 1
           AND EXISTS (SELECT 1 FROM messages m
                       WHERE m.invitation_id = i.id AND m.state IN ('accepted', 'delivered'))
         ORDER BY e.employee_number",
    )
    .bind(campaign_id)
    .fetch_all(db.read())
    .await?;
    rows.iter().map(invited).collect()
}

fn invited(row: &AnyRow) -> sqlx::Result<Invited> {
    let flag = |column: usize| row.try_get::<i64, _>(column).map(|flag| flag != 0);
    Ok(Invited {
        invitation_id: row.try_get(0)?,
        employee_number: row.try_get(1)?,
        area: row.try_get(2)?,
        unit_id: row.try_get(3)?,
        attributes: row.try_get(4)?,
        staff_responsibility: flag(5)?,
        union_rep: flag(6)?,
        safety_rep: flag(7)?,
    })
}
