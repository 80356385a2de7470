//! The attacker that looks at a publication before it leaves. What it finds stops the publication.
//!
//! It works another way than the certificate. From the labels it looks for every combination of published groups
//! that weighs only small blocks of respondents, by elimination modulo a prime (what exists over the rationals exists there
//! too, so nothing escapes it). In the file itself it subtracts every group that is shown from those around it and
//! looks at what is left: nothing negative, no count that the disturbance should have removed.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::publication::{Group, Publication};

/// 2³¹ − 1.
const PRIME: u64 = 2_147_483_647;

/// What the attacker found; empty lists let the publication leave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Report {
    /// Blocks of respondents with equal labels under *k*, which somebody might want to know of.
    pub targets: u32,
    /// Combinations of published groups that were tried against them.
    pub combinations: u32,
    /// Groups under *k* whose figures can be worked out.
    pub known: u32,
    /// Remainders in the file, groups minus what is shown of them, that were looked at.
    pub remainders: u32,
    /// Remainders with a count that is negative or too small.
    pub faulty: u32,
}

impl Report {
    /// Whether the publication may leave.
    #[must_use]
    pub const fn passed(&self) -> bool {
        self.known == 0 && self.faulty == 0
    }

    pub(super) const fn add(&mut self, other: &Self) {
        self.targets += other.targets;
        self.combinations += other.combinations;
        self.known += other.known;
        self.remainders += other.remainders;
        self.faulty += other.faulty;
    }
}

/// Looks for combinations of published groups that weigh fewer than `k` respondents. `labels` are family → member → label.
#[must_use]
pub fn attack(labels: &[Vec<u32>], k: u32) -> Report {
    let blocks = blocks(labels);
    let small: Vec<bool> = blocks.iter().map(|(_, count)| *count < k).collect();
    // Large blocks first: a row that begins at a small one weighs small ones only.
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by_key(|block| small[*block]);
    let mut place = vec![0u32; blocks.len()];
    (0u32..).zip(&order).for_each(|(index, block)| place[*block] = index);
    let first_small = small.iter().filter(|small| !**small).count();
    let mut elimination = Elimination::default();
    let rows = rows(&blocks, &place);
    let combinations = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    for row in rows {
        elimination.add(row);
    }
    let weights: Vec<u32> = order.iter().map(|block| blocks[*block].1).collect();
    let mut search = Search { basis: elimination.reduced(first_small), weights: &weights, k, tried: 0 };
    let known = search.light();
    let targets = small.iter().filter(|small| **small).count();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Report {
        targets: number(targets),
        combinations: combinations + search.tried,
        known: number(known),
        ..Report::default()
    }
}

/// Combinations tried at most beyond the rows themselves.
const TRIES: u32 = 5_000;

/// So many steps one after the other.
const DEEPEST: usize = 6;

/// Looks for light combinations of rows that weigh small blocks alone. Each row of the basis begins with a block that no
/// other row weighs, so a combination of several weighs at least their beginnings: few can take part in a light one.
struct Search<'a> {
    basis: Vec<Row>,
    weights: &'a [u32],
    k: u32,
    tried: u32,
}

impl Search<'_> {
    /// How many rows are light themselves or begin a light combination.
    fn light(&mut self) -> usize {
        let mut holding: HashMap<u32, Vec<usize>> = HashMap::new();
        for (index, row) in self.basis.iter().enumerate() {
            row.iter().skip(1).for_each(|(column, _)| holding.entry(*column).or_default().push(index));
        }
        (0..self.basis.len()).filter(|start| self.from(&[*start], &self.basis[*start].clone(), &holding)).count()
    }

    /// Whether `row`, combined of some of the basis, is light, or becomes so when another takes a block away from it.
    fn from(&mut self, used: &[usize], row: &Row, holding: &HashMap<u32, Vec<usize>>) -> bool {
        let weight = |row: &Row| row.iter().map(|(column, _)| self.weights[*column as usize]).sum::<u32>();
        if weight(row) < self.k {
            return true;
        }
        let beginning = |index: &usize| self.weights[self.basis[*index][0].0 as usize];
        let begun: u32 =
            used.iter().enumerate().filter(|(at, one)| !used[..*at].contains(one)).map(|(_, o)| beginning(o)).sum();
        let mut next = BTreeMap::new();
        for (column, value) in row.iter().filter(|_| used.len() < DEEPEST) {
            for other in holding.get(column).into_iter().flatten() {
                // One may come again, to take away what another has brought back; the first may not, or nothing is left.
                let more = if used.contains(other) { 0 } else { beginning(other) };
                if *other != used[0] && begun + more < self.k {
                    next.entry((*other, *column)).or_insert(*value);
                }
            }
        }
        for ((other, column), value) in next {
            if self.tried >= TRIES {
                return false;
            }
            self.tried += 1;
            let theirs = self.basis[other].iter().find(|(at, _)| *at == column).map_or(1, |(_, value)| *value);
            let factor = value * power(theirs, PRIME - 2) % PRIME;
            let combined = minus(row, &self.basis[other], factor);
            let used: Vec<usize> = used.iter().copied().chain([other]).collect();
            if self.from(&used, &combined, holding) {
                return true;
            }
        }
        false
    }
}

