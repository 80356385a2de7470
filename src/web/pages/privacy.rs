//! What is stored about people, and what is done when one of them asks.

use serde::Serialize;

use super::Page;
use super::hr::samples::shell;
use super::hr::{Section, Shell};

/// `GET /people/record`; posts `number` and `what` (`export` or `erase`, the latter with `again`) to the same address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordPage {
    /// Around it.
    pub shell: Shell,
    /// What came of it.
    pub said: Option<Said>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// It is erased.
    Erased,
    /// Nobody has that number.
    Nobody,
    /// Typed differently the second time.
    Different,
}

/// `GET /what-is-stored`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoredPage {
    /// Around it.
    pub shell: Shell,
    /// All, by name.
    pub tables: Vec<StoredTable>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoredTable {
    /// Its name.
    pub name: String,
    /// What a row is.
    pub what: String,
    /// What for.
    pub why: String,
    /// How long.
    pub kept: String,
    /// Name and what it holds; nothing where the name says it.
    pub columns: Vec<(String, String)>,
}

impl Page for RecordPage {
    const TEMPLATE: &'static str = "hr/record";

    fn samples() -> Vec<(&'static str, Self)> {
        let after = |said| Self { shell: shell(Section::People), said };
        vec![
            ("asked", after(None)),
            ("erased", after(Some(Said::Erased))),
            ("nobody", after(Some(Said::Nobody))),
            ("different", after(Some(Said::Different))),
        ]
    }
}

impl Page for StoredPage {
    const TEMPLATE: &'static str = "hr/stored";

    fn samples() -> Vec<(&'static str, Self)> {
        let column = |name: &str, what: &str| (name.to_owned(), what.to_owned());
        let table = StoredTable {
            name: "employees".to_owned(),
            what: "The register: who is employed, where, and how to reach them.".to_owned(),
            why: "an SMS must reach each of them.".to_owned(),
            kept: "until they have left, and then 90 days.".to_owned(),
            columns: vec![column("id", ""), column("phone", "E.164")],
        };
        vec![("all", Self { shell: shell(Section::None), tables: vec![table] })]
    }
}
