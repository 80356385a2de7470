//! The audit log: what is added by itself, and whether the chain holds.

use std::fmt;

use crate::ports::Ports;
use crate::store::Db;
use crate::store::audit::{self, Action, Entry, Link, Who};

/// So many entries are read at a time: memory stays flat.
const PAGE: u32 = 1_000;

/// Adds an entry about something that changes nothing, such as a look at results.
///
/// # Errors
/// The database is out of reach: then it should not be done either.
pub async fn log(
    db: &Db,
    ports: &Ports,
    who: Who<'_>,
    action: Action,
    campaign: Option<&str>,
    detail: &str,
) -> anyhow::Result<()> {
    let entry = Entry { campaign: campaign.map(str::to_owned), ..Entry::new(ports.clock.now(), who, action, detail) };
    let mut tx = db.begin().await?;
    audit::record(&mut tx, &ports.chance.id(), &entry).await?;
    Ok(tx.commit().await?)
}

/// A chain that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intact {
    /// How many entries there have been; the first of them may be gone, their time being over.
    pub entries: i64,
    /// The last one's hash: who has noted it knows later whether the end was cut off.
    pub head: String,
}

/// Where the chain is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// This entry is missing.
    Missing(i64),
    /// This entry is not as it was written, or one before it.
    Changed(i64),
    /// The log ends with this entry, and it did not use to.
    CutOff(i64),
    /// The log begins after this entry, and nobody has written down that it was shortened.
    Beheaded(i64),
}

impl Broken {
    /// Near which entry it broke.
    #[must_use]
    pub const fn entry(&self) -> i64 {
        match self {
            Self::Missing(number) | Self::Changed(number) | Self::CutOff(number) | Self::Beheaded(number) => *number,
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(number) => write!(f, "entry {number} of the audit log is missing"),
            Self::Changed(number) => write!(f, "entry {number} of the audit log is not as it was written"),
            Self::CutOff(number) => write!(f, "the audit log is cut off after entry {number}"),
            Self::Beheaded(number) => write!(f, "the audit log has lost its first {number} entries"),
        }
    }
}

/// Reads the whole chain through.
///
/// # Errors
/// The database is out of reach.
pub async fn verify(db: &Db) -> anyhow::Result<Result<Intact, Broken>> {
    // Entries may come while it is read: the end is at least where it is now.
    let (until, head) = audit::head(db).await?;
    let (number, hash) = audit::start(db).await?;
    let start = audit::shortened(number, &hash);
    let mut chain = Chain { number, hash, told: number == 0 };
    loop {
        let links = audit::after(db, chain.number, PAGE).await?;
        for link in links.iter().take_while(|link| link.number <= until) {
            if let Err(broken) = chain.add(link) {
                return Ok(Err(broken));
            }
            let says_so = link.entry.action == Action::LogShortened.name() && link.entry.detail == start;
            chain.told |= says_so;
        }
        if links.is_empty() || links.last().is_none_or(|last| last.number >= until) {
            break;
        }
    }
    Ok(match chain {
        Chain { number, .. } if number < until => Err(Broken::CutOff(number)),
        Chain { hash, .. } if hash != head => Err(Broken::Changed(until)),
        Chain { told: false, .. } => Err(Broken::Beheaded(number)),
        Chain { number, hash, .. } => Ok(Intact { entries: number, head: hash }),
    })
}

/// The chain as far as it was read.
#[derive(Debug, Default)]
struct Chain {
    number: i64,
    hash: String,
    /// That it does not begin with the first entry stands in it.
    told: bool,
}

impl Chain {
    fn add(&mut self, link: &Link) -> Result<(), Broken> {
        let number = self.number + 1;
        if link.number != number {
            return Err(Broken::Missing(number));
        }
        // Entries from before there was a chain have no hash; none of these comes after one that has.
        let old = link.hash.is_empty() && self.hash.is_empty();
        if !old && link.hash != audit::hash(number, &link.entry, &self.hash) {
            return Err(Broken::Changed(number));
        }
        self.number = number;
        self.hash.clone_from(&link.hash);
        Ok(())
    }
}

/// All entries as CSV in UTF-8 with a heading, hashes included: with them the chain can be checked elsewhere.
///
/// # Errors
/// The database is out of reach.
pub async fn csv(db: &Db) -> anyhow::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["number", "at", "at_ms", "who", "from", "action", "campaign", "detail", "hash"])?;
    let mut number = 0;
    loop {
        let links = audit::after(db, number, PAGE).await?;
        let Some(last) = links.last() else { break };
        number = last.number;
        for Link { number, entry, hash } in &links {
            let text = crate::report::table::harmless;
            csv.write_record([
                number.to_string(),
                entry.at.to_string(),
                entry.at.as_millisecond().to_string(),
                text(&entry.who),
                text(&entry.from),
                entry.action.clone(),
                text(entry.campaign.as_deref().unwrap_or_default()),
                text(&entry.detail),
                hash.clone(),
            ])?;
        }
    }
    Ok(csv.into_inner()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn chain(length: i64) -> Vec<Link> {
        let mut before = String::new();
        let link = |number| {
            let who = Who { name: "kari", from: "192.0.2.7" };
            let entry = Entry::new(Timestamp::from_second(number).unwrap(), who, Action::Viewed, format!("/{number}"));
            let hash = audit::hash(number, &entry, &before);
            before.clone_from(&hash);
            Link { number, entry, hash }
        };
        (1..=length).map(link).collect()
    }

    fn read(links: &[Link]) -> Result<(), Broken> {
        let mut chain = Chain::default();
        links.iter().try_for_each(|link| chain.add(link))
    }

    #[test]
    fn whatever_is_changed_is_found_where_it_was_changed() {
        let whole = chain(9);
        assert_eq!(read(&whole), Ok(()));
        let changes: [fn(&mut Link); 7] = [
            |link| link.entry.who = "ola".to_owned(),
            |link| link.entry.from = String::new(),
            |link| link.entry.at = Timestamp::UNIX_EPOCH,
            |link| link.entry.action = "exported".to_owned(),
            |link| link.entry.campaign = Some(String::new()),
            |link| link.entry.detail.push('x'),
            |link| link.hash = String::new(),
        ];
        for change in changes {
            let mut links = whole.clone();
            change(&mut links[4]);
            assert_eq!(read(&links), Err(Broken::Changed(5)));
        }
        let mut shorter = whole.clone();
        shorter.remove(4);
        assert_eq!(read(&shorter), Err(Broken::Missing(5)));
        let mut swapped = whole;
        swapped.swap(4, 5);
        assert_eq!(read(&swapped), Err(Broken::Missing(5)));
    }

    /// Anybody can work a hash out from the export, with nothing of ours.
    #[test]
    fn the_hash_is_what_the_manual_says() {
        let entry = Entry::new(Timestamp::UNIX_EPOCH, "kari".into(), Action::Created, "Vår").of("a1");
        // printf '[1,0,"kari","","created","a1","Vår",""]' | sha256sum
        assert_eq!(audit::hash(1, &entry, ""), "31f5b39c946b2d318e8c957292a530289ee19417a0672cb3af33756d9647c20e");
    }
}
