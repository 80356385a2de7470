//! The exact attacker on tiny surveys: it tries every truth.
//!
//! It knows the whole method, who answered, everybody's unit and age, and all that was published; it lacks the seed and the
//! answers. For every truth the real publication is made under many seeds, and for every publication that came about it
//! is noted which truths can have made it. Against each publication nobody's answer may be the same in all those truths,
//! and no group under *k* may have one distribution in all of them.
//!
//! Seeds are finite, so some truths that can make a publication are not met, never the other way round: the attacker rules out more than
//! it really could. A pass is therefore safe. Publications so rare that too few truths have made them yet are made again
//! under further seeds. What stays rare beyond that is left undecided, and counted: that it has further makers is what
//! `rounding` argues; a publication that comes about often and always tells the same is a leak.
//!
//! Respondents who are alike in unit, age and edition are exchangeable: a publication depends on how many of them gave
//! which answers alone. So truths are counted as such histograms, and each stands for all ways to deal it out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use medvirk::anonymity::edition::Making;
use medvirk::anonymity::family::{Family, families};
use medvirk::anonymity::labels::Members;
use medvirk::anonymity::publish::{Invited, unchecked};
use medvirk::anonymity::tree::{Node, Tree};
use medvirk::anonymity::world::{Response, World};
use medvirk::definition::load;
use medvirk::definition::model::{Answer, Answers, Attributes, Definition};

use crate::longer;

/// A publication made this often has met all its likely makers.
const OFTEN: u32 = 40;

/// People who are alike: their unit, their age, the edition they first appear in.
struct Alike {
    people: usize,
    unit: usize,
    age: &'static str,
    edition: usize,
}

struct Tiny {
    definition: Definition,
    tree: Tree,
    families: Vec<Family>,
    cells: Vec<Alike>,
    /// What one person may answer altogether.
    states: Vec<Answers>,
    k: usize,
}

/// For each cell how many gave which answers.
type Truth = Vec<Vec<usize>>;

impl Tiny {
    fn new(questions: &str, cells: Vec<Alike>, states: Vec<Answers>, k: usize) -> Self {
        let definition = load(format!("{HEAD}{questions}").as_bytes()).unwrap();
        let node =
            |id: &str, parent: Option<&str>| Node { id: id.into(), parent: parent.map(Into::into), name: id.into() };
        let tree = Tree::new([node("area", None), node("one", Some("area")), node("other", Some("area"))]);
        let ages = cells.iter().map(|cell| cell.age.to_owned()).collect::<BTreeSet<_>>();
        let mut families = families(&definition, |_| ages.clone());
        // Where all are of one age there is nothing to break down.
        families.truncate(if ages.len() > 1 { 2 } else { 1 });
        Self { definition, tree, families, cells, states, k }
    }

    fn truths(&self) -> Vec<Truth> {
        let mut truths: Vec<Truth> = vec![Vec::new()];
        for cell in &self.cells {
            let all = histograms(cell.people, self.states.len());
            truths = truths
                .iter()
                .flat_map(|truth| all.iter().map(|more| [truth.as_slice(), std::slice::from_ref(more)].concat()))
                .collect();
        }
        truths
    }

    fn editions(&self) -> usize {
        self.cells.iter().map(|cell| cell.edition).max().unwrap()
    }

