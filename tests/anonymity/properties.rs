//! What holds of every publication of every small organisation, whatever was answered.

use std::collections::{BTreeMap, HashMap};

use medvirk::anonymity::edition::Making;
use medvirk::anonymity::family::{Family, families};
use medvirk::anonymity::labels::Members;
use medvirk::anonymity::publication::{Base, Group, Publication, Table};
use medvirk::anonymity::publish::{Invited, publication};
use medvirk::anonymity::rounding::disturb;
use medvirk::anonymity::tree::{Node, Tree};
use medvirk::anonymity::world::{Response, World};
use medvirk::definition::load;
use medvirk::definition::model::{Answer, Answers, Definition};
use proptest::prelude::*;
use rand::SeedableRng as _;
use rand::rngs::{ChaCha20Rng, StdRng};
use rand::seq::SliceRandom as _;

use crate::longer;

const SURVEY: &str = r#"survey: small
languages: [nb]
title: {nb: T}
intro: {nb: I}
thanks: {nb: T}
sms: {sender: Eksempel, invitation: {nb: "{link}"}}
attributes:
  age: {from: birth_year, bands: [30, 50]}
breakdowns: [age, {role: [leads, others]}]
scales:
  degree: {points: [{value: 1, label: {nb: A}}, {value: 2, label: {nb: B}}, {value: 3, label: {nb: C}}], favourable: [3]}
audiences:
  leads: {label: {nb: L}, for: {lead: yes}}
  others: {label: {nb: O}, for: {not: leads}}
pages:
  - id: p
    questions:
      - {id: lead, type: yes_no, required: true, text: {nb: Q}}
      - {id: opens, type: yes_no, required: true, text: {nb: Q}}
      - {id: follows, type: scale, scale: degree, for: {opens: yes}, text: {nb: Q}}
      - {id: scale, type: scale, scale: degree, text: {nb: Q}}
      - {id: choice, type: choice, required: true, text: {nb: Q}, options: [{id: x, label: {nb: X}}, {id: y, label: {nb: Y}}, {id: z, label: {nb: Z}}]}
      - {id: harassed, type: yes_no, required: true, sensitive: true, text: {nb: Q}}
      - {id: many, type: choices, text: {nb: Q}, options: [{id: x, label: {nb: X}}, {id: y, label: {nb: Y}}]}
"#;

/// Questions that nothing rests on.
const FREE: [&str; 4] = ["scale", "choice", "harassed", "many"];

#[derive(Debug)]
struct Small {
    definition: Definition,
    tree: Tree,
    families: Vec<Family>,
    waves: [Vec<Response>; 2],
    last: bool,
    seed: [u8; 32],
}

impl Small {
    fn new(seed: u64, people: usize, waves: usize, last: bool) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let definition = load(SURVEY.as_bytes()).unwrap();
        let node = |id: String, parent: Option<String>| Node { name: id.clone(), id, parent };
        let mut nodes = Vec::new();
        for area in 0..rng.random_range(1..=3) {
            nodes.push(node(format!("{area}"), None));
            for unit in 0..rng.random_range(1..=5) {
                nodes.push(node(format!("{area}.{unit}"), Some(format!("{area}"))));
            }
        }
        let tree = Tree::new(nodes);
        // Some organisations are of one mind.
        let mood = rng.random_range(0..=10);
        let all: Vec<Response> = (0..people).map(|_| response(&mut rng, &tree, mood)).collect();
        let split = if waves == 2 { people / 2 } else { 0 };
        let families = families(&definition, |_| ["-29", "30-49", "50-"].map(str::to_owned).into());
        let waves = [all[..split].to_vec(), all[split..].to_vec()];
        Self { definition, tree, families, waves, last, seed: [9; 32] }
    }

    fn publish(&self) -> Publication {
        let waves = self.waves.iter().filter(|wave| !wave.is_empty()).cloned();
        let world = World::new(&self.definition, waves);
        let making =
            Making { tree: &self.tree, world: &world, families: &self.families, seed: &self.seed, last: self.last };
        publication(&making, &self.invited()).unwrap()
    }

    fn all(&self) -> impl Iterator<Item = &Response> {
        self.waves.iter().flatten()
    }

    /// Everybody who answered, and as many again in every other place who did not.
    fn invited(&self) -> Invited {
        let (mut places, mut ages, mut answered) = (Vec::new(), Vec::new(), Vec::new());
        for response in self.all() {
            for took_part in [true, false].into_iter().take(1 + response.place % 2) {
                places.push(u32::try_from(response.place).unwrap());
                let age = self.families[1].values.iter().position(|age| *age == response.attributes["age"]).unwrap();
                ages.push(u16::try_from(age + 1).unwrap());
                answered.push(took_part);
            }
        }
        Invited { members: Members { values: vec![vec![1; places.len()], ages], places }, answered }
    }

    /// How many are truly in a group of the register's families.
    fn truly(&self, group: &Group) -> usize {
        let place = self.tree.find(&group.place).unwrap_or(0);
        let in_it = |response: &&Response| {
            self.tree.upwards(response.place).any(|above| above == place)
                && group.value.as_ref().is_none_or(|age| response.attributes["age"] == *age)
        };
        self.all().filter(in_it).count()
    }
}

