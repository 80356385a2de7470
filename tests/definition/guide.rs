//! The guide to the language says only what is so, and leaves nothing out.
//!
//! A block without a word after `yaml` is a whole survey. The others are merged into the first one: `part` are keys of
//! the file, `questions` a list for a page of its own, `condition` who is asked a question. `error=E…` is the one rule
//! that the block breaks; without it nothing at all is to be said of it.

use std::collections::BTreeSet;

use medvirk::definition::diagnostic::render;
use medvirk::definition::inspect;
use medvirk::definition::parse::keys;
use medvirk::definition::parse::shape::{Shape, Table};
use medvirk::definition::yaml::{self, Node, Value};

const GUIDE: &str = include_str!("../../docs/language.md");
/// What several examples may add to; any other key takes the place of the first survey's.
const GROWING: [&str; 5] = ["attributes", "breakdowns", "scales", "audiences", "pages"];
/// The words of conditions.
const CONDITIONS: [&str; 9] =
    ["all", "any", "not", "answered", "at_least", "at_most", "is_not", "includes", "includes_all"];

struct Block {
    /// Of its first line in the guide.
    line: usize,
    survey: String,
    error: Option<&'static str>,
}

/// Line, words after `yaml`, and text of each fenced block.
fn fenced() -> Vec<(usize, Vec<&'static str>, String)> {
    let mut found: Vec<(usize, Vec<&str>, String)> = Vec::new();
    let mut open = false;
    for (index, line) in GUIDE.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(info) => {
                open = true;
                let words: Vec<&str> = info.split_whitespace().collect();
                assert_eq!(words.first(), Some(&"yaml"), "line {}: a block of another language", index + 1);
                found.push((index + 2, words[1..].to_vec(), String::new()));
            }
            None if open => found.last_mut().unwrap().2.extend([line, "\n"]),
            None => {}
        }
    }
    found
}

fn blocks() -> Vec<Block> {
    let fenced = fenced();
    let frame = &fenced[0].2;
    let block = |(line, words, text): &(usize, Vec<&'static str>, String)| {
        let survey = match words.first() {
            None => text.clone(),
            Some(&"part") => merged(frame, text),
            Some(&"questions") => merged(frame, &page(text)),
            Some(&"condition") => merged(frame, &page(&asked_of(text))),
            Some(other) => panic!("line {line}: `{other}` is no kind of block"),
        };
        let error = words.iter().find_map(|word| word.strip_prefix("error="));
        Block { line: *line, survey, error }
    };
    fenced.iter().map(block).collect()
}

fn indented(text: &str, by: usize) -> String {
    let margin = " ".repeat(by);
    text.lines().flat_map(|line| [margin.as_str(), line, "\n"]).collect()
}

fn page(questions: &str) -> String {
    format!("pages:\n  - id: example\n    questions:\n{}", indented(questions, 6))
}

fn asked_of(condition: &str) -> String {
    format!("- id: example\n  type: text\n  text: {{nb: Hva?, en: What?}}\n  for:\n{}", indented(condition, 4))
}

/// The keys of a file with the lines under each.
fn sections(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        match line.split_once(':').filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            Some((key, _)) => found.push((key, vec![line])),
            None => found.last_mut().expect("a block begins with a key").1.push(line),
        }
    }
    found
}

fn merged(frame: &str, part: &str) -> String {
    let mut whole = sections(frame);
    for (key, lines) in sections(part) {
        match whole.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) if GROWING.contains(&key) => known.extend(&lines[1..]),
            Some((_, known)) => *known = lines,
            None => whole.push((key, lines)),
        }
    }
    whole.into_iter().flat_map(|(_, lines)| lines).flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn every_example_is_what_the_guide_says_it_is() {
    let blocks = blocks();
    assert!(blocks.iter().filter(|block| block.error.is_some()).count() >= 10, "mistakes are shown too");
    for Block { line, survey, error } in blocks {
        let checked = inspect(survey.as_bytes());
        let broken: BTreeSet<&str> = checked.diagnostics.iter().map(|one| one.rule.code()).collect();
        let said = render(&format!("line {line}"), survey.as_bytes(), &checked.diagnostics, false);
        assert_eq!(broken, error.into_iter().collect(), "the block at line {line}:\n{said}");
    }
}

/// What the examples use, as `a page: title` for keys, `type: rank` for types and `condition: any` for conditions.
#[derive(Default)]
struct Seen(BTreeSet<String>);

impl Seen {
    fn mapping(&mut self, table: &'static Table, node: &Node) {
        let Value::Map(entries) = &node.value else { return };
        for (written, value) in entries {
            let known = table.keys.iter().find(|key| key.name == written.name);
            let key = known.unwrap_or_else(|| panic!("{} has no `{}`", table.what, written.name));
            self.0.insert(format!("{}: {}", table.what, key.name));
            if let ("type", Value::Text(kind)) = (key.name, &value.value) {
                self.0.insert(format!("type: {kind}"));
            }
            self.value(key.shape, value);
        }
    }

    fn value(&mut self, shape: Shape, node: &Node) {
        match (shape, &node.value) {
            (Shape::Map(table), _) => self.mapping(table, node),
            (Shape::ListOf(_, table), Value::List(nodes)) => nodes.iter().for_each(|node| self.mapping(table, node)),
            (Shape::MapOf(table), Value::Map(entries)) => {
                for (_, node) in entries {
                    self.mapping(table, node);
                }
            }
            (Shape::Conditions(table), Value::Map(entries)) => {
                for (_, node) in entries {
                    self.audience(table, node);
                }
            }
            (Shape::Condition, _) => self.condition(node),
            _ => {}
        }
    }

    /// Written out with `for`, or a condition.
    fn audience(&mut self, table: &'static Table, node: &Node) {
        match &node.value {
            Value::Map(entries) if entries.iter().any(|(key, _)| key.name == "for") => self.mapping(table, node),
            _ => self.condition(node),
        }
    }

    fn condition(&mut self, node: &Node) {
        match &node.value {
            Value::Map(entries) => {
                for (key, value) in entries {
                    self.0.insert(format!("condition: {}", key.name));
                    self.condition(value);
                }
            }
            Value::List(nodes) => nodes.iter().for_each(|node| self.condition(node)),
            _ => {}
        }
    }
}

/// Every key of a table and of those under it.
fn known(table: &'static Table, found: &mut BTreeSet<String>) {
    for key in table.keys {
        found.insert(format!("{}: {}", table.what, key.name));
        if table.by == Some("type") {
            found.extend(key.types.iter().map(|kind| format!("type: {kind}")));
        }
        if let Shape::Map(under) | Shape::MapOf(under) | Shape::ListOf(_, under) | Shape::Conditions(under) = key.shape
        {
            known(under, found);
        }
    }
}

#[test]
fn no_construct_is_missing_from_the_guide() {
    let mut seen = Seen::default();
    for block in blocks().into_iter().filter(|block| block.error.is_none()) {
        seen.mapping(&keys::SURVEY, &yaml::read(block.survey.as_bytes()).unwrap());
    }
    let mut wanted: BTreeSet<String> = CONDITIONS.iter().map(|word| format!("condition: {word}")).collect();
    wanted.insert("type: notice".to_owned());
    known(&keys::SURVEY, &mut wanted);
    let missing: Vec<&String> = wanted.difference(&seen.0).collect();
    assert!(missing.is_empty(), "no example shows {missing:?}");
}
