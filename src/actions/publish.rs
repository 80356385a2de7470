//! Publishing: the opened answers of a campaign become one immutable document, or nothing leaves. Once it is closed that is
//! the last edition; while it runs, interim editions show the whole and the areas.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Deref;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Context as _;

use super::campaign::{Actor, note};
use super::open::{OpenError, open_wave};
use super::surveys;
use super::webhooks::{self, Event};
use crate::anonymity::edition::Making;
use crate::anonymity::family::{Family, families};
use crate::anonymity::gate::Report;
use crate::anonymity::labels::{Members, Value};
use crate::anonymity::publication::Publication;
use crate::anonymity::publish::{Invited, publication};
use crate::anonymity::shares::Share;
use crate::anonymity::tree::{Node, Tree, WHOLE};
use crate::anonymity::world::{Response, World};
use crate::campaign::state::Refused;
use crate::config::{Keys, SecretKey};
use crate::definition::model::{Attributes, Definition};
use crate::results::view::{Catalogue, Scope, View};
use crate::store::audit::Action;
use crate::store::campaigns::Campaign;
use crate::store::publications::{self, Stored};
use crate::store::{Db, campaigns, invitations, people, responses};

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// No such campaign.
    #[error("there is no campaign with that id")]
    Unknown,
    /// Its state does not allow it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The attacker found something.
    #[error("the gate stopped the publication: {} groups under the smallest size could be worked out, {} remainders are faulty; \
             nothing was published, and this is a fault of medvirk: please report it", .0.known, .0.faulty)]
    Gate(Report),
    /// There is nothing left to publish.
    #[error("what was answered has been deleted, its time being over; nothing was published")]
    Purged,
    /// Nothing was opened for an interim edition.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database is out of reach, or refuses.
    #[error(transparent)]
    Store(#[from] anyhow::Error),
}

impl From<sqlx::Error> for PublishError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Publishes the final edition. Reading and working it out takes seconds and blocks nobody; the document and the campaign's
/// state are written in one transaction.
///
/// # Errors
/// The campaign is not closed and opened; the gate found something. Nothing is published then.
pub async fn publish(actor: Actor<'_>, key: &SecretKey, id: &str) -> Result<Arc<Publication>, PublishError> {
    publish_edition(actor, key, id, true).await
}

/// Opens what was sent in since the last edition, and publishes an interim one, while people go on answering. What
/// was opened and could not be published is published by the next call.
///
/// # Errors
/// The campaign does not run; too few are new; the gate found something.
pub async fn publish_interim(
    actor: Actor<'_>,
    key: &SecretKey,
    keys: &Keys,
    id: &str,
    shares: &[Share],
) -> Result<Arc<Publication>, PublishError> {
    let editions = publications::last(actor.db, id).await?.unwrap_or(0);
    if responses::waves(actor.db.read(), id).await? <= editions {
        open_wave(actor, keys, id, shares).await?;
    }
    publish_edition(actor, key, id, false).await
}

async fn publish_edition(
    actor: Actor<'_>,
    key: &SecretKey,
    id: &str,
    last: bool,
) -> Result<Arc<Publication>, PublishError> {
    let Actor { db, ports, who, .. } = actor;
    let campaign = campaigns::find(db.read(), id).await?.ok_or(PublishError::Unknown)?;
    allowed(&campaign, last)?;
    let material = Material::load(db, &campaign, last).await?;
    let seed = key.derive(&format!("rounding {id}"));
    let made =
        tokio::task::spawn_blocking(move || material.publication(&seed)).await.context("publishing broke off")??;
    if !made.gate.passed() {
        return Err(PublishError::Gate(made.gate));
    }
    let document = serde_json::to_string(&made).context("cannot write the publication")?;
    let stored = Stored { edition: i64::from(made.edition), hash: made.hash.clone(), document };
    let mut tx = db.begin().await?;
    // Somebody else may have been faster.
    let campaign = campaigns::find(&mut *tx, id).await?.ok_or(PublishError::Unknown)?;
    allowed(&campaign, last)?;
    if last && !campaigns::publish(&mut tx, id, ports.clock.now()).await? {
        return Err(PublishError::Purged);
    }
    publications::insert(&mut tx, id, ports.clock.now(), &stored).await?;
    let event = Event::Published { campaign: id, edition: made.edition, last: made.last, hash: &made.hash };
    webhooks::tell(&mut tx, ports, &event).await?;
    note(&mut tx, ports, who, id, Action::Published, stored.hash).await?;
    tx.commit().await?;
    Ok(Arc::new(made))
}

