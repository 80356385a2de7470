//! Conditions as they are written, short enough for a message.

use crate::definition::model::{Condition, Test};

/// Longer ones are cut.
const LONGEST: usize = 90;

/// The condition as it could stand in the file, in backticks.
pub(super) fn quoted(condition: &Condition) -> String {
    let written = written(condition);
    if written.chars().count() <= LONGEST {
        return format!("`{written}`");
    }
    format!("`{}…`", written.chars().take(LONGEST).collect::<String>())
}

/// "A", "both A and B", "all of A, B and C".
pub(super) fn together(conditions: &[&Condition]) -> String {
    let quoted: Vec<String> = conditions.iter().map(|condition| quoted(condition)).collect();
    match quoted.as_slice() {
        [one] => one.clone(),
        [one, other] => format!("both {one} and {other}"),
        [first @ .., last] => format!("all of {} and {last}", first.join(", ")),
        [] => String::new(),
    }
}

fn written(condition: &Condition) -> String {
    let mut out = String::new();
    write(condition, &mut out);
    out
}

/// Stops where it is too long anyway: a file may nest and list thousands.
fn write(condition: &Condition, out: &mut String) {
    if out.len() > 4 * LONGEST {
        return;
    }
    match condition {
        Condition::All(parts) => list("all", parts, out),
        Condition::Any(parts) => list("any", parts, out),
        Condition::Not(part) => {
            out.push_str("{not: ");
            write(part, out);
            out.push('}');
        }
        Condition::Audience(id) => out.push_str(id),
        Condition::Answered(question) => out.extend(["{answered: ", question, "}"]),
        Condition::Is { subject, test } => out.extend(["{", subject, ": ", &compared(test), "}"]),
    }
}

fn list(word: &str, parts: &[Condition], out: &mut String) {
    out.extend(["{", word, ": ["]);
    for (number, part) in parts.iter().take(LONGEST).enumerate() {
        out.push_str(if number == 0 { "" } else { ", " });
        write(part, out);
    }
    out.push_str("]}");
}

fn compared(test: &Test) -> String {
    match test {
        Test::OneOf(values) => one_or_list(values),
        Test::NoneOf(values) => format!("{{is_not: {}}}", one_or_list(values)),
        Test::AtLeast(least) => format!("{{at_least: {least}}}"),
        Test::AtMost(most) => format!("{{at_most: {most}}}"),
        Test::Includes(option) => format!("{{includes: {option}}}"),
        Test::IncludesAll(options) => format!("{{includes_all: {}}}", one_or_list(options)),
    }
}

fn one_or_list(values: &[String]) -> String {
    match values {
        [value] => value.clone(),
        values => format!("[{}]", values.iter().take(LONGEST / 2).cloned().collect::<Vec<_>>().join(", ")),
    }
}
