//! Reads a register file, row by row, and says of every wrong row where it is wrong and how to mend it.
//!
//! Rows come out one at a time, so that a register of a million people needs no more memory than its file and sixteen
//! bytes a row, for finding employee numbers and phones that occur twice.

use std::borrow::Cow;
use std::collections::hash_map::{Entry, HashMap, RandomState};
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::hash::BuildHasher as _;
use std::io::Cursor;

use csv::StringRecord;

use super::columns::{Column, nearest};
use super::employee::Employee;
use super::phone::Phone;
use super::wrong::{Wrong, WrongHeading};
use super::{text, values};

/// 64 MiB: some 700,000 people.
pub const LARGEST_FILE: usize = 64 * 1024 * 1024;

/// A file that cannot be read as a register at all.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// No bytes, or nothing but space.
    #[error("the file is empty")]
    Empty,
    /// Over [`LARGEST_FILE`].
    #[error("the file is larger than 64 MiB; split it and import the parts one after the other")]
    TooLarge,
    /// XLSX, ODS or another archive.
    #[error("the file is a workbook or an archive, not CSV; save it as \"CSV UTF-8\" and import that")]
    Workbook,
    /// Saved as "Unicode text".
    #[error("the file is UTF-16 text; save it as \"CSV UTF-8\" and import that")]
    Utf16,
    /// Control characters: a picture, a program, a damaged file.
    #[error("the file is not text; a register is CSV, one row per employee under one row of headings")]
    Binary,
    /// Headings that are unknown, doubled or missing.
    #[error("line 1: {}", .0.sentences().join("; "))]
    Headings(Headings),
}

/// The headings of a file that are not a register's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headings {
    /// What is wrong with them.
    pub wrong: Vec<WrongHeading>,
    /// All of them as they stand, with the column that each is taken for: whoever knows better can say so.
    pub found: Vec<(String, Option<Column>)>,
}

impl Headings {
    /// What is wrong with them: one sentence each.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        self.wrong.iter().map(ToString::to_string).collect()
    }
}

/// What is wrong with one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// As an editor counts the lines of the file: the headings are on line 1.
    pub line: u64,
    /// Where in the row; `None` when the whole row is wrong.
    pub column: Option<Column>,
    /// What to mend.
    pub wrong: Wrong,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.line)?;
        self.column.map_or(Ok(()), |column| write!(f, "{column}: "))?;
        self.wrong.fmt(f)
    }
}

/// What a row is judged by besides itself.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// The year it is, for birth years.
    pub current_year: i64,
    /// The only areas that may occur; any may when there are none.
    pub known_areas: Vec<String>,
    /// What somebody has said that headings mean, before what they mean by themselves; nothing is left out.
    pub mapping: BTreeMap<String, Option<Column>>,
}

/// A register file, being read: an iterator over its rows. A row is an employee or everything that is wrong with it.
pub struct Register<'a> {
    csv: csv::Reader<Cursor<Cow<'a, [u8]>>>,
    columns: Columns,
    rules: &'a Rules,
    record: StringRecord,
    seen: Seen,
}

/// Where each column of [`Column::ALL`] stands in the file, and how many headings there are.
#[derive(Clone, Copy, Debug, Default)]
struct Columns {
    places: [Option<usize>; Column::ALL.len()],
    headings: usize,
}

/// Employee numbers and phones so far, as keyed hashes: 64 bits make a false duplicate in a million rows less likely
/// than one in ten million, and no file can provoke one.
#[derive(Default)]
struct Seen {
    hasher: RandomState,
    numbers: HashMap<u64, u64>,
    phones: HashSet<u64>,
    shared_phones: usize,
}

