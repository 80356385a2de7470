//! Which groups are shown: decided from who answered, never from what. Where answers decide who is in a group, it is
//! the disturbed ones and never the true ones: a plan that looked at the true ones would tell of them (a follow-up that
//! is shown for a unit of five only when all five truly opened it tells that they all did).
//!
//! Top-down along the tree: places of *k* and more are shown, and as long as what is hidden beside them holds one to
//! *k*−1, the smallest shown one is hidden too. Then the breakdowns by the same rule, at the whole, the areas, the services, the
//! units, each only as far as the certificate can still prove everything: so what gives way is the deepest breakdown,
//! never a place.

use std::collections::{BTreeMap, BTreeSet};

use super::certificate::{Certificate, Failing, certify};
use super::labels::{Groups, Members, label, sizes};
use super::tree::{Tree, WHOLE};

/// The tree's own family; its groups have this one value.
pub const TREE: usize = 0;
const EVERYBODY: usize = 1;

/// What a plan is made from.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The organisation.
    pub tree: &'a Tree,
    /// Whom the figures are about.
    pub members: &'a Members,
    /// How many values each family has; the tree has one.
    pub values: &'a [usize],
    /// Smallest group.
    pub k: u32,
    /// Family → how many more than that a group must hold to be shown: some, where the disturbance decides who is in it.
    pub spare: &'a [u32],
    /// No place below this level is shown: 3, or 1 while the survey is open.
    pub deepest: usize,
    /// Only what all of these show may be shown: the plans of the opening questions.
    pub within: &'a [&'a Plan],
    /// Earlier editions: for each of their families the label that every member carries there.
    pub earlier: &'a [Vec<u32>],
}

/// What is shown of one population.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Smallest group.
    pub k: u32,
    /// Family → group → whether it is shown.
    pub shown: Vec<Groups<bool>>,
    /// Family → group → how many it holds.
    pub sizes: Vec<Groups<u32>>,
    /// What holds for what is shown; `None` where nothing is.
    pub certificate: Option<Certificate>,
}

impl Plan {
    /// Decides what is shown, and proves it.
    #[must_use]
    pub fn of(terms: &Terms<'_>) -> Self {
        let mut draft = Draft::new(terms);
        if !draft.place_tree() {
            // Not even the whole can be shown beside what earlier editions show: nothing new leaves.
            return draft.finish(None);
        }
        for level in 0..=terms.tree.places().iter().map(|place| place.level).max().unwrap_or(0).min(terms.deepest) {
            for family in 1..terms.values.len() {
                draft.add(family, level);
            }
        }
        let certificate = draft.certify().ok();
        draft.finish(certificate)
    }

    /// Whether a place is shown as such.
    #[must_use]
    pub fn shows_place(&self, place: usize) -> bool {
        *self.shown[TREE].get(place, EVERYBODY)
    }

    /// The label of every member in every family.
    #[must_use]
    pub fn labels(&self, tree: &Tree, members: &Members) -> Vec<Vec<u32>> {
        self.shown.iter().enumerate().map(|(family, shown)| label(tree, members, shown, family)).collect()
    }
}

/// A plan while it grows: first the tree, then breakdowns from the whole down, each only as far as the certificate holds.
struct Draft<'a> {
    terms: &'a Terms<'a>,
    sizes: Vec<Groups<u32>>,
    shown: Vec<Groups<bool>>,
    refused: Vec<Groups<bool>>,
    /// Family → member → label, those of earlier editions behind.
    labels: Vec<Vec<u32>>,
}

impl<'a> Draft<'a> {
    fn new(terms: &'a Terms<'a>) -> Self {
        let all = sizes(terms.tree, terms.members, terms.values);
        let none = || terms.values.iter().map(|values| Groups::new(terms.tree, *values)).collect();
        let unlabelled = vec![vec![0; terms.members.len()]; terms.values.len()];
        let labels = unlabelled.into_iter().chain(terms.earlier.iter().cloned()).collect();
        Self { terms, sizes: all, shown: none(), refused: none(), labels }
    }

    /// Nothing is shown without a certificate.
    fn finish(self, certificate: Option<Certificate>) -> Plan {
        let something = self.shows(TREE, WHOLE, EVERYBODY) && certificate.is_some();
        let shown = if something {
            self.shown
        } else {
            self.terms.values.iter().map(|values| Groups::new(self.terms.tree, *values)).collect()
        };
        Plan { k: self.terms.k, shown, sizes: self.sizes, certificate: certificate.filter(|_| something) }
    }

    fn shows(&self, family: usize, place: usize, value: usize) -> bool {
        *self.shown[family].get(place, value)
    }

    fn certify(&self) -> Result<Certificate, Vec<Failing>> {
        certify(&self.labels, self.terms.k)
    }

    fn label(&mut self, family: usize) {
        self.labels[family] = label(self.terms.tree, self.terms.members, &self.shown[family], family);
    }

    /// Chooses the places that are shown; whether any can be.
    fn place_tree(&mut self) -> bool {
        loop {
            self.arrange_tree();
            self.label(TREE);
            let Err(failing) = self.certify() else { return true };
            // By itself the tree always holds; beside earlier editions a place may have too few who are new.
            let places: BTreeSet<usize> =
                failing.iter().filter(|tuple| tuple[TREE] != 0).map(|t| self.shown[TREE].group(t[TREE]).0).collect();
            if places.is_empty() {
                return false;
            }
            let refused: BTreeSet<usize> = places.into_iter().map(|place| self.smallest_below(place)).collect();
            for place in refused {
                *self.refused[TREE].get_mut(place, EVERYBODY) = true;
            }
        }
    }

