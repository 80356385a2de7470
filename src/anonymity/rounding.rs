//! A small, secret disturbance of the answers to one question, before anything is counted.
//!
//! Every figure is later counted from the disturbed answers, so tables add up, across all families of groups, and every viewer
//! sees the same. After it no option has a count of 1 (of 1 or 2 where the base is 3) in any group that is shown, and in
//! what is left beside the shown ones.
//!
//! **Why nothing can be certain.** First chance moves a few answers: in every atom of the tree a number of answers
//! that has no upper bound, each to what somebody else chose or to any option. So from *any* true answers *any* disturbed ones can come about, and with
//! them any published figures; whoever knows the method, the figures and who answered, but not the seed, finds
//! another truth possible for every respondent and every group. Then small counts are removed, up or down by chance, so that
//! means are not pulled one way.

use rand::RngExt as _;
use rand::rngs::ChaCha20Rng;

/// Not asked: such a member takes no part.
pub const NOT_ASKED: u8 = u8::MAX;

/// That another answer is moved, after none, one, two, …: half an answer for each atom on average.
const MOVE: f64 = 1.0 / 3.0;

/// That a moved answer becomes any other.
const ANY: f64 = 0.1;

/// Members tried when a large group lacks one answer.
const TRIED: usize = 12;

/// Disturbs the answers to one question.
///
/// `labels` say for every family which atom a member is in (family → member → label; the tree first), `answers` is each member's
/// option (under `options`, or [`NOT_ASKED`]), `base` is the smallest count above 0 that may stay.
pub fn disturb(labels: &[Vec<u32>], answers: &mut [u8], options: u8, base: u32, chance: &mut ChaCha20Rng) {
    let asked: Vec<u32> =
        (0u32..).zip(answers.iter()).filter(|(_, answer)| **answer != NOT_ASKED).map(|(member, _)| member).collect();
    // Fewer than this cannot have a count that may stay, and are in no group that is shown.
    if asked.len() < base as usize || options < 2 {
        return;
    }
    let mut counts = Counts::new(labels, &asked, answers, options, base);
    counts.move_some(chance);
    counts.remove_small(chance);
}

/// How often each option was chosen in each atom, kept while answers move.
struct Counts<'a> {
    labels: Vec<Vec<u32>>,
    /// Family → its atoms.
    atoms: Vec<Atoms>,
    /// Family → atom × option → count.
    chosen: Vec<Vec<u32>>,
    answers: &'a mut [u8],
    asked: &'a [u32],
    options: u8,
    base: u32,
    small: Vec<(usize, u32, u8)>,
}

impl<'a> Counts<'a> {
    fn new(labels: &[Vec<u32>], asked: &'a [u32], answers: &'a mut [u8], options: u8, base: u32) -> Self {
        let mut counts = Self {
            labels: Vec::new(),
            atoms: Vec::new(),
            chosen: Vec::new(),
            answers,
            asked,
            options,
            base,
            small: Vec::new(),
        };
        for family in labels {
            let (dense, atoms) = dense(family, asked);
            let mut sums = vec![0; atoms * usize::from(options)];
            for member in asked {
                sums[counts.cell(dense[*member as usize], counts.answer(*member))] += 1;
            }
            counts.atoms.push(Atoms::new(&dense, atoms, asked));
            counts.labels.push(dense);
            counts.chosen.push(sums);
        }
        counts
    }

    fn atom(&self, family: usize, member: u32) -> u32 {
        self.labels[family][member as usize]
    }

    fn answer(&self, member: u32) -> u8 {
        self.answers[member as usize]
    }

    const fn cell(&self, atom: u32, option: u8) -> usize {
        atom as usize * self.options as usize + option as usize
    }

    const fn is_small(&self, count: u32) -> bool {
        count > 0 && count < self.base
    }

