//! `medvirk import` as a shell sees it: the definition on stdout or in a file, talk on stderr, and the exit code.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::workbook::xlsform;

fn medvirk(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_medvirk")).current_dir(folder).args(arguments).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

const SURVEY: &str = "type | name | label\ntext | why | Hvorfor?\ndate | when | Når?";
const CHOICES: &str = "list_name | name | label";

/// A folder with a form that passes, one whose title is missing, and a text.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let settings = "form_title | form_id | default_language\nTittel | skjema | nb";
    fs::write(folder.path().join("good.xlsx"), xlsform(SURVEY, CHOICES, settings)).unwrap();
    fs::write(folder.path().join("untitled.xlsx"), xlsform(SURVEY, CHOICES, "form_id\nskjema")).unwrap();
    fs::write(folder.path().join("notes.txt"), "just words").unwrap();
    folder
}

#[test]
fn a_form_that_passes_ends_with_0_and_goes_to_stdout() {
    let folder = folder();
    let output = medvirk(folder.path(), &["import", "good.xlsx"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    insta::assert_snapshot!("command_stderr", stderr(&output));
    fs::write(folder.path().join("good.yaml"), &output.stdout).unwrap();
    let check = medvirk(folder.path(), &["check", "good.yaml"]);
    assert_eq!((check.status.code(), stderr(&check)), (Some(0), String::new()));
}

#[test]
fn a_form_that_does_not_pass_ends_with_1_and_is_written_all_the_same() {
    let folder = folder();
    let output = medvirk(folder.path(), &["import", "untitled.xlsx", "--out", "survey.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("survey.yaml:4:8: error: the text is missing in nb"), "{}", stderr(&output));
    assert!(fs::read_to_string(folder.path().join("survey.yaml")).unwrap().contains("title: {}"));
    assert!(output.stdout.is_empty());
}

#[test]
fn a_file_that_is_there_is_not_overwritten() {
    let folder = folder();
    let output = medvirk(folder.path(), &["import", "good.xlsx", "--out", "notes.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("notes.txt is there already; it is not overwritten"));
    assert_eq!(fs::read_to_string(folder.path().join("notes.txt")).unwrap(), "just words");
}

#[test]
fn what_cannot_be_read_ends_with_1_and_wrong_use_with_2() {
    let folder = folder();
    for file in ["notes.txt", "nowhere.xlsx", "."] {
        let output = medvirk(folder.path(), &["import", file]);
        assert_eq!(output.status.code(), Some(1), "{file}");
        assert!(stderr(&output).starts_with(&format!("medvirk: {file} cannot be")), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
    assert_eq!(medvirk(folder.path(), &["import"]).status.code(), Some(2));
    assert_eq!(medvirk(folder.path(), &["import", "good.xlsx", "--fast"]).status.code(), Some(2));
}
