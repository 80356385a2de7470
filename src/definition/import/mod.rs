//! Definitions from elsewhere: an XLSForm (`.xlsx`) or a LimeSurvey survey (`.lss`) becomes a definition to read through
//! and mend, with a note on everything that is not carried over as it stood.
//!
//! A reader of the format (`xlsform`, `limesurvey`) hands over what it finds, in order; `draft` gives ids, resolves
//! conditions ([`expression`], `condition`) and keeps the notes; `write` makes the YAML, with words as [`quote`] has them. Whether that is a survey that
//! can be launched is for [`super::inspect`] to say.

mod condition;
mod draft;
pub mod expression;
mod found;
mod ids;
mod limesurvey;
pub mod notes;
mod plain;
pub mod quote;
mod words;
mod write;
mod xlsform;
mod xml;

use thiserror::Error;

use draft::{Builder, Head};
use notes::Note;

/// Larger files are refused.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;

/// What came of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// What the file was: XLSForm or LimeSurvey.
    pub format: &'static str,
    /// The definition, not yet checked.
    pub yaml: String,
    /// What differs from the file, in its order.
    pub notes: Vec<Note>,
}

/// Why nothing can be made of a file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// Nothing stands in it.
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_BYTES`], or more when unpacked than anybody writes.
    #[error("the file is larger than any survey: {0}")]
    TooLarge(&'static str),
    /// Neither of the two formats; with advice where the format is known.
    #[error("this is neither an XLSForm (.xlsx) nor a LimeSurvey survey (.lss){0}")]
    Unknown(&'static str),
    /// It looks like one of them and cannot be read.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// It can be read, and there is no survey in it.
    #[error("{0}")]
    NoSurvey(&'static str),
}

/// Turns a file into a definition. What kind it is, its first bytes say.
///
/// # Errors
/// Where the file is of another kind, damaged, larger than a survey can be, or holds none.
pub fn import(source: &[u8]) -> Result<Imported, Refused> {
    if source.is_empty() {
        return Err(Refused::Empty);
    }
    if source.len() > MAX_BYTES {
        return Err(Refused::TooLarge("at most 10 MiB are read"));
    }
    let mut builder = Builder::default();
    let text = source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source).trim_ascii_start();
    let (format, head) = if source.starts_with(b"PK\x03\x04") || source.starts_with(b"PK\x05\x06") {
        ("XLSForm", xlsform::read(source, &mut builder)?)
    } else if text.starts_with(b"<") {
        ("LimeSurvey", limesurvey::read(text, &mut builder)?)
    } else {
        return Err(Refused::Unknown(advice(source)));
    };
    Ok(finished(format, builder, head))
}

fn finished(format: &'static str, builder: Builder, head: Head) -> Imported {
    let what = "neither format has an SMS: write who sends it and what it says";
    let (draft, mut notes) = builder.finish(head);
    notes.say("sms", format!("{what}; until then the sender is `{}`, with a neutral text", words::SENDER));
    Imported { format, yaml: write::yaml(&draft), notes: notes.into_vec() }
}

/// What to do with a file of a kind that is known.
fn advice(source: &[u8]) -> &'static str {
    if source.starts_with(b"\xd0\xcf\x11\xe0") {
        "; it looks like an old .xls: save it as .xlsx"
    } else if source.starts_with(b"%PDF") {
        "; it is a PDF"
    } else {
        "; export the survey's structure again in one of these formats"
    }
}
