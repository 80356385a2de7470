//! Making an edition: from the responses to the disturbed answers and the plans that they are published by.
//!
//! Questions are settled in the order of the survey. Who is asked a routed question is decided by the *moved* answers
//! before it, so that neither the plan nor the number who were asked tells anything for certain; whoever is led
//! there by the disturbance alone gets the answer of somebody else who was truly asked. Breakdowns that rest on answers
//! (managers, representatives, others) are made from the disturbed answers too, after the questions that they rest on.

use std::collections::BTreeSet;

use rand::rngs::ChaCha20Rng;
use rand::seq::IndexedRandom as _;

use super::disturbed::chance;
use super::family::{Family, sources};
use super::labels::Members;
use super::plan::{Plan, Terms};
use super::rounding::NOT_ASKED;
use super::tree::Tree;
use super::variable::Variable;
use super::world::{Column, World, subjects};
use crate::definition::model::Condition;

/// Sensitive questions need this many times the smallest group.
pub const SENSITIVE: u32 = 2;

/// A group that answers decide the members of is shown when it holds this many more than the smallest group: the
/// disturbance moves a few in and out, and hardly ever this many.
const SPARE: u32 = 3;

/// Smallest counts above 0 that stay.
const BASE: u32 = 2;
const SENSITIVE_BASE: u32 = 3;
/// No count is small.
const MOVED_ONLY: u32 = 1;

/// Areas: what interim editions go down to.
const AREAS: usize = 1;
const UNITS: usize = usize::MAX;

/// One set of people who were asked the same questions, and what is shown of them.
#[derive(Clone, Debug)]
pub struct Population {
    /// Who; everybody without one.
    pub condition: Option<Condition>,
    /// Smallest group.
    pub k: u32,
    /// Who was asked, after the disturbance.
    pub asked: Vec<bool>,
    /// What is shown.
    pub plan: Plan,
    /// The variables that were asked, by number.
    pub variables: Vec<usize>,
    /// The label of every respondent in every family, those of earlier editions behind.
    pub(super) labels: Vec<Vec<u32>>,
}

/// Everything that an edition is written from.
#[derive(Clone, Debug)]
pub struct Edition<'d> {
    /// The answers after the disturbance; what is counted.
    pub world: World<'d>,
    /// Where everybody belongs, in every family.
    pub members: Members,
    /// The first one is everybody.
    pub populations: Vec<Population>,
}

/// What an edition is made from.
#[derive(Clone, Copy, Debug)]
pub struct Making<'a, 'd> {
    /// The organisation at launch.
    pub tree: &'a Tree,
    /// The responses of all waves.
    pub world: &'a World<'d>,
    /// What figures are broken down by.
    pub families: &'a [Family],
    /// Secret; the same for all editions of a survey.
    pub seed: &'a [u8; 32],
    /// Whether the survey is closed: an interim edition shows the areas only, and no routed questions.
    pub last: bool,
}

impl<'d> Making<'_, 'd> {
    /// Makes the edition of the last wave, after those before it.
    #[must_use]
    pub fn edition(&self) -> Edition<'d> {
        let waves = self.world.waves.len();
        if waves < 2 {
            return Settling::new(self, 0, self.last, self.world.clone(), &[]).run();
        }
        let mut columns = self.world.columns.clone();
        let mut earlier: Vec<Edition<'d>> = Vec::new();
        for wave in 0..waves {
            let world = self.world.until(wave, &columns);
            let last = wave + 1 == waves && self.last;
            let edition = Settling::new(self, wave, last, world, &earlier).run();
            for (column, disturbed) in columns.iter_mut().zip(&edition.world.columns) {
                column.replace_start(disturbed);
            }
            earlier.push(edition);
        }
        earlier.pop().unwrap_or_else(|| Settling::new(self, 0, self.last, self.world.clone(), &[]).run())
    }
}

/// One edition while it is made.
struct Settling<'a, 'd> {
    making: &'a Making<'a, 'd>,
    wave: usize,
    last: bool,
    /// What was answered, those of earlier editions as they were published.
    truth: World<'d>,
    /// What is counted.
    columns: Vec<Column>,
    /// What decides who is asked and in which groups: moved by chance as what is counted is, before small counts are
    /// removed there. Removing them would put too many into the place of the few who lead or were redeployed.
    deciding: Vec<Column>,
    earlier: &'a [Edition<'d>],
    members: Members,
    populations: Vec<Population>,
}

