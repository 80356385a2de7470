//! What results put side by side.

use super::keys;
use super::reader::{Reader, Space};
use super::register::audiences;
use super::source::{Part, What};
use crate::definition::diagnostic::Diagnostic;
use crate::definition::model::{Compare, Index, Pair, Results};
use crate::definition::rule::Rule;
use crate::definition::yaml::Node;

pub(super) fn results(reader: &mut Reader, node: &Node) -> Results {
    let Some(fields) = reader.fields(node, &keys::RESULTS) else { return Results::default() };
    let mut nodes = |name: &str| fields.get(name).and_then(|node| reader.list(node, "a list")).unwrap_or_default();
    let (compare, indices, pairs) = (nodes("compare"), nodes("indices"), nodes("pairs"));
    Results {
        compare: compare.iter().enumerate().filter_map(|(number, node)| one_comparison(reader, node, number)).collect(),
        indices: indices.iter().enumerate().filter_map(|(group, node)| index(reader, node, group)).collect(),
        pairs: pairs
            .iter()
            .enumerate()
            .filter_map(|(number, node)| pair(reader, node, indices.len() + number))
            .collect(),
    }
}

fn one_comparison(reader: &mut Reader, node: &Node, number: usize) -> Option<Compare> {
    let fields = reader.fields(node, &keys::COMPARE)?;
    let question = fields.get("question").and_then(|node| question(reader, node, What::Closed));
    let by = fields.get("by").map(|node| audiences(reader, node, "a comparison", |name| Part::Compared(number, name)));
    Some(Compare { question: question?, by: by? })
}

fn question(reader: &mut Reader, node: &Node, what: What) -> Option<String> {
    let name = reader.word(node)?;
    reader.refer(node.span, name, what);
    Some(name.to_owned())
}

fn index(reader: &mut Reader, node: &Node, group: usize) -> Option<Index> {
    let fields = reader.fields(node, &keys::INDEX)?;
    let id = fields.get("id").and_then(|node| reader.id_of(node, &Space::Index));
    let label = fields.get("label").map(|node| reader.text(node));
    let mut of: Vec<String> = Vec::new();
    for (name, span) in fields.get("of").map(|node| reader.words(node, "a list of questions")).unwrap_or_default() {
        if of.iter().any(|known| known == name) {
            reader.refuse(Diagnostic::new(Rule::Results, span, format!("`{name}` stands twice")));
        }
        reader.refer(span, name, What::OnScale { group });
        of.push(name.to_owned());
    }
    if let (1, Some(node)) = (of.len(), fields.get("of")) {
        reader.error(Rule::Results, node.span, "an index is made of two questions or more", "add another question");
    }
    let all = u32::try_from(of.len()).unwrap_or(u32::MAX);
    let min_answered = match fields.get("min_answered") {
        Some(node) => {
            let count = reader.count(node, 1)?;
            if count > all {
                let message = format!("`min_answered` is {count}, and the index has {all} questions");
                reader.error(Rule::Range, node.span, message, format!("1 to {all}"));
            }
            count
        }
        None => all,
    };
    Some(Index { id: id?, label, of, min_answered })
}

fn pair(reader: &mut Reader, node: &Node, group: usize) -> Option<Pair> {
    let fields = reader.fields(node, &keys::PAIR)?;
    let mut side = |name: &str| fields.get(name).and_then(|node| question(reader, node, What::OnScale { group }));
    let (leader, employee) = (side("leader"), side("employee"));
    Some(Pair { leader: leader?, employee: employee? })
}
