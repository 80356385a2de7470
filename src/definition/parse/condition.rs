//! Conditions: `leaders`, `{staffing: no}`, `{all: [...]}`, ….

use super::reader::Reader;
use super::source::{Part, Place, Use, What, Written};
use crate::definition::diagnostic::Span;
use crate::definition::model::{Condition, Test};
use crate::definition::rule::Rule;
use crate::definition::yaml::{Key, Node, Value};

/// The comparisons, for advice.
const TESTS: [&str; 5] = ["at_least", "at_most", "is_not", "includes", "includes_all"];

/// Reads the condition of `part`, which stands at `place`, and keeps where all of it stands.
pub(super) fn condition(reader: &mut Reader, node: &Node, place: Place, part: Part) -> Option<Condition> {
    let (condition, written) = read(reader, node, place)?;
    reader.sources.conditions.insert(part, written);
    Some(condition)
}

fn read(reader: &mut Reader, node: &Node, place: Place) -> Option<(Condition, Written)> {
    if let Value::Text(name) = &node.value {
        used(reader, node.span, name, place, What::Audience);
        return Some((Condition::Audience(name.clone()), Written::at(node.span)));
    }
    let entries = reader.map(node, "a condition (an audience, or `{question: answer}`)")?;
    if entries.is_empty() {
        reader.error(Rule::EmptyValue, node.span, "the condition is empty", "leave `for` out to ask everybody");
        return None;
    }
    let parts: Vec<_> = entries.iter().filter_map(|(key, value)| part(reader, key, value, place)).collect();
    match <[_; 1]>::try_from(parts) {
        Ok([one]) => Some(one),
        Err(parts) => {
            let (conditions, parts) = parts.into_iter().unzip();
            Some((Condition::All(conditions), Written { span: node.span, parts }))
        }
    }
}

fn part(reader: &mut Reader, key: &Key, value: &Node, place: Place) -> Option<(Condition, Written)> {
    let span = Span { start: key.span.start, end: value.span.end.max(key.span.end) };
    match key.name.as_str() {
        "all" | "any" => {
            let nodes = reader.list(value, "a list of conditions").unwrap_or_default();
            let (conditions, parts) = nodes.iter().filter_map(|node| read(reader, node, place)).unzip();
            let condition = if key.name == "all" { Condition::All(conditions) } else { Condition::Any(conditions) };
            Some((condition, Written { span, parts }))
        }
        "not" => {
            let (condition, written) = read(reader, value, place)?;
            Some((Condition::Not(Box::new(condition)), Written { span, parts: vec![written] }))
        }
        "answered" => {
            let name = reader.word(value)?.to_owned();
            used(reader, value.span, &name, place, What::Answered);
            Some((Condition::Answered(name), Written::at(span)))
        }
        subject => {
            let (test, values) = test(reader, value)?;
            let parts = values.iter().copied().map(Written::at).collect();
            used(reader, key.span, subject, place, What::Compared { test: test.clone(), values });
            Some((Condition::Is { subject: subject.to_owned(), test }, Written { span, parts }))
        }
    }
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
