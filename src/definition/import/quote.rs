//! Words as YAML, so that [`crate::definition::yaml`] reads the same words again.

/// Texts longer than this stand on lines of their own.
const LINE: usize = 110;

/// `text` on one line: as it is where YAML takes it for nothing else, else in double quotes.
///
/// With `flow` it may stand inside `{ }` and `[ ]`.
#[must_use]
pub fn on_one_line(text: &str, flow: bool) -> String {
    if is_plain(text, flow) { text.to_owned() } else { in_quotes(text) }
}

/// `text` as the value of a key that is indented by `indent` spaces; long texts and paragraphs stand on lines of their
/// own below the key.
#[must_use]
pub fn as_block(text: &str, indent: usize) -> String {
    let (head, lines) = if !can_stand_as_lines(text) {
        return on_one_line(text, false);
    } else if text.contains('\n') {
        ("|-", text.split('\n').map(str::to_owned).collect())
    } else if text.chars().count() > LINE && !text.contains("  ") {
        (">-", folded(text, LINE.saturating_sub(indent).max(40)))
    } else {
        return on_one_line(text, false);
    };
    let mut block = head.to_owned();
    for line in lines {
        block.push('\n');
        if !line.is_empty() {
            block.push_str(&" ".repeat(indent + 2));
            block.push_str(&line);
        }
    }
    block
}

/// Could YAML take it for anything but these letters?
fn is_plain(text: &str, flow: bool) -> bool {
    let edge = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let sign = |c: char| "-?:,[]{}#&*!|>'\"%@`~=<".contains(c);
    !edge(text.chars().next())
        && !edge(text.chars().next_back())
        && !text.starts_with(sign)
        && !text.ends_with(':')
        && !text.starts_with("...")
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(|c| needs_escape(c) || (c != ' ' && c.is_whitespace()))
        && !(flow
            && (text.ends_with('-') || text.contains(" ?") || text.contains([',', '[', ']', '{', '}', ':', '#', '"'])))
}

/// Characters that do not show, or that YAML takes for line ends.
pub(super) fn needs_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

fn in_quotes(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if needs_escape(c) => quoted.extend(["\\u", &format!("{:04X}", u32::from(c))]),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Lines without spaces at their edges, the first and the last not empty, and nothing that would need an escape.
fn can_stand_as_lines(text: &str) -> bool {
    let line = |line: &str| line.trim() == line && !line.chars().any(|c| needs_escape(c) || c == '\t');
    !text.is_empty() && !text.starts_with('\n') && !text.ends_with('\n') && text.split('\n').all(line)
}

/// Lines of about `width` characters, cut at single spaces.
pub(super) fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
