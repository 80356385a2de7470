//! What figures are broken down by, and the questions that it rests on.

use std::collections::BTreeSet;

use super::world::subjects;
use crate::definition::attributes::band_names;
use crate::definition::model::{Breakdown, Condition, Definition};

/// A family of groups: the tree, or the tree with a breakdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// `None` for the tree itself.
    pub breakdown: Option<Breakdown>,
    /// Its values by name; the tree's one is empty.
    pub values: Vec<String>,
    /// The keys of the questions that it rests on; none where it comes from the register.
    pub sources: Vec<String>,
}

impl Family {
    /// The breakdown's id.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.breakdown.as_ref().map(|breakdown| match breakdown {
            Breakdown::Attribute(id) | Breakdown::Audiences { id, .. } => id.as_str(),
        })
    }
}

/// The families of a survey: the tree, breakdowns from the register, breakdowns from answers. `occurring` are the values
/// of an attribute that anybody invited has.
#[must_use]
pub fn families(definition: &Definition, occurring: impl Fn(&str) -> BTreeSet<String>) -> Vec<Family> {
    let of = |breakdown: &Breakdown| match breakdown {
        Breakdown::Attribute(id) => {
            let attribute = definition.attributes.iter().find(|attribute| attribute.id == *id);
            let mut values = attribute.map_or_else(Vec::new, |attribute| band_names(&attribute.bands));
            values.extend(occurring(id).into_iter().filter(|value| !values.contains(value)).collect::<Vec<_>>());
            Family { breakdown: Some(breakdown.clone()), values, sources: Vec::new() }
        }
        Breakdown::Audiences { audiences, .. } => {
            let sources = audiences.iter().flat_map(|id| sources(definition, &Condition::Audience(id.clone())));
            let sources = sources.collect::<BTreeSet<_>>().into_iter().collect();
            Family { breakdown: Some(breakdown.clone()), values: audiences.clone(), sources }
        }
    };
    let tree = Family { breakdown: None, values: vec![String::new()], sources: Vec::new() };
    let mut families: Vec<Family> = std::iter::once(tree).chain(definition.breakdowns.iter().map(of)).collect();
    families.sort_by_key(|family| !family.sources.is_empty());
    families
}

/// The questions that a condition rests on, through the conditions of those questions themselves.
pub(super) fn sources(definition: &Definition, condition: &Condition) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = subjects(definition, condition);
    while let Some(subject) = waiting.pop() {
        let id = subject.split('.').next().unwrap_or(&subject);
        let Some((page, question)) = definition.questions().find(|(_, question)| question.id == id) else { continue };
        if !found.contains(&subject) {
            let conditions = [&page.audience, &question.audience].into_iter().flatten();
            waiting.extend(conditions.flat_map(|condition| subjects(definition, condition)));
            found.push(subject);
        }
    }
    found
}
