//! What `medvirk check --summary` says of one file.

use std::fmt;

use serde::Serialize;

use crate::actions::mailing::closing_time;
use crate::definition::model::{Definition, Language, Text};
use crate::definition::summary::{Asked, Span, Summary, summary};
use crate::message::text::{Costly, Values, costly, render, segments};
use crate::respond::link::Links;

/// Stands in the place of the installation's own address.
const ADDRESS: &str = "https://svar.example.no";
/// Of a usual length.
const NAME: &str = "Kari Nordmann";

/// One file in figures.
#[derive(Debug, Serialize)]
pub struct FileSummary {
    /// As it was given.
    pub file: String,
    /// What each audience is asked.
    #[serde(flatten)]
    pub ways: Summary,
    /// Each SMS in each language.
    pub messages: Vec<Message>,
}

/// One SMS in one language, with examples in its places.
#[derive(Debug, Serialize)]
pub struct Message {
    /// `invitation` or `reminder`.
    pub kind: &'static str,
    /// Two letters.
    pub language: String,
    /// `gsm7` or `ucs2`.
    pub encoding: &'static str,
    /// Septets or UTF-16 units.
    pub units: u32,
    /// What the operator charges.
    pub parts: u32,
    /// What makes it UCS-2, each with what could stand there instead.
    pub costly: Vec<Replacement>,
}

/// A character that makes a message cost more.
#[derive(Debug, Serialize)]
pub struct Replacement {
    /// As it stands in the text.
    pub character: char,
    /// Costs nothing extra; nothing where the product knows no substitute.
    pub instead: Option<String>,
}

impl From<Costly> for Replacement {
    fn from(Costly { character, suggestion }: Costly) -> Self {
        Self { character, instead: suggestion }
    }
}

impl FileSummary {
    /// Walks the survey's ways and counts its messages.
    #[must_use]
    pub fn of(file: String, definition: &Definition) -> Self {
        let texts = [("invitation", Some(&definition.sms.invitation)), ("reminder", definition.sms.reminder.as_ref())];
        let texts = texts.into_iter().filter_map(|(kind, text)| Some((kind, text?)));
        let message = |(kind, text)| definition.languages.iter().map(move |one| message(definition, kind, text, *one));
        Self { file, ways: summary(definition), messages: texts.flat_map(message).collect() }
    }
}

fn message(definition: &Definition, kind: &'static str, text: &Text, language: Language) -> Message {
    let closes = closing_time(definition);
    let template = text.get(language);
    let body = render(template, Values { closes: &closes, name: NAME });
    let counted = segments(&body, &Links::new([0; 32], ADDRESS).example());
    Message {
        kind,
        language: language.to_string(),
        encoding: counted.encoding.as_str(),
        units: counted.units,
        parts: counted.parts,
        costly: costly(template).into_iter().map(Replacement::from).collect(),
    }
}

impl fmt::Display for FileSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.file)?;
        if !self.ways.exact {
            writeln!(f, "  too many ways to walk them all: the shortest is at least, the longest at most as said")?;
        }
        let longest = self.ways.audiences.iter().map(|one| name(one).chars().count()).max().unwrap_or_default();
        let mid = if self.ways.exact { "shortest · median · longest" } else { "shortest · longest" };
        writeln!(f, "  {:longest$}  {:13}  {:11}  reading ({mid})", "who", "questions", "pages")?;
        for asked in &self.ways.audiences {
            audience(f, asked, longest)?;
        }
        for message in &self.messages {
            writeln!(f, "  {message}")?;
        }
        Ok(())
    }
}

fn name(asked: &Asked) -> &str {
    asked.audience.as_deref().unwrap_or("everybody")
}

fn audience(f: &mut fmt::Formatter<'_>, asked: &Asked, width: usize) -> fmt::Result {
    let Some(figures) = asked.ways else { return writeln!(f, "  {:width$}  nobody", name(asked)) };
    let (questions, pages) = (span(figures.questions, |n| n.to_string()), span(figures.pages, |n| n.to_string()));
    let reading = span(figures.reading_seconds, |seconds| format!("{}:{:02}", seconds / 60, seconds % 60));
    writeln!(f, "  {:width$}  {questions:13}  {pages:11}  {reading} min", name(asked))
}

/// Shortest, median and longest; one figure where they are the same.
fn span(Span { shortest, median, longest }: Span, write: impl Fn(usize) -> String) -> String {
    if shortest == longest {
        return write(shortest);
    }
    std::iter::once(shortest).chain(median).chain([longest]).map(write).collect::<Vec<_>>().join(" · ")
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = if self.parts == 1 { "part" } else { "parts" };
        let Self { kind, language, encoding, units, .. } = self;
        write!(f, "{kind} {language}: {} {parts} ({units} {encoding})", self.parts)?;
        for (index, Replacement { character, instead }) in self.costly.iter().enumerate() {
            f.write_str(if index == 0 { "; costly: " } else { ", " })?;
            match instead.as_deref() {
                Some("") => write!(f, "U+{:04X} (leave it out)", u32::from(*character))?,
                Some(" ") => write!(f, "U+{:04X} (write a space)", u32::from(*character))?,
                Some(instead) => write!(f, "{character} (write {instead})")?,
                None => write!(f, "{character}")?,
            }
        }
        Ok(())
    }
}