fn allowed(campaign: &Campaign, last: bool) -> Result<(), Refused> {
    if last { campaign.state.publish(campaign.opened_at.is_some()).map(drop) } else { campaign.state.interim() }
}

/// Everything that a publication is made from.
struct Material {
    definition: Definition,
    tree: Tree,
    families: Vec<Family>,
    invited: Invited,
    /// Of each wave.
    waves: Vec<Vec<Response>>,
    last: bool,
}

impl Material {
    async fn load(db: &Db, campaign: &Campaign, last: bool) -> anyhow::Result<Self> {
        let id = campaign.id.as_str();
        let definition = surveys::read(&campaign.definition)?;
        let organisation = Organisation::load(db, campaign).await?;
        let standings = invitations::standings(db, id).await.context("cannot read who was invited")?;
        let people = standings.iter().map(|one| Person::new(&organisation, one.unit_id.as_deref(), &one.attributes));
        let people: Vec<Person> = people.collect::<anyhow::Result<_>>()?;
        let families = families(&definition, |attribute| occurring(&people, attribute));
        let answered = standings.iter().map(|one| one.answered).collect();
        let invited = Invited { members: members(&families, &people), answered };
        let rows = responses::all(db, id).await.context("cannot read the responses")?;
        // An edition is made for every wave. The last wave is there even if nobody is in it.
        let editions = publications::last(db, id).await?.unwrap_or(0) + 1;
        let count = rows.iter().map(|row| row.wave).fold(editions, i64::max);
        let mut waves: Vec<Vec<Response>> = (0..count).map(|_| Vec::new()).collect();
        for row in rows {
            let person = Person::new(&organisation, row.unit_id.as_deref(), &row.attributes)?;
            let answers = serde_json::from_str(&row.answers).context("a response is broken")?;
            let wave = usize::try_from(row.wave - 1).ok().and_then(|wave| waves.get_mut(wave));
            let wave = wave.context("a response is of no wave")?;
            wave.push(Response { place: person.place, attributes: person.attributes, answers });
        }
        Ok(Self { definition, tree: organisation.at_launch, families, invited, waves, last })
    }

    fn publication(self, seed: &[u8; 32]) -> anyhow::Result<Publication> {
        let world = World::new(&self.definition, self.waves);
        let making = Making { tree: &self.tree, world: &world, families: &self.families, seed, last: self.last };
        publication(&making, &self.invited).context("cannot write the publication")
    }
}

/// What the register says of one.
pub(super) struct Person {
    pub(super) place: usize,
    pub(super) attributes: Attributes,
}

impl Person {
    fn new(organisation: &Organisation, unit: Option<&str>, attributes: &str) -> anyhow::Result<Self> {
        let place = unit.map_or(WHOLE, |id| organisation.place(id));
        Ok(Self { place, attributes: serde_json::from_str(attributes).context("somebody's attributes are broken")? })
    }
}

/// Where everybody belongs: all editions go by the tree at launch.
struct Organisation {
    at_launch: Tree,
    now: Tree,
}

impl Organisation {
    async fn load(db: &Db, campaign: &Campaign) -> anyhow::Result<Self> {
        let mut connection = db.read().acquire().await?;
        let now = tree(people::tree(&mut connection).await?);
        let at_launch = match campaigns::tree(&mut *connection, &campaign.id).await? {
            Some(stored) => Tree::new(serde_json::from_str::<Vec<Node>>(&stored).context("the stored tree is broken")?),
            None => now.clone(),
        };
        Ok(Self { at_launch, now })
    }

    /// Whoever was added later, in a unit that was new then, belongs to what is known above it.
    fn place(&self, id: &str) -> usize {
        let above = || {
            let mut above = self.now.upwards(self.now.find(id)?);
            above.find_map(|place| self.at_launch.find(&self.now.place(place).id))
        };
        self.at_launch.find(id).or_else(above).unwrap_or(WHOLE)
    }
}

