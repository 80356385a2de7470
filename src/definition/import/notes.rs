//! What an import has to say: one line for everything that is not carried over as it stood.

use std::fmt;

use super::quote::needs_escape;

/// One thing that differs from the file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where it stood: `survey, row 7`, or `line 88, question Q01`.
    pub origin: String,
    /// What became of it, without a full stop.
    pub message: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.origin, self.message)
    }
}

/// The notes of one import, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Notes {
    notes: Vec<Note>,
    /// How many more there were.
    more: usize,
}

/// Nobody reads more.
const MOST: usize = 2000;

impl Notes {
    /// Adds a note; said twice of one place, it stands once. There are few enough to look through them.
    pub(super) fn say(&mut self, origin: &str, message: impl Into<String>) {
        // What comes from a file must not steer a terminal.
        let message = message.into().replace(needs_escape, " ");
        let note = Note { origin: origin.to_owned(), message };
        if self.notes.len() >= MOST {
            self.more += 1;
            return;
        }
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    pub(super) fn into_vec(mut self) -> Vec<Note> {
        if self.more > 0 {
            let message = format!("{} more, which are not shown", self.more);
            self.notes.push(Note { origin: "after these".to_owned(), message });
        }
        self.notes
    }
}

/// At most so many characters of what somebody else wrote, on one line.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 120;
    let line: String = text.split(|c: char| c.is_whitespace() || needs_escape(c)).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
