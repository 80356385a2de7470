//! What the readers share: reading one value, saying what is wrong with it, and going on.

use std::collections::HashSet;

use super::shape::{Key, Table};
use super::source::{Sources, Use, What};
use crate::definition::diagnostic::{Diagnostic, Span};
use crate::definition::model::{Language, Text};
use crate::definition::rule::Rule;
use crate::definition::yaml::{Key as Written, Node, Value};

/// More than this is not collected: nobody reads it, and advice on every one would take long.
pub(crate) const MAX_DIAGNOSTICS: usize = 100;

/// Words of conditions, and the one that writes an audience out.
pub(crate) const RESERVED: [&str; 5] = ["all", "any", "not", "answered", "for"];
/// The same, and words of the form's addresses.
pub(crate) const RESERVED_PAGES: [&str; 9] =
    ["all", "any", "not", "answered", "for", "start", "send", "stop", "thanks"];

/// Where an id must stand once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Space {
    Survey,
    Page,
    /// Questions and attributes: both are what conditions look at.
    Subject,
    Scale,
    Audience,
    Index,
    /// Options or items of the question that many questions into the file.
    Within(usize),
    Breakdown,
}

/// Collects what is wrong while the rest of the file is read.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) languages: Vec<Language>,
    pub(super) sources: Sources,
    taken: HashSet<(Space, String)>,
}

impl Reader {
    pub(super) fn refuse(&mut self, diagnostic: Diagnostic) {
        if !self.full() {
            self.diagnostics.push(diagnostic);
        }
    }

    fn full(&self) -> bool {
        self.diagnostics.len() > MAX_DIAGNOSTICS
    }

    pub(super) fn error(&mut self, rule: Rule, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        self.refuse(Diagnostic::new(rule, span, message).hint(hint));
    }

    /// Says that another shape belongs here.
    fn wrong<T>(&mut self, node: &Node, wanted: &str) -> Option<T> {
        let found = match node.value {
            Value::Empty => {
                self.error(
                    Rule::EmptyValue,
                    node.span,
                    format!("nothing stands here, {wanted} belongs here"),
                    "write a value, or take the key away",
                );
                return None;
            }
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        };
        self.refuse(Diagnostic::new(Rule::Shape, node.span, format!("{found} stands here, {wanted} belongs here")));
        None
    }

