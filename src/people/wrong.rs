//! What can be wrong in a register file, as values: the command says it in English by their `Display`, HR's pages in their
//! reader's language by code and arguments.

use super::columns::Column;
use super::phone::PhoneError;

/// What goes into a text, by name.
pub type Args = Vec<(&'static str, String)>;

/// What is wrong with a cell or a row, and what to write instead. Holds no phone number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// Nothing, where something must be.
    #[error("is empty; fill it in")]
    Empty,
    /// More characters than these.
    #[error("is longer than {0} characters; look for a quotation mark that is not closed")]
    Long(usize),
    /// Several lines.
    #[error("holds a line break or tab; write it on one line")]
    Lines,
    /// Neither yes nor no.
    #[error("is neither yes nor no; write ja or nei, yes or no, 1 or 0, or leave it empty")]
    YesNo,
    /// Not between these years.
    #[error("is no plausible birth year; write four digits between {0} and {1}")]
    BirthYear(i64, i64),
    /// Not two letters.
    #[error("is no language code; write two letters, such as nb, nn, en or pl")]
    Language,
    /// Not a number.
    #[error(transparent)]
    Phone(#[from] PhoneError),
    /// The employee number of another row, which begins on this line.
    #[error("is on line {0} already; keep one of the two rows")]
    Twice(u64),
    /// A level of the organisation without the one above it.
    #[error("is empty, but a level below it is named; name it, or empty the ones below")]
    Gap,
    /// An area that the register does not have, and one that may be meant.
    #[error("unknown area «{0}»; did you mean «{1}»?")]
    NearArea(String, String),
    /// An area that is like none.
    #[error("unknown area «{0}»; mend it, or say --new-areas if it is new")]
    NewArea(String),
    /// More cells than headings.
    #[error("has more cells than there are headings; put quotation marks around a value with a separator")]
    Surplus,
    /// No row at all.
    #[error("cannot be read as CSV")]
    Csv,
}

impl Wrong {
    /// Every code that [`Wrong::code`] gives: `locales/` have each behind `hr-wrong-`.
    pub const CODES: [&str; 17] = [
        "empty",
        "long",
        "lines",
        "yes_no",
        "birth_year",
        "language",
        "phone_empty",
        "phone_signs",
        "phone_length",
        "phone_country",
        "phone_not_in_use",
        "twice",
        "gap",
        "near_area",
        "new_area",
        "surplus",
        "csv",
    ];

    /// Stays the same over versions.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Long(_) => "long",
            Self::Lines => "lines",
            Self::YesNo => "yes_no",
            Self::BirthYear(..) => "birth_year",
            Self::Language => "language",
            Self::Phone(PhoneError::Empty) => "phone_empty",
            Self::Phone(PhoneError::Signs) => "phone_signs",
            Self::Phone(PhoneError::Length) => "phone_length",
            Self::Phone(PhoneError::Country) => "phone_country",
            Self::Phone(PhoneError::NotInUse) => "phone_not_in_use",
            Self::Twice(_) => "twice",
            Self::Gap => "gap",
            Self::NearArea(..) => "near_area",
            Self::NewArea(_) => "new_area",
            Self::Surplus => "surplus",
            Self::Csv => "csv",
        }
    }

    /// What its text holds.
    #[must_use]
    pub fn args(&self) -> Args {
        match self {
            Self::Long(most) => vec![("most", most.to_string())],
            Self::BirthYear(first, last) => vec![("first", first.to_string()), ("last", last.to_string())],
            Self::Twice(line) => vec![("line", line.to_string())],
            Self::NearArea(area, near) => vec![("area", area.clone()), ("near", near.clone())],
            Self::NewArea(area) => vec![("area", area.clone())],
            _ => Vec::new(),
        }
    }
}

/// What is wrong with a heading.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongHeading {
    /// It is no column's, and one may be meant.
    #[error("unknown column \"{0}\"; did you mean \"{1}\"?")]
    Near(String, &'static str),
    /// It is like none.
    #[error("unknown column \"{0}\"; remove it from the file")]
    Unknown(String),
    /// Two headings mean one column.
    #[error("the column {0} stands there twice")]
    Twice(Column),
    /// A register needs it.
    #[error("the column {english} (or {norwegian}) is missing", english = .0.headings()[0], norwegian = .0.headings()[1])]
    Missing(Column),
}

impl WrongHeading {
    /// Every code that [`WrongHeading::code`] gives: `locales/` have each behind `hr-heading-`.
    pub const CODES: [&str; 4] = ["near", "unknown", "twice", "missing"];

    /// Stays the same over versions.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Near(..) => "near",
            Self::Unknown(_) => "unknown",
            Self::Twice(_) => "twice",
            Self::Missing(_) => "missing",
        }
    }

    /// What its text holds.
    #[must_use]
    pub fn args(&self) -> Args {
        match self {
            Self::Near(heading, near) => vec![("heading", heading.clone()), ("near", (*near).to_owned())],
            Self::Unknown(heading) => vec![("heading", heading.clone())],
            Self::Twice(column) => vec![("column", column.to_string())],
            Self::Missing(column) => {
                let [english, norwegian] = column.headings();
                vec![("english", english.to_owned()), ("norwegian", norwegian.to_owned())]
            }
        }
    }
}
