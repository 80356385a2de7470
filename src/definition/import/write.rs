//! From a draft to the YAML that somebody reads and mends.

use std::collections::HashMap;

use super::draft::Draft;
use super::quote::{as_block, folded, needs_escape, on_one_line};
use super::words;
use crate::definition::model::{Choice, Condition, Item, Kind, Language, Page, Question, Scale, Test, Text, Wording};

/// A line is broken where it would become longer.
const WIDTH: usize = 120;

/// The whole file.
pub(super) fn yaml(draft: &Draft) -> String {
    let mut file = File { out: String::new(), languages: &draft.languages };
    file.line(
        0,
        "# Written by `medvirk import`. What it could not carry over stands as a remark that begins with TODO.",
    );
    file.line(0, &format!("survey: {}", draft.id));
    let languages: Vec<&str> = draft.languages.iter().map(Language::as_str).collect();
    file.line(0, &format!("languages: [{}]", languages.join(", ")));
    file.block(0, "title", &draft.title);
    file.block(0, "intro", &draft.intro);
    file.block(0, "thanks", &draft.thanks);
    file.sms(&words::text(&words::INVITATION, &draft.languages));
    file.scales(&draft.scales);
    file.out.push_str("\npages:\n");
    for page in &draft.pages {
        file.remarks(2, &page.remarks);
        file.page(&page.part, &draft.remarks);
    }
    file.out
}

struct File<'d> {
    out: String,
    languages: &'d [Language],
}

impl File<'_> {
    fn line(&mut self, indent: usize, text: &str) {
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn remarks(&mut self, indent: usize, remarks: &[String]) {
        for remark in remarks {
            let words: Vec<&str> = remark.split(|c: char| c.is_whitespace() || needs_escape(c)).collect();
            for (index, line) in folded(&words.join(" "), WIDTH - 4 - indent).iter().enumerate() {
                self.line(indent, &format!("{}{line}", if index == 0 { "# " } else { "#   " }));
            }
        }
    }

    /// Those languages that the text has, in the survey's order.
    fn entries<'t>(&self, text: &'t Text) -> Vec<(Language, &'t str)> {
        let has = |language: &Language| text.0.get(language).map(|words| (*language, words.as_str()));
        self.languages.iter().filter_map(has).collect()
    }

    fn flow(&self, text: &Text) -> String {
        let entries = self.entries(text);
        let entries: Vec<_> =
            entries.iter().map(|(code, words)| format!("{code}: {}", on_one_line(words, true))).collect();
        format!("{{{}}}", entries.join(", "))
    }

    /// On one line where it fits.
    fn text(&mut self, indent: usize, key: &str, text: &Text) {
        let line = format!("{key}: {}", self.flow(text));
        let paragraphs = text.0.values().any(|words| words.contains('\n'));
        if text.0.is_empty() || (!paragraphs && indent + line.chars().count() <= WIDTH) {
            self.line(indent, &line);
        } else {
            self.block(indent, key, text);
        }
    }

    /// Each language on lines of its own.
    fn block(&mut self, indent: usize, key: &str, text: &Text) {
        if text.0.is_empty() {
            return self.line(indent, &format!("{key}: {{}}"));
        }
        self.line(indent, &format!("{key}:"));
        for (code, words) in self.entries(text) {
            self.line(indent + 2, &format!("{code}: {}", as_block(words, indent + 2)));
        }
    }

    fn sms(&mut self, invitation: &Text) {
        self.out.push('\n');
        self.line(0, "# TODO: write who sends the SMS, and what it says; only {link} has to stay.");
        self.line(0, "sms:");
        self.line(2, &format!("sender: {}", words::SENDER));
        self.block(2, "invitation", invitation);
    }

    fn scales(&mut self, scales: &[Scale]) {
        if scales.is_empty() {
            return;
        }
        self.out.push_str("\nscales:\n");
        for scale in scales {
            self.line(2, &format!("{}:", scale.id));
            self.line(4, "points:");
            for point in &scale.points {
                self.entry(6, &[("value", point.value.to_string())], &point.label);
            }
            if let Some(text) = &scale.dont_know {
                self.text(4, "dont_know", text);
            }
        }
    }

    /// `- {id: yes, label: {nb: Ja}}`, on more lines where it does not fit.
    fn entry(&mut self, indent: usize, keys: &[(&str, String)], label: &Text) {
        let head: Vec<String> = keys.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        let line = format!("- {{{}, label: {}}}", head.join(", "), self.flow(label));
        if indent + line.chars().count() <= WIDTH {
            return self.line(indent, &line);
        }
        for (index, key) in head.iter().enumerate() {
            self.line(indent, &format!("{}{key}", if index == 0 { "- " } else { "  " }));
        }
        self.block(indent + 2, "label", label);
    }

    fn page(&mut self, page: &Page, remarks: &HashMap<String, Vec<String>>) {
        self.line(2, &format!("- id: {}", page.id));
        if let Some(title) = &page.title {
            self.text(4, "title", title);
        }
        self.condition(4, page.audience.as_ref());
        self.line(4, "questions:");
        for question in &page.questions {
            self.remarks(6, remarks.get(&question.id).map(Vec::as_slice).unwrap_or_default());
            self.question(question);
        }
        self.out.push('\n');
    }

    fn question(&mut self, question: &Question) {
        self.line(6, &format!("- id: {}", question.id));
        self.condition(8, question.audience.as_ref());
        self.line(8, &format!("type: {}", type_of(&question.kind)));
        match &question.kind {
            Kind::Scale(scale) | Kind::Matrix { scale, .. } => self.line(8, &format!("scale: {scale}")),
            Kind::Number { min, max, .. } => {
                for (key, bound) in [("min", min), ("max", max)] {
                    if let Some(bound) = bound {
                        self.line(8, &format!("{key}: {bound}"));
                    }
                }
            }
            _ => {}
        }
        if question.required {
            self.line(8, "required: true");
        }
        if let Wording::Everybody(text) = &question.wording {
            self.text(8, "text", text);
        }
        if let Some(help) = &question.help {
            self.text(8, "help", help);
        }
        if question.random_order {
            self.line(8, "order: random");
        }
        match &question.kind {
            Kind::Choice { options, other } => self.options(options, *other, None),
            Kind::Choices { options, other, max } => self.options(options, *other, max.map(|max| ("max", max))),
            Kind::Rank { options, top } => self.options(options, false, Some(("top", *top))),
            Kind::Matrix { items, .. } => self.items(items),
            _ => {}
        }
    }

    fn options(&mut self, options: &[Choice], other: bool, count: Option<(&str, u32)>) {
        if let Some((key, count)) = count {
            self.line(8, &format!("{key}: {count}"));
        }
        if other {
            self.line(8, "other: true");
        }
        self.line(8, "options:");
        for option in options {
            let mut keys = vec![("id", option.id.clone())];
            if option.exclusive {
                keys.push(("exclusive", "true".to_owned()));
            }
            self.entry(10, &keys, &option.label);
        }
    }

    fn items(&mut self, items: &[Item]) {
        self.line(8, "items:");
        for item in items {
            self.entry(10, &[("id", item.id.clone())], &item.label);
        }
    }

    /// On one line where it fits, else the outermost parts below each other.
    fn condition(&mut self, indent: usize, condition: Option<&Condition>) {
        let Some(condition) = condition else { return };
        let line = format!("for: {}", in_flow(condition));
        let (word, parts) = match condition {
            Condition::All(parts) => ("all", parts),
            Condition::Any(parts) => ("any", parts),
            _ => return self.line(indent, &line),
        };
        if indent + line.chars().count() <= WIDTH {
            return self.line(indent, &line);
        }
        self.line(indent, "for:");
        self.line(indent + 2, &format!("{word}:"));
        for part in parts {
            self.line(indent + 4, &format!("- {}", in_flow(part)));
        }
    }
}

