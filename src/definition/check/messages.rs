//! Can the messages be sent as they are written?

use crate::definition::diagnostic::{Diagnostic, Span};
use crate::definition::model::Definition;
use crate::definition::parse::reader::advice;
use crate::definition::parse::source::Sources;
use crate::definition::rule::Rule;

const LINK: &str = "{link}";
const PLACEHOLDERS: [&str; 3] = ["{link}", "{closes}", "{name}"];

pub(super) fn check(definition: &Definition, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (span, text) in &sources.messages {
        found.extend(link(*span, text));
        found.extend(placeholders(*span, text, definition.window.is_some()));
    }
    found.extend(reminders(definition, sources));
    found
}

fn link(span: Span, text: &str) -> Option<Diagnostic> {
    let wrong = |message: &str, hint: &str| Some(Diagnostic::new(Rule::Link, span, message).hint(hint));
    let mut parts = text.split(LINK).skip(1);
    match (parts.next(), parts.next()) {
        (None, _) => wrong("the text has no link", "write {link} where the address belongs"),
        (_, Some(_)) => wrong("the text has more than one link", "keep one {link}"),
        (Some(rest), None) if rest.starts_with(|c: char| !c.is_whitespace()) => {
            let hint =
                "end the text with {link}, or write a space after it: phones take what follows for part of the address";
            wrong("something stands right after the link", hint)
        }
        _ => None,
    }
}

fn placeholders(span: Span, text: &str, window: bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for part in text.split('{').skip(1) {
        let name = part.split_once('}').map(|(name, _)| format!("{{{name}}}"));
        let wrong = match name.as_deref() {
            None => Some(("a `{` is not closed".to_owned(), None)),
            Some("{closes}") if !window => {
                let hint = "give the survey a `window`, or take {closes} away";
                Some(("`{closes}` cannot be filled in: the survey has no window".to_owned(), Some(hint.to_owned())))
            }
            Some(name) if PLACEHOLDERS.contains(&name) => None,
            Some(name) => Some((format!("`{name}` is no placeholder"), advice(name, &PLACEHOLDERS))),
        };
        if let Some((message, hint)) = wrong {
            let hint = hint.unwrap_or_else(|| format!("known are {}", PLACEHOLDERS.join(", ")));
            found.push(Diagnostic::new(Rule::Placeholder, span, message).hint(hint));
        }
    }
    found
}

/// A reminder after the closing would ask for what nobody can do any more.
fn reminders(definition: &Definition, sources: &Sources) -> Vec<Diagnostic> {
    let Some(window) = &definition.window else { return Vec::new() };
    let late = definition
        .sms
        .reminders
        .iter()
        .zip(&sources.reminders)
        .filter(|(delay, _)| window.opens.checked_add(**delay).is_ok_and(|due| due >= window.closes));
    late.map(|(_, span)| {
        let message = "the reminder would come when the window has closed";
        Diagnostic::new(Rule::Reminders, *span, message).hint("remind earlier, or close later")
    })
    .collect()
}