pub(super) fn nodes(units: Vec<people::OrgUnit>) -> impl Iterator<Item = Node> {
    units.into_iter().map(|unit| Node { id: unit.id, parent: unit.parent_id, name: unit.name })
}

pub(super) fn tree(units: Vec<people::OrgUnit>) -> Tree {
    Tree::new(nodes(units))
}

pub(super) fn occurring(people: &[Person], attribute: &str) -> BTreeSet<String> {
    people.iter().filter_map(|person| person.attributes.get(attribute).cloned()).collect()
}

/// Where everybody belongs in the tree and in the breakdowns that come from the register.
pub(super) fn members(families: &[Family], people: &[Person]) -> Members {
    let family = |family: &Family| -> Vec<Value> {
        let numbers: BTreeMap<&String, Value> = family.values.iter().zip(1..).collect();
        let value = |person: &Person| {
            let own = family.id().and_then(|id| person.attributes.get(id));
            own.and_then(|own| numbers.get(own)).copied().unwrap_or(0)
        };
        people.iter().map(value).collect()
    };
    let registered = families.iter().skip(1).filter(|family| family.sources.is_empty()).map(family);
    let values = std::iter::once(vec![1; people.len()]).chain(registered).collect();
    let place = |person: &Person| u32::try_from(person.place).unwrap_or_default();
    Members { places: people.iter().map(place).collect(), values }
}

/// A publication, and where everything stands in it.
#[derive(Debug)]
pub struct Published {
    publication: Publication,
    catalogue: Arc<Catalogue>,
}

impl Published {
    /// What a reader of that scope may see.
    #[must_use]
    pub fn view(&self, scope: &Scope) -> View<'_> {
        View::with(&self.publication, Arc::clone(&self.catalogue), scope)
    }
}

impl From<Publication> for Published {
    fn from(publication: Publication) -> Self {
        Self { catalogue: Arc::new(Catalogue::of(&publication)), publication }
    }
}

impl Deref for Published {
    type Target = Publication;

    fn deref(&self) -> &Publication {
        &self.publication
    }
}

/// So many publications stay in memory: of six thousand answers in six hundred units, each takes a few megabytes.
const KEPT: usize = 16;

/// Publications as they are read again and again: the last edition of each campaign that somebody reads, the newest at the end.
#[derive(Debug, Default)]
pub struct Publications {
    known: RwLock<VecDeque<Known>>,
}

#[derive(Debug)]
struct Known {
    campaign: String,
    edition: i64,
    published: Arc<Published>,
}

impl Publications {
    /// A campaign's last edition; `None` where nothing was published.
    ///
    /// # Errors
    /// The database is out of reach, or holds a document that was changed.
    pub async fn last(&self, db: &Db, campaign: &str) -> anyhow::Result<Option<Arc<Published>>> {
        let Some(edition) = publications::last(db, campaign).await? else { return Ok(None) };
        if let Some(known) = self.known(campaign, edition) {
            return Ok(Some(known));
        }
        let published = Arc::new(Published::from(read(db, campaign, edition).await?));
        self.keep(Known { campaign: campaign.to_owned(), edition, published: Arc::clone(&published) });
        Ok(Some(published))
    }

    fn known(&self, campaign: &str, edition: i64) -> Option<Arc<Published>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let found = known.iter().find(|known| known.campaign == campaign && known.edition == edition);
        found.map(|known| Arc::clone(&known.published))
    }

    /// Instead of an earlier edition, or of what was read in first.
    fn keep(&self, new: Known) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.retain(|known| known.campaign != new.campaign);
        known.push_back(new);
        while known.len() > KEPT {
            known.pop_front();
        }
    }
}

async fn read(db: &Db, campaign: &str, edition: i64) -> anyhow::Result<Publication> {
    let stored = publications::find(db, campaign, edition).await?.context("a publication is gone")?;
    let publication: Publication = serde_json::from_str(&stored.document).context("a publication cannot be read")?;
    if publication.hash == stored.hash && publication.is_intact() {
        Ok(publication)
    } else {
        anyhow::bail!("a publication was changed since it left: nothing of it is shown")
    }
}