impl<'a> Register<'a> {
    /// Reads the headings of `bytes`. Separator (`,` `;` or tab) and encoding are found out.
    ///
    /// # Errors
    /// A file that is no register, or whose headings are not a register's.
    pub fn open(bytes: &'a [u8], rules: &'a Rules) -> Result<Self, FileError> {
        let text = text::decode(bytes)?;
        let separator = separator(&text);
        let bytes = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        };
        let mut csv = reader(separator).from_reader(Cursor::new(bytes));
        let mut record = StringRecord::new();
        let columns = match csv.read_record(&mut record) {
            Ok(true) => Columns::find(&record, &rules.mapping)?,
            Ok(false) | Err(_) => return Err(FileError::Empty),
        };
        Ok(Self { csv, columns, rules, record, seen: Seen::default() })
    }

    /// Rows so far whose phone number another row had before.
    #[must_use]
    pub fn shared_phones(&self) -> usize {
        self.seen.shared_phones
    }

    /// Whether any row so far, good or bad, has that employee number.
    #[must_use]
    pub fn names(&self, number: &str) -> bool {
        self.seen.numbers.contains_key(&self.seen.hasher.hash_one(number))
    }

    /// The line a row begins on. The reader's own count is taken before it passes over empty lines.
    fn line(&self, position: Option<&csv::Position>) -> u64 {
        let Some(position) = position else { return 0 };
        let bytes = self.csv.get_ref().get_ref();
        let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let blank = bytes.get(from..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        position.line() + blank.map(|&byte| u64::from(byte == b'\n')).sum::<u64>()
    }

    fn employee(&mut self, line: u64) -> Result<Employee, Vec<Problem>> {
        let mut row = Row { record: &self.record, columns: self.columns, line, problems: Vec::new() };
        let number = row.required(Column::EmployeeId);
        let phone = row.value(Column::Phone, |text| Phone::parse(text.unwrap_or_default()).map_err(Wrong::from));
        if let Some(first) = number.as_deref().and_then(|number| self.seen.number(number, line)) {
            row.wrong(Column::EmployeeId, Wrong::Twice(first));
        }
        let employee = row.rest(self.rules, number, phone);
        if row.problems.is_empty()
            && let Some(employee) = employee
        {
            self.seen.phone(&employee.phone);
            return Ok(employee);
        }
        Err(row.problems)
    }
}

impl Iterator for Register<'_> {
    type Item = Result<Employee, Vec<Problem>>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.csv.read_record(&mut self.record) {
            Ok(false) => None,
            Ok(true) => {
                let line = self.line(self.record.position());
                Some(self.employee(line))
            }
            // The text is UTF-8 in memory and rows may be of any length, so the reader has nothing left to refuse.
            Err(error) => {
                let line = self.line(error.position());
                Some(Err(vec![Problem { line, column: None, wrong: Wrong::Csv }]))
            }
        }
    }
}

impl Columns {
    fn find(headings: &StringRecord, mapping: &BTreeMap<String, Option<Column>>) -> Result<Self, FileError> {
        let (mut columns, mut wrong, mut found) = (Self::default(), Vec::new(), Vec::new());
        for (place, heading) in headings.iter().enumerate() {
            let said = mapping.get(heading.trim());
            let column = said.copied().unwrap_or_else(|| Column::from_heading(heading));
            match column {
                // Spreadsheets leave empty columns at the right edge.
                None if heading.trim().is_empty() => continue,
                None if said.is_some() => {}
                None => wrong.push(unknown_heading(heading)),
                Some(column) if columns.place(column).is_some() => {
                    wrong.push(WrongHeading::Twice(column));
                }
                Some(column) => columns.places[column as usize] = Some(place),
            }
            columns.headings = place + 1;
            found.push((heading.trim().to_owned(), column));
        }
        for column in Column::REQUIRED.into_iter().filter(|column| columns.place(*column).is_none()) {
            wrong.push(WrongHeading::Missing(column));
        }
        if wrong.is_empty() { Ok(columns) } else { Err(FileError::Headings(Headings { wrong, found })) }
    }

    fn place(self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }
}

fn unknown_heading(heading: &str) -> WrongHeading {
    let shown: String = heading.trim().chars().take(40).collect();
    match Column::nearest(heading) {
        Some(near) => WrongHeading::Near(shown, near),
        None => WrongHeading::Unknown(shown),
    }
}

/// One record and what is wrong with it so far.
struct Row<'r> {
    record: &'r StringRecord,
    columns: Columns,
    line: u64,
    problems: Vec<Problem>,
}

