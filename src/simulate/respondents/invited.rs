//! Who is there to answer a campaign.

use anyhow::Context as _;

use super::Invited;
use crate::definition::model::Attributes;
use crate::respond::link::Links;
use crate::store::{Db, invited};

/// The made-up people who got the link of this campaign and have not answered. Their roles stand among their attributes
/// even where the survey has no such attribute, so that they do not deny being what the register says they are.
///
/// # Errors
/// The database is out of reach.
pub async fn invited(db: &Db, links: &Links, campaign_id: &str) -> anyhow::Result<Vec<Invited>> {
    let rows = invited::made_up(db, campaign_id).await.context("cannot read who is invited")?;
    rows.into_iter().map(|row| one(links, row)).collect()
}

fn one(links: &Links, row: invited::Invited) -> anyhow::Result<Invited> {
    let roles = [
        ("staff_responsibility", row.staff_responsibility),
        ("union_rep", row.union_rep),
        ("safety_rep", row.safety_rep),
    ];
    let roles = roles.map(|(role, has)| (role.to_owned(), if has { "yes" } else { "no" }.to_owned()));
    let mut attributes = Attributes::from(roles);
    let frozen: Attributes = serde_json::from_str(&row.attributes).context("an invitation's attributes are broken")?;
    attributes.extend(frozen);
    Ok(Invited {
        link: links.link(&row.invitation_id),
        key: row.employee_number,
        area: row.area.unwrap_or_default(),
        unit: row.unit_id,
        attributes,
    })
}