fn type_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::YesNo => "yes_no",
        Kind::Choice { .. } => "choice",
        Kind::Choices { .. } => "choices",
        Kind::Rank { .. } => "rank",
        Kind::Scale(_) => "scale",
        Kind::Matrix { .. } => "matrix",
        Kind::Number { .. } => "number",
        Kind::Text => "text",
        Kind::LongText => "long_text",
        Kind::Notice => "notice",
    }
}

fn in_flow(condition: &Condition) -> String {
    let list = |parts: &[Condition]| parts.iter().map(in_flow).collect::<Vec<_>>().join(", ");
    match condition {
        Condition::All(parts) => format!("{{all: [{}]}}", list(parts)),
        Condition::Any(parts) => format!("{{any: [{}]}}", list(parts)),
        Condition::Not(part) => format!("{{not: {}}}", in_flow(part)),
        Condition::Audience(id) => id.clone(),
        Condition::Answered(id) => format!("{{answered: {id}}}"),
        Condition::Is { subject, test } => format!("{{{subject}: {}}}", tested(test)),
    }
}

fn tested(test: &Test) -> String {
    let list = |values: &[String]| match values {
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    match test {
        Test::OneOf(values) => list(values),
        Test::NoneOf(values) => format!("{{is_not: {}}}", list(values)),
        Test::AtLeast(least) => format!("{{at_least: {least}}}"),
        Test::AtMost(most) => format!("{{at_most: {most}}}"),
        Test::Includes(option) => format!("{{includes: {option}}}"),
        Test::IncludesAll(options) => format!("{{includes_all: {}}}", list(options)),
    }
}
