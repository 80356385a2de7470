//! How much is left to be read, and how far it is from the truth: the figures that `docs/anonymity.md` tells.

use std::collections::{BTreeMap, HashMap};

use medvirk::anonymity::rounding::NOT_ASKED;
use medvirk::anonymity::tree::WHOLE;
use medvirk::anonymity::variable::Counting;

use crate::published::Published;

const LEVELS: [&str; 4] = ["whole", "area", "service", "unit"];

#[test]
fn nearly_every_unit_gets_its_own_report() {
    let Published { municipality, world, last, .. } = Published::one();
    let mut people = HashMap::<usize, u32>::new();
    for place in &world.places {
        *people.entry(*place as usize).or_default() += 1;
    }
    let large = people.values().filter(|n| **n >= 5).count();
    let mut shown = BTreeMap::<(&str, &str, usize), [usize; 2]>::new();
    for group in &last.groups {
        let breakdown = group.breakdown.as_deref().unwrap_or("-");
        shown.entry((&group.audience, breakdown, group.unit.len())).or_default()[usize::from(group.base.is_some())] +=
            1;
    }
    for ((audience, breakdown, level), [hidden, shown]) in &shown {
        eprintln!("{audience} by {breakdown}, {}: {shown} shown, {hidden} hidden", LEVELS[*level]);
    }
    let units = shown[&("everybody", "-", 3)][1];
    eprintln!("{units} of {large} units with 5 or more have their own report, of {} units", municipality.tree.len());
    assert!(units * 10 >= large * 9, "{units} of {large}");
}

/// Of every count in a published table, as a share of the group: how far it is from the true one.
#[test]
fn figures_are_near_the_truth() {
    let Published { municipality, world, last, .. } = Published::one();
    let mut errors = BTreeMap::<(bool, usize), (f64, f64, u32)>::new();
    for (index, variable) in world.variables.iter().enumerate().filter(|(_, v)| v.counting == Counting::One) {
        let options = usize::from(variable.categories());
        let mut truth = vec![vec![0u32; options]; municipality.tree.len()];
        for (member, category) in world.columns[index].category.iter().enumerate().filter(|(_, c)| **c != NOT_ASKED) {
            for place in municipality.tree.upwards(world.places[member] as usize) {
                truth[place][usize::from(*category)] += 1;
            }
        }
        let groups: HashMap<&str, _> = last.groups.iter().map(|group| (group.id.as_str(), group)).collect();
        // Of routed questions there are few answers, some of them by people whom chance has led there.
        let routed = last.questions.iter().any(|q| q.id == variable.key && q.population.starts_with("asked"));
        for table in last.tables.iter().filter(|table| table.question == variable.key) {
            let group = groups[table.group.as_str()];
            let (Some(counts), None) = (&table.counts, &group.breakdown) else { continue };
            let truth = &truth[municipality.tree.find(&group.place).unwrap_or(WHOLE)];
            let share = |counts: &[u32], option: usize| {
                100.0 * f64::from(counts[option]) / f64::from(counts.iter().sum::<u32>().max(1))
            };
            for option in 0..options {
                let error = (share(counts, option) - share(truth, option)).abs();
                let (sum, most, count) = errors.entry((routed, group.unit.len())).or_default();
                (*sum, *most, *count) = (*sum + error, most.max(error), *count + 1);
            }
        }
    }
    let mean = |routed: bool, level: usize| errors[&(routed, level)].0 / f64::from(errors[&(routed, level)].2);
    for ((routed, level), (_, most, _)) in &errors {
        let (whom, name) = (if *routed { "some" } else { "everybody" }, LEVELS[*level]);
        eprintln!("{whom}, {name}: {:.2} percentage points off on average, {most:.1} at most", mean(*routed, *level));
    }
    assert!(mean(false, 0) < 0.5 && mean(false, 1) < 1.5 && mean(false, 2) < 3.0 && mean(false, 3) < 8.0);
    assert!(mean(true, 0) < 3.0);
}

#[test]
fn few_answers_are_moved() {
    let Published { world, edition, .. } = Published::one();
    let (mut moved, mut all) = (0u32, 0u32);
    for (index, variable) in world.variables.iter().enumerate() {
        let columns = world.columns[index].category.iter().zip(&edition.world.columns[index].category);
        let asked = columns.filter(|(truth, after)| **truth != NOT_ASKED && **after != NOT_ASKED);
        let (before, changed) =
            asked.fold((all, moved), |(a, m), (truth, after)| (a + 1, m + u32::from(truth != after)));
        let (own, of) = (changed - moved, before - all);
        eprintln!("{}: {own} of {of} moved", variable.key);
        (all, moved) = (before, changed);
    }
    let share = 100.0 * f64::from(moved) / f64::from(all);
    eprintln!("{share:.1} % of {all} answers moved");
    assert!(share < 25.0, "{share}");
}

/// The disturbance decides who is counted in a routed question; it hardly ever leaves fewer than *k* who were truly asked.
#[test]
fn groups_of_routed_questions_hold_enough_who_were_truly_asked() {
    let Published { municipality, world, last, .. } = Published::one();
    let (mut groups, mut short) = (0, 0);
    for question in last.questions.iter().filter(|question| question.population.starts_with("asked-")) {
        let column = &world.columns[world.variable(&question.id).unwrap()];
        let mut truth = HashMap::<(usize, usize, u16), u32>::new();
        for (family, declared) in municipality.families.iter().enumerate() {
            let values = match &declared.breakdown {
                None => vec![1; world.len()],
                Some(breakdown) => world.values(breakdown, &declared.values, &world.columns),
            };
            for member in (0..world.len()).filter(|member| column.category[*member] != NOT_ASKED) {
                for place in municipality.tree.upwards(world.places[member] as usize) {
                    *truth.entry((family, place, values[member])).or_default() += 1;
                }
            }
        }
        for group in last.groups.iter().filter(|group| group.audience == question.population && group.base.is_some()) {
            let family = municipality.families.iter().position(|f| f.id() == group.breakdown.as_deref()).unwrap();
            let value = group
                .value
                .as_ref()
                .map_or(0, |v| municipality.families[family].values.iter().position(|x| x == v).unwrap());
            let key =
                (family, municipality.tree.find(&group.place).unwrap_or(WHOLE), u16::try_from(value + 1).unwrap());
            groups += 1;
            short += u32::from(truth.get(&key).is_none_or(|asked| *asked < question.k));
        }
    }
    eprintln!("{groups} shown groups of routed questions, {short} with fewer than k truly asked");
    assert!(short * 200 <= groups, "{short} of {groups}");
}
