//! Sets of respondents as reduced ordered binary decision diagrams: exact, and small where enumeration explodes.
//!
//! After R. E. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", IEEE Transactions on Computers 35
//! (1986). Equal sets have equal handles, so "nobody" and "everybody" are comparisons of a number. The kept crates were
//! weighed: `biodivine-lib-bdd` brings 17 crates (two of them unmaintained or outdated), `oxidd` more than 50 and
//! `unsafe` caches, and a SAT solver would answer yes or no but not combine the sets that routing is made of. What is
//! needed of them is this file. Unlike them it shares one limit over all the work of a file: whoever writes conditions
//! that entangle hundreds of answers gets a diagnostic, not a hanging editor.

use std::collections::HashMap;

/// Steps that one file may take, each about 2 µs and 100 bytes at worst. The survey of 300 questions in `benches/` takes
/// less than a tenth of them.
const MAX_STEPS: usize = 100_000;
/// Deeper diagrams would need more stack than a thread of a server has.
const MAX_BITS: u32 = 2000;

/// The conditions of the file are too entangled to be decided within the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooEntangled;

/// A set of respondents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Set(u32);

/// The empty set.
pub(super) const NOBODY: Set = Set(0);
/// The full set.
pub(super) const EVERYBODY: Set = Set(1);

/// Parts a set by one bit of what respondents are and answer.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Node {
    bit: u32,
    without: Set,
    with: Set,
}

/// How two sets are combined.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Operation {
    Both,
    Either,
    Without,
}

/// All sets of one file.
#[derive(Default)]
pub(super) struct Diagram {
    /// The set `Set(n)` parts at `nodes[n - 2]`.
    nodes: Vec<Node>,
    known: HashMap<Node, Set>,
    done: HashMap<(Operation, Set, Set), Set>,
    bits: u32,
    steps: usize,
}

impl Diagram {
    /// Takes `count` new bits, to be decided after all earlier ones; gives the first.
    pub(super) fn take_bits(&mut self, count: u32) -> Result<u32, TooEntangled> {
        let first = self.bits;
        self.bits = self.bits.saturating_add(count);
        if self.bits > MAX_BITS { Err(TooEntangled) } else { Ok(first) }
    }

    /// Counts work done elsewhere against the limit of the file.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), TooEntangled> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > MAX_STEPS { Err(TooEntangled) } else { Ok(()) }
    }

    /// Those in both sets.
    pub(super) fn both(&mut self, a: Set, b: Set) -> Result<Set, TooEntangled> {
        self.combine(Operation::Both, a, b)
    }

    /// Those in one of the sets at least.
    pub(super) fn either(&mut self, a: Set, b: Set) -> Result<Set, TooEntangled> {
        self.combine(Operation::Either, a, b)
    }

    /// Those in `a` and not in `b`.
    pub(super) fn without(&mut self, a: Set, b: Set) -> Result<Set, TooEntangled> {
        self.combine(Operation::Without, a, b)
    }

    /// Those who are in `with` if the bit is set, and in `without` if not. Both stand on later bits only.
    pub(super) fn node(&mut self, bit: u32, without: Set, with: Set) -> Result<Set, TooEntangled> {
        if without == with {
            return Ok(with);
        }
        let node = Node { bit, without, with };
        if let Some(known) = self.known.get(&node) {
            return Ok(*known);
        }
        let set = Set(u32::try_from(self.nodes.len() + 2).map_err(|_| TooEntangled)?);
        self.nodes.push(node);
        self.known.insert(node, set);
        Ok(set)
    }

    fn combine(&mut self, operation: Operation, a: Set, b: Set) -> Result<Set, TooEntangled> {
        if let Some(trivial) = trivial(operation, a, b) {
            return Ok(trivial);
        }
        if let Some(done) = self.done.get(&(operation, a, b)) {
            return Ok(*done);
        }
        self.spend(1)?;
        let bit = self.bit(a).min(self.bit(b));
        let ((a0, a1), (b0, b1)) = (self.parted(a, bit), self.parted(b, bit));
        let without = self.combine(operation, a0, b0)?;
        let with = self.combine(operation, a1, b1)?;
        let set = self.node(bit, without, with)?;
        self.done.insert((operation, a, b), set);
        Ok(set)
    }

    fn at(&self, set: Set) -> Option<Node> {
        let index = usize::try_from(set.0).ok()?.checked_sub(2)?;
        self.nodes.get(index).copied()
    }

    /// The first bit that a set stands on.
    fn bit(&self, set: Set) -> u32 {
        self.at(set).map_or(u32::MAX, |node| node.bit)
    }

    fn parted(&self, set: Set, bit: u32) -> (Set, Set) {
        match self.at(set) {
            Some(node) if node.bit == bit => (node.without, node.with),
            _ => (set, set),
        }
    }

    /// The bits that make somebody belong to the set, as few as there can be, in order; nothing if nobody does.
    pub(super) fn somebody(&self, set: Set) -> Option<Vec<(u32, bool)>> {
        let mut lengths = HashMap::from([(EVERYBODY, 0)]);
        self.measure(set, &mut lengths);
        let length = |set: Set| lengths.get(&set).copied().unwrap_or(u32::MAX);
        let (mut here, mut bits) = (set, Vec::new());
        while let Some(node) = self.at(here) {
            let with = length(node.with) < length(node.without);
            bits.push((node.bit, with));
            here = if with { node.with } else { node.without };
        }
        (here == EVERYBODY).then_some(bits)
    }

    /// How many bits decide that somebody belongs to the set.
    fn measure(&self, set: Set, lengths: &mut HashMap<Set, u32>) -> u32 {
        if let Some(length) = lengths.get(&set) {
            return *length;
        }
        let length = self.at(set).map_or(u32::MAX, |node| {
            self.measure(node.without, lengths).min(self.measure(node.with, lengths)).saturating_add(1)
        });
        lengths.insert(set, length);
        length
    }
}

/// What needs no look into the sets.
fn trivial(operation: Operation, a: Set, b: Set) -> Option<Set> {
    match operation {
        Operation::Both if a == b || b == EVERYBODY || a == NOBODY => Some(a),
        Operation::Both if a == EVERYBODY || b == NOBODY => Some(b),
        Operation::Either if a == b || b == NOBODY || a == EVERYBODY => Some(a),
        Operation::Either if a == NOBODY || b == EVERYBODY => Some(b),
        Operation::Without if a == b || a == NOBODY || b == EVERYBODY => Some(NOBODY),
        Operation::Without if b == NOBODY => Some(a),
        _ => None,
    }
}
