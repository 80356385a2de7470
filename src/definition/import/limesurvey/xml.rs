//! From XML to tables. Nothing recurses, no entity but those of XML itself means anything, and a document type is refused.

use quick_xml::events::{BytesRef, Event};
use quick_xml::reader::Reader;

use super::super::Refused;
use super::super::notes::excerpt;
use super::dump::{Dump, Row};

/// `document`, table, `rows`, `row`, field, and a little more.
const MAX_DEPTH: usize = 10;
/// A survey of a thousand questions in four languages has about thirty thousand.
const MAX_ROWS: usize = 200_000;

/// Reads the dump.
///
/// # Errors
/// Where it is no XML, or far larger than a survey.
pub(super) fn read(text: &str) -> Result<Dump, Refused> {
    let mut reader = Reader::from_str(text);
    let mut builder = DumpBuilder::default();
    let (mut line, mut counted) = (1, 0);
    loop {
        let event = reader.read_event().map_err(|error| damaged(line, &error.to_string()))?;
        let end = usize::try_from(reader.buffer_position()).unwrap_or(text.len()).min(text.len());
        let passed = text.get(counted..end).unwrap_or_default();
        let began = line;
        line += passed.matches('\n').count();
        counted = end;
        match event {
            Event::Start(tag) => builder.start(tag.name().as_ref(), began)?,
            Event::Empty(tag) => {
                builder.start(tag.name().as_ref(), began)?;
                builder.end();
            }
            Event::End(_) => builder.end(),
            Event::Text(words) => builder.words(&words),
            Event::CData(words) => builder.words(&words),
            Event::GeneralRef(entity) => {
                builder.words(&referred(&entity).ok_or_else(|| damaged(line, "an entity that XML does not know"))?);
            }
            Event::DocType(_) => return Err(damaged(line, "a document type has no place in a survey")),
            Event::Eof if builder.path.is_empty() => return Ok(builder.dump),
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

/// Where in the tables we are.
#[derive(Default)]
struct DumpBuilder {
    dump: Dump,
    path: Vec<String>,
    rows: usize,
    field: String,
}

impl DumpBuilder {
    fn start(&mut self, name: &str, line: usize) -> Result<(), Refused> {
        if self.path.len() >= MAX_DEPTH {
            return Err(damaged(line, "nested deeper than any survey"));
        }
        self.path.push(name.to_owned());
        self.field.clear();
        if let [_, table, _, row] = self.path.as_slice()
            && row == "row"
        {
            self.rows += 1;
            if self.rows > MAX_ROWS {
                return Err(Refused::TooLarge("it has more than 200,000 rows"));
            }
            let rows = self.dump.tables.entry(table.clone()).or_default();
            rows.push(Row { line, fields: std::collections::BTreeMap::new() });
        }
        Ok(())
    }

    fn words(&mut self, words: &str) {
        // Between tags there is nothing but indentation.
        if self.path.len() >= 2 {
            self.field.push_str(words);
        }
    }

    fn end(&mut self) {
        let field = std::mem::take(&mut self.field);
        match self.path.as_slice() {
            [_, kind] if kind == "LimeSurveyDocType" => field.trim().clone_into(&mut self.dump.kind),
            [_, table, _, row, name] if row == "row" => {
                let last = self.dump.tables.get_mut(table).and_then(|rows| rows.last_mut());
                if let Some(row) = last {
                    row.fields.insert(name.clone(), field);
                }
            }
            _ => {}
        }
        self.path.pop();
    }
}
