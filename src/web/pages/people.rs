//! The people, and what importing them came to.

use serde::Serialize;

use super::Page;
use super::hr::Shell;
use super::said::Said;

#[path = "people_samples.rs"]
mod samples;

/// `GET /people`: the register.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PeoplePage {
    /// Around it.
    pub shell: Shell,
    /// People altogether.
    pub total: u64,
    /// In the register's order.
    pub areas: Vec<PeopleLine>,
    /// What came of a file.
    pub imported: Option<ImportOutcome>,
    /// When the register was last read in, and by whom.
    pub last: Option<LastImport>,
    /// What the headings of a file mean, for HR to say: empty where they say it themselves.
    pub headings: Vec<HeadingLine>,
    /// What they may mean.
    pub columns: Vec<&'static str>,
}

/// The last time that the register was read in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LastImport {
    /// When.
    pub at: jiff::Zoned,
    /// Who did it.
    pub who: String,
    /// How many rows.
    pub rows: String,
}

/// A heading, and the column it is taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeadingLine {
    /// As it stands in the file.
    pub heading: String,
    /// One of the register's; empty to leave it out.
    pub column: &'static str,
}

/// What came of a register file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportOutcome {
    /// It is in the register now.
    pub saved: bool,
    /// Why nothing of it could be read; holds no phone number.
    pub unreadable: Option<Said>,
    /// What is wrong with the headings, where it is those: HR can say what they mean.
    pub headings: Vec<Said>,
    /// People who were not there before.
    pub new: u64,
    /// People of whom something changed.
    pub changed: u64,
    /// People who are as they were.
    pub unchanged: u64,
    /// People who are in the register and not in the file.
    pub missing: u64,
    /// The file is the whole register: the missing ones have left.
    pub complete: bool,
    /// Rows that are wrong.
    pub bad_rows: u64,
    /// What is wrong with the first of them.
    pub problems: Vec<ImportProblem>,
    /// How many more there are.
    pub more: u64,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportProblem {
    /// As an editor counts.
    pub line: u64,
    /// Where in the row; nothing where the whole row is wrong.
    pub column: Option<String>,
    /// What to mend.
    pub wrong: Said,
}

/// One area of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PeopleLine {
    /// As the register calls it.
    pub name: String,
    /// People.
    pub people: u64,
    /// Services in it.
    pub services: u64,
    /// Units in it.
    pub units: u64,
    /// With staff responsibility.
    pub leaders: u64,
    /// Union representatives.
    pub union_reps: u64,
    /// Safety representatives.
    pub safety_reps: u64,
}

impl Page for PeoplePage {
    const TEMPLATE: &'static str = "hr/people";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::people()
    }
}
