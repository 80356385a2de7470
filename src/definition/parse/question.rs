//! Pages and what is asked on them.

use super::condition::condition;
use super::keys;
use super::reader::{Fields, Reader, Space};
use super::source::{Asked, Earlier, Part, Place, What};
use crate::definition::diagnostic::Span;
use crate::definition::model::{Choice, Item, Kind, Page, Question, Text, Wording};
use crate::definition::rule::Rule;
use crate::definition::yaml::{Node, Value};

/// Options of a question, points of a scale. What is counted later has a bit for each of them and for `other`.
const MOST_OPTIONS: usize = 100;

/// The types of questions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    YesNo,
    Choice,
    Choices,
    Rank,
    Scale,
    Matrix,
    Number,
    Text,
    LongText,
    Notice,
}

const TYPES: [(&str, Type); 10] = [
    ("yes_no", Type::YesNo),
    ("choice", Type::Choice),
    ("choices", Type::Choices),
    ("rank", Type::Rank),
    ("scale", Type::Scale),
    ("matrix", Type::Matrix),
    ("number", Type::Number),
    ("text", Type::Text),
    ("long_text", Type::LongText),
    ("notice", Type::Notice),
];

/// Reads the pages in order; `index` of a question counts over all of them.
pub(super) fn pages(reader: &mut Reader, node: &Node) -> Vec<Page> {
    let mut index = 0;
    let nodes = reader.list(node, "a list of pages").unwrap_or_default();
    nodes.iter().filter_map(|node| page(reader, node, &mut index)).collect()
}

fn page(reader: &mut Reader, node: &Node, index: &mut usize) -> Option<Page> {
    let fields = reader.fields(node, &keys::PAGE)?;
    let id = fields.get("id").and_then(|node| reader.id_of(node, &Space::Page)).unwrap_or_default();
    let title = fields.get("title").map(|node| reader.text(node));
    let part = Part::Page(id.clone());
    let audience = fields.get("for").and_then(|node| condition(reader, node, Place::Before(*index), part));
    let nodes = fields.get("questions").and_then(|node| reader.list(node, "a list of questions"));
    let mut questions = Vec::new();
    for node in nodes.unwrap_or_default() {
        questions.extend(question(reader, node, *index));
        *index += 1;
    }
    Some(Page { id, title, audience, questions })
}

fn question(reader: &mut Reader, node: &Node, index: usize) -> Option<Question> {
    let fields = reader.fields(node, &keys::QUESTION)?;
    let id = fields.get("id").and_then(|node| reader.id_of(node, &Space::Subject)).unwrap_or_default();
    if let Some(node) = fields.get("id") {
        reader.sources.questions.entry(id.clone()).or_insert(Asked { span: node.span, index });
    }
    let wording = fields.get("text").map(|node| wording(reader, node, index, &id));
    let part = Part::Question(id.clone());
    let audience = fields.get("for").and_then(|node| condition(reader, node, Place::Before(index), part));
    let help = fields.get("help").map(|node| reader.text(node));
    let kind = fields.get("type").and_then(|node| reader.one_of(node, &TYPES));
    let kind = kind.and_then(|kind| {
        only_fitting(reader, &fields, kind);
        read_kind(reader, &fields, kind, index)
    });
    Some(Question {
        wording: wording.unwrap_or(Wording::Everybody(Text::default())),
        kind: kind?,
        help,
        audience,
        required: flag(reader, &fields, "required"),
        sensitive: flag(reader, &fields, "sensitive"),
        reverse: flag(reader, &fields, "reverse"),
        random_order: fields.get("order").and_then(|node| reader.one_of(node, &[("random", true)])).unwrap_or_default(),
        same_as: fields.get("same_as").map(|node| same_as(reader, node, &id)).unwrap_or_default(),
        id,
    })
}

