//! Every rule has a file that breaks it, and says so in words worth reading.

use std::fs;
use std::path::Path;

use medvirk::definition::diagnostic::{Position, render};
use medvirk::definition::rule::Rule;
use medvirk::definition::{inspect, load};

/// The files of a folder, by name.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/definition").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn good_files_have_no_diagnostics() {
    for (name, source) in files("good") {
        assert_eq!(render(&name, &source, &inspect(&source).diagnostics, false), "");
    }
}

#[test]
fn each_bad_file_breaks_the_rule_that_it_is_named_after() {
    let mut elsewhere = Vec::new();
    for (name, source) in files("bad").into_iter().filter(|(name, _)| name != "many") {
        let checked = inspect(&source);
        let codes: Vec<&str> = checked.diagnostics.iter().map(|diagnostic| diagnostic.rule.code()).collect();
        let wanted = name.split('_').next().unwrap().to_uppercase();
        if codes.is_empty() || codes.iter().any(|code| *code != wanted) {
            elsewhere.push(format!("{name}: {codes:?}"));
        }
        assert_eq!(checked.definition.is_some(), wanted.starts_with('W'), "{name}");
    }
    assert_eq!(elsewhere, Vec::<String>::new());
}

#[test]
fn each_bad_file_is_told_what_to_mend() {
    for (name, source) in files("bad") {
        let diagnostics = inspect(&source).diagnostics;
        insta::assert_snapshot!(name.clone(), render(&format!("{name}.yaml"), &source, &diagnostics, false));
    }
}

#[test]
fn diagnostics_stand_in_the_order_of_the_file() {
    for (name, source) in files("bad") {
        let starts: Vec<Position> = inspect(&source).diagnostics.iter().map(|one| one.span.start).collect();
        assert!(starts.is_sorted(), "{name}");
    }
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let (_, unix) = files("good").remove(0);
    let windows = format!("\u{feff}{}", String::from_utf8(unix.clone()).unwrap().replace('\n', "\r\n"));
    assert_eq!(load(windows.as_bytes()), load(&unix));

    let (_, unix) = files("bad").into_iter().find(|(name, _)| name == "many").unwrap();
    let windows = format!("\u{feff}{}", String::from_utf8(unix.clone()).unwrap().replace('\n', "\r\n"));
    let rendered = |source: &[u8]| render("many", source, &inspect(source).diagnostics, false);
    assert_eq!(rendered(windows.as_bytes()), rendered(&unix));
}

#[test]
fn diagnostics_for_programs() {
    let (_, source) = files("bad").into_iter().find(|(name, _)| name == "e301_audience").unwrap();
    insta::assert_json_snapshot!(inspect(&source).diagnostics);
}

/// A page for readers, a file that breaks it, and one that does the same rightly.
#[test]
fn every_rule_has_its_place_in_the_docs_and_its_examples() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md")).unwrap();
    let names = |folder| files(folder).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let (bad, good) = (names("bad"), names("good"));
    let mut codes = std::collections::HashSet::new();
    for (number, rule) in Rule::ALL.into_iter().enumerate() {
        let code = rule.code();
        assert_eq!((rule as usize, codes.insert(code)), (number, true), "{code}");
        assert_eq!(page.matches(&format!("\n### {code} · ")).count(), 1, "{code}");
        let file = code.to_lowercase();
        let broken = bad.iter().any(|name| name.starts_with(&file));
        // A hundred mistakes in one file are made by `hostile`, and the right way is any file without them.
        assert!(rule == Rule::More || (broken && good.contains(&file)), "{code}");
    }
    assert_eq!(page.matches("\n### ").count(), Rule::ALL.len());
}
