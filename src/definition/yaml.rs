//! YAML as a tree whose every part knows where it stands.
//!
//! Every scalar stays the text that was written: `no`, `1.10` and `08` are those letters, and what they mean is decided
//! by whoever reads them. `key:` and `key: ~` are [`Value::Empty`]. What YAML offers beyond lists, mappings and scalars
//! (anchors, aliases, tags, merge keys, several documents) is refused, so that a file says what it seems to say.

use std::collections::HashSet;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span as Mark, StrInput};

use super::diagnostic::{Diagnostic, Position, Span};
use super::rule::Rule;

/// Larger files are refused.
pub const MAX_BYTES: usize = 1024 * 1024;
/// Deeper nesting is refused.
const MAX_DEPTH: usize = 64;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// A scalar's own characters; for lists and mappings, from the first character to the last.
    pub span: Span,
    /// What stands there.
    pub value: Value,
}

/// What YAML can say here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing, or `~`.
    Empty,
    /// As it was written, without quotes.
    Text(String),
    /// In order.
    List(Vec<Node>),
    /// In order; no key stands twice.
    Map(Vec<(Key, Node)>),
}

/// A mapping's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Where it stands.
    pub span: Span,
    /// As it was written, without quotes.
    pub name: String,
}

/// Reads one document.
///
/// # Errors
/// Everything that is refused; a tree with duplicate keys or refused features is not given, since what follows from it
/// would only confuse.
pub fn read(source: &[u8]) -> Result<Node, Vec<Diagnostic>> {
    let text = decode(source).map_err(|diagnostic| vec![diagnostic])?;
    let mut builder = Builder::default();
    let outcome = builder.run(text);
    builder.refused.extend(outcome.err());
    match builder.root {
        Some(root) if builder.refused.is_empty() => Ok(root),
        None if builder.refused.is_empty() => {
            Err(vec![Diagnostic::new(Rule::Readable, Span::point(1, 1), "the file is empty")])
        }
        _ => Err(builder.refused),
    }
}

fn decode(source: &[u8]) -> Result<&str, Diagnostic> {
    if source.len() > MAX_BYTES {
        let message = format!("the file is larger than {MAX_BYTES} bytes");
        return Err(Diagnostic::new(Rule::Readable, Span::point(1, 1), message));
    }
    let source = source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source);
    let text = std::str::from_utf8(source).map_err(|error| not_utf8(source, error.valid_up_to()))?;
    match text.char_indices().find(|(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        None => Ok(text),
        Some((at, c)) => {
            let message = format!("this is not a text file: it holds the control character U+{:04X}", u32::from(c));
            Err(Diagnostic::new(Rule::Readable, locate(&text[..at]), message))
        }
    }
}

fn not_utf8(source: &[u8], at: usize) -> Diagnostic {
    let before = std::str::from_utf8(source.get(..at).unwrap_or_default()).unwrap_or_default();
    let byte = source.get(at).copied().unwrap_or_default();
    let message = format!("the file is not UTF-8: byte {} is 0x{byte:02X}", at + 1);
    Diagnostic::new(Rule::Readable, locate(before), message).hint("save it as UTF-8 in the editor")
}

/// The place right after `before`.
fn locate(before: &str) -> Span {
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Span::point(line, column)
}

/// A list or mapping that is still open.
enum Open {
    List { start: Position, nodes: Vec<Node> },
    Map { start: Position, entries: Vec<(Key, Node)>, names: HashSet<String>, key: Option<Key> },
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    refused: Vec<Diagnostic>,
}