    /// In an atom of fewer than the base every count is small, whatever they answer. A plan has none; were there one, the
    /// gate would find it.
    fn can_change(&self, family: usize, atom: u32) -> bool {
        self.atoms[family].of(atom).len() >= self.base as usize
    }

    /// In every atom of the tree: none, one, two, … answers become something else.
    fn move_some(&mut self, chance: &mut ChaCha20Rng) {
        for atom in self.atoms.first().map_or(0..0, Atoms::all) {
            while chance.random_bool(MOVE) {
                let members = self.atoms[0].of(atom);
                let member = members[chance.random_range(0..members.len())];
                let to = self.another(member, chance);
                self.change(member, to);
            }
        }
    }

    /// Mostly what somebody else has chosen, so that what is rare stays rare and every sum what it was on average; now and
    /// then any other option, so that everything can come about.
    fn another(&self, member: u32, chance: &mut ChaCha20Rng) -> u8 {
        if !chance.random_bool(ANY) {
            return self.answer(self.asked[chance.random_range(0..self.asked.len())]);
        }
        let own = self.answer(member);
        let other = chance.random_range(0..self.options - 1);
        if other >= own { other + 1 } else { other }
    }

    fn change(&mut self, member: u32, to: u8) {
        let from = self.answer(member);
        if from == to {
            return;
        }
        for family in 0..self.labels.len() {
            let atom = self.atom(family, member);
            let (less, more) = (self.cell(atom, from), self.cell(atom, to));
            self.chosen[family][less] -= 1;
            self.chosen[family][more] += 1;
            self.small.push((family, atom, from));
            self.small.push((family, atom, to));
        }
        self.answers[member as usize] = to;
    }

    /// Changes answers until no small count is left.
    fn remove_small(&mut self, chance: &mut ChaCha20Rng) {
        self.small = self.all_small();
        // Far more than is ever needed; what is left then goes the sure way.
        let mut steps = 100 * self.small.len() + 1000;
        while let Some((family, atom, option)) = self.next_small(chance) {
            steps = steps.saturating_sub(1);
            if steps == 0 {
                return self.level();
            }
            let (member, to) = self.remedy(family, atom, option, chance);
            self.change(member, to);
        }
    }

    fn all_small(&self) -> Vec<(usize, u32, u8)> {
        let mut small = Vec::new();
        for (family, counts) in self.chosen.iter().enumerate() {
            for (atom, options) in (0u32..).zip(counts.chunks(usize::from(self.options))) {
                let here = (0u8..).zip(options).filter(|(_, count)| self.is_small(**count));
                small.extend(here.filter(|_| self.can_change(family, atom)).map(|(option, _)| (family, atom, option)));
            }
        }
        small
    }

    /// One that still is small, by chance; settled ones are passed over.
    fn next_small(&mut self, chance: &mut ChaCha20Rng) -> Option<(usize, u32, u8)> {
        while !self.small.is_empty() {
            let index = chance.random_range(0..self.small.len());
            let (family, atom, option) = self.small.swap_remove(index);
            if self.can_change(family, atom) && self.is_small(self.chosen[family][self.cell(atom, option)]) {
                return Some((family, atom, option));
            }
        }
        None
    }

    /// One answer to change so that a small count goes towards 0 or towards the base, whichever chance says; of several
    /// that would do, one that leaves the fewest small counts elsewhere.
    fn remedy(&self, family: usize, atom: u32, option: u8, chance: &mut ChaCha20Rng) -> (u32, u8) {
        let count = self.chosen[family][self.cell(atom, option)];
        let members = self.atoms[family].of(atom);
        // A walk with even odds: the expected count stays what it was.
        let up = members.len() > count as usize && chance.random_bool(0.5);
        let (own, others): (Vec<u32>, Vec<u32>) = members.iter().partition(|member| self.answer(**member) == option);
        let candidates: Vec<(u32, u8)> = if up {
            sample(&others, chance).map(|member| (member, option)).collect()
        } else {
            let member = own[chance.random_range(0..own.len())];
            (0..self.options).filter(|to| *to != option).map(|to| (member, to)).collect()
        };
        // Now and then any of them, so that no search goes in circles.
        let any = candidates[chance.random_range(0..candidates.len())];
        if chance.random_bool(0.05) {
            return any;
        }
        let ranked =
            candidates.iter().map(|(member, to)| (self.harm(*member, *to), chance.random::<u32>(), *member, *to));
        ranked.min().map_or(any, |(_, _, member, to)| (member, to))
    }

