//! The definitions of launched campaigns, read once: launch freezes them.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Context as _;

use crate::definition;
use crate::definition::model::Definition;
use crate::store::{Db, campaigns};

/// Definitions by campaign id.
#[derive(Debug, Default)]
pub struct Surveys {
    known: RwLock<HashMap<String, Arc<Definition>>>,
}

impl Surveys {
    /// The definition of a launched campaign.
    ///
    /// # Errors
    /// The database is out of reach, or holds a campaign that this version cannot read.
    pub async fn of(&self, db: &Db, campaign_id: &str) -> anyhow::Result<Arc<Definition>> {
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(campaign_id) {
            return Ok(Arc::clone(known));
        }
        let campaign = campaigns::find(db.read(), campaign_id).await?.context("a campaign is gone")?;
        let definition = Arc::new(read(&campaign.definition)?);
        if campaign.launched_at.is_some() {
            let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
            known.insert(campaign_id.to_owned(), Arc::clone(&definition));
        }
        Ok(definition)
    }
}

/// Reads a definition that was checked when its campaign was made.
///
/// # Errors
/// How many errors this version finds in it.
pub fn read(source: &str) -> anyhow::Result<Definition> {
    definition::load(source.as_bytes())
        .map_err(|problems| anyhow::anyhow!("the campaign's definition has {} errors", problems.len()))
}
