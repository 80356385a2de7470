//! Everything that respondents can be and answer, as far as conditions look at it: a finite number of cases.
//!
//! Facts of the register come first, one variable for each column (two attributes made from one column depend on each
//! other), then questions in the order of the file. Where the register takes any word, the words that conditions name
//! stand beside "any other". A number stands for all numbers that no comparison tells apart.

use std::collections::HashMap;

use super::combinations::Combinations;
use super::diagram::{Diagram, EVERYBODY, NOBODY, Set, TooEntangled};
use super::looks::{Looked, Looks};
use super::rows::{LAUNCH, rows};
use crate::definition::attributes::attributes_of;
use crate::definition::model::{Answer, Attributes, Definition, Kind, Question, RegisterField, Test};
use crate::definition::route::{holds, is_value};

const FIELDS: [RegisterField; 6] = [
    RegisterField::BirthYear,
    RegisterField::Employment,
    RegisterField::Language,
    RegisterField::StaffResponsibility,
    RegisterField::UnionRep,
    RegisterField::SafetyRep,
];

/// The variables of one file, by what conditions call them.
#[derive(Default)]
pub(super) struct World<'d> {
    variables: Vec<Variable<'d>>,
    /// Attributes and answers (`matrix.item` for an item).
    subjects: HashMap<String, usize>,
}

/// What one subject can be. Two attributes of one column share their bits.
pub(super) struct Variable<'d> {
    /// As conditions call it.
    pub(super) name: String,
    /// The question that has to be asked for there to be an answer; none for what the register says.
    pub(super) question: Option<&'d str>,
    first_bit: u32,
    bits: u32,
    cases: Cases<'d>,
}

enum Cases<'d> {
    /// One of these; the last stands for all numbers of bits that are left.
    One(Vec<Case>),
    /// Several at once, a bit for each that conditions name, after one for "left open".
    Several(Vec<&'d str>),
}

/// One of the things that a subject can be.
enum Case {
    Register(String),
    Answer(Answer),
    Open,
}

impl<'d> World<'d> {
    /// Makes the variables, and gives them with the set of everybody who answers as forms demand.
    pub(super) fn of(definition: &'d Definition, diagram: &mut Diagram) -> Result<(Self, Set), TooEntangled> {
        let looks = Looks::of(definition);
        let mut world = Self::default();
        for field in FIELDS {
            world.register(definition, field, &looks, diagram)?;
        }
        let mut everybody = EVERYBODY;
        for (_, question) in definition.questions() {
            let valid = world.question(definition, question, &looks, diagram)?;
            everybody = diagram.both(everybody, valid)?;
        }
        Ok((world, everybody))
    }