    /// Everything that is ever published about a truth.
    fn publish(&self, truth: &Truth, seed: u64) -> String {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_be_bytes());
        let wave = |edition: usize| {
            let cells = self.cells.iter().zip(truth).filter(move |(cell, _)| cell.edition == edition);
            cells.flat_map(|(cell, counts)| self.responses(cell, counts)).collect::<Vec<_>>()
        };
        let mut published = String::new();
        for last in 1..=self.editions() {
            let world = World::new(&self.definition, (1..=last).map(wave));
            let families = &self.families;
            let making =
                Making { tree: &self.tree, world: &world, families, seed: &key, last: last == self.editions() };
            let document = unchecked(&making, &self.invited());
            // Who took part is known to this attacker.
            published += &serde_json::to_string(&(document.groups, document.tables)).unwrap();
        }
        published
    }

    fn responses(&self, cell: &Alike, counts: &[usize]) -> Vec<Response> {
        let attributes: Attributes = [("age".to_owned(), cell.age.to_owned())].into();
        let one =
            |answers: &Answers| Response { place: cell.unit, attributes: attributes.clone(), answers: answers.clone() };
        counts.iter().zip(&self.states).flat_map(|(count, state)| vec![one(state); *count]).collect()
    }

    fn invited(&self) -> Invited {
        Invited {
            members: Members { places: Vec::new(), values: vec![Vec::new(); self.families.len()] },
            answered: Vec::new(),
        }
    }

    fn keys(&self) -> BTreeSet<&String> {
        self.states.iter().flat_map(|state| state.keys()).collect()
    }

    /// How many of each cell gave which answer to one question.
    fn answers(&self, truth: &Truth, key: &str) -> Vec<BTreeMap<String, usize>> {
        let of = |counts: &Vec<usize>| {
            let mut answers = BTreeMap::new();
            for (count, state) in counts.iter().zip(&self.states).filter(|(count, _)| **count > 0) {
                *answers.entry(format!("{:?}", state.get(key))).or_default() += count;
            }
            answers
        };
        truth.iter().map(of).collect()
    }

    /// What is certain, if all that can be true is one of these.
    fn certain(&self, possible: &[&Truth]) -> Option<String> {
        for key in self.keys() {
            let all: Vec<_> = possible.iter().map(|truth| self.answers(truth, key)).collect();
            for cell in 0..self.cells.len() {
                let answers: BTreeSet<&String> = all.iter().flat_map(|answers| answers[cell].keys()).collect();
                if answers.len() < 2 {
                    return Some(format!("everybody in cell {cell} answered {answers:?} to {key}"));
                }
            }
            for group in self.small_groups() {
                if distributions(&all, &group).len() < 2 {
                    return Some(format!("{group:?} of the cells have one distribution for {key}"));
                }
            }
        }
        None
    }

    /// How many of each cell, altogether fewer than *k*.
    fn small_groups(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = vec![Vec::new()];
        for cell in &self.cells {
            groups =
                groups.iter().flat_map(|group| (0..=cell.people).map(|n| [group.as_slice(), &[n]].concat())).collect();
        }
        groups.retain(|group| (1..self.k).contains(&group.iter().sum()));
        groups
    }

    fn attack(&self, name: &str, seeds: u32) {
        let truths = self.truths();
        let mut makers: HashMap<String, Makers> = HashMap::new();
        for (index, truth) in truths.iter().enumerate() {
            for seed in 0..seeds {
                makers.entry(self.publish(truth, u64::from(seed))).or_default().add(index);
            }
        }
        let is_certain =
            |makers: &Makers| self.certain(&makers.truths.iter().map(|index| &truths[*index]).collect::<Vec<_>>());
        let publications = makers.len();
        makers.retain(|_, makers| is_certain(makers).is_some());
        let rare = makers.len();
        // Whatever else is made is as safe as what was looked at: only the rare ones count here.
        for seed in u64::from(seeds)..u64::from(seeds) * 5 {
            if makers.is_empty() {
                break;
            }
            for (index, truth) in truths.iter().enumerate() {
                if let Some(makers) = makers.get_mut(&self.publish(truth, seed)) {
                    makers.add(index);
                }
            }
            makers.retain(|_, makers| is_certain(makers).is_some());
        }
        let undecided = makers.len();
        eprintln!(
            "{name}: {} truths, {publications} publications, {rare} looked at again, {undecided} too rare to decide",
            truths.len()
        );
        let often = makers.iter().find(|(_, makers)| makers.times >= OFTEN);
        let found = often.map(|(publication, makers)| (is_certain(makers), publication));
        assert!(found.is_none(), "{name}: {found:?}");
    }
}

/// Which truths have made a publication, and how often altogether.
#[derive(Default)]
struct Makers {
    truths: BTreeSet<usize>,
    times: u32,
}

impl Makers {
    fn add(&mut self, truth: usize) {
        self.truths.insert(truth);
        self.times += 1;
    }
}

/// All ways in which so many people can choose among so many.
fn histograms(people: usize, states: usize) -> Vec<Vec<usize>> {
    if states == 1 {
        return vec![vec![people]];
    }
    let first =
        |count: usize| histograms(people - count, states - 1).into_iter().map(move |rest| [vec![count], rest].concat());
    (0..=people).flat_map(first).collect()
}

/// The distributions that a group of so many of each cell can have; two of them suffice.
fn distributions(truths: &[Vec<BTreeMap<String, usize>>], group: &[usize]) -> BTreeSet<BTreeMap<String, usize>> {
    let mut found = BTreeSet::new();
    for truth in truths {
        let mut sum = BTreeMap::new();
        for (answers, members) in truth.iter().zip(group).filter(|(_, members)| **members > 0) {
            let people: usize = answers.values().sum();
            if answers.len() > 1 && *members < people {
                // Some of the cell: who of them is in the group is open, and with it what they answered.
                found.extend([BTreeMap::new(), BTreeMap::from([(String::new(), 0)])]);
                return found;
            }
            let all = if *members == people { 0 } else { *members };
            for (answer, count) in answers {
                *sum.entry(answer.clone()).or_default() += if all > 0 { all } else { *count };
            }
        }
        found.insert(sum);
        if found.len() > 1 {
            return found;
        }
    }
    found
}

