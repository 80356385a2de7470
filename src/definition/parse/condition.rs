//! Conditions: `leaders`, `{staffing: no}`, `{all: [...]}`, ….

use super::reader::Reader;
use super::source::{Place, Use, What};
use crate::definition::diagnostic::Span;
use crate::definition::model::{Condition, Test};
use crate::definition::rule::Rule;
use crate::definition::yaml::{Key, Node, Value};

/// The comparisons, for advice.
const TESTS: [&str; 5] = ["at_least", "at_most", "is_not", "includes", "includes_all"];

/// Reads one condition that stands at `place`.
pub(super) fn condition(reader: &mut Reader, node: &Node, place: Place) -> Option<Condition> {
    if let Value::Text(name) = &node.value {
        used(reader, node.span, name, place, What::Audience);
        Some(Condition::Audience(name.clone()))
    } else {
        let entries = reader.map(node, "a condition (an audience, or `{question: answer}`)")?;
        if entries.is_empty() {
            reader.error(Rule::EmptyValue, node.span, "the condition is empty", "leave `for` out to ask everybody");
            return None;
        }
        let mut parts: Vec<Condition> =
            entries.iter().filter_map(|(key, value)| part(reader, key, value, place)).collect();
        if parts.len() == 1 { parts.pop() } else { Some(Condition::All(parts)) }
    }
}

fn part(reader: &mut Reader, key: &Key, value: &Node, place: Place) -> Option<Condition> {
    match key.name.as_str() {
        "all" => Some(Condition::All(several(reader, value, place))),
        "any" => Some(Condition::Any(several(reader, value, place))),
        "not" => Some(Condition::Not(Box::new(condition(reader, value, place)?))),
        "answered" => {
            let name = reader.word(value)?.to_owned();
            used(reader, value.span, &name, place, What::Answered);
            Some(Condition::Answered(name))
        }
        subject => {
            let (test, values) = test(reader, value)?;
            used(reader, key.span, subject, place, What::Compared { test: test.clone(), values });
            Some(Condition::Is { subject: subject.to_owned(), test })
        }
    }
}

fn several(reader: &mut Reader, node: &Node, place: Place) -> Vec<Condition> {
    let nodes = reader.list(node, "a list of conditions").unwrap_or_default();
    nodes.iter().filter_map(|node| condition(reader, node, place)).collect()
}

fn used(reader: &mut Reader, span: Span, name: &str, place: Place, what: What) {
    reader.sources.uses.push(Use { span, name: name.to_owned(), place: Some(place), what });
}

/// What stands after the subject: a value, a list of values, or a mapping with one comparison.
fn test(reader: &mut Reader, node: &Node) -> Option<(Test, Vec<Span>)> {
    let Value::Map(entries) = &node.value else {
        let (values, spans) = values(reader, node);
        return (!values.is_empty()).then_some((Test::OneOf(values), spans));
    };
    let [(key, value)] = entries.as_slice() else {
        let hint = "write two comparisons as `all: [{q: {at_least: 2}}, {q: {at_most: 4}}]`";
        reader.error(Rule::Shape, node.span, "one comparison belongs here", hint);
        return None;
    };
    let test = match key.name.as_str() {
        "at_least" => Test::AtLeast(reader.number(value)?),
        "at_most" => Test::AtMost(reader.number(value)?),
        "includes" => Test::Includes(reader.word(value)?.to_owned()),
        "is_not" | "includes_all" => {
            let (values, spans) = values(reader, value);
            let test = if key.name == "is_not" { Test::NoneOf(values) } else { Test::IncludesAll(values) };
            return Some((test, spans));
        }
        other => {
            let near = super::reader::advice(other, &TESTS);
            let hint = near.unwrap_or_else(|| format!("one of {}", TESTS.join(", ")));
            reader.error(Rule::Word, key.span, format!("`{other}` is no comparison"), hint);
            return None;
        }
    };
    Some((test, vec![value.span]))
}

fn values(reader: &mut Reader, node: &Node) -> (Vec<String>, Vec<Span>) {
    let nodes = match &node.value {
        Value::List(_) => reader.list(node, "a list of answers").unwrap_or_default(),
        _ => std::slice::from_ref(node),
    };
    nodes.iter().filter_map(|node| Some((reader.word(node)?.to_owned(), node.span))).unzip()
}
