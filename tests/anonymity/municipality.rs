//! A made-up municipality that has answered.

use std::collections::BTreeSet;

use jiff::civil::date;
use medvirk::anonymity::edition::Making;
use medvirk::anonymity::family::{Family, families};
use medvirk::anonymity::labels::Members;
use medvirk::anonymity::publish::Invited;
use medvirk::anonymity::tree::{Node, Tree};
use medvirk::anonymity::world::{Response, World};
use medvirk::definition::attributes::{Facts, attributes_of};
use medvirk::definition::load;
use medvirk::definition::model::{Attributes, Definition};
use medvirk::people::employee::Employee;
use medvirk::simulate::answers::{Person, whole};
use medvirk::simulate::register::register;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

pub const MIDWAY: &[u8] = include_bytes!("../../survey-definitions/midtveisevaluering.yaml");

/// Everybody invited, and what those said who answered.
pub struct Municipality {
    pub definition: Definition,
    pub tree: Tree,
    pub families: Vec<Family>,
    pub invited: Invited,
    pub responses: Vec<Response>,
    pub seed: [u8; 32],
}

impl Municipality {
    /// `people` are employed, 69 % of them answer.
    pub fn new(survey: &[u8], people: usize, seed: u64) -> Self {
        let definition = load(survey).unwrap();
        let employees = register(people, seed, 2026);
        let tree = tree(&employees);
        let attributes: Vec<Attributes> =
            employees.iter().map(|employee| attributes_of(&definition, &facts(employee), date(2026, 6, 10))).collect();
        let families = families(&definition, |id| attributes.iter().filter_map(|all| all.get(id).cloned()).collect());
        let mut rng = StdRng::seed_from_u64(seed);
        let answered: Vec<bool> = employees.iter().map(|_| rng.random_bool(0.69)).collect();
        let places: Vec<usize> = employees.iter().map(|employee| place(&tree, &employee.place)).collect();
        let respondents = (0..employees.len()).filter(|index| answered[*index]);
        let responses = respondents.map(|index| {
            let area = employees[index].place.first().map_or("", String::as_str);
            let person = Person { seed, key: &employees[index].number, area, attributes: &attributes[index] };
            let answers = whole(&definition, &person);
            Response { place: places[index], attributes: attributes[index].clone(), answers }
        });
        let responses: Vec<Response> = responses.collect();
        let invited = Invited { members: members(&families, &places, &attributes), answered };
        let mut key = [7; 32];
        key[..8].copy_from_slice(&seed.to_be_bytes());
        Self { families, invited, responses, tree, seed: key, definition }
    }

    pub fn making<'a, 'd>(&'a self, world: &'a World<'d>) -> Making<'a, 'd> {
        Making { tree: &self.tree, world, families: &self.families, seed: &self.seed, last: true }
    }
}

fn facts(employee: &Employee) -> Facts<'_> {
    Facts {
        birth_year: employee.birth_year,
        employment: employee.employment.as_deref(),
        language: employee.language,
        staff_responsibility: employee.staff_responsibility,
        union_rep: employee.union_rep,
        safety_rep: employee.safety_rep,
    }
}

/// Ids are the names on the way down.
fn tree(employees: &[Employee]) -> Tree {
    let mut nodes: BTreeSet<Vec<String>> = BTreeSet::new();
    for employee in employees {
        nodes.extend((1..=employee.place.len()).map(|level| employee.place[..level].to_vec()));
    }
    let mut nodes: Vec<Vec<String>> = nodes.into_iter().collect();
    nodes.sort_by_key(Vec::len);
    Tree::new(nodes.into_iter().map(|path| Node {
        id: path.join("/"),
        parent: (path.len() > 1).then(|| path[..path.len() - 1].join("/")),
        name: path.last().cloned().unwrap_or_default(),
    }))
}

fn place(tree: &Tree, path: &[String]) -> usize {
    tree.find(&path.join("/")).unwrap_or(0)
}

fn members(families: &[Family], places: &[usize], attributes: &[Attributes]) -> Members {
    let mut values = vec![vec![1; places.len()]];
    for family in families.iter().skip(1).filter(|family| family.sources.is_empty()) {
        let id = family.id().unwrap();
        let value = |all: &Attributes| {
            let index = family.values.iter().position(|value| all.get(id) == Some(value));
            index.map_or(0, |index| u16::try_from(index).unwrap() + 1)
        };
        values.push(attributes.iter().map(value).collect());
    }
    Members { places: places.iter().map(|place| u32::try_from(*place).unwrap()).collect(), values }
}