fn blocks(labels: &[Vec<u32>]) -> Vec<(Vec<u32>, u32)> {
    let mut counts: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
    for member in 0..labels.first().map_or(0, Vec::len) {
        *counts.entry(labels.iter().map(|family| family[member]).collect()).or_default() += 1;
    }
    counts.into_iter().collect()
}

/// Columns and what they weigh, ascending.
type Row = Vec<(u32, u64)>;

/// One row for every label: a group minus the shown ones within it is as good as the group.
fn rows(blocks: &[(Vec<u32>, u32)], place: &[u32]) -> Vec<Row> {
    let mut rows: BTreeMap<(usize, u32), Row> = BTreeMap::new();
    for ((labels, _), column) in blocks.iter().zip(place) {
        for (family, label) in labels.iter().enumerate().filter(|(_, label)| **label != 0) {
            rows.entry((family, *label)).or_default().push((*column, 1));
        }
    }
    let mut rows: Vec<Row> = rows.into_values().collect();
    for row in &mut rows {
        row.sort_unstable();
    }
    rows.sort_by_key(Vec::len);
    rows
}

/// Rows in echelon form: each begins where no other does.
#[derive(Default)]
struct Elimination {
    rows: HashMap<u32, Row>,
}

impl Elimination {
    fn add(&mut self, mut row: Row) {
        while let Some((column, value)) = row.first().copied() {
            let Some(pivot) = self.rows.get(&column) else {
                let inverse = power(value, PRIME - 2);
                for (_, value) in &mut row {
                    *value = *value * inverse % PRIME;
                }
                self.rows.insert(column, row);
                return;
            };
            row = minus(&row, pivot, value);
        }
    }

    /// The rows that begin at `first` or later, each cleared of the others' beginnings.
    fn reduced(&self, first: usize) -> Vec<Row> {
        let mut columns: Vec<u32> = self.rows.keys().copied().filter(|column| *column as usize >= first).collect();
        columns.sort_unstable_by(|one, other| other.cmp(one));
        let mut done: BTreeMap<u32, Row> = BTreeMap::new();
        for column in columns {
            let mut row = self.rows[&column].clone();
            let mut index = 1;
            while let Some((next, value)) = row.get(index).copied() {
                match done.get(&next) {
                    Some(pivot) => row = minus(&row, pivot, value),
                    None => index += 1,
                }
            }
            done.insert(column, row);
        }
        done.into_values().collect()
    }
}

/// `row` − `factor` × `pivot`.
fn minus(row: &Row, pivot: &Row, factor: u64) -> Row {
    let mut result = Row::with_capacity(row.len() + pivot.len());
    let (mut ours, mut theirs) = (row.iter().peekable(), pivot.iter().peekable());
    loop {
        let column = match (ours.peek(), theirs.peek()) {
            (Some((one, _)), Some((other, _))) => *one.min(other),
            (Some((column, _)), None) | (None, Some((column, _))) => *column,
            (None, None) => return result,
        };
        let own = ours.next_if(|(at, _)| *at == column).map_or(0, |(_, value)| *value);
        let other = theirs.next_if(|(at, _)| *at == column).map_or(0, |(_, value)| *value);
        let value = (own + (PRIME - factor) * other) % PRIME;
        if value != 0 {
            result.push((column, value));
        }
    }
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}

/// Subtracts, in the file itself, from every group what is shown within it.
#[must_use]
pub fn inspect(publication: &Publication) -> Report {
    let mut counts: HashMap<(&str, &str), &[u32]> = HashMap::new();
    for table in &publication.tables {
        if let Some(shown) = &table.counts {
            counts.insert((&table.question, &table.group), shown);
        }
    }
    let within = nested(publication);
    let mut report = Report::default();
    for question in &publication.questions {
        let base = if question.k > publication.k { 3 } else { 2 };
        for (group, inner) in &within {
            let Some(all) = counts.get(&(question.id.as_str(), *group)) else { continue };
            let mut rest: Vec<i64> = all.iter().map(|count| i64::from(*count)).collect();
            for shown in inner.iter().filter_map(|inner| counts.get(&(question.id.as_str(), *inner))) {
                rest.iter_mut().zip(*shown).for_each(|(rest, count)| *rest -= i64::from(*count));
            }
            report.remainders += 1;
            let bad = |count: &i64| *count < 0 || (1..base).contains(count);
            report.faulty += u32::from(rest.iter().any(bad));
        }
    }
    report
}

/// For every shown group the shown ones right within it: the same audience, breakdown and value, the next places down.
fn nested(publication: &Publication) -> BTreeMap<&str, Vec<&str>> {
    let key = |group: &Group, depth: usize| {
        (group.audience.clone(), group.breakdown.clone(), group.value.clone(), group.unit[..depth].to_vec())
    };
    let shown = || publication.groups.iter().filter(|group| group.base.is_some());
    let known: HashMap<_, &str> = shown().map(|group| (key(group, group.unit.len()), group.id.as_str())).collect();
    let mut nested: BTreeMap<&str, Vec<&str>> = shown().map(|group| (group.id.as_str(), Vec::new())).collect();
    for group in shown() {
        let above = (0..group.unit.len()).rev().find_map(|depth| known.get(&key(group, depth)));
        if let Some(inner) = above.and_then(|above| nested.get_mut(above)) {
            inner.push(&group.id);
        }
    }
    nested
}
