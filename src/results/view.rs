//! What one reader may see of a publication, and a fast way to each row of it.
//!
//! A publication is one file for everybody; a reader's scope selects rows of it and changes none. So whatever readers put
//! together, it is in the file, and the file was proven as a whole.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::row::Row;
use crate::anonymity::publication::{Group, Publication, Question, Rate, Table};
use crate::anonymity::publish::{EVERYBODY, INVITED};

/// Where a group stands, whatever it was asked: a place of the register, and a value of a breakdown or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position<'a> {
    /// The register's id; empty for the whole.
    pub place: &'a str,
    /// A breakdown and one of its values.
    pub by: Option<(&'a str, &'a str)>,
}

impl<'a> Position<'a> {
    /// The whole organisation.
    pub const WHOLE: Position<'static> = Position { place: "", by: None };

    /// Everybody at a place.
    #[must_use]
    pub const fn at(place: &'a str) -> Self {
        Self { place, by: None }
    }

    /// The part of this place that has a value in a breakdown.
    #[must_use]
    pub const fn by(self, breakdown: &'a str, value: &'a str) -> Self {
        Self { place: self.place, by: Some((breakdown, value)) }
    }

    /// Where a group of a publication stands.
    #[must_use]
    pub fn of(group: &'a Group) -> Self {
        Self { place: &group.place, by: group.breakdown.as_deref().zip(group.value.as_deref()) }
    }
}

/// Which rows a reader is entitled to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    Whole,
    /// Those of these places (ids of the register) and what lies below them. To compare with, the reader also sees the
    /// whole organisation with its breakdowns, and, without breakdowns, all areas and the places above the own ones.
    Places(Vec<String>),
}

/// A place that the publication speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The register's id; empty for the whole.
    pub id: String,
    /// Names from the area down; empty for the whole. Names are unique below one place.
    pub unit: Vec<String>,
}

/// Where everything stands in a publication: made once, kept beside it, good for every reader.
#[derive(Clone, Debug)]
pub struct Catalogue {
    questions: HashMap<String, usize>,
    /// Audience → place → its groups, in the document's order: everybody there, then the values of breakdowns.
    groups: HashMap<String, HashMap<String, Vec<usize>>>,
    /// Question and group → table.
    tables: HashMap<(usize, usize), usize>,
    /// Group → response rate.
    rates: HashMap<usize, usize>,
    /// In the order of their paths, so that what lies below a place follows it.
    places: Vec<Place>,
    /// Where each stands among them, by id.
    place: HashMap<String, usize>,
}

impl Catalogue {
    /// Reads a publication once through.
    #[must_use]
    pub fn of(publication: &Publication) -> Self {
        let ids: HashMap<&str, usize> =
            publication.groups.iter().enumerate().map(|(index, group)| (group.id.as_str(), index)).collect();
        let questions: HashMap<String, usize> =
            publication.questions.iter().enumerate().map(|(index, question)| (question.id.clone(), index)).collect();
        let mut groups: HashMap<String, HashMap<String, Vec<usize>>> = HashMap::new();
        for (index, group) in publication.groups.iter().enumerate() {
            let places = groups.entry(group.audience.clone()).or_default();
            places.entry(group.place.clone()).or_default().push(index);
        }
        let table = |(index, table): (usize, &Table)| {
            Some(((*questions.get(&table.question)?, *ids.get(table.group.as_str())?), index))
        };
        let tables = publication.tables.iter().enumerate().filter_map(table).collect();
        let rate = |(index, rate): (usize, &Rate)| Some((*ids.get(rate.group.as_str())?, index));
        let rates = publication.response.iter().enumerate().filter_map(rate).collect();
        // The whole is a place even where nobody answered.
        let whole: (&[String], &str) = (&[], "");
        let groups_at = publication.groups.iter().map(|group| (group.unit.as_slice(), group.place.as_str()));
        let places: BTreeSet<(&[String], &str)> = groups_at.chain([whole]).collect();
        let places: Vec<Place> =
            places.into_iter().map(|(unit, id)| Place { id: id.to_owned(), unit: unit.to_vec() }).collect();
        let place = places.iter().enumerate().map(|(index, place)| (place.id.clone(), index)).collect();
        Self { questions, groups, tables, rates, places, place }
    }

    fn group(&self, publication: &Publication, audience: &str, position: Position<'_>) -> Option<usize> {
        let here = self.groups.get(audience)?.get(position.place)?;
        here.iter().copied().find(|group| Position::of(&publication.groups[*group]).by == position.by)
    }

    fn place(&self, id: &str) -> Option<&Place> {
        self.places.get(*self.place.get(id)?)
    }

    /// All that lies below a place, at any depth.
    fn below(&self, id: &str) -> impl Iterator<Item = &Place> {
        let from = self.place.get(id).map_or(self.places.len(), |index| index + 1);
        let above = self.place(id).map_or(&[][..], |place| &place.unit);
        self.places[from..].iter().take_while(move |place| place.unit.starts_with(above))
    }
}

/// A reader's view of a publication: a part of its rows, each as it stands there.
#[derive(Clone, Debug)]
pub struct View<'p> {
    publication: &'p Publication,
    catalogue: Arc<Catalogue>,
    visible: Visible<'p>,
}

/// Which groups a reader sees.
#[derive(Clone, Debug)]
enum Visible<'p> {
    All,
    Some {
        /// By number of the group.
        groups: Vec<bool>,
        /// The places of those groups.
        places: HashSet<&'p str>,
    },
}