    /// How many more small counts there are after a change.
    fn harm(&self, member: u32, to: u8) -> i32 {
        let from = self.answer(member);
        let small = |count: u32| i32::from(self.is_small(count));
        (0..self.labels.len())
            .map(|family| {
                let atom = self.atom(family, member);
                let less = self.chosen[family][self.cell(atom, from)];
                let more = self.chosen[family][self.cell(atom, to)];
                small(less - 1) - small(less) + small(more + 1) - small(more)
            })
            .sum()
    }

    /// The sure way: whole atoms give the commonest answer, until nothing small is left. It ends, since answers only
    /// ever move to that one.
    fn level(&mut self) {
        let mut sums = vec![0u32; usize::from(self.options)];
        self.asked.iter().for_each(|member| sums[usize::from(self.answer(*member))] += 1);
        let common = (0u8..).zip(&sums).max_by_key(|(_, sum)| **sum).map_or(0, |(option, _)| option);
        while let Some((family, atom, _)) = self.all_small().first().copied() {
            for member in self.atoms[family].of(atom).to_vec() {
                self.change(member, common);
            }
        }
    }
}

/// Atoms numbered from 0, in the order of their labels; members that were not asked have none. Also how many there are.
fn dense(family: &[u32], asked: &[u32]) -> (Vec<u32>, usize) {
    let label = |member: &u32| family[*member as usize] as usize;
    let mut numbers = vec![u32::MAX; asked.iter().map(label).max().map_or(0, |label| label + 1)];
    for member in asked {
        numbers[label(member)] = 0;
    }
    let mut atoms = 0;
    for number in numbers.iter_mut().filter(|number| **number == 0) {
        *number = atoms;
        atoms += 1;
    }
    let mut dense = vec![u32::MAX; family.len()];
    for member in asked {
        dense[*member as usize] = numbers[label(member)];
    }
    (dense, atoms as usize)
}

/// The members of each atom, one atom after the other.
struct Atoms {
    starts: Vec<u32>,
    members: Vec<u32>,
}

impl Atoms {
    fn new(dense: &[u32], atoms: usize, asked: &[u32]) -> Self {
        let mut starts = vec![0; atoms + 1];
        for member in asked {
            starts[dense[*member as usize] as usize + 1] += 1;
        }
        (1..starts.len()).for_each(|atom| starts[atom] += starts[atom - 1]);
        let (mut next, mut members) = (starts.clone(), vec![0; asked.len()]);
        for member in asked {
            let next = &mut next[dense[*member as usize] as usize];
            members[*next as usize] = *member;
            *next += 1;
        }
        Self { starts, members }
    }

    fn of(&self, atom: u32) -> &[u32] {
        let atom = atom as usize;
        &self.members[self.starts[atom] as usize..self.starts[atom + 1] as usize]
    }

    fn all(&self) -> std::ops::Range<u32> {
        0..u32::try_from(self.starts.len() - 1).unwrap_or(u32::MAX)
    }
}

/// All of a few, or some of many.
fn sample(members: &[u32], chance: &mut ChaCha20Rng) -> impl Iterator<Item = u32> {
    let start = chance.random_range(0..members.len());
    let step = (members.len() / TRIED).max(1);
    (0..members.len().min(TRIED)).map(move |index| members[(start + index * step) % members.len()])
}

#[cfg(test)]
#[path = "rounding_tests.rs"]
mod tests;
