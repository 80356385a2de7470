//! Who is in which group: families of groups along the tree, and for each respondent the deepest group shown.

use super::tree::Tree;

/// A value of a breakdown, counted from 1; 0 is "in none of its groups".
pub type Value = u16;

/// The members of one population: where each belongs, and its value in each family.
///
/// The first family is the tree itself, in which everybody has the value 1. Every further one is a declared breakdown:
/// its groups are a place together with a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    /// The deepest place of each.
    pub places: Vec<u32>,
    /// Family → member → value.
    pub values: Vec<Vec<Value>>,
}

impl Members {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Nobody at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The deepest place of one.
    #[must_use]
    pub fn place(&self, member: usize) -> usize {
        self.places[member] as usize
    }
}

/// A number for every group of a family: place × value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Groups<T> {
    values: usize,
    cells: Vec<T>,
}

impl<T: Clone + Default> Groups<T> {
    /// As many places as the tree has, and values from 1 to `values`.
    #[must_use]
    pub fn new(tree: &Tree, values: usize) -> Self {
        Self { values, cells: vec![T::default(); tree.len() * (values + 1)] }
    }

    /// How many values this family has.
    #[must_use]
    pub const fn values(&self) -> usize {
        self.values
    }

    /// The group's number among all groups of the family, from 1: what labels are.
    #[must_use]
    pub const fn index(&self, place: usize, value: usize) -> usize {
        place * (self.values + 1) + value
    }

    /// The place and the value of a label.
    #[must_use]
    pub const fn group(&self, label: u32) -> (usize, usize) {
        (label as usize / (self.values + 1), label as usize % (self.values + 1))
    }

    /// What is kept for a group.
    #[must_use]
    pub fn get(&self, place: usize, value: usize) -> &T {
        &self.cells[self.index(place, value)]
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, place: usize, value: usize) -> &mut T {
        let index = self.index(place, value);
        &mut self.cells[index]
    }
}

/// How many members each group has, in every family.
#[must_use]
pub fn sizes(tree: &Tree, members: &Members, values: &[usize]) -> Vec<Groups<u32>> {
    let count = |(family, values): (&Vec<Value>, &usize)| {
        let mut sizes = Groups::<u32>::new(tree, *values);
        for (place, value) in members.places.iter().zip(family) {
            *sizes.get_mut(*place as usize, usize::from(*value)) += 1;
        }
        // Every place stands after the one above it, so one way back sums the tree up.
        for place in (1..tree.len()).rev() {
            for value in 0..=*values {
                let below = *sizes.get(place, value);
                *sizes.get_mut(tree.place(place).parent, value) += below;
            }
        }
        sizes
    };
    members.values.iter().zip(values).map(count).collect()
}

/// For every member the deepest group of a family that is shown and holds it; 0 where none does.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "a tree of 65,000 units with 100 values each stays below 32 bits")]
pub fn label(tree: &Tree, members: &Members, shown: &Groups<bool>, family: usize) -> Vec<u32> {
    // The deepest shown group of every place and value, from the one above it.
    let mut deepest = Groups::<u32>::new(tree, shown.values());
    for place in 0..tree.len() {
        for value in 1..=shown.values() {
            let above = if place == 0 { 0 } else { *deepest.get(tree.place(place).parent, value) };
            let own = shown.index(place, value) as u32;
            *deepest.get_mut(place, value) = if *shown.get(place, value) { own } else { above };
        }
    }
    let label = |(place, value): (&u32, &Value)| match *value {
        0 => 0,
        value => *deepest.get(*place as usize, usize::from(value)),
    };
    members.places.iter().zip(&members.values[family]).map(label).collect()
}
