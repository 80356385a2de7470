//! Writing an edition down as the document that is published.

mod questions;
mod tables;

use tables::whole_percent;

use super::disturbed::chance;
use super::edition::{Edition, Making, Population};
use super::family::Family;
use super::gate::{self, Report};
use super::labels::{Members, Value};
use super::plan::{Plan, TREE, Terms};
use super::publication::{Base, Breakdown, Group, OptionText, Publication, Question, Rate, Words};
use super::rounding::disturb;
use crate::definition::model::{Breakdown as Declared, Definition, Language, Text};

/// Of this document's shape.
pub const FORMAT: u32 = 1;

/// The population that everybody is in.
pub const EVERYBODY: &str = "everybody";

/// The population of the response rate.
pub const INVITED: &str = "invited";

/// Everybody who was invited.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Where each belongs, and the values in the tree and the breakdowns from the register.
    pub members: Members,
    /// Whether each took part.
    pub answered: Vec<bool>,
}

impl Invited {
    /// In an order of their own, so that equal input gives an equal document.
    fn sorted(&self) -> Self {
        let mut order: Vec<usize> = (0..self.members.len()).collect();
        let values = |member: usize| self.members.values.iter().map(move |family| family[member]);
        order.sort_by(|one, other| {
            let key = |member: usize| (self.members.places[member], self.answered[member]);
            key(*one).cmp(&key(*other)).then_with(|| values(*one).cmp(values(*other)))
        });
        let family = |family: &Vec<Value>| order.iter().map(|member| family[*member]).collect();
        Self {
            members: Members {
                places: order.iter().map(|member| self.members.places[*member]).collect(),
                values: self.members.values.iter().map(family).collect(),
            },
            answered: order.iter().map(|member| self.answered[*member]).collect(),
        }
    }
}

/// Writes the edition of the last wave, and has it attacked.
///
/// # Errors
/// A figure that JSON does not know; there is none.
pub fn publication(making: &Making<'_, '_>, invited: &Invited) -> serde_json::Result<Publication> {
    let edition = making.edition();
    let (mut document, invited) = Writing { making, edition: &edition }.document(invited);
    for population in edition.populations.iter().filter(|population| !population.variables.is_empty()) {
        document.gate.add(&gate::attack(&population.labels_of_asked(), population.k));
    }
    document.gate.add(&gate::attack(&invited, document.k));
    let file = gate::inspect(&document);
    document.gate.add(&file);
    document.sign()
}

/// The same, neither attacked nor signed: what the benchmarks measure, and never to be published.
#[must_use]
pub fn unchecked(making: &Making<'_, '_>, invited: &Invited) -> Publication {
    Writing { making, edition: &making.edition() }.document(invited).0
}

struct Writing<'a, 'd> {
    making: &'a Making<'a, 'd>,
    edition: &'a Edition<'d>,
}

impl Writing<'_, '_> {
    /// The document before the gate, and the labels of those invited.
    fn document(&self, invited: &Invited) -> (Publication, Vec<Vec<u32>>) {
        let definition = self.edition.world.definition;
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let mut document = Publication {
            format: FORMAT,
            survey: definition.id.clone(),
            title: words(&definition.title),
            k: definition.minimum_group,
            edition: number(self.making.world.waves.len()),
            last: self.making.last,
            invited: number(invited.members.len()),
            respondents: number(self.edition.world.len()),
            languages: definition.languages.iter().map(Language::to_string).collect(),
            breakdowns: self.making.families.iter().filter_map(|family| breakdown(definition, family)).collect(),
            questions: Vec::new(),
            groups: Vec::new(),
            tables: Vec::new(),
            response: Vec::new(),
            certificate: Vec::new(),
            gate: Report::default(),
            hash: String::new(),
        };
        for (index, population) in self.edition.populations.iter().enumerate() {
            self.population(index, population, &mut document);
        }
        let order = |question: &Question| self.edition.world.variable(&question.id);
        document.questions.sort_by_key(order);
        let labels = self.response(&invited.sorted(), &mut document);
        (document, labels)
    }

    fn population(&self, index: usize, population: &Population, document: &mut Publication) {
        if population.variables.is_empty() {
            return;
        }
        let name = self.name(index, population);
        document.certificate.extend(population.plan.certificate.clone());
        let shown = self.groups(&name, &population.plan, population.condition.is_none());
        for variable in &population.variables {
            let asked = &self.edition.world.variables[*variable];
            document.questions.push(self.question(asked, &name, population.k));
            self.tables(*variable, population, &shown, document);
        }
        document.groups.extend(shown.into_iter().map(|shown| shown.group));
    }

    /// As groups and questions name it: a routed population by the number of its first question.
    fn name(&self, index: usize, population: &Population) -> String {
        match (&population.condition, population.variables.first()) {
            (None, _) if index == 0 => EVERYBODY.to_owned(),
            (None, _) => format!("{EVERYBODY}-{}", population.k),
            (Some(_), Some(first)) => format!("asked-{}", self.edition.world.variables[*first].key),
            (Some(_), None) => String::new(),
        }
    }