fn response(rng: &mut StdRng, tree: &Tree, mood: u32) -> Response {
    let yes = |rng: &mut StdRng, tenths: u32| {
        Answer::Choice(if rng.random_ratio(tenths, 10) { "yes" } else { "no" }.to_owned())
    };
    let scale = |rng: &mut StdRng| rng.random_ratio(8, 10).then(|| Answer::Scale(rng.random_range(1..=3)));
    let mut answers = Answers::new();
    answers.insert("lead".into(), yes(rng, 2));
    let opens = yes(rng, mood);
    if opens == Answer::Choice("yes".into()) {
        answers.extend(scale(rng).map(|answer| ("follows".into(), answer)));
    }
    answers.insert("opens".into(), opens);
    answers.extend(scale(rng).map(|answer| ("scale".into(), answer)));
    let option = if rng.random_ratio(mood, 10) { "x" } else { ["y", "z"][rng.random_range(0..2)] };
    answers.insert("choice".into(), Answer::Choice(option.into()));
    answers.insert("harassed".into(), yes(rng, 1));
    if rng.random_ratio(mood, 10) {
        let options = ["x", "y"].into_iter().filter(|_| rng.random_bool(0.5)).map(str::to_owned).collect();
        answers.insert("many".into(), Answer::Choices(options));
    }
    let age = ["-29", "30-49", "50-"][rng.random_range(0..3)];
    let place = rng.random_range(1..tree.len());
    Response { place, attributes: [("age".to_owned(), age.to_owned())].into(), answers }
}

fn small() -> impl Strategy<Value = Small> {
    (any::<u64>(), 0usize..160, 1usize..=2, prop::bool::weighted(0.8))
        .prop_map(|(seed, people, waves, last)| Small::new(seed, people, waves, last))
}

/// Groups and tables of a publication by name.
struct Read<'p> {
    publication: &'p Publication,
    groups: HashMap<&'p str, &'p Group>,
    tables: HashMap<(&'p str, &'p str), &'p Table>,
}

impl<'p> Read<'p> {
    fn new(publication: &'p Publication) -> Self {
        Self {
            publication,
            groups: publication.groups.iter().map(|group| (group.id.as_str(), group)).collect(),
            tables: publication
                .tables
                .iter()
                .map(|table| ((table.question.as_str(), table.group.as_str()), table))
                .collect(),
        }
    }

    fn counts(&self, question: &str, group: &Group) -> Option<&'p Vec<u32>> {
        self.tables.get(&(question, group.id.as_str()))?.counts.as_ref()
    }

    /// The shown groups right within one, along the tree.
    fn within(&self, group: &Group) -> Vec<&'p Group> {
        let alike = |one: &Group| {
            one.audience == group.audience && one.breakdown == group.breakdown && one.value == group.value
        };
        let inside =
            |one: &Group, outer: &Group| one.unit.len() > outer.unit.len() && one.unit.starts_with(&outer.unit);
        let all: Vec<&Group> =
            self.publication.groups.iter().filter(|g| g.base.is_some() && alike(g) && inside(g, group)).collect();
        all.iter().filter(|one| !all.iter().any(|between| inside(one, between))).copied().collect()
    }
}

fn shuffle_answers(small: &mut Small, rng: &mut StdRng) {
    for wave in &mut small.waves {
        for question in FREE {
            let mut answers: Vec<Option<Answer>> = wave.iter().map(|one| one.answers.get(question).cloned()).collect();
            answers.shuffle(rng);
            for (response, answer) in wave.iter_mut().zip(answers) {
                response.answers.remove(question);
                response.answers.extend(answer.map(|answer| (question.to_owned(), answer)));
            }
        }
    }
}

