//! The picture of the routing.

use std::io::Write as _;
use std::process::{Command, Stdio};

use medvirk::definition::graph::{Format, draw};

use crate::{MIDWAY, WHOLE, survey};

#[test]
fn the_midway_evaluation_in_both_languages() {
    let definition = survey(MIDWAY);
    insta::assert_snapshot!("midway_mermaid", draw(&definition, Format::Mermaid));
    insta::assert_snapshot!("midway_dot", draw(&definition, Format::Dot));
}

#[test]
fn what_is_written_cannot_break_out() {
    let source = String::from_utf8(WHOLE.to_vec()).unwrap();
    let source = source.replace("title: {nb: Sted, en: Place}", r#"title: {nb: 'a "b" <i> \ #1; [x]', en: Place}"#);
    let definition = survey(source.as_bytes());
    let mermaid = draw(&definition, Format::Mermaid);
    assert!(mermaid.contains("a #34;b#34; #60;i#62; #92; #35;1; [x]"), "{mermaid}");
    let dot = draw(&definition, Format::Dot);
    assert!(dot.contains(r#"a \"b\" <i> \\ #1; [x]"#), "{dot}");
    accepted(&dot);
}

/// Graphviz itself reads it, where it is installed.
fn accepted(dot: &str) {
    let child = Command::new("dot").arg("-Tplain").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = child else { return };
    child.stdin.take().unwrap().write_all(dot.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let nodes = String::from_utf8(output.stdout).unwrap().lines().filter(|line| line.starts_with("node ")).count();
    assert_eq!(nodes, dot.lines().filter(|line| line.contains("[shape=")).count());
}

#[test]
fn graphviz_reads_the_midway_evaluation() {
    accepted(&draw(&survey(MIDWAY), Format::Dot));
}
