//! How the tables of [`keys`](super::keys) say what stands after a key.

/// The keys of one mapping.
#[derive(Debug)]
pub struct Table {
    /// What the mapping is, for messages: "a page".
    pub what: &'static str,
    /// The key whose word decides which of the others belong (see [`Key::types`]).
    pub by: Option<&'static str>,
    /// In the order in which a file is best written.
    pub keys: &'static [Key],
}

/// One key.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What stands after it.
    pub shape: Shape,
    /// It cannot be left out, where it belongs at all.
    pub required: bool,
    /// Question types (or register columns, for an attribute) that know it; empty for all.
    pub types: &'static [&'static str],
    /// One line for whoever writes a survey.
    pub about: &'static str,
}

/// What stands after a key.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A name that other parts refer to, or a reference to one, or a short form such as a date.
    Word(&'static Form),
    /// Several of them, at least so many.
    Words(usize, &'static Form),
    /// Words that only people read.
    Free,
    /// One of a few words, each with what it means.
    OneOf(&'static [(&'static str, &'static str)]),
    /// Several of them.
    SomeOf(&'static [(&'static str, &'static str)]),
    /// A whole number from the first to the second.
    Number(i64, i64),
    /// Several of them.
    Numbers(i64, i64),
    /// `true` or `false`.
    Flag,
    /// Words in every language.
    Text,
    /// Words in every language, or by audience.
    Wording,
    /// Who; see the language's page on conditions.
    Condition,
    /// One mapping.
    Map(&'static Table),
    /// A mapping of ids to mappings.
    MapOf(&'static Table),
    /// A mapping of ids to conditions, or to the mapping of the table.
    Conditions(&'static Table),
    /// A list of mappings, at least so many.
    ListOf(usize, &'static Table),
    /// A list of attributes, and of audiences under a name.
    Breakdowns,
}

/// What one word looks like.
#[derive(Debug)]
pub struct Form {
    /// A regular expression that both Rust and ECMAScript know; the whole word matches it.
    pub pattern: &'static str,
    /// Words that match and are refused all the same.
    pub except: &'static [&'static str],
    /// An example, or what the pattern says in words.
    pub about: &'static str,
    /// A YAML parser may make a number of such a word: `08`, `+4767500000`.
    pub numeric: bool,
}