    /// The variable of that name.
    pub(super) fn variable(&self, subject: &str) -> Option<&Variable<'d>> {
        self.variables.get(*self.subjects.get(subject)?)
    }

    fn register(
        &mut self,
        definition: &Definition,
        field: RegisterField,
        looks: &Looks<'_>,
        diagram: &mut Diagram,
    ) -> Result<(), TooEntangled> {
        let attributes: Vec<_> = definition.attributes.iter().filter(|attribute| attribute.from == field).collect();
        let looked: Vec<&Looked<'_>> = attributes.iter().filter_map(|attribute| looks.at(&attribute.id)).collect();
        if looked.is_empty() {
            return Ok(());
        }
        let words: Vec<&str> = looked.iter().flat_map(|looked| looked.values.iter().copied()).collect();
        let bounds = attributes.iter().flat_map(|attribute| attribute.bands.iter().copied());
        let cases = rows(field, &words, bounds.collect());
        diagram.spend(cases.len().saturating_mul(definition.attributes.len()))?;
        let rows: Vec<_> = cases.iter().map(|row| attributes_of(definition, &row.facts(), LAUNCH)).collect();
        let bits = bits_for(rows.len());
        let first_bit = diagram.take_bits(bits)?;
        for attribute in attributes {
            let value = |row: &Attributes| row.get(&attribute.id).cloned();
            let cases = rows.iter().filter_map(value).map(Case::Register).collect();
            self.add(Variable {
                name: attribute.id.clone(),
                question: None,
                first_bit,
                bits,
                cases: Cases::One(cases),
            });
        }
        Ok(())
    }

    /// Makes the variables of a question that conditions look at; gives the answers that its form takes.
    fn question(
        &mut self,
        definition: &'d Definition,
        question: &'d Question,
        looks: &Looks<'d>,
        diagram: &mut Diagram,
    ) -> Result<Set, TooEntangled> {
        if let Kind::Matrix { scale, items } = &question.kind {
            for item in items {
                let name = format!("{}.{}", question.id, item.id);
                if looks.at(&name).is_some() || looks.at(&question.id).is_some() {
                    self.one_of(name, question, points(definition, scale), diagram)?;
                }
            }
            return Ok(EVERYBODY);
        }
        let Some(looked) = looks.at(&question.id) else { return Ok(EVERYBODY) };
        let choice = |id: &str| Answer::Choice(id.to_owned());
        let answers = match &question.kind {
            Kind::YesNo => vec![choice("yes"), choice("no")],
            Kind::Choice { options, other } => {
                let other = other.then(|| choice("other"));
                options.iter().map(|option| choice(&option.id)).chain(other).collect()
            }
            Kind::Scale(scale) => points(definition, scale),
            Kind::Number { min, max, .. } => numbers(looked, *min, *max),
            Kind::Text | Kind::LongText => vec![Answer::Text(String::new())],
            Kind::Notice | Kind::Matrix { .. } => return Ok(EVERYBODY),
            Kind::Choices { .. } | Kind::Rank { .. } => return self.several(question, looked, diagram),
        };
        self.one_of(question.id.clone(), question, answers, diagram)?;
        Ok(EVERYBODY)
    }

    fn one_of(
        &mut self,
        name: String,
        question: &'d Question,
        answers: Vec<Answer>,
        diagram: &mut Diagram,
    ) -> Result<(), TooEntangled> {
        let open = (!question.required).then_some(Case::Open);
        let cases: Vec<Case> = answers.into_iter().map(Case::Answer).chain(open).collect();
        let bits = bits_for(cases.len());
        let first_bit = diagram.take_bits(bits)?;
        self.add(Variable { name, question: Some(&question.id), first_bit, bits, cases: Cases::One(cases) });
        Ok(())
    }

    fn several(
        &mut self,
        question: &'d Question,
        looked: &Looked<'d>,
        diagram: &mut Diagram,
    ) -> Result<Set, TooEntangled> {
        let mut named: Vec<&'d str> = looked.values.clone();
        named.sort_unstable();
        named.dedup();
        let bits = u32::try_from(named.len()).map_err(|_| TooEntangled)?.saturating_add(1);
        let first_bit = diagram.take_bits(bits)?;
        let valid = Combinations::of(question, &named, first_bit + 1).valid(0, 0, false, diagram)?;
        let name = question.id.clone();
        self.add(Variable { name, question: Some(&question.id), first_bit, bits, cases: Cases::Several(named) });
        diagram.node(first_bit, valid, if question.required { NOBODY } else { EVERYBODY })
    }

    fn add(&mut self, variable: Variable<'d>) {
        self.subjects.insert(variable.name.clone(), self.variables.len());
        self.variables.push(variable);
    }

    /// The variables that a set of bits speaks of, each with what it says, in words.
    pub(super) fn says<'w>(&'w self, bits: &[(u32, bool)]) -> Vec<(&'w Variable<'d>, String)> {
        let said = |variable: &Variable<'d>| {
            bits.iter().any(|(bit, _)| (variable.first_bit..variable.first_bit + variable.bits).contains(bit))
        };
        self.variables
            .iter()
            .filter(|variable| said(variable))
            .map(|variable| (variable, variable.read(bits)))
            .collect()
    }
}