impl Builder {
    /// Pulls one event after another, so that nothing recurses and depth is known before it hurts.
    fn run(&mut self, text: &str) -> Result<(), Diagnostic> {
        let mut parser = Parser::new(StrInput::new(text));
        let mut documents = 0;
        while let Some(event) = parser.next_event() {
            let (event, mark) = event.map_err(|error| syntax(text, error.marker(), error.info()))?;
            let span = span(mark);
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        return Err(plain(span, "a second document begins here", "put one survey in one file"));
                    }
                }
                Event::Alias(_) => self.alias(span),
                Event::Scalar(text, style, anchor, tag) => {
                    self.plain_only(span, anchor, tag.is_some());
                    self.scalar(span, text.into_owned(), style)?;
                }
                Event::SequenceStart(anchor, tag) => {
                    self.plain_only(span, anchor, tag.is_some());
                    self.begin(span, Open::List { start: span.start, nodes: Vec::new() })?;
                }
                Event::MappingStart(anchor, tag) => {
                    self.plain_only(span, anchor, tag.is_some());
                    let (entries, names) = (Vec::new(), HashSet::new());
                    self.begin(span, Open::Map { start: span.start, entries, names, key: None })?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.end(span)?,
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            }
        }
        Ok(())
    }

    fn plain_only(&mut self, span: Span, anchor: usize, tagged: bool) {
        if anchor > 0 {
            self.refused.push(plain(span, "anchors (`&name`) are not part of the language", "write the value out"));
        }
        if tagged {
            self.refused.push(plain(span, "tags (`!name`) are not part of the language", "take the tag away"));
        }
    }

    fn alias(&mut self, span: Span) {
        self.refused.push(plain(span, "aliases (`*name`) are not part of the language", "write the value out"));
        // The place is filled all the same, so that keys and values stay in step.
        let _ = self.push(Node { span, value: Value::Empty });
    }

    fn scalar(&mut self, span: Span, text: String, style: ScalarStyle) -> Result<(), Diagnostic> {
        if let Some(Open::Map { names, key: key @ None, .. }) = self.open.last_mut() {
            if text == "<<" && style == ScalarStyle::Plain {
                self.refused.push(plain(span, "merge keys (`<<`) are not part of the language", "write the keys out"));
            } else if text.is_empty() && style == ScalarStyle::Plain {
                let message = "a key is missing before `:`";
                return Err(Diagnostic::new(Rule::KeyIsText, span, message));
            } else if !names.insert(text.clone()) {
                let message = format!("`{text}` stands twice in the same place");
                self.refused.push(Diagnostic::new(Rule::DuplicateKey, span, message).hint("keep one of them"));
            }
            *key = Some(Key { span, name: text });
            return Ok(());
        }
        let empty = style == ScalarStyle::Plain && matches!(text.as_str(), "" | "~");
        self.push(Node { span, value: if empty { Value::Empty } else { Value::Text(text) } })
    }

    fn begin(&mut self, span: Span, open: Open) -> Result<(), Diagnostic> {
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(span));
        }
        if let Some(Open::Map { key: None, .. }) = self.open.last() {
            let message = "a key has to be one word, not a list or a mapping";
            return Err(Diagnostic::new(Rule::KeyIsText, span, message).hint("a text with `{` or `[` needs quotes"));
        }
        self.open.push(open);
        Ok(())
    }

    fn end(&mut self, at: Span) -> Result<(), Diagnostic> {
        let (start, value) = match self.open.pop() {
            Some(Open::List { start, nodes }) => (start, Value::List(nodes)),
            Some(Open::Map { start, entries, .. }) => (start, Value::Map(entries)),
            None => return Ok(()),
        };
        self.push(Node { span: Span { start, end: at.end.max(start) }, value })
    }

    fn push(&mut self, node: Node) -> Result<(), Diagnostic> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { nodes, .. }) => nodes.push(node),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => return Err(Diagnostic::new(Rule::KeyIsText, node.span, "a key has to be one word")),
            },
        }
        Ok(())
    }
}

fn plain(span: Span, message: &str, hint: &str) -> Diagnostic {
    Diagnostic::new(Rule::PlainYaml, span, message).hint(hint)
}

fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(Rule::Depth, span, format!("nested deeper than {MAX_DEPTH} levels"))
}

fn syntax(text: &str, at: &Marker, info: &str) -> Diagnostic {
    let start = position(at);
    if info.contains("recursion limit") {
        // The scanner looks ahead while a key is possible, and has a limit of its own there.
        return too_deep(Span::point(start.line, start.column));
    }
    let diagnostic = Diagnostic::new(Rule::Syntax, Span::point(start.line, start.column), format!("not YAML: {info}"));
    let line = text.lines().nth(start.line - 1).unwrap_or_default();
    let indent: &str = line.get(..line.len() - line.trim_start().len()).unwrap_or_default();
    if indent.contains('\t') {
        diagnostic.hint("the line is indented with a tab; use spaces")
    } else if info.contains("mapping values") {
        diagnostic.hint("a text that holds `: ` needs quotes")
    } else if info.contains("flow") {
        diagnostic.hint("a `{` or `[` before this place is not closed")
    } else {
        diagnostic
    }
}

fn span(mark: Mark) -> Span {
    let start = position(&mark.start);
    Span { start, end: position(&mark.end).max(start) }
}

fn position(marker: &Marker) -> Position {
    Position { line: marker.line().max(1), column: marker.col() + 1 }
}
