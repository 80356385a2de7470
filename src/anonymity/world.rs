//! The responses in the categories that are counted.

use std::collections::BTreeMap;

use super::rounding::NOT_ASKED;
use super::variable::{Counting, Variable, variables};
use crate::definition::model::{Answer, Answers, Attributes, Breakdown, Condition, Definition, Kind};
use crate::definition::route::{Truth, decide, route};

/// One response, as it was opened.
#[derive(Clone, Debug)]
pub struct Response {
    /// The deepest place, by its number in the tree.
    pub place: usize,
    /// Frozen at launch.
    pub attributes: Attributes,
    /// Applicable answers.
    pub answers: Answers,
}

/// The answers of everybody to one variable.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    /// The category of each; for several options only whether anything was answered (0) or it was left open.
    pub category: Vec<u8>,
    /// Where several can be chosen: one bit for each option.
    pub chosen: Vec<u128>,
    /// Where it is a number: the number.
    pub number: Vec<i64>,
}

/// Everything that was answered.
#[derive(Clone, Debug)]
pub struct World<'d> {
    /// The survey.
    pub definition: &'d Definition,
    /// What is counted.
    pub variables: Vec<Variable<'d>>,
    /// Where each respondent belongs.
    pub places: Vec<u32>,
    /// Each respondent's attributes, by number in `kinds`.
    pub attributes: Vec<u32>,
    /// The attributes that occur.
    pub kinds: Vec<Attributes>,
    /// Variable → answers.
    pub columns: Vec<Column>,
    /// How many respondents had been opened by the end of each wave; those of the first come first.
    pub waves: Vec<usize>,
}

impl<'d> World<'d> {
    /// Reads the responses in, wave by wave as they were opened. Their order within a wave is lost: equal input gives an
    /// equal world.
    #[must_use]
    pub fn new<W: IntoIterator<Item = Response>>(
        definition: &'d Definition,
        waves: impl IntoIterator<Item = W>,
    ) -> Self {
        let variables: Vec<Variable<'d>> = variables(definition);
        let columns = vec![Column::default(); variables.len()];
        let mut world = Self {
            definition,
            variables,
            places: Vec::new(),
            attributes: Vec::new(),
            kinds: Vec::new(),
            columns,
            waves: Vec::new(),
        };
        let mut known = BTreeMap::new();
        for wave in waves {
            wave.into_iter().for_each(|response| world.push(response, &mut known));
            world.waves.push(world.len());
        }
        world.sort();
        world
    }

    /// The world as it was at the end of a wave, with these answers.
    #[must_use]
    pub fn until(&self, wave: usize, columns: &[Column]) -> Self {
        let end = self.waves[wave];
        Self {
            definition: self.definition,
            variables: self.variables.clone(),
            places: self.places[..end].to_vec(),
            attributes: self.attributes[..end].to_vec(),
            kinds: self.kinds.clone(),
            columns: columns.iter().map(|column| column.until(end)).collect(),
            waves: self.waves[..=wave].to_vec(),
        }
    }

    /// How many respondents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Nobody answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    #[expect(clippy::cast_possible_truncation, reason = "places and kinds of attributes are far fewer")]
    fn push(&mut self, response: Response, known: &mut BTreeMap<Attributes, u32>) {
        let Response { place, attributes, answers } = response;
        let route = route(self.definition, &attributes, &answers);
        let asked: Vec<&str> = route
            .pages
            .iter()
            .flat_map(|step| step.questions.iter().map(|(question, _)| question.id.as_str()))
            .collect();
        for (variable, column) in self.variables.iter().zip(&mut self.columns) {
            let asked = asked.contains(&variable.question.id.as_str());
            if asked {
                column.push(variable, answers.get(&variable.key));
            } else {
                column.put(variable, NOT_ASKED, 0, 0);
            }
        }
        let next = known.len() as u32;
        let kind = *known.entry(attributes.clone()).or_insert(next);
        if kind == next {
            self.kinds.push(attributes);
        }
        self.places.push(place as u32);
        self.attributes.push(kind);
    }