fn tables_add_up(read: &Read<'_>) -> Result<(), TestCaseError> {
    for question in &read.publication.questions {
        let base = if question.k > read.publication.k { 3 } else { 2 };
        for group in read.publication.groups.iter().filter(|group| group.audience == question.population) {
            let Some(counts) = read.counts(&question.id, group) else { continue };
            let sum: u32 = counts.iter().sum();
            match group.base.as_ref().unwrap() {
                Base::Exact(size) if !question.kind.several() => prop_assert_eq!(sum, *size),
                Base::About(class) if !question.kind.several() => {
                    prop_assert_eq!(Base::about(sum), Base::About(class.clone()));
                }
                _ => {}
            }
            let mut rest: Vec<i64> = counts.iter().map(|count| i64::from(*count)).collect();
            for inner in read.within(group).iter().filter_map(|inner| read.counts(&question.id, inner)) {
                rest.iter_mut().zip(inner).for_each(|(rest, count)| *rest -= i64::from(*count));
            }
            prop_assert!(
                rest.iter().all(|count| *count == 0 || *count >= base),
                "{} {} {:?}",
                question.id,
                group.id,
                rest
            );
        }
        // What the values of a breakdown hold is never more than what their place holds.
        let mut values = BTreeMap::<(&String, &Option<String>), Vec<u32>>::new();
        for group in
            read.publication.groups.iter().filter(|g| g.audience == question.population && g.breakdown.is_some())
        {
            if let Some(counts) = read.counts(&question.id, group) {
                let sums = values.entry((&group.place, &group.breakdown)).or_insert_with(|| vec![0; counts.len()]);
                sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
        }
        for ((place, _), sums) in values {
            let whole = read
                .publication
                .groups
                .iter()
                .find(|g| g.audience == question.population && g.breakdown.is_none() && g.place == *place);
            let counts = read.counts(&question.id, whole.unwrap()).unwrap();
            prop_assert!(sums.iter().zip(counts).all(|(part, whole)| part <= whole));
        }
    }
    Ok(())
}

fn figures_come_from_counts(read: &Read<'_>) -> Result<(), TestCaseError> {
    for table in &read.publication.tables {
        let question = read.publication.questions.iter().find(|question| question.id == table.question).unwrap();
        prop_assert_eq!(table.counts.is_some(), read.groups[table.group.as_str()].base.is_some());
        let Some(counts) = &table.counts else {
            prop_assert!(table.mean.is_none() && table.favourable.is_none() && table.base.is_none());
            continue;
        };
        let points = || question.options.iter().zip(counts).filter_map(|(o, n)| Some((o.value?, o.favourable, *n)));
        let on_scale: u32 = points().map(|(_, _, count)| count).sum();
        let mean =
            points().map(|(value, _, count)| f64::from(count) * f64::from(i32::try_from(value).unwrap())).sum::<f64>();
        let mean = (on_scale > 0).then(|| (mean / f64::from(on_scale) * 10.0).round() / 10.0);
        prop_assert_eq!(table.mean, mean);
        let good = points().filter(|(_, good, _)| *good).map(|(_, _, count)| count).sum::<u32>();
        let share = (on_scale > 0).then(|| (f64::from(good) * 100.0 / f64::from(on_scale)).round());
        prop_assert_eq!(table.favourable.map(f64::from), share);
    }
    Ok(())
}

fn groups_are_large_enough(small: &Small, read: &Read<'_>) -> Result<(), TestCaseError> {
    let populations: HashMap<&str, u32> =
        read.publication.questions.iter().map(|q| (q.population.as_str(), q.k)).collect();
    for group in read.publication.groups.iter().filter(|group| group.base.is_some()) {
        let Some(k) = populations.get(group.audience.as_str()) else { continue };
        let Some(Base::Exact(size)) = &group.base else {
            // Routed: what is counted, and in the opening question's plan.
            let question = read.publication.questions.iter().find(|q| q.population == group.audience).unwrap();
            prop_assert!(read.publication.last);
            prop_assert!(read.counts(&question.id, group).unwrap().iter().sum::<u32>() >= *k);
            let opening = |one: &&Group| {
                one.audience == "everybody"
                    && one.place == group.place
                    && one.breakdown == group.breakdown
                    && one.value == group.value
            };
            prop_assert!(read.publication.groups.iter().find(opening).unwrap().base.is_some());
            continue;
        };
        prop_assert!(size >= k);
        if group.breakdown.as_deref() != Some("role") {
            prop_assert_eq!(*size as usize, small.truly(group));
        }
        prop_assert!(read.publication.last || group.unit.len() < 2 && group.breakdown.is_none());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: longer(40, 3000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_publication_adds_up_and_hides_what_is_small(small in small()) {
        let publication = small.publish();
        prop_assert!(publication.gate.passed() && publication.is_intact(), "{:?}", publication.gate);
        let read = Read::new(&publication);
        tables_add_up(&read)?;
        figures_come_from_counts(&read)?;
        groups_are_large_enough(&small, &read)?;
    }

    #[test]
    fn the_same_is_published_whoever_answered_first(mut small in small(), seed in any::<u64>()) {
        let mut rng = StdRng::seed_from_u64(seed);
        let before = small.publish();
        small.waves.iter_mut().for_each(|wave| wave.shuffle(&mut rng));
        prop_assert_eq!(serde_json::to_vec(&small.publish()).unwrap(), serde_json::to_vec(&before).unwrap());
        // Where few answered, one other seed may by chance move nothing either; of many one does.
        let differs = (10..50).any(|other| {
            small.seed[0] = other;
            small.publish().hash != before.hash
        });
        prop_assert!(differs || before.tables.iter().all(|table| table.counts.is_none()));
    }

    #[test]
    fn what_was_answered_does_not_change_what_is_shown(mut small in small(), seed in any::<u64>()) {
        let before = small.publish();
        shuffle_answers(&mut small, &mut StdRng::seed_from_u64(seed));
        prop_assert_eq!(small.publish().groups, before.groups);
    }
}

/// Over many seeds the counts are right on average, of the whole and of each atom.
#[test]
fn the_disturbance_pulls_no_way() {
    // Twelve units of 6 to 20, whose people do not all think alike, and two ages.
    let sizes: Vec<u32> = (0..12).map(|unit| 6 + unit * 5 % 15).collect();
    let units: Vec<u32> = sizes.iter().zip(1..).flat_map(|(size, unit)| vec![unit; *size as usize]).collect();
    let ages: Vec<u32> = (0..units.len()).map(|member| u32::try_from(member % 2).unwrap() + 1).collect();
    let truth: Vec<u8> = (0u32..).zip(&units).map(|(m, unit)| u8::try_from((m * 7 + unit) % 11 % 4).unwrap()).collect();
    let labels = [units.clone(), ages];
    let seeds = longer(400, 20_000);
    let (mut sums, mut moved) = (vec![0u32; 13 * 4], 0u32);
    for seed in 0..seeds {
        let mut answers = truth.clone();
        disturb(&labels, &mut answers, 4, 2, &mut ChaCha20Rng::seed_from_u64(seed.into()));
        moved += u32::try_from(answers.iter().zip(&truth).filter(|(after, before)| after != before).count()).unwrap();
        for (answer, unit) in answers.iter().zip(&units) {
            sums[usize::from(*answer)] += 1;
            sums[*unit as usize * 4 + usize::from(*answer)] += 1;
        }
    }
    let mut exact = vec![0u32; 13 * 4];
    for (answer, unit) in truth.iter().zip(&units) {
        exact[usize::from(*answer)] += 1;
        exact[*unit as usize * 4 + usize::from(*answer)] += 1;
    }
    let off: Vec<f64> =
        sums.iter().zip(&exact).map(|(sum, exact)| f64::from(*sum) / f64::from(seeds) - f64::from(*exact)).collect();
    let most = |off: &[f64]| off.iter().fold(0.0f64, |most, off| most.max(off.abs()));
    let share = 100.0 * f64::from(moved) / f64::from(seeds) / f64::from(u32::try_from(units.len()).unwrap());
    eprintln!(
        "on average {:.2} answers off in the whole, {:.2} in a unit; {share:.1} % moved",
        most(&off[..4]),
        most(&off[4..])
    );
    assert!(most(&off[..4]) < 2.0, "{:?}", &off[..4]);
    assert!(most(&off[4..]) < 1.0, "{:?}", &off[4..]);
}
