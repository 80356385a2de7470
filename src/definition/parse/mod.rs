//! From the tree of a file to a [`Definition`]. The readers collect what is wrong and go on, so that one run says all of
//! it. What can be known where a value stands is decided here; what needs the whole file is left to `check`.

mod condition;
pub mod keys;
pub(crate) mod messages;
mod question;
pub(crate) mod reader;
mod register;
mod results;
pub mod shape;
pub(crate) mod source;

use super::diagnostic::Diagnostic;
use super::model::{Audience, Condition, Contact, Definition, Language, Text};
use super::rule::Rule;
use super::yaml::{Node, Value};
use reader::{Fields, Reader, Space};
use source::{Part, Place, Sources};

/// Groups of fewer respondents are never shown.
const MINIMUM_GROUP: u32 = 5;

/// What was read, with the places it was read from.
pub(crate) struct Parsed {
    /// As far as it could be read; trusted only where no diagnostic is an error.
    pub(crate) definition: Option<Definition>,
    /// Where its parts stand.
    pub(crate) sources: Sources,
    /// What is wrong already.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads the tree of a file.
pub(crate) fn parse(root: &Node) -> Parsed {
    let mut reader = Reader::default();
    let definition = reader.fields(root, &keys::SURVEY).map(|fields| survey(&mut reader, &fields));
    Parsed { definition, sources: reader.sources, diagnostics: reader.diagnostics }
}

fn survey(reader: &mut Reader, fields: &Fields<'_>) -> Definition {
    let languages = fields.get("languages").map(|node| languages(reader, node)).unwrap_or_default();
    reader.languages.clone_from(&languages);
    Definition {
        id: fields.get("survey").and_then(|node| reader.id_of(node, &Space::Survey)).unwrap_or_default(),
        languages,
        title: text(reader, fields, "title"),
        intro: text(reader, fields, "intro"),
        incident_note: fields.get("incident_note").map(|node| reader.text(node)),
        thanks: text(reader, fields, "thanks"),
        contact: fields.get("contact").and_then(|node| contact(reader, node)),
        minimum_group: fields
            .get("minimum_group")
            .and_then(|node| minimum_group(reader, node))
            .unwrap_or(MINIMUM_GROUP),
        sms: fields.get("sms").map(|node| messages::sms(reader, node)).unwrap_or_default(),
        window: fields.get("window").and_then(|node| messages::window(reader, node)),
        sending: fields.get("sending").map(|node| messages::sending(reader, node)).unwrap_or_default(),
        attributes: fields.get("attributes").map(|node| register::attributes(reader, node)).unwrap_or_default(),
        breakdowns: fields.get("breakdowns").map(|node| register::breakdowns(reader, node)).unwrap_or_default(),
        scales: fields.get("scales").map(|node| register::scales(reader, node)).unwrap_or_default(),
        audiences: fields.get("audiences").map(|node| audiences(reader, node)).unwrap_or_default(),
        pages: fields.get("pages").map(|node| question::pages(reader, node)).unwrap_or_default(),
        results: fields.get("results").map(|node| results::results(reader, node)).unwrap_or_default(),
    }
}

fn text(reader: &mut Reader, fields: &Fields<'_>, name: &str) -> Text {
    fields.get(name).map(|node| reader.text(node)).unwrap_or_default()
}

fn minimum_group(reader: &mut Reader, node: &Node) -> Option<u32> {
    let group = reader.number(node)?;
    let fits = u32::try_from(group).ok().filter(|group| *group >= MINIMUM_GROUP);
    if fits.is_none() {
        let message = format!("a smallest group of {group} would betray people");
        reader.error(Rule::Range, node.span, message, format!("at least {MINIMUM_GROUP}"));
    }
    fits
}

fn languages(reader: &mut Reader, node: &Node) -> Vec<Language> {
    let mut languages = Vec::new();
    for (word, span) in reader.words(node, "a list of languages") {
        match Language::parse(word) {
            Some(language) if !languages.contains(&language) => languages.push(language),
            Some(language) => {
                reader.refuse(Diagnostic::new(Rule::Languages, span, format!("`{language}` stands twice")));
            }
            None => {
                let message = format!("`{word}` is no language");
                reader.error(Rule::Languages, span, message, "two lower-case letters: nb, nn, en, pl");
            }
        }
    }
    languages
}

fn contact(reader: &mut Reader, node: &Node) -> Option<Contact> {
    let fields = reader.fields(node, &keys::CONTACT)?;
    let mut word = |name: &str| fields.get(name).and_then(|node| Some((reader.word(node)?.to_owned(), node.span)));
    let (name, phone, url) = (word("name"), word("phone"), word("url"));
    if let Some((url, span)) = &url
        && !(url.starts_with("https://") || url.starts_with("http://"))
    {
        reader.error(Rule::Word, *span, format!("`{url}` is no web address"), "begin with https://");
    }
    Some(Contact { name: name?.0, phone: phone.map(|(phone, _)| phone), url: url.map(|(url, _)| url) })
}

fn audiences(reader: &mut Reader, node: &Node) -> Vec<Audience> {
    let entries = reader.map(node, "a mapping of names to conditions").unwrap_or_default();
    let mut audiences = Vec::new();
    for (key, value) in entries {
        reader.id(&key.name, key.span, &Space::Audience);
        reader.sources.named.insert(Part::Audience(key.name.clone()), key.span);
        audiences.push(audience(reader, &key.name, value, Place::Audience(audiences.len())));
    }
    audiences
}

/// A condition, or `{label: …, for: condition}`.
fn audience(reader: &mut Reader, id: &str, node: &Node, place: Place) -> Audience {
    let written_out = matches!(&node.value, Value::Map(entries) if entries.iter().any(|(key, _)| key.name == "for"));
    let part = Part::Audience(id.to_owned());
    let (label, condition) = if written_out {
        let fields = reader.fields(node, &keys::AUDIENCE);
        let node = |name: &str| fields.as_ref().and_then(|fields| fields.get(name));
        let label = node("label").map(|node| reader.text(node));
        (label, node("for").and_then(|node| condition::condition(reader, node, place, part)))
    } else {
        (None, condition::condition(reader, node, place, part))
    };
    // An audience whose condition cannot be read still exists, so that its users are not blamed.
    Audience { id: id.to_owned(), label, condition: condition.unwrap_or(Condition::Any(Vec::new())) }
}
