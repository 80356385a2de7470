//! Before a launch: which results the register itself rules out.

use anyhow::Context as _;

use super::campaign::{CampaignError, PAGE};
use super::mailing::facts;
use super::publish::{Person, members, occurring, tree};
use super::surveys;
use crate::anonymity::family::families;
use crate::anonymity::foresight::{Foresight, foresee};
use crate::anonymity::tree::WHOLE;
use crate::definition::attributes::attributes_of;
use crate::ports::Ports;
use crate::store::recipients::{self, Recipient};
use crate::store::{Db, campaigns, people};

/// What a campaign could show of the register as it is.
///
/// # Errors
/// There is no such campaign; the database is out of reach.
pub async fn before_launch(db: &Db, ports: &Ports, id: &str) -> Result<Foresight, CampaignError> {
    let mut connection = db.read().acquire().await?;
    let campaign = campaigns::find(&mut *connection, id).await?.ok_or(CampaignError::Unknown)?;
    let definition = surveys::read(&campaign.definition).map_err(|_| CampaignError::Broken)?;
    let tree = tree(people::tree(&mut connection).await?);
    let today = ports.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let (mut invited, mut after) = (Vec::new(), String::new());
    loop {
        let page = recipients::all(&mut connection, &after, PAGE).await?;
        let person = |recipient: &Recipient| Person {
            place: recipient.org_unit_id.as_deref().and_then(|id| tree.find(id)).unwrap_or(WHOLE),
            attributes: attributes_of(&definition, &facts(recipient), today),
        };
        invited.extend(page.iter().map(person));
        match page.last() {
            Some(last) => after.clone_from(&last.employee_id),
            None => break,
        }
    }
    let families = families(&definition, |attribute| occurring(&invited, attribute));
    let members = members(&families, &invited);
    let registered = families.iter().take(members.values.len()).skip(1);
    let breakdowns: Vec<(String, usize)> =
        registered.filter_map(|family| Some((family.id()?.to_owned(), family.values.len()))).collect();
    let k = definition.minimum_group;
    let foresight = tokio::task::spawn_blocking(move || foresee(&tree, &members, &breakdowns, k)).await;
    Ok(foresight.context("looking ahead broke off")?)
}
