//! The organisation's tree as publications see it: places by number, the whole organisation first.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// The whole organisation.
pub const WHOLE: usize = 0;

/// A place in the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The id of the register's node; empty for the whole.
    pub id: String,
    /// As the register says; empty for the whole.
    pub name: String,
    /// The place above; the whole is above itself.
    pub parent: usize,
    /// 0 the whole, 1 area, 2 service, 3 unit.
    pub level: usize,
    /// The places right below.
    pub children: Vec<usize>,
}

/// All places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    places: Vec<Place>,
    by_id: HashMap<String, usize>,
}

/// A node as the register has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Node {
    /// Its id.
    pub id: String,
    /// The id of the node above; none above an area.
    pub parent: Option<String>,
    /// As the register says.
    pub name: String,
}

impl Tree {
    /// Every node must stand after the one above it. A node whose parent is unknown is taken as an area.
    #[must_use]
    pub fn new(nodes: impl IntoIterator<Item = Node>) -> Self {
        let whole = Place { id: String::new(), name: String::new(), parent: WHOLE, level: 0, children: Vec::new() };
        let mut tree = Self { places: vec![whole], by_id: HashMap::new() };
        for node in nodes {
            let parent = node.parent.and_then(|id| tree.find(&id)).unwrap_or(WHOLE);
            let index = tree.places.len();
            let level = tree.places[parent].level + 1;
            tree.places[parent].children.push(index);
            tree.by_id.insert(node.id.clone(), index);
            tree.places.push(Place { id: node.id, name: node.name, parent, level, children: Vec::new() });
        }
        tree
    }

    /// The place of that id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The place of that number.
    ///
    /// # Panics
    /// There is no such place: numbers come from this tree.
    #[must_use]
    pub fn place(&self, index: usize) -> &Place {
        &self.places[index]
    }

    /// All places by number, each after the one above it.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// How many places there are, the whole among them; never 0.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "the whole is always there")]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// A place and all above it, the deepest first, the whole last.
    pub fn upwards(&self, from: usize) -> impl Iterator<Item = usize> + '_ {
        let above = |index: &usize| (*index != WHOLE).then(|| self.places[*index].parent);
        std::iter::successors(Some(from), above)
    }

    /// The names from the area down to the place; none for the whole.
    #[must_use]
    pub fn path(&self, index: usize) -> Vec<String> {
        let mut names: Vec<String> =
            self.upwards(index).filter(|index| *index != WHOLE).map(|index| self.places[index].name.clone()).collect();
        names.reverse();
        names
    }
}
