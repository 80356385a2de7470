//! A trend is refused where another thing was asked, and only by surveys that are at hand.

use std::fs;
use std::path::Path;
use std::process::Command;

use medvirk::definition::model::Definition;
use medvirk::definition::{inspect_with, load};

/// A survey of that name; `lines` are its questions after the two that route.
fn survey(id: &str, audiences: &str, lines: &str) -> String {
    format!(
        r#"survey: {id}
languages: [nb]
title: {{nb: T}}
intro: {{nb: I}}
thanks: {{nb: T}}
sms: {{sender: Eksempel, invitation: {{nb: "{{link}}"}}}}
scales:
  three: {{points: [{{value: 1, label: {{nb: A}}}}, {{value: 2, label: {{nb: B}}}}, {{value: 3, label: {{nb: C}}}}]}}
  two: {{points: [{{value: 1, label: {{nb: A}}}}, {{value: 2, label: {{nb: B}}}}]}}
audiences: {{{audiences}}}
pages:
  - id: you
    questions:
      - {{id: leader, type: yes_no, required: true, text: {{nb: Q}}}}
      - {{id: rep, type: yes_no, required: true, text: {{nb: Q}}}}
      - {{id: on_two, type: scale, scale: two, text: {{nb: Q}}}}
      - {{id: on_three, type: scale, scale: three, text: {{nb: Q}}}}
{lines}"#
    )
}

const OPTIONS: &str = "options: [{id: a, label: {nb: A}}, {id: b, label: {nb: B}}]";

fn question(kind: &str) -> String {
    format!("      - {{id: mood, text: {{nb: Q}}, {kind}}}\n")
}

/// What is said of `now` with `then` at hand.
fn refused(now: &str, then: &[&str]) -> Vec<String> {
    let waves: Vec<Definition> = then.iter().map(|one| load(one.as_bytes()).unwrap()).collect();
    let checked = inspect_with(now.as_bytes(), &waves.iter().collect::<Vec<_>>());
    checked.diagnostics.iter().map(|one| format!("{} {}", one.rule.code(), one.message)).collect()
}

/// The same with one question in each survey.
fn between(now: &str, then: &str) -> Option<String> {
    let now = survey("now", "", &question(&format!("{now}, same_as: [then.mood]")));
    let mut said = refused(&now, &[&survey("then", "", &question(then))]);
    assert!(said.len() <= 1, "{said:?}");
    said.pop()
}

