//! Any words stand in YAML so that our own reader reads the same words.

use medvirk::definition::import::quote::{as_block, on_one_line};
use medvirk::definition::yaml::{Value, read};
use proptest::prelude::*;

/// The text under `a`, then the one under `b`: what follows a text is not swallowed by it.
fn values(yaml: &str) -> Vec<Value> {
    let root = read(yaml.as_bytes()).unwrap_or_else(|errors| panic!("{errors:?}\n{yaml}"));
    let Value::Map(entries) = root.value else { panic!("{yaml}") };
    entries.into_iter().map(|(_, node)| node.value).collect()
}

fn texts(text: &str) -> Vec<Value> {
    vec![Value::Text(text.to_owned()), Value::Text("end".to_owned())]
}

fn round_trips(text: &str) {
    let line = format!("a: {}\nb: end\n", on_one_line(text, false));
    assert_eq!(values(&line), texts(text), "{line}");
    let flow = format!("{{a: {}, b: end}}\n", on_one_line(text, true));
    assert_eq!(values(&flow), texts(text), "{flow}");
    let block = format!("a: {}\nb: end\n", as_block(text, 0));
    assert_eq!(values(&block), texts(text), "{block}");
}

#[test]
fn traps_of_yaml_are_only_words() {
    let traps = [
        "",
        " ",
        "~",
        "no",
        "yes",
        "null",
        "1.10",
        "08",
        "- a",
        "-",
        "a: b",
        "a:",
        ":a",
        "a #b",
        "#a",
        "'a'",
        "\"",
        "\\",
        "{link}",
        "[a]",
        "a, b",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "? a",
        "| a",
        "> a",
        "---",
        "...",
        "a\nb",
        "a\n\nb",
        "\na",
        "a\n",
        "\ta",
        "a\tb",
        " a",
        "a ",
        "<<",
        "=",
        "a\u{2028}b",
        "\u{feff}a",
        "\u{1}",
        "Ja, nå",
        "æøå ł",
        "a\u{a0}b",
        "a\u{85}b",
    ];
    for trap in traps {
        round_trips(trap);
    }
}

#[test]
fn a_long_text_stands_on_lines_of_its_own() {
    let text = "ord ".repeat(60).trim().to_owned();
    let block = as_block(&text, 2);
    assert!(block.starts_with(">-\n    ord ord"));
    assert!(block.lines().all(|line| line.chars().count() <= 120));
    round_trips(&text);
    assert_eq!(as_block("En linje.\nEn til.", 0), "|-\n  En linje.\n  En til.");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_round_trips(text in "(\\PC|\n|\t|[ :#,{}'\"-]){0,60}") {
        round_trips(&text);
    }

    #[test]
    fn any_long_text_round_trips(text in "([a-zæøå.,:#>|-]{1,12}[ \n]{1,2}){10,40}[a-z]") {
        round_trips(&text);
    }
}
