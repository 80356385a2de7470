//! Many rows in few statements: `INSERT … VALUES ($1, …), …` with as many rows as both databases accept at once.

use std::fmt::Write as _;

use serde::{Serialize, Serializer as _};
use sqlx::any::AnyArguments;
use sqlx::{AnyConnection, Arguments as _, AssertSqlSafe, Encode, Type};

/// Far fewer than either database takes: SQLite looks up the name of a parameter among all those before it, so that
/// the time for a statement grows with the square of this.
const VALUES_AT_ONCE: usize = 240;

/// Collects rows of one table and inserts them in chunks, so that memory stays flat however many there are.
pub struct Bulk {
    /// `INSERT INTO t (a, b)`
    head: &'static str,
    /// `ON CONFLICT …`, or nothing.
    tail: &'static str,
    columns: usize,
    arguments: AnyArguments,
    values: usize,
    /// Rows inserted or updated so far.
    affected: u64,
    /// The statement for a full chunk, the same text each time, so that it is prepared once.
    full: String,
}

impl Bulk {
    /// `head` is the statement up to and without `VALUES`; `columns` is how many values a row has.
    #[must_use]
    pub fn new(head: &'static str, columns: usize) -> Self {
        let full = statement(head, columns, rows_at_once(columns), "");
        Self { head, tail: "", columns, arguments: AnyArguments::default(), values: 0, affected: 0, full }
    }

    /// `tail` is what follows the rows: `ON CONFLICT …`. A row may then not meet itself within one call.
    #[must_use]
    pub fn with_tail(self, tail: &'static str) -> Self {
        Self { tail, full: statement(self.head, self.columns, rows_at_once(self.columns), tail), ..self }
    }

    /// The next value of the row.
    ///
    /// # Errors
    /// A value that cannot be encoded.
    pub fn bind<'q, T>(&mut self, value: T) -> sqlx::Result<&mut Self>
    where
        T: Encode<'q, sqlx::Any> + Type<sqlx::Any>,
    {
        self.arguments.add(value).map_err(sqlx::Error::Encode)?;
        self.values += 1;
        Ok(self)
    }

    /// Whether the next [`Bulk::flush_full`] will insert.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.values >= self.columns * rows_at_once(self.columns)
    }

    /// Call after each row: inserts when a chunk is full.
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn flush_full(&mut self, connection: &mut AnyConnection) -> sqlx::Result<()> {
        if !self.is_full() {
            return Ok(());
        }
        self.values = 0;
        let arguments = std::mem::take(&mut self.arguments);
        let done = sqlx::query_with(AssertSqlSafe(self.full.clone()), arguments).execute(connection).await?;
        self.affected += done.rows_affected();
        Ok(())
    }

    /// Call after the last row: inserts what is left.
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn finish(self, connection: &mut AnyConnection) -> sqlx::Result<()> {
        self.finish_and_count(connection).await.map(drop)
    }

    /// As [`Bulk::finish`]; gives how many rows were inserted or updated in all.
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn finish_and_count(self, connection: &mut AnyConnection) -> sqlx::Result<u64> {
        if self.values == 0 {
            return Ok(self.affected);
        }
        let sql = statement(self.head, self.columns, self.values / self.columns, self.tail);
        let last = sqlx::query_with(AssertSqlSafe(sql), self.arguments).persistent(false).execute(connection).await?;
        Ok(self.affected + last.rows_affected())
    }
}

/// Any number of rows as one parameter, which `Dialect::rows` unfolds: however many there are, the statement has one text,
/// is prepared once, and holds a single value.
pub(super) fn rows<T: Serialize>(rows: impl IntoIterator<Item = T>) -> sqlx::Result<String> {
    let mut text = Vec::new();
    serde_json::Serializer::new(&mut text).collect_seq(rows).map_err(|error| sqlx::Error::Encode(error.into()))?;
    String::from_utf8(text).map_err(|error| sqlx::Error::Encode(error.into()))
}

const fn rows_at_once(columns: usize) -> usize {
    VALUES_AT_ONCE / columns
}

/// Only `head` and `tail`, constants of ours, and numbers go into the text; values are always bound.
fn statement(head: &str, columns: usize, rows: usize, tail: &str) -> String {
    let mut sql = format!("{head} VALUES ");
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=columns {
            let comma = if column == 1 { "" } else { ", " };
            let _ = write!(sql, "{comma}${}", row * columns + column);
        }
        sql.push(')');
    }
    sql.push(' ');
    sql.push_str(tail);
    sql
}
