//! From names of elsewhere to ids of the language: lower-case, no words of the language, each once.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::notes::{Notes, excerpt};
use crate::definition::parse::reader::{RESERVED, RESERVED_PAGES};

/// Shorter than the 60 that the language allows: a number may follow.
const LONGEST: usize = 50;

/// Where an id must stand once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Space {
    Page,
    Question,
    Scale,
    /// Options or items of one question.
    Within(usize),
}

/// Ids that are given out.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: HashSet<(Space, String)>,
    /// How often an id was wanted that was given already.
    again: HashMap<(Space, String), usize>,
}

impl Ids {
    /// The id nearest to `wanted` that is allowed and free in `space`.
    pub(super) fn give(&mut self, wanted: &str, space: Space) -> String {
        let id = allowed(wanted, space);
        let mut free = id.clone();
        while !self.taken.insert((space, free.clone())) {
            let count = self.again.entry((space, id.clone())).or_insert(1);
            *count += 1;
            free = format!("{id}_{count}");
        }
        free
    }

    /// Keeps an id from being given.
    pub(super) fn take(&mut self, id: &str, space: Space) {
        self.taken.insert((space, id.to_owned()));
    }
}

fn allowed(wanted: &str, space: Space) -> String {
    let id = plain(wanted, '_');
    let (prefix, letter_first) = match space {
        Space::Page => ("page", true),
        Space::Question => ("q", true),
        Space::Scale => ("scale", true),
        Space::Within(_) => ("option", false),
    };
    if id.is_empty() {
        return prefix.to_owned();
    }
    let reserved = RESERVED.contains(&id.as_str()) || (space == Space::Page && RESERVED_PAGES.contains(&id.as_str()));
    let begins = !letter_first || id.starts_with(|c: char| c.is_ascii_lowercase());
    if reserved || !begins { format!("{prefix}_{id}") } else { id }
}

/// A survey's own id: letters, digits and `-`.
pub(super) fn survey(wanted: &str) -> String {
    let id = plain(wanted, '-');
    if id.is_empty() { "survey".to_owned() } else { id }
}

/// Lower-case letters without their marks, digits, and `between` for everything else.
fn plain(wanted: &str, between: char) -> String {
    let mut id = String::new();
    for c in wanted.chars().take(LONGEST).flat_map(char::to_lowercase).flat_map(spelt) {
        match c {
            'a'..='z' | '0'..='9' => id.push(c),
            '\u{300}'..='\u{36f}' => {}
            _ if id.ends_with(between) || id.is_empty() => {}
            _ => id.push(between),
        }
    }
    id.truncate(LONGEST);
    id.trim_end_matches(between).to_owned()
}

/// Letters that are no letter with a mark are spelt out.
fn spelt(c: char) -> Vec<char> {
    match c {
        'æ' => vec!['a', 'e'],
        'ø' => vec!['o'],
        'ł' => vec!['l'],
        'ß' => vec!['s', 's'],
        other => std::iter::once(other).nfd().collect(),
    }
}

/// Ids that are not the names of there.
#[derive(Default)]
pub(super) struct Renamed(Vec<String>);

impl Renamed {
    pub(super) fn code(&mut self, code: &str, id: &str) {
        if code != id {
            self.0.push(format!("{} → {id}", excerpt(code)));
        }
    }

    /// One note for a question and all that belongs to it.
    pub(super) fn note(self, notes: &mut Notes, origin: &str, name: &str, id: &str) {
        let question = match name {
            name if name == id => String::new(),
            "" => format!("it has no name and is called `{id}` here"),
            name => format!("`{}` is called `{id}` here", excerpt(name)),
        };
        let codes = if self.0.is_empty() { String::new() } else { format!("codes of `{id}`: {}", self.0.join(", ")) };
        match (question.as_str(), codes.as_str()) {
            ("", "") => {}
            (question, "") => notes.say(origin, question),
            ("", codes) => notes.say(origin, codes),
            (question, codes) => notes.say(origin, format!("{question}; {codes}")),
        }
    }
}
