//! Surveys of other tools become definitions: what is carried over, what is said, and what hostile files do.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod command;
mod conditions;
mod hostile;
mod limesurvey;
mod meaning;
mod workbook;
mod writing;
mod xlsform;

use medvirk::definition::diagnostic::render;
use medvirk::definition::import::{Imported, import};
use medvirk::definition::inspect;
use medvirk::definition::model::Definition;

/// What a file becomes; every story but those of hostile files needs one.
fn imported(source: &[u8]) -> Imported {
    import(source).unwrap()
}

/// The notes as they are printed.
fn notes(imported: &Imported) -> String {
    imported.notes.iter().map(|note| format!("{note}\n")).collect::<Vec<_>>().concat()
}

/// What the checker says, as it is printed.
fn complaints(imported: &Imported) -> String {
    let yaml = imported.yaml.as_bytes();
    render("imported.yaml", yaml, &inspect(yaml).diagnostics, false)
}

/// The survey, of a file about which the checker has nothing to say.
fn checked(imported: &Imported) -> Definition {
    assert_eq!(complaints(imported), "", "{}", imported.yaml);
    inspect(imported.yaml.as_bytes()).definition.unwrap()
}
