//! What can be said only of the whole file: names mean something, conditions look back, messages can be sent.
//!
//! The proofs over all answers (`proof`) come last: they need a definition whose conditions say what they seem to say.

mod audiences;
mod messages;
mod names;
mod proof;
mod results;
mod sameness;
mod subjects;
mod times;
mod trends;

use super::diagnostic::Diagnostic;
use super::model::Definition;
use super::parse::source::Sources;

/// Every rule that needs the whole file; `found` is what is known to be wrong already, and is given back with the rest.
/// `others` are surveys that `same_as` may name.
pub(crate) fn check(
    definition: &Definition,
    sources: &Sources,
    others: &[&Definition],
    mut found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let names = names::Names::of(definition, sources);
    found.extend(names.unresolved());
    found.extend(audiences::check(&names));
    found.extend(subjects::check(&names));
    found.extend(results::check(&names));
    found.extend(messages::check(definition, sources));
    found.extend(times::check(definition, sources, &found));
    if found.iter().all(|diagnostic| diagnostic.rule.leaves_routing_whole()) {
        found.extend(trends::check(definition, sources, others));
        found.extend(proof::check(definition, sources));
    }
    found
}
