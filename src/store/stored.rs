//! What is stored, why and how long: read from the comments of the migrations, so that no table can be forgotten.

use super::db::MIGRATIONS;
use crate::config::Keep;

/// A table, or what of it there is to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// What a row is.
    pub what: String,
    /// What it is needed for.
    pub why: String,
    /// How long it is kept.
    pub kept: String,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds; nothing where the name says it all.
    pub what: String,
}

/// All tables, as all migrations together leave them, in the order in which they came, with these times.
#[must_use]
pub fn tables(keep: Keep) -> Vec<Table> {
    let mut reader = Reader::default();
    for (_, _, text) in MIGRATIONS {
        text.lines().for_each(|line| reader.line(line));
        reader.comment.clear();
    }
    let with_times = |table: Table| Table { kept: times(keep, &table.kept), ..table };
    reader.tables.into_iter().map(with_times).collect()
}

fn times(keep: Keep, text: &str) -> String {
    let Keep { days, unpublished_days, audit_days } = keep;
    text.replace("{keep_days}", &days.to_string())
        .replace("{keep_unpublished_days}", &unpublished_days.to_string())
        .replace("{keep_audit_days}", &audit_days.to_string())
}

/// Reads one line after the other. The migrations are ours: what it does not understand is nothing that makes a table.
#[derive(Default)]
struct Reader {
    tables: Vec<Table>,
    /// The comment above the line.
    comment: String,
    /// The table whose columns these lines are.
    open: Option<String>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["--:", ..] => self.said(line.trim_start_matches("--:").trim()),
            ["--", rest @ ..] => {
                let longer = [&[self.comment.as_str()], rest].concat().join(" ");
                longer.trim().clone_into(&mut self.comment);
                return;
            }
            ["CREATE", "TABLE", name, "("] => {
                let table = Table { name: (*name).to_owned(), what: self.comment.clone(), ..Table::default() };
                self.tables.push(table);
                self.open = Some((*name).to_owned());
            }
            ["DROP", "TABLE", name] => self.tables.retain(|table| table.name != name.trim_end_matches(';')),
            ["ALTER", "TABLE", old, "RENAME", "TO", new] => self.rename(old, new.trim_end_matches(';')),
            ["ALTER", "TABLE", table, "ADD", "COLUMN", column, ..] => self.column(table, column),
            [")", ..] | [");"] => self.open = None,
            [column, ..] if is_column(column) => {
                if let Some(table) = self.open.clone() {
                    self.column(&table, column);
                }
            }
            _ => {}
        }
        self.comment.clear();
    }

    fn table(&mut self, name: &str) -> Option<&mut Table> {
        self.tables.iter_mut().find(|table| table.name == name)
    }

    fn column(&mut self, table: &str, name: &str) {
        let column = Column { name: name.to_owned(), what: self.comment.clone() };
        if let Some(table) = self.table(table) {
            table.columns.push(column);
        }
    }

    fn rename(&mut self, old: &str, new: &str) {
        if let Some(table) = self.table(old) {
            new.clone_into(&mut table.name);
        }
    }

    /// `TABLE: …`, `TABLE why: …`, `TABLE kept: …` or `TABLE.COLUMN: …`.
    fn said(&mut self, text: &str) {
        let Some((of, text)) = text.split_once(": ") else { return };
        let (table, part) = of.split_once([' ', '.']).unwrap_or((of, ""));
        let Some(table) = self.table(table) else { return };
        let said = match part {
            "" => &mut table.what,
            "why" => &mut table.why,
            "kept" => &mut table.kept,
            column => match table.columns.iter_mut().find(|known| known.name == column) {
                Some(column) => &mut column.what,
                None => return,
            },
        };
        text.clone_into(said);
    }
}

/// The others are constraints, and begin in capitals.
fn is_column(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::store::Db;

    #[tokio::test]
    async fn every_table_and_column_of_the_database_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite://{}", folder.path().join("medvirk.db").display())).await.unwrap();
        db.migrate().await.unwrap();
        let columns = "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE '%sqlx%' ORDER BY t.name, c.cid";
        let there: Vec<(String, String)> = sqlx::query_as(columns).fetch_all(db.read()).await.unwrap();
        let told = tables(KEEP);
        let of = |table: &Table| table.columns.iter().map(|column| (table.name.clone(), column.name.clone())).collect();
        let mut known: Vec<(String, String)> = told.iter().flat_map(|table| -> Vec<_> { of(table) }).collect();
        // Stably: a table's columns stay in their order.
        known.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(known, there);
        let mut silent = Vec::new();
        for Table { name, what, why, kept, columns } in told {
            assert!(
                ![&what, &why, &kept].into_iter().any(String::is_empty),
                "{name}: say what it is, why and how long"
            );
            for column in columns {
                let id = column.name == "id" || column.name.ends_with("_id");
                silent.extend((!id && column.what.is_empty()).then(|| format!("{name}.{}", column.name)));
            }
        }
        assert_eq!(silent, Vec::<String>::new(), "say what they hold");
    }

    #[test]
    fn whatever_is_said_is_said_of_something() {
        let told = tables(KEEP);
        let lines = MIGRATIONS.iter().flat_map(|(_, _, text)| text.lines());
        for line in lines.filter_map(|line| line.strip_prefix("--: ")) {
            let (of, text) = line.split_once(": ").unwrap();
            let (table, part) = of.split_once([' ', '.']).unwrap_or((of, ""));
            let table = told.iter().find(|known| known.name == table).unwrap_or_else(|| panic!("no table for {line}"));
            let column = || table.columns.iter().find(|column| column.name == part).map(|column| &column.what);
            let said = match part {
                "" => Some(&table.what),
                "why" => Some(&table.why),
                "kept" => Some(&table.kept),
                _ => column(),
            };
            assert_eq!(said.map(String::as_str), Some(times(KEEP, text).as_str()));
        }
    }

    const KEEP: Keep = Keep { days: 90, unpublished_days: 365, audit_days: 1825 };

    /// The page in `docs/` is made here: where it is old it is written anew, for whoever runs the tests to look at.
    #[test]
    fn the_page_in_docs_says_the_same() {
        let mut page =
            "# What is stored, why and how long\n\nMade from the comments in `migrations/` by `cargo test --lib \
            stored`; a running installation shows it with its own times at `/what-is-stored`.\n"
                .to_owned();
        for Table { name, what, why, kept, columns } in tables(KEEP) {
            write!(page, "\n## {name}\n{what}\n\n- **Why:** {why}\n- **How long:** {kept}\n").unwrap();
            for Column { name, what } in columns.iter().filter(|column| !column.what.is_empty()) {
                writeln!(page, "- `{name}`: {what}").unwrap();
            }
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/what-is-stored.md");
        if std::fs::read_to_string(path).unwrap_or_default() != page {
            std::fs::write(path, page).unwrap();
            panic!("docs/what-is-stored.md was old and is written anew: look at it, and run this again");
        }
    }
}
