//! Before launch: what will be hidden whatever is answered, and which small units would best be reported together.

use super::labels::Members;
use super::plan::{Plan, TREE, Terms};
use super::tree::{Tree, WHOLE};

/// A share of answers that few surveys stay under, in percent: units that are too small then are called doubtful.
pub const FEW_ANSWER: u32 = 60;

/// What the register says about the results to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foresight {
    /// By level, from the areas down.
    pub levels: Vec<Level>,
    /// By breakdown and level, from the whole down. Those that rest on answers are not among them.
    pub breakdowns: Vec<Division>,
    /// Pairs of small neighbours, the one that helps most people first.
    pub merges: Vec<Merge>,
}

/// The places of one level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// All of them.
    pub places: u32,
    /// Without a report of their own even if everybody answers.
    pub hidden: u32,
    /// Large enough only if more answer than [`FEW_ANSWER`] percent.
    pub doubtful: u32,
}

/// The groups of one breakdown at the shown places of one level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// The breakdown's id.
    pub breakdown: String,
    /// 0 the whole, 1 areas, 2 services, 3 units.
    pub level: usize,
    /// Groups that have anybody in them.
    pub groups: u32,
    /// Those of them that are hidden even if everybody answers.
    pub hidden: u32,
}

/// Two places that would have a report together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Names from the area down to the place that both belong to.
    pub within: Vec<String>,
    /// Their names, the smaller first.
    pub places: [String; 2],
    /// How many people work in each.
    pub people: [u32; 2],
    /// How many of them would be in no report of their own otherwise.
    pub helped: u32,
}

/// Looks ahead from the register alone: `members` are those who will be invited, `breakdowns` the id of each family but the
/// tree and how many values it has.
#[must_use]
pub fn foresee(tree: &Tree, members: &Members, breakdowns: &[(String, usize)], k: u32) -> Foresight {
    let values: Vec<usize> = std::iter::once(1).chain(breakdowns.iter().map(|(_, values)| *values)).collect();
    let spare = vec![0; values.len()];
    let terms =
        Terms { tree, members, values: &values, k, spare: &spare, deepest: usize::MAX, within: &[], earlier: &[] };
    let plan = Plan::of(&terms);
    let size = |place: usize| *plan.sizes[TREE].get(place, 1);
    let needed = (k * 100).div_ceil(FEW_ANSWER);
    let mut levels: Vec<Level> = Vec::new();
    for (index, place) in tree.places().iter().enumerate().skip(1).filter(|(index, _)| size(*index) > 0) {
        if levels.len() < place.level {
            levels.resize(place.level, Level::default());
        }
        let level = &mut levels[place.level - 1];
        level.places += 1;
        level.hidden += u32::from(!plan.shows_place(index));
        level.doubtful += u32::from(plan.shows_place(index) && size(index) < needed);
    }
    let breakdowns = breakdowns.iter().enumerate().flat_map(|(index, (id, _))| divisions(tree, &plan, index + 1, id));
    let breakdowns = breakdowns.filter(|division| division.groups > 0);
    Foresight { levels, breakdowns: breakdowns.collect(), merges: merges(tree, &plan, needed) }
}

fn divisions(tree: &Tree, plan: &Plan, family: usize, id: &str) -> Vec<Division> {
    let mut levels: Vec<Division> = Vec::new();
    for (place, level) in tree.places().iter().map(|place| place.level).enumerate() {
        while levels.len() <= level {
            levels.push(Division { breakdown: id.to_owned(), level: levels.len(), groups: 0, hidden: 0 });
        }
        for value in (1..=plan.shown[family].values()).filter(|_| plan.shows_place(place)) {
            if *plan.sizes[family].get(place, value) > 0 {
                levels[level].groups += 1;
                levels[level].hidden += u32::from(!*plan.shown[family].get(place, value));
            }
        }
    }
    levels
}

/// Within each place: the hidden ones with the smallest neighbour that makes them large enough.
fn merges(tree: &Tree, plan: &Plan, needed: u32) -> Vec<Merge> {
    let size = |place: usize| *plan.sizes[TREE].get(place, 1);
    let mut merges = Vec::new();
    for parent in 0..tree.len() {
        let mut children: Vec<usize> =
            tree.place(parent).children.iter().copied().filter(|child| size(*child) > 0).collect();
        children.sort_by_key(|child| (size(*child), *child));
        while let Some(small) = children.first().copied().filter(|small| !plan.shows_place(*small)) {
            children.remove(0);
            let Some(index) = children.iter().position(|other| size(small) + size(*other) >= needed) else { break };
            let other = children.remove(index);
            let hidden = |place: usize| if plan.shows_place(place) { 0 } else { size(place) };
            merges.push(Merge {
                within: if parent == WHOLE { Vec::new() } else { tree.path(parent) },
                places: [small, other].map(|place| tree.place(place).name.clone()),
                people: [small, other].map(size),
                helped: hidden(small) + hidden(other),
            });
        }
    }
    merges.sort_by(|one, other| other.helped.cmp(&one.helped).then_with(|| one.within.cmp(&other.within)));
    merges
}

#[cfg(test)]
mod tests {
    use super::super::tree::Node;
    use super::*;

    /// One area with units of these sizes.
    fn seen(sizes: &[u32]) -> Foresight {
        let unit = |index: usize| Node { id: format!("u{index}"), parent: Some("a".into()), name: format!("U{index}") };
        let area = Node { id: "a".into(), parent: None, name: "A".into() };
        let tree = Tree::new(std::iter::once(area).chain((0..sizes.len()).map(unit)));
        let places = (2u32..).zip(sizes).flat_map(|(place, size)| std::iter::repeat_n(place, *size as usize)).collect();
        let members = Members { places, values: vec![vec![1; sizes.iter().sum::<u32>() as usize]] };
        foresee(&tree, &members, &[], 5)
    }

    #[test]
    fn small_units_are_hidden_and_take_one_with_them() {
        let foresight = seen(&[3, 6, 20]);
        assert_eq!(foresight.levels[1], Level { places: 3, hidden: 2, doubtful: 0 });
        assert_eq!(foresight.merges.len(), 1);
        assert_eq!((foresight.merges[0].people, foresight.merges[0].helped), ([3, 6], 9));
    }

    #[test]
    fn what_is_large_enough_needs_no_merge() {
        let foresight = seen(&[7, 20]);
        assert_eq!(foresight.levels[1], Level { places: 2, hidden: 0, doubtful: 1 });
        assert!(foresight.merges.is_empty());
    }
}