    /// Every group that is shown, and every one beside them that is hidden.
    fn groups(&self, audience: &str, plan: &Plan, exact: bool) -> Vec<Shown> {
        let tree = self.making.tree;
        let mut groups = Vec::new();
        for (family, (shown, sizes)) in plan.shown.iter().zip(&plan.sizes).enumerate() {
            for place in 0..tree.len() {
                let beside = plan.shows_place(if family == TREE { tree.place(place).parent } else { place });
                for value in (1..=shown.values()).filter(|_| beside) {
                    let is_shown = *shown.get(place, value);
                    let size = *sizes.get(place, value);
                    let base = is_shown.then(|| if exact { Base::Exact(size) } else { Base::about(size) });
                    groups.push(Shown {
                        family,
                        place,
                        value,
                        group: self.group(audience, family, place, value, base),
                    });
                }
            }
        }
        groups
    }

    fn group(&self, audience: &str, family: usize, place: usize, value: usize, base: Option<Base>) -> Group {
        let tree = self.making.tree;
        let declared = &self.making.families[family];
        let value_name = declared.breakdown.is_some().then(|| declared.values[value - 1].clone());
        let unit = tree.path(place);
        let own =
            unit.last().cloned().unwrap_or_else(|| whole(self.edition.world.definition.default_language()).to_owned());
        let label = value_name.as_ref().map_or_else(|| own.clone(), |value| format!("{own}: {value}"));
        Group {
            id: format!("{audience}.{family}.{place}.{value}"),
            audience: audience.to_owned(),
            place: tree.place(place).id.clone(),
            unit,
            breakdown: declared.id().map(str::to_owned),
            value: value_name,
            base,
            label,
        }
    }

    /// Taking part is a question too, asked of everybody invited.
    fn response(&self, invited: &Invited, document: &mut Publication) -> Vec<Vec<u32>> {
        // Interim editions know no breakdowns, here too.
        let families = if self.making.last { invited.members.values.len() } else { 1 };
        let members =
            Members { places: invited.members.places.clone(), values: invited.members.values[..families].to_vec() };
        let values: Vec<usize> = self.making.families[..families].iter().map(|family| family.values.len()).collect();
        let terms = Terms {
            tree: self.making.tree,
            members: &members,
            values: &values,
            k: document.k,
            spare: &vec![0; families],
            deepest: if self.making.last { usize::MAX } else { 1 },
            within: &[],
            earlier: &[],
        };
        let plan = Plan::of(&terms);
        let labels = plan.labels(self.making.tree, &members);
        let mut took_part: Vec<u8> = invited.answered.iter().map(|answered| u8::from(*answered)).collect();
        let mut chance = chance(self.making.seed, &["response", &document.edition.to_string()]);
        disturb(&labels, &mut took_part, 2, 2, &mut chance);
        document.certificate.extend(plan.certificate.clone());
        let answered = Members {
            places: kept(&members.places, &took_part),
            values: members.values.iter().map(|values| kept(values, &took_part)).collect(),
        };
        let answered = super::labels::sizes(self.making.tree, &answered, &values);
        for shown in self.groups(INVITED, &plan, true) {
            let counts = shown.group.base.as_ref().map(|_| {
                [
                    *plan.sizes[shown.family].get(shown.place, shown.value),
                    *answered[shown.family].get(shown.place, shown.value),
                ]
            });
            let percent = counts.map(|[invited, answered]| percent(answered, invited));
            document.response.push(Rate { group: shown.group.id.clone(), counts, percent });
            document.groups.push(shown.group);
        }
        labels
    }
}

/// A group of a plan, and its number there.
struct Shown {
    family: usize,
    place: usize,
    value: usize,
    group: Group,
}

impl Population {
    /// Family → member → label, of those who were asked.
    fn labels_of_asked(&self) -> Vec<Vec<u32>> {
        let family = |labels: &Vec<u32>| {
            labels.iter().zip(&self.asked).filter(|(_, asked)| **asked).map(|(label, _)| *label).collect()
        };
        self.labels.iter().map(family).collect()
    }
}

fn kept<T: Copy>(all: &[T], took_part: &[u8]) -> Vec<T> {
    all.iter().zip(took_part).filter(|(_, took_part)| **took_part == 1).map(|(one, _)| *one).collect()
}

fn percent(answered: u32, invited: u32) -> String {
    match whole_percent(answered, invited) {
        0..10 => "<10".to_owned(),
        percent @ 10..=90 => percent.to_string(),
        _ => ">90".to_owned(),
    }
}

fn breakdown(definition: &Definition, family: &Family) -> Option<Breakdown> {
    let label = |id: &String| match &family.breakdown {
        Some(Declared::Audiences { .. }) => {
            definition.audience(id).and_then(|audience| audience.label.as_ref()).map(words).unwrap_or_default()
        }
        _ => Words::new(),
    };
    let values = family.values.iter().map(|id| OptionText { id: id.clone(), label: label(id) }).collect();
    Some(Breakdown { id: family.id()?.to_owned(), values })
}

fn words(text: &Text) -> Words {
    text.0.iter().map(|(language, text)| (language.to_string(), text.clone())).collect()
}

fn whole(language: Language) -> &'static str {
    match language.as_str() {
        "nb" => "Hele organisasjonen",
        "nn" => "Heile organisasjonen",
        "pl" => "Cała organizacja",
        _ => "The whole organisation",
    }
}
