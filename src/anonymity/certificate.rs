//! The proof that no combination of published figures weighs fewer than *k* respondents.
//!
//! Adding and subtracting published figures gives every respondent a weight. It depends only on the labels that the
//! respondent carries, one in each family: the deepest published group that holds it, or none. Where at least *k*
//! disjoint pairs of respondents differ only in two labels of one family, a combination that weighs those two labels
//! differently weighs somebody in every pair, so at least *k* people. A combination that weighs fewer must therefore
//! weigh the two alike, and they may be taken as one. When nothing more can be joined, everybody in a block of equal
//! labels has one weight in such a combination: if every block holds *k* or more, it weighs nobody.

/// Beyond this many labels beside each other only neighbours are compared: fewer joins, so never a wrong proof.
const MANY: usize = 64;

/// What was proven.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
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
/// Everybody's labels in blocks that are too small to prove it; all of them where there are more families than a key has
/// room for (some twenty in a municipality), so that nothing is shown unproven.
pub fn certify(labels: &[Vec<u32>], k: u32) -> Result<Certificate, Vec<Failing>> {
    let Some(keys) = Keys::new(labels) else {
        return Err((0..labels[0].len()).map(|member| labels.iter().map(|family| family[member]).collect()).collect());
    };
    let blocks = Blocks::new(&keys, labels);
    blocks.certify(&keys, k)
}

/// The labels of one respondent in few bits, so that a million of them are sorted and compared quickly.
type Key = [u128; 2];

/// Where each family stands in a key.
struct Keys {
    /// Family → word, shift and mask.
    fields: Vec<(usize, u32, u128)>,
}

impl Keys {
    fn new(labels: &[Vec<u32>]) -> Option<Self> {
        let (mut fields, mut word, mut shift) = (Vec::new(), 0, 0);
        for family in labels {
            let bits = u32::BITS - family.iter().max().copied().unwrap_or_default().leading_zeros();
            if shift + bits > u128::BITS {
                (word, shift) = (word + 1, 0);
            }
            fields.push((word, shift.min(u128::BITS - 1), (1 << bits) - 1));
            shift += bits;
        }
        (word < Key::default().len()).then_some(Self { fields })
    }

    fn get(&self, key: &Key, family: usize) -> u32 {
        let (word, shift, mask) = self.fields[family];
        u32::try_from(key[word] >> shift & mask).unwrap_or(u32::MAX)
    }

    fn set(&self, key: &mut Key, family: usize, label: u32) {
        let (word, shift, mask) = self.fields[family];
        key[word] = key[word] & !(mask << shift) | u128::from(label) << shift;
    }

    fn tuple(&self, key: &Key) -> Failing {
        (0..self.fields.len()).map(|family| self.get(key, family)).collect()
    }
}

/// Respondents with the same labels, taken together.
struct Blocks {
    /// Labels as they were at first, each tuple once, and as they are after joining.
    labels: Vec<(Key, Key)>,
    /// Labels after joining, each tuple once, with how many carry it.
    tuples: Vec<(Key, u32)>,
    /// Family → label → the label that it was joined to.
    joined: Vec<Vec<u32>>,
    joins: u32,
}

impl Blocks {
    fn new(keys: &Keys, labels: &[Vec<u32>]) -> Self {
        let members = labels.first().map_or(0, Vec::len);
        let mut tuples = vec![(Key::default(), 1); members];
        for (family, labels) in labels.iter().enumerate() {
            tuples.iter_mut().zip(labels).for_each(|((key, _), label)| keys.set(key, family, *label));
        }
        together(&mut tuples);
        let all = |labels: &Vec<u32>| (0..=labels.iter().max().copied().unwrap_or_default()).collect();
        Self {
            labels: tuples.iter().map(|(key, _)| (*key, *key)).collect(),
            tuples,
            joined: labels.iter().map(all).collect(),
            joins: 0,
        }
    }

    fn certify(mut self, keys: &Keys, k: u32) -> Result<Certificate, Vec<Failing>> {
        // Not `any`: a family that was joined opens others at once.
        while (0..self.joined.len()).any(|family| self.join(keys, family, k)) {}
        let small = |joined: &Key| {
            let index = self.tuples.binary_search_by_key(joined, |(key, _)| *key);
            index.is_ok_and(|index| self.tuples[index].1 < k)
        };
        let failing = self.labels.iter().filter(|(_, joined)| small(joined));
        let failing: Vec<Failing> = failing.map(|(first, _)| keys.tuple(first)).collect();
        if !failing.is_empty() {
            return Err(failing);
        }
        Ok(Certificate {
            k,
            respondents: self.tuples.iter().map(|(_, count)| count).sum(),
            blocks: u32::try_from(self.tuples.len()).unwrap_or(u32::MAX),
            smallest: self.tuples.iter().map(|(_, count)| *count).min().unwrap_or(0),
            joined: self.joins,
        })
    }

    fn representative(&self, family: usize, mut label: u32) -> u32 {
        while self.joined[family][label as usize] != label {
            label = self.joined[family][label as usize];
        }
        label
    }

    /// Joins all labels of one family that `k` pairs speak for; whether there were any.
    fn join(&mut self, keys: &Keys, family: usize, k: u32) -> bool {
        let before = self.joins;
        for ((one, other), _) in self.pairs(keys, family).into_iter().filter(|(_, count)| *count >= k) {
            let (one, other) = (self.representative(family, one), self.representative(family, other));
            if one != other {
                self.joined[family][one.max(other) as usize] = one.min(other);
                self.joins += 1;
            }
        }
        if self.joins == before {
            return false;
        }
        let joined: Vec<u32> =
            (0u32..).take(self.joined[family].len()).map(|label| self.representative(family, label)).collect();
        let all = self.labels.iter_mut().map(|(_, key)| key).chain(self.tuples.iter_mut().map(|(key, _)| key));
        all.for_each(|key| keys.set(key, family, joined[keys.get(key, family) as usize]));
        self.joined[family] = joined;
        together(&mut self.tuples);
        true
    }

    /// For two labels of a family, how many disjoint pairs of respondents differ in nothing else.
    fn pairs(&self, keys: &Keys, family: usize) -> Vec<((u32, u32), u32)> {
        let apart = |(key, count): &(Key, u32)| {
            let mut others = *key;
            keys.set(&mut others, family, 0);
            (others, keys.get(key, family), *count)
        };
        let mut beside: Vec<(Key, u32, u32)> = self.tuples.iter().map(apart).collect();
        beside.sort_unstable();
        let mut pairs = Vec::new();
        for labels in beside.chunk_by(|one, other| one.0 == other.0) {
            let reach = if labels.len() > MANY { 1 } else { labels.len() };
            for (index, (_, one, count)) in labels.iter().enumerate() {
                for (_, other, others) in labels[index + 1..].iter().take(reach) {
                    pairs.push(((*one, *other), (*count).min(*others)));
                }
            }
        }
        together(&mut pairs);
        pairs
    }
}

/// Sorted, each once, with all its counts summed up.
fn together<T: Ord + Copy>(counted: &mut Vec<(T, u32)>) {
    counted.sort_unstable();
    counted.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
}
