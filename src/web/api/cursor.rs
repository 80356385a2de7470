//! Long lists, a page at a time. A cursor says after which row the next page begins, so that rows which come in the meantime
//! move nothing.

use data_encoding::BASE64URL_NOPAD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::problem::{Fault, Kind, Problem};

/// Rows on a page where nobody says how many.
const USUAL: u32 = 50;

/// Which page is wanted.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Rows on a page.
    #[serde(default = "usual")]
    #[schemars(range(min = 1, max = 200))]
    limit: u32,
    /// `next` of the page before; without it the first page.
    cursor: Option<String>,
}

fn usual() -> u32 {
    USUAL
}

impl Wanted {
    /// How many rows, of 1 to 200.
    ///
    /// # Errors
    /// Another number.
    pub fn limit(&self) -> Result<u32, Problem> {
        if (1..=200).contains(&self.limit) {
            return Ok(self.limit);
        }
        Err(wrong("limit", "must be a number from 1 to 200"))
    }

    /// Moment and id of the row before; nothing for the first page.
    ///
    /// # Errors
    /// A cursor that we did not give.
    pub fn after(&self) -> Result<Option<(i64, String)>, Problem> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let read = || {
            let text = String::from_utf8(BASE64URL_NOPAD.decode(cursor.as_bytes()).ok()?).ok()?;
            let (moment, id) = text.split_once(' ')?;
            Some((moment.parse().ok()?, id.to_owned()))
        };
        read().map(Some).ok_or_else(|| wrong("cursor", "is none that a page has given"))
    }
}

fn wrong(field: &str, detail: &str) -> Problem {
    Problem::with(Kind::Malformed, "a parameter of the address is wrong", vec![Fault::of(field, detail)])
}

/// One page.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
pub struct Page<T> {
    /// Its rows.
    pub items: Vec<T>,
    /// The cursor of the next page; `null` on the last one.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Of one row more than wanted, if there are as many: it says that there is a next page.
    #[must_use]
    pub fn of<R>(mut rows: Vec<R>, limit: u32, place: impl Fn(&R) -> (i64, String), show: impl Fn(R) -> T) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|last| {
            let (moment, id) = place(last);
            BASE64URL_NOPAD.encode(format!("{moment} {id}").as_bytes())
        });
        Self { items: rows.into_iter().map(show).collect(), next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(cursor: &str) -> Wanted {
        Wanted { limit: 2, cursor: Some(cursor.to_owned()) }
    }

    #[test]
    fn a_cursor_leads_back_to_its_row() {
        let rows = vec![(3, "c"), (2, "b"), (1, "a")];
        let page = Page::of(rows, 2, |row| (row.0, row.1.to_owned()), |row| row.1);
        assert_eq!(page.items, ["c", "b"]);
        let next = page.next.unwrap();
        assert_eq!(wanted(&next).after().unwrap(), Some((2, "b".to_owned())));
        assert!(Page::of(vec![(1, "a")], 2, |row| (row.0, row.1.to_owned()), |row| row.1).next.is_none());
    }

    #[test]
    fn a_cursor_of_somebody_else_is_refused() {
        for cursor in ["", "?", "YWJj", &BASE64URL_NOPAD.encode(b"one a"), &BASE64URL_NOPAD.encode(&[255, 32])] {
            assert_eq!(wanted(cursor).after().unwrap_err().faults[0].field.as_deref(), Some("cursor"), "{cursor}");
        }
    }
}
