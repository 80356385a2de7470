//! The dump as it stands: tables of rows of fields.

use std::collections::BTreeMap;

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