impl<'p> View<'p> {
    /// What `scope` entitles to. Reads the publication through; whoever makes many views keeps a [`Catalogue`].
    #[must_use]
    pub fn of(publication: &'p Publication, scope: &Scope) -> Self {
        Self::with(publication, Arc::new(Catalogue::of(publication)), scope)
    }

    /// The same, with the catalogue of that very publication.
    #[must_use]
    pub fn with(publication: &'p Publication, catalogue: Arc<Catalogue>, scope: &Scope) -> Self {
        let Scope::Places(places) = scope else { return Self { publication, catalogue, visible: Visible::All } };
        let own: Vec<&[String]> = places
            .iter()
            .filter(|id| !id.is_empty())
            .filter_map(|id| catalogue.place(id))
            .map(|place| place.unit.as_slice())
            .collect();
        let groups: Vec<bool> = publication.groups.iter().map(|group| may_see(&own, group)).collect();
        let seen = publication.groups.iter().zip(&groups).filter(|(_, visible)| **visible);
        let places = seen.map(|(group, _)| group.place.as_str()).collect();
        Self { publication, catalogue, visible: Visible::Some { groups, places } }
    }

    /// The view without limits. Tests that look at many groups at once are made here, so that every reader is told the same.
    #[must_use]
    pub fn everything(&self) -> Self {
        Self { publication: self.publication, catalogue: Arc::clone(&self.catalogue), visible: Visible::All }
    }

    /// The whole document: title, languages, k, and so on. Its rows are to be read through this view.
    #[must_use]
    pub const fn publication(&self) -> &'p Publication {
        self.publication
    }

    /// The question of that id (`matrix.item` for an item).
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&'p Question> {
        self.publication.questions.get(*self.catalogue.questions.get(id)?)
    }

    /// The group of an audience (a question's population) at a position, shown or hidden.
    #[must_use]
    pub fn group(&self, audience: &str, position: Position<'_>) -> Option<&'p Group> {
        let index = self.catalogue.group(self.publication, audience, position)?;
        self.shows(index).then(|| &self.publication.groups[index])
    }

    /// A question's row at a position, shown or hidden; nothing where there is none, or none for this reader.
    #[must_use]
    pub fn table(&self, question: &Question, position: Position<'_>) -> Option<(&'p Group, &'p Table)> {
        let group = self.catalogue.group(self.publication, &question.population, position)?;
        let table = self.catalogue.tables.get(&(*self.catalogue.questions.get(&question.id)?, group))?;
        self.shows(group).then(|| (&self.publication.groups[group], &self.publication.tables[*table]))
    }

    /// A question's figures at a position; nothing where they are hidden.
    #[must_use]
    pub fn row(&self, question: &'p Question, position: Position<'_>) -> Option<Row<'p>> {
        let (group, table) = self.table(question, position)?;
        Row::of(question, group, table)
    }

    /// How many respondents there are at a position, where that is shown.
    #[must_use]
    pub fn respondents(&self, position: Position<'_>) -> Option<&'p Group> {
        self.group(EVERYBODY, position)
    }

    /// Who was invited and took part at a position.
    #[must_use]
    pub fn rate(&self, position: Position<'_>) -> Option<(&'p Group, &'p Rate)> {
        let group = self.catalogue.group(self.publication, INVITED, position)?;
        let rate = self.publication.response.get(*self.catalogue.rates.get(&group)?)?;
        self.shows(group).then(|| (&self.publication.groups[group], rate))
    }

    /// All groups that this reader sees.
    pub fn groups(&self) -> impl Iterator<Item = &'p Group> + '_ {
        let groups = self.publication.groups.iter().enumerate();
        groups.filter(|(index, _)| self.shows(*index)).map(|(_, group)| group)
    }

    /// The places that this reader sees anything of, in the order of their paths; the whole comes first.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.catalogue.places.iter().filter(|place| self.sees(&place.id))
    }

    /// A place that this reader sees anything of.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<&Place> {
        self.catalogue.place(id).filter(|place| self.sees(&place.id))
    }

    /// The places right below one; those below the whole (the empty id) are the areas.
    pub fn below(&self, id: &str) -> impl Iterator<Item = &Place> {
        let depth = self.catalogue.place(id).map_or(0, |place| place.unit.len());
        self.catalogue.below(id).filter(move |place| place.unit.len() == depth + 1 && self.sees(&place.id))
    }

    /// The document as far as this reader sees it, for an export. The hash stays that of the whole document.
    #[must_use]
    pub fn part(&self) -> Publication {
        let ids: HashSet<&str> = self.groups().map(|group| group.id.as_str()).collect();
        let all = self.publication;
        Publication {
            groups: self.groups().cloned().collect(),
            tables: all.tables.iter().filter(|table| ids.contains(table.group.as_str())).cloned().collect(),
            response: all.response.iter().filter(|rate| ids.contains(rate.group.as_str())).cloned().collect(),
            ..all.clone()
        }
    }

    fn shows(&self, group: usize) -> bool {
        match &self.visible {
            Visible::All => true,
            Visible::Some { groups, .. } => groups.get(group).is_some_and(|visible| *visible),
        }
    }

    fn sees(&self, place: &str) -> bool {
        match &self.visible {
            Visible::All => true,
            Visible::Some { places, .. } => place.is_empty() || places.contains(place),
        }
    }
}

/// Whether a reader of the places at these paths sees a group.
fn may_see(own: &[&[String]], group: &Group) -> bool {
    let below = own.iter().any(|path| group.unit.starts_with(path));
    let above = own.iter().any(|path| path.starts_with(&group.unit));
    below || group.unit.is_empty() || (group.breakdown.is_none() && (above || group.unit.len() == 1))
}