    pub(super) fn word<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        match &node.value {
            Value::Text(text) => Some(text),
            _ => self.wrong(node, "a single word or text"),
        }
    }

    pub(super) fn list<'n>(&mut self, node: &'n Node, wanted: &str) -> Option<&'n [Node]> {
        match &node.value {
            Value::List(nodes) if nodes.is_empty() => {
                self.refuse(Diagnostic::new(
                    Rule::EmptyValue,
                    node.span,
                    format!("the list is empty, {wanted} belongs here"),
                ));
                None
            }
            Value::List(nodes) => Some(nodes),
            _ => self.wrong(node, wanted),
        }
    }

    pub(super) fn map<'n>(&mut self, node: &'n Node, wanted: &str) -> Option<&'n [(Written, Node)]> {
        match &node.value {
            Value::Map(entries) => Some(entries),
            _ => self.wrong(node, wanted),
        }
    }

    pub(super) fn flag(&mut self, node: &Node) -> Option<bool> {
        match self.word(node)? {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            other => {
                let message = format!("`{other}` stands here, `true` or `false` belongs here");
                self.refuse(Diagnostic::new(Rule::Word, node.span, message));
                None
            }
        }
    }

    pub(super) fn number(&mut self, node: &Node) -> Option<i64> {
        let word = self.word(node)?;
        let number = word.parse().ok().filter(|_| !word.starts_with('+'));
        if number.is_none() {
            let message = format!("`{word}` stands here, a whole number belongs here");
            self.refuse(Diagnostic::new(Rule::Shape, node.span, message));
        }
        number
    }

    /// A whole number of at least `least` that fits in 32 bits.
    pub(super) fn count(&mut self, node: &Node, least: u32) -> Option<u32> {
        let number = self.number(node)?;
        let count = u32::try_from(number).ok().filter(|count| *count >= least);
        if count.is_none() {
            let message = format!("{number} is out of range: at least {least} is needed");
            self.refuse(Diagnostic::new(Rule::Range, node.span, message));
        }
        count
    }

    pub(super) fn numbers(&mut self, node: &Node) -> Vec<(i64, Span)> {
        let nodes = self.list(node, "a list of whole numbers").unwrap_or_default();
        nodes.iter().filter_map(|node| Some((self.number(node)?, node.span))).collect()
    }

    pub(super) fn words<'n>(&mut self, node: &'n Node, wanted: &str) -> Vec<(&'n str, Span)> {
        let nodes = self.list(node, wanted).unwrap_or_default();
        nodes.iter().filter_map(|node| Some((self.word(node)?, node.span))).collect()
    }

    /// One of a few words.
    pub(super) fn one_of<T: Copy>(&mut self, node: &Node, known: &[(&str, T)]) -> Option<T> {
        let word = self.word(node)?;
        let found = known.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            let hint = advice(word, &names).unwrap_or_else(|| format!("one of {}", names.join(", ")));
            self.error(Rule::Word, node.span, format!("`{word}` is not known here"), hint);
        }
        found
    }

    /// A new id, once in its space.
    pub(super) fn id(&mut self, name: &str, span: Span, space: &Space) {
        let dash = if matches!(space, Space::Survey | Space::Page) { "-" } else { "_" };
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || dash.contains(c) || c == '_';
        let survey = *space == Space::Survey;
        let value = matches!(space, Space::Within(_));
        if name.is_empty() || name.len() > 60 || !name.chars().all(|c| fits(c) && !(survey && c == '_')) {
            let message = format!("`{name}` cannot be an id");
            let hint = format!("use up to 60 lower-case letters a-z, digits and `{dash}`");
            self.error(Rule::IdForm, span, message, hint);
        } else if !survey && !value && !name.starts_with(|c: char| c.is_ascii_lowercase()) {
            self.error(Rule::IdForm, span, format!("`{name}` cannot be an id"), "begin with a letter a-z");
        } else if RESERVED.contains(&name) || (*space == Space::Page && RESERVED_PAGES.contains(&name)) {
            self.error(
                Rule::IdReserved,
                span,
                format!("`{name}` is a word of the language and no id"),
                "choose another id",
            );
        } else if !self.taken.insert((space.clone(), name.to_owned())) {
            self.error(Rule::IdTaken, span, format!("the id `{name}` is already taken"), "choose another id");
        }
    }

    /// A new id that stands as a value.
    pub(super) fn id_of(&mut self, node: &Node, space: &Space) -> Option<String> {
        let name = self.word(node)?;
        self.id(name, node.span, space);
        Some(name.to_owned())
    }

    /// A reference, to be resolved when the whole file is read.
    pub(super) fn refer(&mut self, span: Span, name: &str, what: What) {
        self.sources.uses.push(Use { span, name: name.to_owned(), place: None, what });
    }

    /// Words in every language of the survey.
    pub(super) fn text(&mut self, node: &Node) -> Text {
        let mut text = Text::default();
        let Some(entries) = self.map(node, "a text in every language, `{nb: …, en: …}`,") else { return text };
        for (key, value) in entries {
            match Language::parse(&key.name).filter(|language| self.languages.contains(language)) {
                Some(language) => {
                    text.0.insert(language, self.words_of(value));
                }
                None if self.languages.is_empty() => {}
                None => self.foreign(key, value),
            }
        }
        self.translated(node, &text);
        text
    }

    fn words_of(&mut self, node: &Node) -> String {
        let words = self.word(node).map(str::trim);
        if words == Some("") {
            self.refuse(Diagnostic::new(Rule::EmptyValue, node.span, "the text is empty"));
        }
        words.unwrap_or_default().to_owned()
    }

    fn foreign(&mut self, key: &Written, value: &Node) {
        let known: Vec<String> = self.languages.iter().map(ToString::to_string).collect();
        let hint = if value.value == Value::Empty {
            "inside `{ }` a text that holds a comma needs quotes".to_owned()
        } else {
            format!("the survey speaks {}", known.join(", "))
        };
        let message = format!("`{}` is not one of the survey's languages", key.name);
        self.error(Rule::ForeignLanguage, key.span, message, hint);
    }

    fn translated(&mut self, node: &Node, text: &Text) {
        let missing: Vec<String> =
            self.languages.iter().filter(|language| !text.0.contains_key(language)).map(ToString::to_string).collect();
        if !missing.is_empty() {
            let message = format!("the text is missing in {}", missing.join(", "));
            let hint = format!("write `{}: …` beside the others", missing.first().map_or("", String::as_str));
            self.error(Rule::Translation, node.span, message, hint);
        }
    }

    /// Opens a mapping: every key known, every required key there.
    pub(super) fn fields<'n>(&mut self, node: &'n Node, table: &'static Table) -> Option<Fields<'n>> {
        let entries = self.map(node, &format!("{} (a mapping)", table.what))?;
        for (key, _) in entries.iter().take_while(|_| !self.full()).collect::<Vec<_>>() {
            if !table.keys.iter().any(|known| known.name == key.name) {
                let names: Vec<&str> = table.keys.iter().map(|key| key.name).collect();
                let hint =
                    advice(&key.name, &names).unwrap_or_else(|| format!("{} has {}", table.what, names.join(", ")));
                self.error(Rule::UnknownKey, key.span, format!("{} has no `{}`", table.what, key.name), hint);
            }
        }
        for key in table.keys.iter().filter(|key| key.required && key.types.is_empty()) {
            if !entries.iter().any(|(written, _)| written.name == key.name) {
                let message = format!("{} needs `{}`", table.what, key.name);
                self.error(Rule::MissingKey, first(node, entries), message, format!("`{}`: {}", key.name, key.about));
            }
        }
        Some(Fields { entries, table })
    }
}

/// A mapping's first key: better to point at than the whole.
fn first(node: &Node, entries: &[(Written, Node)]) -> Span {
    entries.first().map_or(node.span, |(key, _)| key.span)
}

/// The values of a mapping by key.
pub(super) struct Fields<'n> {
    entries: &'n [(Written, Node)],
    table: &'static Table,
}

impl<'n> Fields<'n> {
    /// The value of a key that stands in the table.
    pub(super) fn get(&self, name: &str) -> Option<&'n Node> {
        debug_assert!(self.table.keys.iter().any(|key| key.name == name), "`{name}` is in no table");
        self.entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    /// The keys that are there and in the table.
    pub(super) fn known(&self) -> impl Iterator<Item = (Span, &'static Key)> {
        let known = |name: &str| self.table.keys.iter().find(|known| known.name == name);
        self.entries.iter().filter_map(move |(key, _)| Some((key.span, known(&key.name)?)))
    }

    /// Where the first key stands.
    pub(super) fn span(&self) -> Option<Span> {
        self.entries.first().map(|(key, _)| key.span)
    }
}

/// "did you mean …", where one of the names is near.
pub(crate) fn advice<S: AsRef<str>>(word: &str, names: &[S]) -> Option<String> {
    if word.len() > 60 {
        return None;
    }
    let near = names.iter().take(500).map(|name| (strsim::jaro_winkler(word, name.as_ref()), name.as_ref()));
    let (score, name) = near.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (score > 0.75).then(|| format!("did you mean `{name}`?"))
}
