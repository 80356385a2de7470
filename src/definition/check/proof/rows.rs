//! The rows of a register that conditions can tell apart.

use jiff::civil::Date;

use crate::definition::attributes::{Facts, UNKNOWN};
use crate::definition::model::{Language, RegisterField};

/// The day on which ages are reckoned; any will do, since years of birth are chosen to fit.
pub(super) const LAUNCH: Date = Date::constant(2000, 1, 1);

/// What one row of the register says in the column that is looked at.
pub(super) enum Row {
    Age(i64),
    Employment(String),
    Language(Language),
    StaffResponsibility(bool),
    UnionRep(bool),
    SafetyRep(bool),
    Nothing,
}

impl Row {
    /// What it says, with nothing in the other columns.
    pub(super) fn facts(&self) -> Facts<'_> {
        let nothing = Facts::default();
        match self {
            Self::Age(age) => Facts { birth_year: Some(i64::from(LAUNCH.year()) - age), ..nothing },
            Self::Employment(word) => Facts { employment: Some(word), ..nothing },
            Self::Language(language) => Facts { language: Some(*language), ..nothing },
            Self::StaffResponsibility(fact) => Facts { staff_responsibility: *fact, ..nothing },
            Self::UnionRep(fact) => Facts { union_rep: *fact, ..nothing },
            Self::SafetyRep(fact) => Facts { safety_rep: *fact, ..nothing },
            Self::Nothing => nothing,
        }
    }
}

/// Rows that differ in the column as far as conditions can tell.
pub(super) fn rows(field: RegisterField, words: &[&str], mut bounds: Vec<i64>) -> Vec<Row> {
    let mut words: Vec<&str> = words.iter().copied().filter(|word| *word != UNKNOWN && !word.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    bounds.sort_unstable();
    bounds.dedup();
    match field {
        RegisterField::BirthYear => {
            let youngest = bounds.first().map(|first| first - 1);
            youngest.into_iter().chain(bounds).map(Row::Age).chain([Row::Nothing]).collect()
        }
        RegisterField::Employment => {
            let mut other = "any other".to_owned();
            while words.contains(&other.as_str()) {
                other.push('…');
            }
            words.into_iter().map(str::to_owned).chain([other]).map(Row::Employment).chain([Row::Nothing]).collect()
        }
        RegisterField::Language => {
            let named: Vec<Language> = words.into_iter().filter_map(Language::parse).collect();
            let letters = || 'a'..='z';
            let all = letters().flat_map(|a| letters().filter_map(move |b| Language::parse(&format!("{a}{b}"))));
            let other = all.into_iter().find(|language| !named.contains(language));
            named.iter().copied().chain(other).map(Row::Language).chain([Row::Nothing]).collect()
        }
        RegisterField::StaffResponsibility => [true, false].map(Row::StaffResponsibility).into(),
        RegisterField::UnionRep => [true, false].map(Row::UnionRep).into(),
        RegisterField::SafetyRep => [true, false].map(Row::SafetyRep).into(),
    }
}