impl<'a, 'd> Settling<'a, 'd> {
    fn new(making: &'a Making<'a, 'd>, wave: usize, last: bool, truth: World<'d>, earlier: &'a [Edition<'d>]) -> Self {
        let members = Members { places: truth.places.clone(), values: vec![vec![1; truth.len()]] };
        let (columns, deciding) = (truth.columns.clone(), truth.columns.clone());
        Self { making, wave, last, truth, columns, deciding, earlier, members, populations: Vec::new() }
    }

    fn run(mut self) -> Edition<'d> {
        let families = if self.last { self.making.families } else { &self.making.families[..1] };
        let registered = families.iter().take_while(|family| family.sources.is_empty()).count();
        families.iter().take(registered).skip(1).for_each(|family| self.divide(family));
        self.everybody(registered);
        let sources: BTreeSet<&String> = families.iter().flat_map(|family| &family.sources).collect();
        let is_source = |variable: &Variable<'_>| {
            sources.iter().any(|source| **source == variable.key || **source == variable.question.id)
        };
        let (first, then): (Vec<usize>, Vec<usize>) =
            (0..self.truth.variables.len()).partition(|index| is_source(&self.truth.variables[*index]));
        for variable in first {
            self.settle(variable);
        }
        if families.len() > registered {
            families.iter().skip(registered).for_each(|family| self.divide(family));
            // Everything that was shown by the first plan is decided again, within it and with all families.
            let before = std::mem::take(&mut self.populations);
            for population in before {
                self.again(population, families.len());
            }
        }
        for variable in then {
            self.settle(variable);
        }
        let world = World { columns: self.columns, ..self.truth };
        Edition { world, members: self.members, populations: self.populations }
    }

    /// Finds everybody's value in one more family.
    fn divide(&mut self, family: &Family) {
        let Some(breakdown) = &family.breakdown else { return };
        self.members.values.push(self.truth.values(breakdown, &family.values, &self.deciding));
    }

    fn everybody(&mut self, families: usize) {
        let k = self.truth.definition.minimum_group;
        let plan = self.plan(k, None, None, families, &[]);
        let (labels, asked) = (self.labels(&plan, k, None), vec![true; self.truth.len()]);
        self.populations.push(Population { condition: None, k, asked, plan, variables: Vec::new(), labels });
    }

    /// The same population with all families; of the tree and the register's breakdowns never more than before.
    fn again(&mut self, before: Population, families: usize) {
        let opening = self.opening(before.condition.as_ref());
        let within: Vec<&Plan> =
            opening.into_iter().map(|index| &self.populations[index].plan).chain([&before.plan]).collect();
        let asked = before.condition.is_some().then_some(before.asked.as_slice());
        let plan = self.plan(before.k, before.condition.as_ref(), asked, families, &within);
        let labels = self.labels(&plan, before.k, before.condition.as_ref());
        self.populations.push(Population { plan, labels, ..before });
    }

    /// Settles the answers to one question.
    fn settle(&mut self, variable: usize) {
        let condition = self.truth.variables[variable].condition();
        if condition.is_some() && !self.last {
            return;
        }
        let population = self.population(variable, condition);
        self.impute(variable, population);
        // The same moves by chance in both.
        self.deciding[variable] = self.disturbed(variable, population, MOVED_ONLY);
        let sensitive = self.truth.variables[variable].question.sensitive;
        self.columns[variable] = self.disturbed(variable, population, if sensitive { SENSITIVE_BASE } else { BASE });
        self.populations[population].variables.push(variable);
    }

    /// The population that a question was asked in, made when it is met first.
    fn population(&mut self, variable: usize, condition: Option<Condition>) -> usize {
        let k = self.smallest(variable);
        let known = |population: &Population| population.k == k && population.condition == condition;
        if let Some(known) = self.populations.iter().position(known) {
            return known;
        }
        let asked = condition.as_ref().map(|condition| self.truth.holds(condition, &self.deciding));
        let within = self.opening(condition.as_ref());
        let within: Vec<&Plan> = within.iter().map(|population| &self.populations[*population].plan).collect();
        let families = self.members.values.len();
        let plan = self.plan(k, condition.as_ref(), asked.as_deref(), families, &within);
        let labels = self.labels(&plan, k, condition.as_ref());
        let asked = asked.unwrap_or_else(|| vec![true; self.truth.len()]);
        self.populations.push(Population { condition, k, asked, plan, variables: Vec::new(), labels });
        self.populations.len() - 1
    }

    /// The populations of the questions that decide who is asked, and everybody.
    fn opening(&self, condition: Option<&Condition>) -> Vec<usize> {
        let subjects = condition.map_or_else(Vec::new, |condition| subjects(self.truth.definition, condition));
        let opens = |population: &Population| {
            let variables = population.variables.iter().map(|variable| &self.truth.variables[*variable]);
            variables.into_iter().any(|v| subjects.iter().any(|subject| *subject == v.key || *subject == v.question.id))
        };
        (0..self.populations.len()).filter(|index| *index == 0 || opens(&self.populations[*index])).collect()
    }

    fn smallest(&self, variable: usize) -> u32 {
        let k = self.truth.definition.minimum_group;
        if self.truth.variables[variable].question.sensitive { SENSITIVE * k } else { k }
    }

    /// `asked`: who is; everybody without it.
    fn plan(
        &self,
        k: u32,
        condition: Option<&Condition>,
        asked: Option<&[bool]>,
        families: usize,
        within: &[&Plan],
    ) -> Plan {
        let families = &self.making.families[..families];
        let values: Vec<usize> = families.iter().map(|family| family.values.len()).collect();
        let members = part(&self.members, families.len(), asked);
        let routed = condition.is_some_and(|condition| !sources(self.truth.definition, condition).is_empty());
        let spare: Vec<u32> =
            families.iter().map(|family| if routed || !family.sources.is_empty() { SPARE } else { 0 }).collect();
        // Earlier editions are about the questions that everybody is asked.
        let earlier = if asked.is_none() { self.labels_before(k) } else { Vec::new() };
        Plan::of(&Terms {
            tree: self.making.tree,
            members: &members,
            values: &values,
            k,
            spare: &spare,
            deepest: if self.last { UNITS } else { AREAS },
            within,
            earlier: &earlier,
        })
    }

    fn labels(&self, plan: &Plan, k: u32, condition: Option<&Condition>) -> Vec<Vec<u32>> {
        let mut labels = plan.labels(self.making.tree, &self.members);
        if condition.is_none() {
            labels.extend(self.labels_before(k));
        }
        labels
    }

    /// What everybody carries from the earlier editions; those who came later carry nothing.
    fn labels_before(&self, k: u32) -> Vec<Vec<u32>> {
        let plan = |edition: &'a Edition<'d>| {
            let own = edition.populations.iter().find(|population| population.k == k && population.condition.is_none());
            own.map(|population| population.labels[0].clone())
        };
        let padded = |mut labels: Vec<u32>| {
            labels.resize(self.truth.len(), 0);
            labels
        };
        self.earlier.iter().filter_map(plan).map(padded).collect()
    }

    /// Whoever is asked by the disturbance alone answers like somebody who was; whoever is not asked has no answer.
    fn impute(&mut self, variable: usize, population: usize) {
        let mut chance = self.chance("impute", variable);
        let Self { truth, columns, populations, .. } = self;
        let (truth, column, variable) = (&truth.columns[variable], &mut columns[variable], &truth.variables[variable]);
        let asked = &populations[population].asked;
        let donors: Vec<usize> =
            (0..asked.len()).filter(|member| asked[*member] && truth.category[*member] != NOT_ASKED).collect();
        for (member, asked) in asked.iter().enumerate() {
            match (asked, truth.category[member] != NOT_ASKED) {
                (true, false) => match donors.choose(&mut chance) {
                    Some(donor) => column.copy(member, truth, *donor),
                    // Nothing at all would tell that nobody was truly asked.
                    None => column.anything(member, variable, &mut chance),
                },
                (false, _) => column.category[member] = NOT_ASKED,
                (true, true) => {}
            }
        }
    }

    fn disturbed(&self, variable: usize, population: usize, base: u32) -> Column {
        let mut chance = self.chance("disturb", variable);
        let labels = &self.populations[population].labels;
        let (before, mut column) = (&self.truth.columns[variable], self.columns[variable].clone());
        column.disturb(&self.truth.variables[variable], labels, before, base, &mut chance);
        column
    }

    fn chance(&self, what: &str, variable: usize) -> ChaCha20Rng {
        let key = &self.truth.variables[variable].key;
        chance(self.making.seed, &[what, key, &self.wave.to_string()])
    }
}

/// The members that were asked, in the first families.
fn part(members: &Members, families: usize, asked: Option<&[bool]>) -> Members {
    let Some(asked) = asked else {
        return Members { places: members.places.clone(), values: members.values[..families].to_vec() };
    };
    let values = members.values.iter().take(families).map(|values| kept(values, asked)).collect();
    Members { places: kept(&members.places, asked), values }
}

fn kept<T: Copy>(all: &[T], asked: &[bool]) -> Vec<T> {
    all.iter().zip(asked).filter(|(_, asked)| **asked).map(|(one, _)| *one).collect()
}