fn why(now: &str, then: &str) -> String {
    let said = between(now, then).unwrap();
    said.strip_prefix("W703 `then.mood` gives no trend: ").unwrap().to_owned()
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_survey_that_is_not_there_is_taken_at_its_word() {
    let now = survey("now", "", &question("type: yes_no, same_as: [then.mood]"));
    assert_eq!(refused(&now, &[]), NOTHING);
    assert_eq!(refused(&now, &[&survey("other", "", "")]), NOTHING);
}

#[test]
fn the_same_question_gives_a_trend() {
    for kind in ["type: yes_no", "type: scale, scale: three", "type: number, max: 5", "type: text"] {
        assert_eq!(between(kind, kind), None);
    }
    let choice = format!("type: choice, {OPTIONS}");
    assert_eq!(between(&choice, &choice), None);
    let turned = "type: choice, options: [{id: b, label: {nb: X}}, {id: a, label: {nb: Y}}]";
    assert_eq!(between(&choice, turned), None, "neither order nor words");
    let more = "type: choices, options: [{id: a, label: {nb: A}}, {id: c, label: {nb: C}}]";
    assert_eq!(between(&format!("type: choices, {OPTIONS}"), more), None, "each option is a figure of its own");
}

#[test]
fn another_type_or_other_answers_give_none() {
    let scale = "type: scale, scale: three";
    assert_eq!(why(scale, "type: yes_no"), "it is of type yes_no, this one of type scale");
    assert_eq!(why(scale, "type: scale, scale: two"), "it is answered with 1, 2, this one with 1, 2, 3");
    let other = format!("type: choice, other: true, {OPTIONS}");
    assert_eq!(why(&other, &format!("type: choice, {OPTIONS}")), "it is answered with a, b, this one with a, b, other");
    let apart = "type: choices, options: [{id: c, label: {nb: C}}, {id: d, label: {nb: D}}]";
    assert_eq!(why(&format!("type: choices, {OPTIONS}"), apart), "it is answered with c, d, this one with a, b");
}

#[test]
fn an_item_of_a_matrix_is_a_scale_question() {
    let then = survey("then", "", &question("type: matrix, scale: three, items: [{id: calm, label: {nb: I}}]"));
    let now = |kind: &str| survey("now", "", &question(kind));
    assert_eq!(refused(&now("type: scale, scale: three, same_as: [then.mood.calm]"), &[&then]), NOTHING);
    let no_item = refused(&now("type: scale, scale: three, same_as: [then.mood.clam]"), &[&then]);
    assert_eq!(no_item, ["W703 `then.mood.clam` gives no trend: there is no such question in that survey"]);
    let whole = refused(&now("type: scale, scale: three, same_as: [then.mood]"), &[&then]);
    assert_eq!(whole, ["W703 `then.mood` gives no trend: it is of type matrix, this one of type scale"]);
    let other_items = "type: matrix, scale: three, items: [{id: loud, label: {nb: I}}], same_as: [then.mood]";
    assert!(
        refused(&now(other_items), &[&then])[0]
            .ends_with("it is answered with 1, 2, 3, calm, this one with 1, 2, 3, loud")
    );
}

#[test]
fn audiences_are_compared_written_out() {
    let of = |condition: &str| question(&format!("type: yes_no, for: {condition}"));
    let now = |condition: &str| {
        survey(
            "now",
            "leaders: {leader: yes}",
            &question(&format!("type: yes_no, for: {condition}, same_as: [then.mood]")),
        )
    };
    let then = survey("then", "chiefs: {leader: [yes]}, all_of_it: {all: [{rep: no}, chiefs]}", &of("all_of_it"));
    for same in
        ["{leader: yes, rep: no}", "{all: [leaders, {rep: no}]}", "{all: [{all: [{rep: no}]}, leaders, leaders]}"]
    {
        assert_eq!(refused(&now(same), &[&then]), NOTHING, "{same}");
    }
    for other in
        ["leaders", "{any: [leaders, {rep: no}]}", "{not: {all: [leaders, {rep: no}]}}", "{leader: yes, rep: yes}"]
    {
        let said = refused(&now(other), &[&then]);
        assert_eq!(said, ["W703 `then.mood` gives no trend: it is asked of another audience"], "{other}");
    }
    let everybody = survey("then", "", &question("type: yes_no"));
    assert_eq!(refused(&now("leaders"), &[&everybody]).len(), 1);
}

#[test]
fn a_page_narrows_the_audience_of_its_questions() {
    let page = "  - id: more\n    for: {leader: yes}\n    questions:\n";
    let then = survey("then", "", &format!("{page}{}", question("type: yes_no, for: {rep: no}")));
    let now = survey("now", "", &question("type: yes_no, for: {rep: no, leader: yes}, same_as: [then.mood]"));
    assert_eq!(refused(&now, &[&then]), NOTHING);
}

#[test]
fn one_wave_that_fits_is_enough() {
    let now = survey("now", "", &question("type: yes_no, same_as: [then.mood]"));
    let (text, yes_no) = (question("type: text"), question("type: yes_no"));
    let waves = [survey("then", "", &text), survey("then", "", &yes_no)];
    assert_eq!(refused(&now, &[&waves[0], &waves[1]]), NOTHING);
    assert_eq!(refused(&now, &[&waves[0], &survey("then", "", "")]).len(), 1);
    // A survey is its own earlier wave, unless there is one that asked otherwise.
    let again = survey("then", "", &question("type: yes_no, same_as: [then.mood]"));
    assert_eq!(refused(&again, &[&survey("then", "", "")]), NOTHING);
    assert_eq!(refused(&again, &[&waves[0]]).len(), 1);
    assert_eq!(refused(&survey("now", "", &question("type: yes_no, same_as: [now.leader]")), &[]), NOTHING);
    assert_eq!(refused(&survey("now", "", &question("type: yes_no, same_as: [now.moody]")), &[]).len(), 1);
}

/// Exit code and talk of `medvirk check` in that folder.
fn check(folder: &Path, files: &[&str]) -> (Option<i32>, String) {
    let done =
        Command::new(env!("CARGO_BIN_EXE_medvirk")).arg("check").args(files).current_dir(folder).output().unwrap();
    (done.status.code(), String::from_utf8(done.stderr).unwrap())
}

#[test]
fn the_command_looks_at_its_files_and_at_their_folders() {
    let (here, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let now = survey("now", "", &question("type: yes_no, same_as: [then.mood]"));
    let then = survey("then", "", &question("type: text"));
    fs::write(here.path().join("now.yaml"), &now).unwrap();
    fs::write(elsewhere.path().join("then.yaml"), &then).unwrap();
    let other = elsewhere.path().join("then.yaml");
    let other = other.to_str().unwrap();

    assert_eq!(check(here.path(), &["now.yaml"]), (Some(0), String::new()));
    let (code, talk) = check(here.path(), &["now.yaml", other]);
    assert_eq!(code, Some(0), "a warning");
    assert!(talk.starts_with("now.yaml:18:59: warning") && talk.contains("[W703]"), "{talk}");
    assert_eq!(check(here.path(), &[other]), (Some(0), String::new()));

    // What cannot be read beside it is no business of this file.
    fs::create_dir(here.path().join("folder.yaml")).unwrap();
    fs::write(here.path().join("broken.yaml"), "survey: then\npages: [").unwrap();
    assert_eq!(check(here.path(), &["now.yaml"]), (Some(0), String::new()));
    fs::write(here.path().join("then.yaml"), &then).unwrap();
    assert!(check(here.path(), &["now.yaml"]).1.contains("[W703]"));
    assert!(check(elsewhere.path(), &[here.path().join("now.yaml").to_str().unwrap()]).1.contains("[W703]"));
}