    /// The smallest shown place right below, whose people then stand with those who are left in the place itself; the place
    /// where none is.
    fn smallest_below(&self, place: usize) -> usize {
        let below = self.terms.tree.place(place).children.iter().copied();
        let shown = below.filter(|below| self.shows(TREE, *below, EVERYBODY));
        shown.min_by_key(|below| *self.sizes[TREE].get(*below, EVERYBODY)).unwrap_or(place)
    }

    fn arrange_tree(&mut self) {
        let tree = self.terms.tree;
        self.shown[TREE] = Groups::new(tree, EVERYBODY);
        *self.shown[TREE].get_mut(WHOLE, EVERYBODY) = self.may(TREE, WHOLE, EVERYBODY);
        for place in 0..tree.len() {
            if self.shows(TREE, place, EVERYBODY) {
                let children: Vec<(usize, usize)> =
                    tree.place(place).children.iter().map(|child| (*child, EVERYBODY)).collect();
                for (child, _) in self.choose(TREE, place, &children) {
                    *self.shown[TREE].get_mut(child, EVERYBODY) = true;
                }
            }
        }
    }

    /// Adds a breakdown at all shown places of a level, and takes back what the certificate does not allow.
    fn add(&mut self, family: usize, level: usize) {
        let tree = self.terms.tree;
        let places: Vec<usize> = (0..tree.len())
            .filter(|place| tree.place(*place).level == level && self.shows(TREE, *place, EVERYBODY))
            .collect();
        loop {
            for place in &places {
                self.arrange(family, *place);
            }
            self.label(family);
            let Err(failing) = self.certify() else { return };
            let nearest = self.smallest_around(family, &places);
            let refused: BTreeSet<(usize, usize)> =
                failing.iter().filter_map(|tuple| self.take_back(family, level, &nearest, tuple)).collect();
            if refused.is_empty() {
                // None is left, and what was shown before holds by itself: this cannot be.
                return;
            }
            for (place, value) in refused {
                *self.refused[family].get_mut(place, value) = true;
            }
        }
    }

    fn clear(&mut self, family: usize, place: usize) {
        for value in 1..=self.shown[family].values() {
            *self.shown[family].get_mut(place, value) = false;
        }
    }

    fn arrange(&mut self, family: usize, place: usize) {
        self.clear(family, place);
        let values: Vec<(usize, usize)> = (1..=self.shown[family].values()).map(|value| (place, value)).collect();
        for (place, value) in self.choose(family, place, &values) {
            *self.shown[family].get_mut(place, value) = true;
        }
    }

    /// The smallest group among the new ones at or below each place, of one value and of any.
    fn smallest_around(&self, family: usize, places: &[usize]) -> BTreeMap<(usize, Option<usize>), (usize, usize)> {
        let size = |(place, value): (usize, usize)| *self.sizes[family].get(place, value);
        let mut smallest = BTreeMap::new();
        for place in places {
            for value in (1..=self.shown[family].values()).filter(|value| self.shows(family, *place, *value)) {
                let new = (*place, value);
                for above in self.terms.tree.upwards(*place) {
                    for key in [(above, Some(value)), (above, None)] {
                        let kept = smallest.entry(key).or_insert(new);
                        if size(new) < size(*kept) {
                            *kept = new;
                        }
                    }
                }
            }
        }
        smallest
    }

    /// Which new group goes, so that respondents with these labels are no longer alone: their own; else the smallest one in
    /// their place, or around it, first of those that take people with the same value away from them.
    fn take_back(
        &self,
        family: usize,
        level: usize,
        nearest: &BTreeMap<(usize, Option<usize>), (usize, usize)>,
        tuple: &[u32],
    ) -> Option<(usize, usize)> {
        let tree = self.terms.tree;
        let (own, value) = self.shown[family].group(tuple[family]);
        if tuple[family] != 0 && tree.place(own).level == level {
            return Some((own, value));
        }
        let place = if tuple[TREE] == 0 { WHOLE } else { self.shown[TREE].group(tuple[TREE]).0 };
        let at = |above: usize, value: Option<usize>| nearest.get(&(above, value)).copied();
        let here = tree.upwards(place).find(|above| tree.place(*above).level == level);
        here.and_then(|here| at(here, None))
            .or_else(|| tree.upwards(place).find_map(|above| at(above, Some(value)).or_else(|| at(above, None))))
    }

    /// Of the groups that divide a place, those that can be shown together.
    fn choose(&self, family: usize, place: usize, groups: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let size = |group: &(usize, usize)| *self.sizes[family].get(group.0, group.1);
        let mut chosen: Vec<(usize, usize)> =
            groups.iter().copied().filter(|(place, value)| self.may(family, *place, *value)).collect();
        let mut hidden = self.sizes[TREE].get(place, EVERYBODY) - chosen.iter().map(size).sum::<u32>();
        while (1..self.terms.k).contains(&hidden) {
            let smallest = chosen.iter().enumerate().min_by_key(|(_, group)| size(group)).map(|(index, _)| index);
            let Some(smallest) = smallest else { break };
            hidden += size(&chosen.remove(smallest));
        }
        chosen
    }

    fn may(&self, family: usize, place: usize, value: usize) -> bool {
        // A plan that was made before the last families existed says nothing about them.
        let open = |plan: &&Plan| plan.shown.get(family).is_none_or(|shown| *shown.get(place, value));
        *self.sizes[family].get(place, value) >= self.terms.k + self.terms.spare[family]
            && self.terms.tree.place(place).level <= self.terms.deepest
            && !*self.refused[family].get(place, value)
            && self.terms.within.iter().all(open)
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
