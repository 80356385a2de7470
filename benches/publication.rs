//! What a publication costs: the plan with its proof, the disturbance, the document, and the attack on it.
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot be made has nothing to say")]

use divan::Bencher;
use medvirk::anonymity::edition::Making;
use medvirk::anonymity::family::{Family, families};
use medvirk::anonymity::labels::Members;
use medvirk::anonymity::publish::{Invited, publication, unchecked};
use medvirk::anonymity::tree::{Node, Tree};
use medvirk::anonymity::world::{Response, World};
use medvirk::definition::load;
use medvirk::definition::model::{Answer, Answers, Attributes, Definition};

const UNITS: usize = 600;
const RESPONSES: usize = 6087;

fn main() {
    divan::main();
}

/// Thirty questions on a scale, ages and employments, units of every size.
struct Made {
    definition: Definition,
    tree: Tree,
    families: Vec<Family>,
    seed: [u8; 32],
}

impl Made {
    fn new(units: usize) -> Self {
        let definition = load(survey().as_bytes()).unwrap();
        let node = |id: String, parent: Option<String>| Node { name: id.clone(), id, parent };
        let mut nodes: Vec<Node> = (0..8).map(|area| node(format!("a{area}"), None)).collect();
        nodes.extend((0..units / 10).map(|service| node(format!("s{service}"), Some(format!("a{}", service % 8)))));
        nodes.extend((0..units).map(|unit| node(format!("u{unit}"), Some(format!("s{}", unit % (units / 10))))));
        let tree = Tree::new(nodes);
        let families =
            families(&definition, |id| (0..2).filter(|_| id == "employment").map(|n| n.to_string()).collect());
        Self { definition, tree, families, seed: [5; 32] }
    }

    fn responses(&self, people: usize, units: usize) -> impl Iterator<Item = Response> + '_ {
        let first = self.tree.len() - units;
        (0..people).map(move |person| {
            let mut dice = Dice(person as u64);
            // The square makes small units and large ones.
            let unit = dice.below(units) * dice.below(units) / units;
            let age = ["-29", "30-39", "40-49", "50-59", "60-"][dice.below(5)];
            let attributes: Attributes = [("age", age), ("employment", ["0", "1"][dice.below(4) / 3])]
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .into();
            let answers: Answers = (0..30)
                .map(|question| (format!("q{question}"), Answer::Scale([1, 2, 3, 4, 4, 5][dice.below(6)])))
                .collect();
            Response { place: first + unit, attributes, answers }
        })
    }

    fn making<'a>(&'a self, world: &'a World<'a>) -> Making<'a, 'a> {
        Making { tree: &self.tree, world, families: &self.families, seed: &self.seed, last: true }
    }

    fn invited(&self) -> Invited {
        Invited {
            members: Members { places: Vec::new(), values: vec![Vec::new(); self.families.len()] },
            answered: Vec::new(),
        }
    }
}

fn survey() -> String {
    let mut text = HEAD.to_owned();
    for question in 0..30 {
        text.extend(["      - {id: q", &question.to_string(), ", type: scale, scale: degree, text: {nb: Q}}\n"]);
    }
    text
}

/// Numbers by chance, the same for one seed (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn reading_6087_responses(bencher: Bencher<'_, '_>) {
    let made = Made::new(UNITS);
    bencher.bench_local(|| World::new(&made.definition, [made.responses(RESPONSES, UNITS)]).len());
}

/// Plan, certificate and disturbance.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn edition_of_6087(bencher: Bencher<'_, '_>) {
    let made = Made::new(UNITS);
    let world = World::new(&made.definition, [made.responses(RESPONSES, UNITS)]);
    bencher.bench_local(|| made.making(&world).edition().populations.len());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn document_of_6087_without_the_gate(bencher: Bencher<'_, '_>) {
    let made = Made::new(UNITS);
    let world = World::new(&made.definition, [made.responses(RESPONSES, UNITS)]);
    bencher.bench_local(|| unchecked(&made.making(&world), &made.invited()).tables.len());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn document_of_6087_with_the_gate(bencher: Bencher<'_, '_>) {
    let made = Made::new(UNITS);
    let world = World::new(&made.definition, [made.responses(RESPONSES, UNITS)]);
    bencher.bench_local(|| publication(&made.making(&world), &made.invited()).unwrap().gate);
}

/// Plan, certificate and disturbance of a million, a nation's worth of units; run it alone, since memory is the process's.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn million_edition(bencher: Bencher<'_, '_>) {
    let made = Made::new(60_000);
    bencher.bench_local(|| {
        let world = World::new(&made.definition, [made.responses(1_000_000, 60_000)]);
        let populations = made.making(&world).edition().populations.len();
        say_peak();
        populations
    });
}

/// The same with the document, for ten times the units of a municipality; alone as well.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn million_document(bencher: Bencher<'_, '_>) {
    let made = Made::new(6_000);
    bencher.bench_local(|| {
        let world = World::new(&made.definition, [made.responses(1_000_000, 6_000)]);
        let tables = unchecked(&made.making(&world), &made.invited()).tables.len();
        say_peak();
        tables
    });
}

/// The most memory that the process ever held, to the standard error output.
#[expect(clippy::print_stderr, reason = "divan measures time alone")]
fn say_peak() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    eprintln!("{}", status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default());
}

const HEAD: &str = r#"survey: bench
languages: [nb]
title: {nb: T}
intro: {nb: I}
thanks: {nb: T}
sms: {sender: Eksempel, invitation: {nb: "{link}"}}
attributes:
  age: {from: birth_year, bands: [30, 40, 50, 60]}
  employment: {from: employment}
breakdowns: [age, employment]
scales:
  degree: {points: [{value: 1, label: {nb: A}}, {value: 2, label: {nb: B}}, {value: 3, label: {nb: C}}, {value: 4, label: {nb: D}}, {value: 5, label: {nb: E}}], favourable: [4, 5]}
pages:
  - id: p
    questions:
"#;
