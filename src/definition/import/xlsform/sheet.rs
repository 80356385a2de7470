//! A sheet as rows whose cells are known by the names of their columns.

use std::collections::BTreeMap;

use super::super::draft::Builder;
use super::super::{plain, words};
use crate::definition::model::{Language, Text};

/// Row and column, from 0; empty cells are not there.
pub(super) type Cells = BTreeMap<u32, BTreeMap<u32, String>>;

/// One sheet.
#[derive(Default)]
pub(super) struct Sheet {
    columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
}

/// `label::Norsk (nb)` is the column `label` in a language.
#[derive(Clone)]
struct Column {
    name: String,
    language: Option<String>,
}

/// One row below the headings.
pub(super) struct Row {
    /// `survey, row 7`
    pub(super) origin: String,
    cells: Vec<(Column, String)>,
}

impl Sheet {
    /// The first row that is not empty holds the headings.
    pub(super) fn of(name: &str, mut cells: Cells) -> Self {
        let Some((_, headings)) = cells.pop_first() else { return Self::default() };
        let headings: BTreeMap<u32, Column> = headings.iter().map(|(at, text)| (*at, column(text))).collect();
        let rows = cells.into_iter().map(|(at, cells)| Row {
            origin: format!("{name}, row {}", at + 1),
            cells: cells.into_iter().filter_map(|(at, text)| Some((headings.get(&at)?.clone(), text))).collect(),
        });
        Self { rows: rows.filter(|row| !row.cells.is_empty()).collect(), columns: headings.into_values().collect() }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column.name == name)
    }

    /// The languages of labels and hints, as the headings name them.
    pub(super) fn languages(&self) -> impl Iterator<Item = &str> {
        let words = self.columns.iter().filter(|column| matches!(column.name.as_str(), "label" | "hint"));
        words.filter_map(|column| column.language.as_deref())
    }
}

fn column(heading: &str) -> Column {
    let (name, language) = match heading.split_once("::").or_else(|| heading.split_once(':')) {
        Some((name, language)) => (name, Some(language.trim().to_owned())),
        None => (heading, None),
    };
    let name = name.trim().to_lowercase().replace(' ', "_");
    let name = match name.as_str() {
        "list" => "list_name",
        "relevance" => "relevant",
        "value" => "name",
        "read_only" => "readonly",
        other => other,
    };
    Column { name: name.to_owned(), language }
}

impl Row {
    /// The cell of a column that is not a text in a language.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.cells
            .iter()
            .find(|(column, _)| column.name == name && column.language.is_none())
            .map(|(_, text)| text.as_str())
    }

    /// The names of its columns that hold something, each once.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        let name = |at: usize| self.cells.get(at).map(|(column, _)| column.name.as_str());
        (0..self.cells.len()).filter_map(move |at| name(at).filter(|_| at == 0 || name(at) != name(at - 1)))
    }

    /// A text in the languages of the survey, as plain words; one without a language is in the first.
    pub(super) fn text(&self, name: &str, languages: &[Language], builder: &mut Builder) -> Text {
        let mut text = Text::default();
        for (column, raw) in self.cells.iter().filter(|(column, _)| column.name == name) {
            let language = match &column.language {
                Some(name) => words::language(name).filter(|language| languages.contains(language)),
                None => languages.first().copied(),
            };
            let (words, lost) = plain::words(raw, false);
            lost.messages().for_each(|message| builder.notes.say(&self.origin, message));
            if let Some(language) = language.filter(|_| !words.is_empty()) {
                text.0.insert(language, words);
            }
        }
        text
    }
}
