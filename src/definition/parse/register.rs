//! What questions stand on: attributes of the register, breakdowns, scales.

use super::keys;
use super::question::not_too_many;
use super::reader::{Reader, Space};
use super::source::{Part, What};
use crate::definition::diagnostic::{Diagnostic, Span};
use crate::definition::model::{Attribute, Breakdown, Point, RegisterField, Scale};
use crate::definition::rule::Rule;
use crate::definition::yaml::{Node, Value};

const FIELDS: [(&str, RegisterField); 6] = [
    ("birth_year", RegisterField::BirthYear),
    ("employment", RegisterField::Employment),
    ("language", RegisterField::Language),
    ("staff_responsibility", RegisterField::StaffResponsibility),
    ("union_rep", RegisterField::UnionRep),
    ("safety_rep", RegisterField::SafetyRep),
];

pub(super) fn attributes(reader: &mut Reader, node: &Node) -> Vec<Attribute> {
    let entries = reader.map(node, "a mapping of attributes").unwrap_or_default();
    let mut attributes = Vec::new();
    for (key, value) in entries {
        reader.id(&key.name, key.span, &Space::Subject);
        attributes.extend(attribute(reader, &key.name, value));
    }
    attributes
}

fn attribute(reader: &mut Reader, id: &str, node: &Node) -> Option<Attribute> {
    let fields = reader.fields(node, &keys::ATTRIBUTE)?;
    let from_node = fields.get("from")?;
    let from = reader.one_of(from_node, &FIELDS)?;
    let bands = fields.get("bands").map(|node| bands(reader, node));
    match (from, &bands, fields.get("bands")) {
        (RegisterField::BirthYear, None, _) => {
            let hint = "write `bands: [30, 40, 50, 60]`: a single year of age would betray people";
            reader.error(Rule::MissingKey, from_node.span, "an age needs `bands`", hint);
        }
        (RegisterField::BirthYear, ..) | (_, None, _) => {}
        (_, Some(_), node) => {
            let span = node.map_or(from_node.span, |node| node.span);
            reader.error(Rule::KeyFitsType, span, "only an age has `bands`", "take `bands` away");
        }
    }
    Some(Attribute { id: id.to_owned(), from, bands: bands.unwrap_or_default() })
}

fn bands(reader: &mut Reader, node: &Node) -> Vec<i64> {
    let mut bands: Vec<i64> = Vec::new();
    for (bound, span) in reader.numbers(node) {
        if !(1..=120).contains(&bound) || bands.last().is_some_and(|last| *last >= bound) {
            let message = format!("the bound {bound} is out of order or no age");
            reader.error(Rule::Range, span, message, "ages from 1 to 120, each above the one before it");
        }
        bands.push(bound);
    }
    bands
}

pub(super) fn breakdowns(reader: &mut Reader, node: &Node) -> Vec<Breakdown> {
    let nodes = reader.list(node, "a list of breakdowns").unwrap_or_default();
    let mut breakdowns = Vec::new();
    for node in nodes {
        match &node.value {
            Value::Text(name) => {
                reader.id(name, node.span, &Space::Breakdown);
                reader.refer(node.span, name, What::Attribute);
                breakdowns.push(Breakdown::Attribute(name.clone()));
            }
            _ => breakdowns.extend(by_audience(reader, node)),
        }
    }
    breakdowns
}

fn by_audience(reader: &mut Reader, node: &Node) -> Option<Breakdown> {
    let wanted = "an attribute, or `name: [audience, audience]`,";
    let [(key, value)] = reader.map(node, wanted)? else {
        reader.error(Rule::Shape, node.span, "one breakdown belongs here", "begin the next one with `-`");
        return None;
    };
    reader.id(&key.name, key.span, &Space::Breakdown);
    let audiences = audiences(reader, value, "a breakdown", |name| Part::Breakdown(key.name.clone(), name));
    Some(Breakdown::Audiences { id: key.name.clone(), audiences })
}

/// Two audiences or more, none twice.
pub(super) fn audiences(reader: &mut Reader, node: &Node, what: &str, part: impl Fn(String) -> Part) -> Vec<String> {
    let words = reader.words(node, "a list of audiences");
    if words.len() == 1 {
        reader.error(Rule::Range, node.span, format!("{what} needs two audiences or more"), "add another one");
    }
    let mut names: Vec<String> = Vec::new();
    for (name, span) in words {
        if names.iter().any(|known| known == name) {
            reader.refuse(Diagnostic::new(Rule::IdTaken, span, format!("`{name}` stands twice")));
        }
        reader.refer(span, name, What::Audience);
        reader.sources.named.insert(part(name.to_owned()), span);
        names.push(name.to_owned());
    }
    names
}

pub(super) fn scales(reader: &mut Reader, node: &Node) -> Vec<Scale> {
    let entries = reader.map(node, "a mapping of scales").unwrap_or_default();
    let mut scales = Vec::new();
    for (key, value) in entries {
        reader.id(&key.name, key.span, &Space::Scale);
        reader.sources.scales.insert(key.name.clone(), key.span);
        scales.extend(scale(reader, &key.name, value));
    }
    scales
}

fn scale(reader: &mut Reader, id: &str, node: &Node) -> Option<Scale> {
    let fields = reader.fields(node, &keys::SCALE)?;
    let points = fields.get("points").map(|node| points(reader, node)).unwrap_or_default();
    let favourable = fields.get("favourable").map(|node| reader.numbers(node)).unwrap_or_default();
    for (value, span) in &favourable {
        favours(reader, *value, *span, &points);
    }
    Some(Scale {
        id: id.to_owned(),
        points,
        dont_know: fields.get("dont_know").map(|node| reader.text(node)),
        favourable: favourable.into_iter().map(|(value, _)| value).collect(),
    })
}

fn favours(reader: &mut Reader, value: i64, span: Span, points: &[Point]) {
    if !points.iter().any(|point| point.value == value) {
        let known: Vec<String> = points.iter().map(|point| point.value.to_string()).collect();
        let message = format!("the scale has no point {value}");
        reader.error(Rule::Favourable, span, message, format!("its points are {}", known.join(", ")));
    }
}

fn points(reader: &mut Reader, node: &Node) -> Vec<Point> {
    let nodes = reader.list(node, "a list of points").unwrap_or_default();
    if nodes.len() == 1 {
        reader.error(Rule::ScaleOrder, node.span, "a scale needs two points or more", "add the other points");
    }
    not_too_many(reader, node, nodes.len(), "points");
    let mut points: Vec<Point> = Vec::new();
    for node in nodes {
        let Some(fields) = reader.fields(node, &keys::POINT) else { continue };
        let label = fields.get("label").map(|node| reader.text(node)).unwrap_or_default();
        let Some((value, span)) = fields.get("value").and_then(|node| Some((reader.number(node)?, node.span))) else {
            continue;
        };
        if points.last().is_some_and(|last| last.value >= value) {
            let message = format!("the point {value} does not come after the one before it");
            reader.error(
                Rule::ScaleOrder,
                span,
                message,
                "write the points from the lowest to the highest, none twice",
            );
        }
        points.push(Point { value, label });
    }
    points
}
