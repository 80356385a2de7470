//! The proof that no combination of published figures weighs fewer than *k* respondents.
//!
//! Adding and subtracting published figures gives every respondent a weight. It depends only on the labels that the
//! respondent carries, one in each family: the deepest published group that holds it, or none. Where at least *k*
//! disjoint pairs of respondents differ only in two labels of one family, a combination that weighs those two labels
//! differently weighs somebody in every pair, so at least *k* people. A combination that weighs fewer must therefore
//! weigh the two alike, and they may be taken as one. When nothing more can be joined, everybody in a block of equal
//! labels has one weight in such a combination: if every block holds *k* or more, it weighs nobody.

use std::collections::HashMap;

/// Beyond this many labels beside each other only neighbours are compared: fewer joins, so never a wrong proof.
const MANY: usize = 64;

/// What was proven.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Certificate {
    /// No combination of published figures weighs fewer than this many respondents, unless it weighs nobody.
    pub k: u32,
    /// How many respondents it is about.
    pub respondents: u32,
    /// Blocks of equal labels at the end.
    pub blocks: u32,
    /// The smallest of them.
    pub smallest: u32,
    /// How many labels were joined to others.
    pub joined: u32,
}

/// A tuple of labels, one in each family, whose block is under *k*.
pub type Failing = Vec<u32>;

/// Proves it for the labels of everybody (family → member → label).
///
/// # Errors
/// Everybody's labels in blocks that are too small to prove it.
pub fn certify(labels: &[Vec<u32>], k: u32) -> Result<Certificate, Vec<Failing>> {
    Blocks::new(labels).certify(k)
}

/// Respondents with the same labels, taken together.
struct Blocks {
    /// Tuples of labels, each once, with how many carry it.
    tuples: Vec<(Vec<u32>, u32)>,
    /// Family → label → the label that it was joined to.
    joined: Vec<HashMap<u32, u32>>,
}

impl Blocks {
    fn new(labels: &[Vec<u32>]) -> Self {
        let members = labels.first().map_or(0, Vec::len);
        let mut counts: HashMap<Vec<u32>, u32> = HashMap::new();
        for member in 0..members {
            let tuple: Vec<u32> = labels.iter().map(|family| family[member]).collect();
            *counts.entry(tuple).or_default() += 1;
        }
        let mut tuples: Vec<_> = counts.into_iter().collect();
        tuples.sort_unstable();
        Self { tuples, joined: vec![HashMap::new(); labels.len()] }
    }

    fn certify(mut self, k: u32) -> Result<Certificate, Vec<Failing>> {
        while (0..self.joined.len()).any(|family| self.join(family, k)) {}
        let blocks = self.blocks();
        let failing = |(tuple, _): &&(Vec<u32>, u32)| blocks.get(&self.representatives(tuple)).is_some_and(|n| *n < k);
        let failing: Vec<Failing> = self.tuples.iter().filter(failing).map(|(tuple, _)| tuple.clone()).collect();
        if !failing.is_empty() {
            return Err(failing);
        }
        Ok(Certificate {
            k,
            respondents: self.tuples.iter().map(|(_, count)| count).sum(),
            blocks: u32::try_from(blocks.len()).unwrap_or(u32::MAX),
            smallest: blocks.values().copied().min().unwrap_or(0),
            joined: self.joined.iter().map(|family| u32::try_from(family.len()).unwrap_or(u32::MAX)).sum(),
        })
    }

    fn blocks(&self) -> HashMap<Vec<u32>, u32> {
        let mut blocks = HashMap::new();
        for (tuple, count) in &self.tuples {
            *blocks.entry(self.representatives(tuple)).or_default() += count;
        }
        blocks
    }

    fn representatives(&self, tuple: &[u32]) -> Vec<u32> {
        tuple.iter().enumerate().map(|(family, label)| self.representative(family, *label)).collect()
    }

    fn representative(&self, family: usize, mut label: u32) -> u32 {
        while let Some(next) = self.joined[family].get(&label) {
            label = *next;
        }
        label
    }

    /// Joins all labels of one family that `k` pairs speak for; whether there were any.
    fn join(&mut self, family: usize, k: u32) -> bool {
        let mut pairs: Vec<((u32, u32), u32)> = self.pairs(family).into_iter().collect();
        pairs.sort_unstable();
        let mut some = false;
        for ((one, other), _) in pairs.into_iter().filter(|(_, count)| *count >= k) {
            let (one, other) = (self.representative(family, one), self.representative(family, other));
            if one != other {
                self.joined[family].insert(one.max(other), one.min(other));
                some = true;
            }
        }
        some
    }

    /// For two labels of a family, how many disjoint pairs of respondents differ in nothing else.
    fn pairs(&self, family: usize) -> HashMap<(u32, u32), u32> {
        let mut beside: HashMap<Vec<u32>, HashMap<u32, u32>> = HashMap::new();
        for (tuple, count) in &self.tuples {
            let mut others = self.representatives(tuple);
            let own = others.remove(family);
            *beside.entry(others).or_default().entry(own).or_default() += count;
        }
        let mut pairs = HashMap::new();
        for labels in beside.into_values() {
            let mut labels: Vec<(u32, u32)> = labels.into_iter().collect();
            labels.sort_unstable();
            let reach = if labels.len() > MANY { 1 } else { labels.len() };
            for (index, (one, count)) in labels.iter().enumerate() {
                for (other, others) in labels[index + 1..].iter().take(reach) {
                    *pairs.entry((*one, *other)).or_default() += (*count).min(*others);
                }
            }
        }
        pairs
    }
}
