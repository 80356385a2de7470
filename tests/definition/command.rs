//! `medvirk check` tells by its exit code how the worst file is.

use std::path::PathBuf;

use medvirk::cli::check::{Check, Format, Outcome, check};

fn outcome(files: &[&str]) -> Outcome {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/definition");
    let files = files.iter().map(|file| folder.join(file)).collect();
    check(&Check { files, format: Format::Text, summary: false }).unwrap()
}

#[test]
fn the_worst_file_decides() {
    let (good, warned, bad) = ("good/whole_language.yaml", "bad/w403_unused.yaml", "bad/e001_empty.yaml");
    assert_eq!(outcome(&[good, warned]), Outcome::Clean);
    assert_eq!(outcome(&[good, bad]), Outcome::Errors);
    assert_eq!(outcome(&["good", bad, good]), Outcome::Unreadable);
    assert_eq!(outcome(&["nowhere.yaml"]), Outcome::Unreadable);
}
