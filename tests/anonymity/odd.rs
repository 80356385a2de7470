//! Publications of odd surveys: every type of question, every kind of condition, follow-ups of follow-ups, breakdowns by
//! answers to routed questions.

use std::fmt::Write as _;

use medvirk::anonymity::edition::Making;
use medvirk::anonymity::family::families;
use medvirk::anonymity::labels::Members;
use medvirk::anonymity::publish::{Invited, publication};
use medvirk::anonymity::tree::{Node, Tree};
use medvirk::anonymity::world::{Response, World};
use medvirk::definition::load;
use medvirk::definition::model::{Attributes, Definition};
use medvirk::simulate::answers::{Person, whole};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::longer;
use crate::survey::surveys;

/// The survey with as many breakdowns as the checker lets pass, some questions sensitive and some scales reversed.
fn with_breakdowns(text: &str, number: usize) -> (Definition, bool) {
    let odd = if number.is_multiple_of(3) {
        text.replace("{id: q1, ", "{id: q1, sensitive: true, ").replace("type: scale, ", "type: scale, reverse: true, ")
    } else {
        text.to_owned()
    };
    for text in [odd.as_str(), text] {
        for breakdowns in
            ["[age, boss, {one: [a0, rest0]}, {two: [a1, rest1]}]", "[age, boss, {one: [a0, rest0]}]", "[age, boss]"]
        {
            let text = text.replace("attributes:\n", &format!("breakdowns: {breakdowns}\nattributes:\n"));
            if let Ok(definition) = load(text.as_bytes()) {
                return (definition, breakdowns.contains("one"));
            }
        }
    }
    panic!("{text}")
}

fn tree(rng: &mut StdRng) -> Tree {
    let mut nodes = Vec::new();
    let node = |id: &str, parent: Option<&str>| Node { id: id.into(), parent: parent.map(Into::into), name: id.into() };
    for area in 0..rng.random_range(1..=3) {
        let area = format!("a{area}");
        nodes.push(node(&area, None));
        for service in 0..rng.random_range(1..=2) {
            let service = format!("{area}s{service}");
            nodes.push(node(&service, Some(&area)));
            for unit in 0..rng.random_range(1..=3) {
                nodes.push(node(&format!("{service}u{unit}"), Some(&service)));
            }
        }
    }
    Tree::new(nodes)
}

#[test]
fn odd_surveys_are_published_and_pass_the_gate() {
    let (mut by_answers, mut tables, mut routed) = (0, 0, 0);
    for (number, (text, _)) in surveys().iter().enumerate() {
        let (definition, with_roles) = with_breakdowns(text, number);
        by_answers += usize::from(with_roles);
        for run in 0..longer(1, 20) {
            let seed = u64::try_from(number).unwrap() * 1000 + u64::from(run);
            let mut rng = StdRng::seed_from_u64(seed);
            let tree = tree(&mut rng);
            let people = rng.random_range(0..140);
            let mut said = String::new();
            let mut response = |index: u32| {
                let age = ["-29", "30-", "unknown"][rng.random_range(0..3)];
                let boss = if rng.random_bool(0.2) { "yes" } else { "no" };
                let attributes: Attributes =
                    [("age", age), ("boss", boss)].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
                let person = Person { seed, key: &index.to_string(), area: "", attributes: &attributes };
                let answers = whole(&definition, &person);
                let _ = writeln!(said, "{attributes:?} {answers:?}");
                Response { place: rng.random_range(0..tree.len()), attributes, answers }
            };
            let responses: Vec<Response> = (0..people).map(&mut response).collect();
            let families = families(&definition, |id| {
                responses.iter().filter_map(|one| one.attributes.get(id).cloned()).collect()
            });
            let split = responses.len() * 2 / 3;
            let waves = if run == 0 && number.is_multiple_of(2) {
                vec![responses.clone()]
            } else {
                vec![responses[..split].to_vec(), responses[split..].to_vec()]
            };
            let world = World::new(&definition, waves);
            let nobody = Members {
                places: Vec::new(),
                values: vec![Vec::new(); families.iter().filter(|f| f.sources.is_empty()).count()],
            };
            let invited = Invited { members: nobody, answered: Vec::new() };
            let making = Making { tree: &tree, world: &world, families: &families, seed: &[3; 32], last: true };
            let document = publication(&making, &invited).unwrap();
            assert!(document.gate.passed(), "survey {number}, run {run}: {:?}\n{text}", document.gate);
            tables += document.tables.iter().filter(|table| table.counts.is_some()).count();
            routed += document.tables.iter().filter(|t| t.counts.is_some() && t.group.starts_with("asked-")).count();
        }
    }
    eprintln!("{tables} tables, {routed} of routed questions, {by_answers} surveys with a breakdown by answers");
    assert!(by_answers > 30 && routed > 100 && tables > 1000);
}
