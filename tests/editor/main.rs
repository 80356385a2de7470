//! What somebody who writes a survey has at hand: schema, picture, summary, preview.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod graph;
mod preview;
mod schema;
mod ways;

use std::fs;
use std::path::{Path, PathBuf};

use medvirk::definition::load;
use medvirk::definition::model::Definition;

pub(crate) const WHOLE: &[u8] = include_bytes!("../definition/good/whole_language.yaml");
pub(crate) const MIDWAY: &[u8] = include_bytes!("../../survey-definitions/midtveisevaluering.yaml");

pub(crate) fn survey(source: &[u8]) -> Definition {
    load(source).unwrap()
}

/// The files of a folder of the repository, by name.
pub(crate) fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    files
}
