//! The survey language, from files to routes.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod answers;
mod command;
mod guide;
mod hostile;
mod large;
mod midway;
mod routes;
mod rules;
mod surveys;
mod times;
mod trends;
mod walk;

use medvirk::definition::diagnostic::render;
use medvirk::definition::inspect;

const MIDWAY: &[u8] = include_bytes!("../../survey-definitions/midtveisevaluering.yaml");

#[test]
fn midway_evaluation_has_nothing_to_be_said_about() {
    let checked = inspect(MIDWAY);
    assert_eq!(render("midtveisevaluering.yaml", MIDWAY, &checked.diagnostics, false), "");
    assert!(checked.definition.is_some());
}
