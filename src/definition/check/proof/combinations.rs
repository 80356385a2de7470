//! Questions that take several options at once: which of them go together.

use std::collections::HashMap;

use super::diagram::{Diagram, EVERYBODY, NOBODY, Set, TooEntangled};
use crate::definition::model::{Kind, Question};

/// Which of the named options of one question can be chosen together.
pub(super) struct Combinations {
    first_bit: u32,
    /// For each named option, whether it excludes all others.
    named: Vec<bool>,
    /// Whether something can be chosen that no condition names.
    unnamed: bool,
    /// At most so many.
    max: usize,
    /// So many or more are all alike.
    alike: usize,
    done: HashMap<(usize, usize, bool), Set>,
}

impl Combinations {
    /// Of the options that conditions name, each with a bit from `first_bit` on.
    pub(super) fn of(question: &Question, named: &[&str], first_bit: u32) -> Self {
        let (options, other, max) = match &question.kind {
            Kind::Choices { options, other, max } => (options.as_slice(), *other, *max),
            Kind::Rank { options, top } => (options.as_slice(), false, Some(*top)),
            _ => (&[][..], false, None),
        };
        let exclusive: HashMap<&str, bool> =
            options.iter().map(|option| (option.id.as_str(), option.exclusive)).collect();
        let max = max.and_then(|max| usize::try_from(max).ok());
        let excludes = named.iter().map(|option| exclusive.get(option).copied().unwrap_or_default()).collect();
        Self {
            first_bit,
            named: excludes,
            unnamed: options.len() + usize::from(other) > named.len(),
            max: max.unwrap_or(usize::MAX),
            alike: max.map_or(2, |max| max.saturating_add(1).max(2)),
            done: HashMap::new(),
        }
    }

    /// The valid choices among the options from `option` on, after so many were chosen, an exclusive one among them.
    pub(super) fn valid(
        &mut self,
        option: usize,
        chosen: usize,
        exclusive: bool,
        diagram: &mut Diagram,
    ) -> Result<Set, TooEntangled> {
        if chosen > self.max || (exclusive && chosen > 1) {
            return Ok(NOBODY);
        }
        let Some(excludes) = self.named.get(option).copied() else {
            return Ok(if chosen == 0 && !self.unnamed { NOBODY } else { EVERYBODY });
        };
        if let Some(done) = self.done.get(&(option, chosen, exclusive)) {
            return Ok(*done);
        }
        diagram.spend(1)?;
        let without = self.valid(option + 1, chosen, exclusive, diagram)?;
        let with = self.valid(option + 1, (chosen + 1).min(self.alike), exclusive || excludes, diagram)?;
        let bit = self.first_bit + u32::try_from(option).map_err(|_| TooEntangled)?;
        let set = diagram.node(bit, without, with)?;
        self.done.insert((option, chosen, exclusive), set);
        Ok(set)
    }
}