const HEAD: &str = r#"survey: tiny
languages: [nb]
title: {nb: T}
intro: {nb: I}
thanks: {nb: T}
sms: {sender: Eksempel, invitation: {nb: "{link}"}}
attributes:
  age: {from: birth_year, bands: [40]}
breakdowns: [age]
pages:
  - id: p
    questions:
"#;

const YES_NO: &str = "      - {id: a, type: yes_no, required: true, text: {nb: Q}}\n";
const YOUNG: &str = "-39";
const OLD: &str = "40-";

fn alike(people: usize, unit: usize, age: &'static str, edition: usize) -> Alike {
    Alike { people, unit, age, edition }
}

fn says(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), Answer::Choice((*value).to_owned()))).collect()
}

fn yes_or_no() -> Vec<Answers> {
    vec![says(&[("a", "yes")]), says(&[("a", "no")])]
}

#[test]
fn one_unit() {
    for people in 5..=8 {
        Tiny::new(YES_NO, vec![alike(people, 2, OLD, 1)], yes_or_no(), 5).attack("one unit", longer(300, 5000));
    }
}

#[test]
fn two_units_and_three_options() {
    let question = "      - {id: a, type: choice, required: true, text: {nb: Q}, options: [{id: x, label: {nb: X}}, {id: y, label: {nb: Y}}, {id: z, label: {nb: Z}}]}\n";
    let states = || ["x", "y", "z"].map(|option| says(&[("a", option)])).to_vec();
    let cells = vec![alike(5, 2, OLD, 1), alike(5, 3, OLD, 1)];
    Tiny::new(question, cells, states(), 5).attack("two units", longer(30, 1000));
    // The second is hidden in its area, and the first with it.
    let cells = vec![alike(6, 2, OLD, 1), alike(2, 3, OLD, 1)];
    Tiny::new(question, cells, states(), 5).attack("a hidden unit", longer(60, 1000));
}

#[test]
fn two_families() {
    let cells = vec![alike(3, 2, YOUNG, 1), alike(2, 2, OLD, 1), alike(2, 3, YOUNG, 1), alike(3, 3, OLD, 1)];
    Tiny::new(YES_NO, cells, yes_or_no(), 5).attack("two families", longer(100, 2000));
    let cells = vec![alike(5, 2, YOUNG, 1), alike(3, 2, OLD, 1)];
    Tiny::new(YES_NO, cells, yes_or_no(), 5).attack("three old ones", longer(200, 3000));
}

#[test]
fn a_follow_up() {
    let follow_up =
        format!("{YES_NO}      - {{id: b, type: yes_no, required: true, for: {{a: yes}}, text: {{nb: Q}}}}\n");
    let states = || vec![says(&[("a", "no")]), says(&[("a", "yes"), ("b", "yes")]), says(&[("a", "yes"), ("b", "no")])];
    for people in [5, 6, 8, 9] {
        Tiny::new(&follow_up, vec![alike(people, 2, OLD, 1)], states(), 5).attack("a follow-up", longer(60, 2000));
    }
    let cells = vec![alike(8, 2, OLD, 1), alike(2, 3, OLD, 1)];
    Tiny::new(&follow_up, cells, states(), 5).attack("a follow-up in two units", longer(60, 600));
}

#[test]
fn a_sensitive_question() {
    let question = "      - {id: a, type: yes_no, required: true, sensitive: true, text: {nb: Q}}\n";
    for people in [10, 11] {
        Tiny::new(question, vec![alike(people, 2, OLD, 1)], yes_or_no(), 10).attack("sensitive", longer(300, 5000));
    }
}

#[test]
fn several_options_that_few_answer() {
    let question =
        "      - {id: a, type: choices, text: {nb: Q}, options: [{id: x, label: {nb: X}}, {id: y, label: {nb: Y}}]}\n";
    let chose = |options: &[&str]| {
        let chosen = Answer::Choices(options.iter().map(|option| (*option).to_owned()).collect());
        Answers::from([("a".to_owned(), chosen)])
    };
    let states = vec![Answers::new(), chose(&["x"]), chose(&["y"]), chose(&["x", "y"])];
    Tiny::new(question, vec![alike(6, 2, OLD, 1)], states, 5).attack("several", longer(60, 2000));
}

#[test]
fn two_editions() {
    let cells = vec![alike(5, 2, OLD, 1), alike(5, 2, OLD, 2)];
    Tiny::new(YES_NO, cells, yes_or_no(), 5).attack("two editions", longer(100, 2000));
    // Three newcomers alone cannot be shown beside the five that were.
    let cells = vec![alike(6, 2, OLD, 1), alike(3, 3, OLD, 2)];
    Tiny::new(YES_NO, cells, yes_or_no(), 5).attack("too few newcomers", longer(100, 2000));
}
