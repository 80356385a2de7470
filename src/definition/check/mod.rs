//! What can be said only of the whole file: names mean something, conditions look back, messages can be sent.
//!
//! The proofs over all answers (dead parts, contradictions, wordings that cover everybody once) will stand beside these
//! as files of their own: they need a definition in which everything here already holds.

mod audiences;
mod messages;
mod names;
mod results;
mod subjects;

use super::diagnostic::Diagnostic;
use super::model::Definition;
use super::parse::source::Sources;

/// Every rule that needs the whole file.
pub(crate) fn check(definition: &Definition, sources: &Sources) -> Vec<Diagnostic> {
    let names = names::Names::of(definition, sources);
    let mut found = names.unresolved();
    found.extend(audiences::check(&names));
    found.extend(subjects::check(&names));
    found.extend(results::check(&names));
    found.extend(messages::check(definition, sources));
    found
}