    /// Answers that decide who is asked or in which group somebody is come first: so whatever else was answered, the same of
    /// these are disturbed, and the plans stay what they are.
    fn sort(&mut self) {
        let decisive = decisive(self.definition);
        let decides = |variable: &Variable<'_>| decisive.iter().any(|subject| variable.answers_to(subject));
        let (first, then): (Vec<usize>, Vec<usize>) =
            (0..self.variables.len()).partition(|index| decides(&self.variables[*index]));
        let columns: Vec<&Column> = first.iter().chain(&then).map(|index| &self.columns[*index]).collect();
        let mut order: Vec<usize> = (0..self.len()).collect();
        let wave = |member: &usize| self.waves.partition_point(|end| end <= member);
        let all = |one: &usize, other: &usize| {
            let kind = |member: &usize| &self.kinds[self.attributes[*member] as usize];
            wave(one)
                .cmp(&wave(other))
                .then_with(|| self.places[*one].cmp(&self.places[*other]))
                .then_with(|| kind(one).cmp(kind(other)))
                .then_with(|| {
                    let mut compared = columns.iter().map(|column| column.compare(*one, *other));
                    compared.find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
                })
        };
        order.sort_unstable_by(all);
        self.places = order.iter().map(|member| self.places[*member]).collect();
        self.attributes = order.iter().map(|member| self.attributes[*member]).collect();
        self.columns.iter_mut().for_each(|column| column.reorder(&order));
    }

    /// The variable of that key.
    #[must_use]
    pub fn variable(&self, key: &str) -> Option<usize> {
        self.variables.iter().position(|variable| variable.key == key)
    }

    /// Whether a condition holds for each respondent, given these answers. Questions that were not asked count as unanswered.
    #[must_use]
    pub fn holds(&self, condition: &Condition, columns: &[Column]) -> Vec<bool> {
        let needed = subjects(self.definition, condition);
        let needed: Vec<usize> = (0..self.variables.len())
            .filter(|index| needed.iter().any(|subject| self.variables[*index].answers_to(subject)))
            .collect();
        let holds = |member: usize| {
            let answer = |index: &usize| {
                let variable = &self.variables[*index];
                Some((variable.key.clone(), columns[*index].answer(variable, member)?))
            };
            let answers: Answers = needed.iter().filter_map(answer).collect();
            let attributes = &self.kinds[self.attributes[member] as usize];
            decide(self.definition, condition, attributes, &answers) == Truth::True
        };
        (0..self.len()).map(holds).collect()
    }

    /// The value of each respondent in a breakdown (from 1; 0 in none), given these answers and the attribute's values.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "breakdowns have few values")]
    pub fn values(&self, breakdown: &Breakdown, names: &[String], columns: &[Column]) -> Vec<u16> {
        match breakdown {
            Breakdown::Attribute(id) => {
                let value = |kind: &Attributes| {
                    let value = kind.get(id).map_or(crate::definition::attributes::UNKNOWN, String::as_str);
                    names.iter().position(|name| name == value).map_or(0, |index| index as u16 + 1)
                };
                let by_kind: Vec<u16> = self.kinds.iter().map(value).collect();
                self.attributes.iter().map(|kind| by_kind[*kind as usize]).collect()
            }
            Breakdown::Audiences { audiences, .. } => {
                let mut values = vec![0; self.len()];
                for (index, audience) in audiences.iter().enumerate() {
                    let holds = self.holds(&Condition::Audience(audience.clone()), columns);
                    for (value, _) in values.iter_mut().zip(holds).filter(|(value, holds)| **value == 0 && *holds) {
                        *value = index as u16 + 1;
                    }
                }
                values
            }
        }
    }
}

impl Column {
    /// `None`: asked, and left open.
    #[expect(clippy::cast_possible_truncation, reason = "there are at most 100 options")]
    fn push(&mut self, variable: &Variable<'_>, answer: Option<&Answer>) {
        let at = |value: &str| variable.options.iter().position(|option| option == value).map(|index| index as u8);
        let category = match answer {
            Some(Answer::Choice(value)) => at(value),
            Some(Answer::Scale(value)) => at(&value.to_string()),
            Some(Answer::DontKnow) => variable.dont_know.then_some(variable.options.len() as u8),
            Some(Answer::Number(value)) => return self.put(variable, variable.band(*value), 0, *value),
            Some(Answer::Choices(values) | Answer::Rank(values)) => {
                let chosen = values.iter().filter_map(|value| at(value)).fold(0, |bits, index| bits | 1 << index);
                return self.put(variable, 0, chosen, 0);
            }
            Some(Answer::Text(_)) | None => None,
        };
        self.put(variable, category.unwrap_or(variable.open()), 0, 0);
    }

