//! What is wrong with a file, where, and what to do about it.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::rule::Rule;

/// A place in a file, as editors count: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// From `start` up to and without `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Span {
    /// The first character.
    pub start: Position,
    /// The first character after it.
    pub end: Position,
}

impl Span {
    /// One character at `line` and `column`.
    #[must_use]
    pub fn point(line: usize, column: usize) -> Self {
        Self { start: Position { line, column }, end: Position { line, column: column + 1 } }
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The survey cannot be launched.
    Error,
    /// The survey works, yet something is probably not meant.
    Warning,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Which rule is broken; stays the same over versions.
    pub rule: Rule,
    /// Where.
    pub span: Span,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A broken rule; whether that is an error or a warning is the rule's own.
    #[must_use]
    pub fn new(rule: Rule, span: Span, message: impl Into<String>) -> Self {
        Self { severity: rule.severity(), rule, span, message: message.into(), hint: None }
    }

    /// The same with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Lines longer than this are not drawn: a binary file has them, and no reader gains by them.
const DRAWN: usize = 400;

/// The diagnostics of one file for a reader: each begins with `FILE:LINE:COL: error: message [RULE]`, then the source
/// line and the hint. `colour` is for terminals.
#[must_use]
pub fn render(file: &str, source: &[u8], diagnostics: &[Diagnostic], colour: bool) -> String {
    let source = String::from_utf8_lossy(source);
    let lines: Vec<&str> = source.lines().collect();
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let drawn = diagnostics.iter().map(|diagnostic| {
        let line = lines.get(diagnostic.span.start.line - 1).copied().unwrap_or_default();
        one(file, line.trim_start_matches('\u{feff}'), diagnostic, &renderer)
    });
    drawn.collect::<Vec<_>>().join("\n")
}

fn one(file: &str, line: &str, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let Position { line: number, column } = diagnostic.span.start;
    let (word, level) = match diagnostic.severity {
        Severity::Error => ("error", Level::ERROR),
        Severity::Warning => ("warning", Level::WARNING),
    };
    let head = format!("{file}:{number}:{column}: {word}: {} [{}]\n", diagnostic.message, diagnostic.rule.code());
    if line.len() > DRAWN {
        return head + &diagnostic.hint.as_ref().map(|hint| format!("  = help: {hint}\n")).unwrap_or_default();
    }
    let snippet = Snippet::source(line)
        .line_start(number)
        .annotation(AnnotationKind::Primary.span(bytes_of(line, diagnostic.span)));
    let mut group = Group::with_level(level).element(snippet);
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    head + &renderer.render(&[group]) + "\n"
}

/// The bytes of `line` that the span covers on its first line, at least one character where there is one.
fn bytes_of(line: &str, span: Span) -> std::ops::Range<usize> {
    let at = |column: usize| line.char_indices().nth(column - 1).map_or(line.len(), |(byte, _)| byte);
    let start = at(span.start.column);
    let end = if span.end.line > span.start.line { line.trim_end().len() } else { at(span.end.column) };
    start..end.max(start)
}