impl<'r> Row<'r> {
    /// The rest of the row, and the employee if nothing at all was wrong.
    fn rest(&mut self, rules: &Rules, number: Option<String>, phone: Option<Phone>) -> Option<Employee> {
        let name = self.text(Column::Name);
        let place = self.place(&rules.known_areas);
        let birth_year = self.value(Column::BirthYear, |text| values::birth_year(text, rules.current_year));
        let language = self.value(Column::Language, values::language);
        let employment = self.text(Column::Employment);
        let staff_responsibility = self.value(Column::StaffResponsibility, values::yes_no);
        let union_rep = self.value(Column::UnionRep, values::yes_no);
        let safety_rep = self.value(Column::SafetyRep, values::yes_no);
        self.surplus();
        Some(Employee {
            number: number?,
            name,
            phone: phone?,
            place,
            birth_year: birth_year?,
            language: language?,
            employment,
            staff_responsibility: staff_responsibility?,
            union_rep: union_rep?,
            safety_rep: safety_rep?,
        })
    }

    /// Names from the top of the organisation, without gaps.
    fn place(&mut self, known_areas: &[String]) -> Vec<String> {
        let levels = [Column::Area, Column::Service, Column::Unit];
        let mut names = levels.map(|level| self.text(level));
        let depth = names.iter().rposition(Option::is_some).map_or(0, |deepest| deepest + 1);
        for (level, _) in levels.iter().zip(&names[..depth]).filter(|(_, name)| name.is_none()) {
            self.wrong(*level, Wrong::Gap);
        }
        if let Some(wrong) = names[0].as_deref().and_then(|area| unknown_area(area, known_areas)) {
            self.wrong(Column::Area, wrong);
        }
        names.iter_mut().filter_map(Option::take).collect()
    }

    fn text(&mut self, column: Column) -> Option<String> {
        self.value(column, |text| Ok(text.map(str::to_owned))).flatten()
    }

    fn required(&mut self, column: Column) -> Option<String> {
        self.value(column, |text| text.map(str::to_owned).ok_or(Wrong::Empty))
    }

    /// The value of a cell by `read`, or a problem and nothing.
    fn value<T>(&mut self, column: Column, read: impl FnOnce(Option<&'r str>) -> Result<T, Wrong>) -> Option<T> {
        let raw = self.columns.place(column).and_then(|place| self.record.get(place)).unwrap_or_default();
        match values::cell(raw).and_then(read) {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.wrong(column, wrong);
                None
            }
        }
    }

    /// Cells beyond the last heading: a separator inside a name that is not quoted.
    fn surplus(&mut self) {
        if self.record.iter().skip(self.columns.headings).any(|cell| !cell.trim().is_empty()) {
            self.problems.push(Problem { line: self.line, column: None, wrong: Wrong::Surplus });
        }
    }

    fn wrong(&mut self, column: Column, wrong: Wrong) {
        self.problems.push(Problem { line: self.line, column: Some(column), wrong });
    }
}

fn unknown_area(area: &str, known: &[String]) -> Option<Wrong> {
    if known.is_empty() || known.iter().any(|name| name == area) {
        return None;
    }
    Some(match nearest(area, known.iter().map(String::as_str)) {
        Some(near) => Wrong::NearArea(area.to_owned(), near.to_owned()),
        None => Wrong::NewArea(area.to_owned()),
    })
}

impl Seen {
    /// The line on which this employee number was first, if it was.
    fn number(&mut self, number: &str, line: u64) -> Option<u64> {
        match self.numbers.entry(self.hasher.hash_one(number)) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(new) => {
                new.insert(line);
                None
            }
        }
    }

    fn phone(&mut self, phone: &Phone) {
        let new = self.phones.insert(self.hasher.hash_one(phone));
        self.shared_phones += usize::from(!new);
    }
}

fn reader(separator: u8) -> csv::ReaderBuilder {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(separator);
    builder
}

/// The separator under which the first row holds most headings that are known, and among equals most headings.
fn separator(text: &str) -> u8 {
    let known = |separator: &u8| {
        let first = reader(*separator).from_reader(text.as_bytes()).into_records().next();
        first
            .and_then(Result::ok)
            .map_or((0, 0), |row| (row.iter().filter_map(Column::from_heading).count(), row.len()))
    };
    // `max_by_key` keeps the last of equals: the comma.
    [b'\t', b';', b','].into_iter().max_by_key(known).unwrap_or(b',')
}

#[cfg(test)]
#[path = "register_tests.rs"]
mod tests;
