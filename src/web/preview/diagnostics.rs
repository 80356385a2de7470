//! What is wrong with the file, as a page shows it.

use super::file::{Content, Seen};
use crate::definition::diagnostic::{self, Severity, Span};
use crate::web::pages::preview::{Diagnostic, Line};

/// Longer lines are not shown: nobody reads them.
const SHOWN: usize = 400;

/// All that there is to say about a file, in its order.
pub(super) fn of(file: &str, seen: &Seen) -> Vec<Diagnostic> {
    if let Content::Unreadable(why) = &seen.content {
        let message = format!("the file cannot be read: {why}");
        return vec![Diagnostic { place: file.to_owned(), error: true, code: None, message, line: None, hint: None }];
    }
    lines(file, &String::from_utf8_lossy(&seen.source), &seen.diagnostics)
}

/// Diagnostics of a text, each with its line.
pub fn lines(file: &str, source: &str, diagnostics: &[diagnostic::Diagnostic]) -> Vec<Diagnostic> {
    let lines: Vec<&str> = source.lines().collect();
    diagnostics.iter().map(|diagnostic| one(file, &lines, diagnostic)).collect()
}

fn one(file: &str, lines: &[&str], diagnostic: &diagnostic::Diagnostic) -> Diagnostic {
    let start = diagnostic.span.start;
    let line = lines.get(start.line.saturating_sub(1)).map(|line| line.trim_start_matches('\u{feff}'));
    Diagnostic {
        place: format!("{file}:{}:{}", start.line, start.column),
        error: diagnostic.severity == Severity::Error,
        code: Some(diagnostic.rule.code().to_owned()),
        message: diagnostic.message.clone(),
        line: line.filter(|line| line.len() <= SHOWN).map(|line| marked(line, diagnostic.span)),
        hint: diagnostic.hint.clone(),
    }
}

fn marked(line: &str, Span { start, end }: Span) -> Line {
    let from = start.column.saturating_sub(1);
    let length = if end.line > start.line { usize::MAX } else { end.column.saturating_sub(start.column).max(1) };
    let mut characters = line.chars();
    let before = characters.by_ref().take(from).collect();
    let marked = characters.by_ref().take(length).collect();
    Line { number: start.line, before, marked, after: characters.collect() }
}
