//! The survey language: what a survey asks, of whom, in which words. Read from YAML, checked before anybody gets an
//! SMS, and walked page by page while somebody answers.
//!
//! A file goes through [`yaml`] (a tree with places), [`parse`] (a [`Definition`] with places beside it) and `check`
//! (what needs the whole file); [`load`] is all three. Afterwards [`attributes`] freezes what the register says of a
//! respondent, [`route`] decides what is asked next, and [`answer`] reads what came back. [`import`] makes such files of the
//! surveys of other tools.

pub mod answer;
pub mod attributes;
mod check;
pub mod diagnostic;
pub mod difference;
pub mod graph;
pub mod import;
pub mod model;
pub mod parse;
pub mod route;
pub mod rule;
pub mod schema;
pub mod summary;
pub mod yaml;

use diagnostic::{Diagnostic, Severity, Span};
use model::Definition;
use rule::Rule;

pub use yaml::MAX_BYTES;

/// A file after all checks.
#[derive(Debug)]
pub struct Checked {
    /// The survey, where nothing is wrong with it.
    pub definition: Option<Definition>,
    /// Errors and warnings, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a definition.
///
/// # Errors
/// Everything that is wrong with the file, in its order; warnings are not errors (see [`inspect`]).
pub fn load(source: &[u8]) -> Result<Definition, Vec<Diagnostic>> {
    let Checked { definition, diagnostics } = inspect(source);
    definition.ok_or(diagnostics)
}

/// Reads a definition and says all that there is to say about it.
#[must_use]
pub fn inspect(source: &[u8]) -> Checked {
    inspect_with(source, &[])
}

/// The same with other surveys at hand: only then can be told whether the trends of `same_as` can be drawn.
#[must_use]
pub fn inspect_with(source: &[u8], others: &[&Definition]) -> Checked {
    let root = match yaml::read(source) {
        Ok(root) => root,
        Err(diagnostics) => return Checked { definition: None, diagnostics: in_order(diagnostics) },
    };
    let parse::Parsed { definition, sources, mut diagnostics } = parse::parse(&root);
    if let Some(definition) = &definition {
        diagnostics = check::check(definition, &sources, others, diagnostics);
    }
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Checked { definition: definition.filter(|_| !failed), diagnostics: in_order(diagnostics) }
}

/// Sorted by place, each once, and no more than anybody reads.
fn in_order(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.rule));
    diagnostics.dedup();
    let count = diagnostics.len();
    if count > parse::reader::MAX_DIAGNOSTICS {
        diagnostics.truncate(parse::reader::MAX_DIAGNOSTICS);
        let span = diagnostics.last().map_or(Span::point(1, 1), |last| last.span);
        diagnostics.push(Diagnostic::new(Rule::More, span, "more is wrong after this; mend these first"));
    }
    diagnostics
}