impl Variable<'_> {
    /// Those for whom the test holds, and those for whom it does not; who left the question open is in neither.
    pub(super) fn compare(&self, test: &Test, diagram: &mut Diagram) -> Result<(Set, Set), TooEntangled> {
        match &self.cases {
            Cases::One(cases) => {
                diagram.spend(cases.len().saturating_mul(size(test)))?;
                let yes = self.those(cases, |case| case.holds(test) == Some(true), diagram)?;
                let no = self.those(cases, |case| case.holds(test) == Some(false), diagram)?;
                Ok((yes, no))
            }
            Cases::Several(named) => {
                let answered = self.answered(diagram)?;
                let wanted: Vec<&str> = match test {
                    Test::Includes(option) => vec![option],
                    Test::IncludesAll(options) => options.iter().map(String::as_str).collect(),
                    _ => return Ok((NOBODY, answered)),
                };
                diagram.spend(named.len().saturating_mul(wanted.len()))?;
                let mut yes = answered;
                for (bit, option) in (self.first_bit + 1..).zip(named) {
                    if wanted.contains(option) {
                        let chosen = diagram.node(bit, NOBODY, EVERYBODY)?;
                        yes = diagram.both(yes, chosen)?;
                    }
                }
                if wanted.iter().any(|option| !named.contains(option)) {
                    yes = NOBODY;
                }
                Ok((yes, diagram.without(answered, yes)?))
            }
        }
    }

    /// Those who do not leave the question open.
    pub(super) fn answered(&self, diagram: &mut Diagram) -> Result<Set, TooEntangled> {
        match &self.cases {
            Cases::One(cases) => self.those(cases, |case| !matches!(case, Case::Open), diagram),
            Cases::Several(_) => diagram.node(self.first_bit, EVERYBODY, NOBODY),
        }
    }

    fn those(
        &self,
        cases: &[Case],
        wanted: impl Fn(&Case) -> bool,
        diagram: &mut Diagram,
    ) -> Result<Set, TooEntangled> {
        diagram.spend(cases.len())?;
        let last = cases.last().is_some_and(&wanted);
        let mut row: Vec<Set> = cases.iter().map(|case| if wanted(case) { EVERYBODY } else { NOBODY }).collect();
        row.resize(1 << self.bits, if last { EVERYBODY } else { NOBODY });
        for bit in (self.first_bit..self.first_bit + self.bits).rev() {
            let mut halved = Vec::with_capacity(row.len() / 2);
            for pair in row.chunks_exact(2) {
                if let [without, with] = pair {
                    halved.push(diagram.node(bit, *without, *with)?);
                }
            }
            row = halved;
        }
        Ok(row.first().copied().unwrap_or(NOBODY))
    }

    /// What the bits say of this subject, in words; bits that are not given count as not set.
    fn read(&self, bits: &[(u32, bool)]) -> String {
        let set = |bit: u32| bits.contains(&(bit, true));
        match &self.cases {
            Cases::One(cases) => {
                let all = self.first_bit..self.first_bit + self.bits;
                let number = all.fold(0, |number, bit| number * 2 + usize::from(set(bit)));
                cases.get(number.min(cases.len().saturating_sub(1))).map(Case::words).unwrap_or_default()
            }
            Cases::Several(_) if set(self.first_bit) => Case::Open.words(),
            Cases::Several(named) => {
                let chosen = |wanted: bool| {
                    let said = (self.first_bit + 1..).zip(named).filter(move |(bit, _)| bits.contains(&(*bit, wanted)));
                    said.map(|(_, option)| *option).collect::<Vec<_>>().join(" and ")
                };
                let without = chosen(false);
                match chosen(true) {
                    with if !with.is_empty() => with,
                    _ if !without.is_empty() => format!("without {without}"),
                    _ => "any answer".to_owned(),
                }
            }
        }
    }
}

impl Case {
    fn holds(&self, test: &Test) -> Option<bool> {
        match self {
            Self::Register(value) => Some(is_value(test, value)),
            Self::Answer(answer) => Some(holds(test, answer)),
            Self::Open => None,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Register(value) | Self::Answer(Answer::Choice(value)) => value.clone(),
            Self::Answer(Answer::Scale(value) | Answer::Number(value)) => value.to_string(),
            Self::Answer(Answer::DontKnow) => "dont_know".to_owned(),
            Self::Answer(_) => "any answer".to_owned(),
            Self::Open => "left open".to_owned(),
        }
    }
}

/// How much work it is to try the test on one case.
fn size(test: &Test) -> usize {
    match test {
        Test::OneOf(values) | Test::NoneOf(values) | Test::IncludesAll(values) => values.len(),
        Test::AtLeast(_) | Test::AtMost(_) | Test::Includes(_) => 1,
    }
}

/// Bits that number so many cases.
fn bits_for(cases: usize) -> u32 {
    usize::BITS - cases.saturating_sub(1).leading_zeros()
}

fn points(definition: &Definition, scale: &str) -> Vec<Answer> {
    let Some(scale) = definition.scale(scale) else { return Vec::new() };
    let dont_know = scale.dont_know.is_some().then_some(Answer::DontKnow);
    scale.points.iter().map(|point| Answer::Scale(point.value)).chain(dont_know).collect()
}

/// One number of every range that no comparison divides: the smallest, or the nearest to nought where there is none.
fn numbers(looked: &Looked<'_>, min: Option<i64>, max: Option<i64>) -> Vec<Answer> {
    let (min, max) = (min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX));
    let mut starts: Vec<i64> = looked.bounds.iter().copied().filter(|bound| (min..=max).contains(bound)).collect();
    starts.push(min);
    starts.sort_unstable();
    starts.dedup();
    starts.into_iter().map(Answer::Number).collect()
}