fn flag(reader: &mut Reader, fields: &Fields<'_>, name: &str) -> bool {
    fields.get(name).and_then(|node| reader.flag(node)).unwrap_or_default()
}

/// Refuses keys that mean nothing on a question of this type.
fn only_fitting(reader: &mut Reader, fields: &Fields<'_>, kind: Type) {
    let name = TYPES.iter().find(|(_, known)| *known == kind).map_or("", |(name, _)| name);
    for (span, key) in fields.known() {
        if !key.types.is_empty() && !key.types.contains(&name) {
            let message = format!("`{}` means nothing on a question of type `{name}`", key.name);
            reader.error(Rule::KeyFitsType, span, message, format!("it belongs to {}", key.types.join(", ")));
        }
    }
}

fn read_kind(reader: &mut Reader, fields: &Fields<'_>, kind: Type, index: usize) -> Option<Kind> {
    Some(match kind {
        Type::YesNo => Kind::YesNo,
        Type::Text => Kind::Text,
        Type::LongText => Kind::LongText,
        Type::Notice => Kind::Notice,
        Type::Choice => {
            let (options, other) = options(reader, fields, kind, index)?;
            Kind::Choice { options, other }
        }
        Type::Choices => {
            let (options, other) = options(reader, fields, kind, index)?;
            let max = at_most(reader, fields, "max", 2, options.len() + usize::from(other));
            Kind::Choices { options, other, max }
        }
        Type::Rank => {
            let (options, _) = options(reader, fields, kind, index)?;
            let top = need(reader, fields, "top").and_then(|_| at_most(reader, fields, "top", 1, options.len()));
            Kind::Rank { options, top: top? }
        }
        Type::Scale => Kind::Scale(scale(reader, fields)?),
        Type::Matrix => {
            let node = need(reader, fields, "items")?;
            let nodes = reader.list(node, "a list of items")?;
            let items = nodes.iter().filter_map(|node| item(reader, node, index)).collect();
            Kind::Matrix { scale: scale(reader, fields)?, items }
        }
        Type::Number => number(reader, fields),
    })
}

/// A key that this type needs.
fn need<'n>(reader: &mut Reader, fields: &Fields<'n>, name: &str) -> Option<&'n Node> {
    let node = fields.get(name);
    if let (None, Some(span)) = (node, fields.span()) {
        let about = keys::QUESTION.keys.iter().find(|key| key.name == name).map_or("", |key| key.about);
        let message = format!("a question of this type needs `{name}`");
        reader.error(Rule::MissingKey, span, message, format!("`{name}`: {about}"));
    }
    node
}

/// A count of `least` up to the number of options.
fn at_most(reader: &mut Reader, fields: &Fields<'_>, name: &str, least: u32, options: usize) -> Option<u32> {
    let node = fields.get(name)?;
    let count = reader.count(node, least)?;
    if usize::try_from(count).is_ok_and(|count| count > options) {
        let message = format!("`{name}` is {count}, and there are {options} options");
        reader.error(Rule::Range, node.span, message, format!("at most {options}"));
    }
    Some(count)
}

fn scale(reader: &mut Reader, fields: &Fields<'_>) -> Option<String> {
    let node = need(reader, fields, "scale")?;
    let name = reader.word(node)?;
    reader.refer(node.span, name, What::Scale);
    Some(name.to_owned())
}

fn number(reader: &mut Reader, fields: &Fields<'_>) -> Kind {
    let min = fields.get("min").and_then(|node| reader.number(node));
    let max = fields.get("max").and_then(|node| reader.number(node));
    if let (Some(least), Some(most), Some(node)) = (min, max, fields.get("max"))
        && least >= most
    {
        reader.error(
            Rule::Range,
            node.span,
            format!("`max` is {most}, `min` is {least}"),
            "`min` has to be the smaller",
        );
    }
    Kind::Number { min, max, unit: fields.get("unit").map(|node| reader.text(node)) }
}

