//! HR changes what a draft asks, until it is launched.

use super::campaign::{Actor, CampaignError, note};
use super::surveys;
use crate::store::audit::Action;
use crate::store::{campaigns, definitions};

/// Puts another checked definition in the place of a draft's.
///
/// # Errors
/// A definition with errors; a campaign that was launched; the database refuses. Nothing is changed then.
pub async fn revise(actor: Actor<'_>, id: &str, definition: &str) -> Result<(), CampaignError> {
    let Actor { db, ports, who, .. } = actor;
    surveys::read(definition).map_err(|_| CampaignError::Broken)?;
    let mut tx = db.begin().await?;
    let campaign = campaigns::find(&mut *tx, id).await?.ok_or(CampaignError::Unknown)?;
    // What may be launched may be changed.
    campaign.state.launch()?;
    campaigns::redefine(&mut tx, id, definition).await?;
    definitions::add(&mut tx, id, ports.clock.now(), who.name, definition).await?;
    note(&mut tx, ports, who, id, Action::DefinitionChanged, String::new()).await?;
    Ok(tx.commit().await?)
}