    fn put(&mut self, variable: &Variable<'_>, category: u8, chosen: u128, number: i64) {
        self.category.push(category);
        match variable.counting {
            Counting::One => {}
            Counting::Several => self.chosen.push(chosen),
            Counting::Number => self.number.push(number),
        }
    }

    /// The answer of one respondent, as conditions read it.
    fn answer(&self, variable: &Variable<'_>, member: usize) -> Option<Answer> {
        let category = usize::from(self.category[member]);
        if self.category[member] == NOT_ASKED || category == usize::from(variable.open()) {
            return None;
        }
        let option = variable.options.get(category);
        match (variable.counting, &variable.question.kind) {
            (Counting::Several, Kind::Rank { .. }) => Some(Answer::Rank(self.options(variable, member))),
            (Counting::Several, _) => Some(Answer::Choices(self.options(variable, member))),
            (Counting::Number, _) => Some(Answer::Number(self.number[member])),
            (Counting::One, Kind::Scale(_) | Kind::Matrix { .. }) => {
                option.map_or(Some(Answer::DontKnow), |value| value.parse().ok().map(Answer::Scale))
            }
            (Counting::One, _) => option.cloned().map(Answer::Choice),
        }
    }

    fn options(&self, variable: &Variable<'_>, member: usize) -> Vec<String> {
        let chosen = self.chosen[member];
        let options = variable.options.iter().enumerate().filter(|(index, _)| chosen >> index & 1 == 1);
        options.map(|(_, option)| option.clone()).collect()
    }

    fn until(&self, end: usize) -> Self {
        let part = |len: usize| end.min(len);
        Self {
            category: self.category[..part(self.category.len())].to_vec(),
            chosen: self.chosen[..part(self.chosen.len())].to_vec(),
            number: self.number[..part(self.number.len())].to_vec(),
        }
    }

    fn compare(&self, one: usize, other: usize) -> std::cmp::Ordering {
        let chosen = |member: usize| self.chosen.get(member);
        let number = |member: usize| self.number.get(member);
        self.category[one]
            .cmp(&self.category[other])
            .then_with(|| chosen(one).cmp(&chosen(other)))
            .then_with(|| number(one).cmp(&number(other)))
    }

    fn reorder(&mut self, order: &[usize]) {
        self.category = order.iter().map(|member| self.category[*member]).collect();
        if !self.chosen.is_empty() {
            self.chosen = order.iter().map(|member| self.chosen[*member]).collect();
        }
        if !self.number.is_empty() {
            self.number = order.iter().map(|member| self.number[*member]).collect();
        }
    }
}

/// The questions that any condition of the survey looks at.
fn decisive(definition: &Definition) -> Vec<String> {
    let pages = definition.pages.iter().map(|page| &page.audience);
    let questions = definition.questions().map(|(_, question)| &question.audience);
    let audiences = definition.audiences.iter().map(|audience| &audience.condition);
    let conditions = pages.chain(questions).flatten().chain(audiences);
    conditions.flat_map(|condition| subjects(definition, condition)).collect()
}

/// The questions and attributes that a condition asks about, through the audiences that it names.
#[must_use]
pub fn subjects(definition: &Definition, condition: &Condition) -> Vec<String> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().flat_map(|part| subjects(definition, part)).collect()
        }
        Condition::Not(part) => subjects(definition, part),
        Condition::Audience(id) => {
            definition.audience(id).map_or_else(Vec::new, |audience| subjects(definition, &audience.condition))
        }
        Condition::Answered(question) => vec![question.clone()],
        Condition::Is { subject, .. } => vec![subject.clone()],
    }
}