fn options(reader: &mut Reader, fields: &Fields<'_>, kind: Type, index: usize) -> Option<(Vec<Choice>, bool)> {
    let other = flag(reader, fields, "other");
    let node = need(reader, fields, "options")?;
    let nodes = reader.list(node, "a list of options")?;
    let options: Vec<Choice> = nodes.iter().filter_map(|node| option(reader, node, kind, other, index)).collect();
    if nodes.len() + usize::from(other) < 2 {
        reader.error(Rule::Range, node.span, "there is nothing to choose between", "write two options or more");
    }
    not_too_many(reader, node, nodes.len(), "options");
    Some((options, other))
}

/// More than this nobody reads on a phone, and no table shows.
pub(super) fn not_too_many(reader: &mut Reader, node: &Node, count: usize, what: &str) {
    if count > MOST_OPTIONS {
        let message = format!("{count} {what} are more than anybody reads on a phone");
        let hint = format!("at most {MOST_OPTIONS}; ask in two steps, or by `type: text`");
        reader.error(Rule::Range, node.span, message, hint);
    }
}

fn option(reader: &mut Reader, node: &Node, kind: Type, other: bool, index: usize) -> Option<Choice> {
    let fields = reader.fields(node, &keys::OPTION)?;
    let id = fields.get("id").and_then(|node| reader.id_of(node, &Space::Within(index))).unwrap_or_default();
    if let (true, Some(node)) = (other && id == "other", fields.get("id")) {
        reader.error(Rule::IdTaken, node.span, "`other` is taken by `other: true`", "choose another id");
    }
    if kind != Type::Choices {
        only_fitting(reader, &fields, kind);
    }
    let label = fields.get("label").map(|node| reader.text(node)).unwrap_or_default();
    Some(Choice { id, label, exclusive: flag(reader, &fields, "exclusive") })
}

fn item(reader: &mut Reader, node: &Node, index: usize) -> Option<Item> {
    let fields = reader.fields(node, &keys::ITEM)?;
    let id = fields.get("id").and_then(|node| reader.id_of(node, &Space::Within(index))).unwrap_or_default();
    let label = fields.get("label").map(|node| reader.text(node)).unwrap_or_default();
    Some(Item { id, label, reverse: flag(reader, &fields, "reverse") })
}

/// One text, or where the values are mappings themselves, one for each audience.
fn wording(reader: &mut Reader, node: &Node, index: usize, question: &str) -> Wording {
    match &node.value {
        Value::Map(entries) if entries.iter().any(|(_, value)| matches!(value.value, Value::Map(_))) => {
            let place = Some(Place::Before(index));
            let mut wordings = Vec::new();
            for (key, value) in entries {
                let name = key.name.clone();
                reader.sources.named.insert(Part::Wording(question.to_owned(), name.clone()), key.span);
                reader.sources.uses.push(super::source::Use { span: key.span, name, place, what: What::Audience });
                wordings.push((key.name.clone(), reader.text(value)));
            }
            Wording::ByAudience(wordings)
        }
        _ => Wording::Everybody(reader.text(node)),
    }
}

fn same_as(reader: &mut Reader, node: &Node, question: &str) -> Vec<String> {
    let words = reader.words(node, "a list of earlier questions");
    words.into_iter().filter_map(|word| earlier(reader, question, word)).collect()
}

/// `survey.question` or `survey.question.item`.
fn earlier(reader: &mut Reader, question: &str, (word, span): (&str, Span)) -> Option<String> {
    let parts: Vec<&str> = word.split('.').collect();
    if matches!(parts.len(), 2 | 3) && parts.iter().all(|part| !part.is_empty()) {
        let (name, question) = (word.to_owned(), question.to_owned());
        reader.sources.earlier.push(Earlier { span, name, question });
        return Some(word.to_owned());
    }
    reader.error(Rule::IdForm, span, format!("`{word}` is no earlier question"), "write `survey.question`");
    None
}
