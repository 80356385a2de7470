//! The dump as it stands: tables of rows of fields.

use std::collections::BTreeMap;

use super::super::Refused;
use super::super::xml::{self, Part};

/// A survey of a thousand questions in four languages has about thirty thousand.
const MAX_ROWS: usize = 200_000;

/// All of it.
#[derive(Debug, Default)]
pub(super) struct Dump {
    /// `LimeSurveyDocType`: `Survey`, `Group`, `Question`, …
    pub(super) kind: String,
    pub(super) tables: BTreeMap<String, Vec<Row>>,
}

/// One row.
#[derive(Debug)]
pub(super) struct Row {
    /// Where `<row>` stands, from 1.
    pub(super) line: usize,
    pub(super) fields: BTreeMap<String, String>,
}

impl Dump {
    /// Reads the XML.
    ///
    /// # Errors
    /// Where it is no XML, or far larger than a survey.
    pub(super) fn of(text: &str) -> Result<Self, Refused> {
        let mut builder = DumpBuilder::default();
        xml::read(text, |part, line| {
            match part {
                Part::Opens(name, _) => builder.start(name, line)?,
                Part::Words(words) => builder.words(words),
                Part::Closes(_) => builder.end(),
            }
            Ok(())
        })?;
        Ok(builder.dump)
    }

    pub(super) fn table(&self, name: &str) -> &[Row] {
        self.tables.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

impl Row {
    /// The field's text; a field that is not there is empty.
    pub(super) fn get(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", |text| text.trim())
    }

    /// A field to sort by.
    pub(super) fn order(&self, field: &str) -> i64 {
        self.get(field).parse().unwrap_or(0)
    }
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
            rows.push(Row { line, fields: BTreeMap::new() });
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
