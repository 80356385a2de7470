//! XML of strangers, one event after the other. Nothing recurses, no entity but those of XML itself means anything, and a
//! document type is refused.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::Refused;
use super::notes::excerpt;

/// Deeper nesting is refused.
const MAX_DEPTH: usize = 32;

/// What stands at one place.
pub(super) enum Part<'x> {
    /// A tag opens; its name is without a prefix.
    Opens(&'x str, Attributes<'x>),
    /// Words between tags, in pieces.
    Words(&'x str),
    /// The tag that was opened last closes.
    Closes(&'x str),
}

/// The attributes of a tag.
pub(super) struct Attributes<'x>(&'x BytesStart<'x>);

impl Attributes<'_> {
    /// The value of an attribute by its name without a prefix; nothing where it is not there or cannot be read.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
    }
}

/// Takes each part with its line to `take`, to the end or to the first refusal.
///
/// # Errors
/// Where it is no XML, and what `take` refuses.
pub(super) fn read(text: &str, mut take: impl FnMut(Part<'_>, usize) -> Result<(), Refused>) -> Result<(), Refused> {
    let mut reader = Reader::from_str(text);
    let (mut line, mut counted, mut depth) = (1, 0, 0_usize);
    loop {
        let event = reader.read_event().map_err(|error| damaged(line, &error.to_string()))?;
        let began = line;
        let end = usize::try_from(reader.buffer_position()).unwrap_or(text.len()).min(text.len());
        line += text.get(counted..end).unwrap_or_default().matches('\n').count();
        counted = end;
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(damaged(line, "nested too deeply"));
                }
                take(Part::Opens(tag.local_name().as_ref(), Attributes(&tag)), began)?;
            }
            Event::Empty(tag) => {
                take(Part::Opens(tag.local_name().as_ref(), Attributes(&tag)), began)?;
                take(Part::Closes(tag.local_name().as_ref()), began)?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                take(Part::Closes(tag.local_name().as_ref()), began)?;
            }
            Event::Text(words) => take(Part::Words(&words), began)?,
            Event::CData(words) => take(Part::Words(&words), began)?,
            Event::GeneralRef(entity) => {
                let letter = referred(&entity).ok_or_else(|| damaged(line, "an entity that XML does not know"))?;
                take(Part::Words(&letter), began)?;
            }
            Event::DocType(_) => return Err(damaged(line, "a document type has no place in a survey")),
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(damaged(line, "the file ends in the middle")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

fn damaged(line: usize, what: &str) -> Refused {
    Refused::Damaged(format!("line {line}: {}", excerpt(what)))
}

fn referred(entity: &BytesRef<'_>) -> Option<String> {
    if let Some(c) = entity.resolve_char_ref().ok()? {
        return Some(c.to_string());
    }
    let known = [("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'")];
    known.into_iter().find(|(name, _)| *name == &**entity).map(|(_, c)| c.to_owned())
}
