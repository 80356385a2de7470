//! For whom conditions hold: the three values of `route`, for all respondents at once.

use std::collections::HashMap;

use super::diagram::{Diagram, EVERYBODY, NOBODY, Set, TooEntangled};
use super::world::World;
use crate::definition::model::{Condition, Definition, Item, Kind, Test};

/// Those for whom a condition is true and those for whom it is false; it is unknown for all others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Truth {
    pub(super) yes: Set,
    pub(super) no: Set,
}

/// A condition with all its parts.
pub(super) struct Decided {
    pub(super) truth: Truth,
    /// Of `all`, `any` and `not`, in their order.
    pub(super) parts: Vec<Decided>,
}

/// Decides conditions, given who sees the questions before them.
pub(super) struct Decider<'d> {
    pub(super) diagram: Diagram,
    pub(super) world: World<'d>,
    /// Everybody who answers as forms demand.
    pub(super) everybody: Set,
    /// Who is asked each question that was reached so far.
    asked: HashMap<&'d str, Set>,
    audiences: HashMap<&'d str, &'d Condition>,
    matrices: HashMap<&'d str, &'d [Item]>,
    decided: HashMap<&'d str, Truth>,
}

impl<'d> Decider<'d> {
    pub(super) fn of(definition: &'d Definition) -> Result<Self, TooEntangled> {
        let mut diagram = Diagram::default();
        let (world, everybody) = World::of(definition, &mut diagram)?;
        let audiences = definition.audiences.iter().map(|audience| (audience.id.as_str(), &audience.condition));
        let matrices = definition.questions().filter_map(|(_, question)| match &question.kind {
            Kind::Matrix { items, .. } => Some((question.id.as_str(), items.as_slice())),
            _ => None,
        });
        let (audiences, matrices) = (audiences.collect(), matrices.collect());
        Ok(Self { diagram, world, everybody, asked: HashMap::new(), audiences, matrices, decided: HashMap::new() })
    }

    /// Says who is asked a question, before anything looks at it.
    pub(super) fn ask(&mut self, question: &'d str, who: Set) {
        self.asked.insert(question, who);
    }

    /// Who is asked a question.
    pub(super) fn asked(&self, question: &str) -> Set {
        self.asked.get(question).copied().unwrap_or(NOBODY)
    }

    /// Decides a condition and its parts.
    pub(super) fn condition(&mut self, condition: &Condition) -> Result<Decided, TooEntangled> {
        let alone = |truth| Decided { truth, parts: Vec::new() };
        match condition {
            Condition::All(parts) => self.several(parts, true),
            Condition::Any(parts) => self.several(parts, false),
            Condition::Not(part) => {
                let part = self.condition(part)?;
                Ok(Decided { truth: Truth { yes: part.truth.no, no: part.truth.yes }, parts: vec![part] })
            }
            Condition::Audience(id) => self.audience(id).map(alone),
            Condition::Answered(subject) => self.answered(subject).map(alone),
            Condition::Is { subject, test } => self.compare(subject, test).map(alone),
        }
    }

    /// `all` (one false part makes it false) or `any` (one true part makes it true).
    fn several(&mut self, parts: &[Condition], all: bool) -> Result<Decided, TooEntangled> {
        let mut truth = if all { Truth { yes: EVERYBODY, no: NOBODY } } else { Truth { yes: NOBODY, no: EVERYBODY } };
        let mut decided = Vec::with_capacity(parts.len());
        for part in parts {
            let part = self.condition(part)?;
            let Truth { yes, no } = part.truth;
            truth = if all {
                Truth { yes: self.diagram.both(truth.yes, yes)?, no: self.diagram.either(truth.no, no)? }
            } else {
                Truth { yes: self.diagram.either(truth.yes, yes)?, no: self.diagram.both(truth.no, no)? }
            };
            decided.push(part);
        }
        Ok(Decided { truth, parts: decided })
    }

    /// Decides an audience. All that it looks at comes before its first use, so that one decision holds everywhere.
    pub(super) fn audience(&mut self, id: &str) -> Result<Truth, TooEntangled> {
        if let Some(truth) = self.decided.get(id) {
            return Ok(*truth);
        }
        let Some((id, condition)) = self.audiences.get_key_value(id).map(|(id, condition)| (*id, *condition)) else {
            return Ok(Truth { yes: NOBODY, no: NOBODY });
        };
        let truth = self.condition(condition)?.truth;
        self.decided.insert(id, truth);
        Ok(truth)
    }

    fn answered(&mut self, subject: &str) -> Result<Truth, TooEntangled> {
        let names = match self.matrices.get(subject) {
            Some(items) => items.iter().map(|item| format!("{subject}.{}", item.id)).collect(),
            None => vec![subject.to_owned()],
        };
        let mut yes = NOBODY;
        for name in names {
            let Some(variable) = self.world.variable(&name) else { continue };
            let answered = variable.answered(&mut self.diagram)?;
            let answered = self.diagram.both(answered, self.asked_of(variable.question))?;
            yes = self.diagram.either(yes, answered)?;
        }
        Ok(Truth { yes, no: self.diagram.without(EVERYBODY, yes)? })
    }

    /// Decides one comparison.
    pub(super) fn compare(&mut self, subject: &str, test: &Test) -> Result<Truth, TooEntangled> {
        let Some(variable) = self.world.variable(subject) else { return Ok(Truth { yes: NOBODY, no: NOBODY }) };
        let (yes, no) = variable.compare(test, &mut self.diagram)?;
        let asked = self.asked_of(variable.question);
        Ok(Truth { yes: self.diagram.both(yes, asked)?, no: self.diagram.both(no, asked)? })
    }

    /// Who has the subject: those who are asked the question, and everybody where the register answers.
    fn asked_of(&self, question: Option<&str>) -> Set {
        question.map_or(EVERYBODY, |question| self.asked(question))
    }

    /// One respondent of the set: what makes them belong to it, as `key: value, key: value`.
    pub(super) fn somebody(&mut self, set: Set) -> Result<String, TooEntangled> {
        let bits = self.diagram.somebody(set).unwrap_or_default();
        let mut these = EVERYBODY;
        for (bit, with) in bits.iter().rev() {
            these =
                if *with { self.diagram.node(*bit, NOBODY, these)? } else { self.diagram.node(*bit, these, NOBODY)? };
        }
        let mut said = Vec::new();
        for (variable, words) in self.world.says(&bits) {
            let asked = variable.question.map_or(EVERYBODY, |question| self.asked(question));
            if self.diagram.both(these, asked)? != NOBODY {
                said.push(format!("{}: {words}", variable.name));
            }
        }
        Ok(if said.is_empty() { "any answers".to_owned() } else { said.join(", ") })
    }
}
