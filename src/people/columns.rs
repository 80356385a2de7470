//! The register's columns and what they are called, in English and in Norwegian.

use std::fmt;

/// A column of the register file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Column {
    /// The employer's own number. Required.
    EmployeeId,
    /// For HR's eyes only.
    Name,
    /// Where messages go. Required.
    Phone,
    /// Level 1 of the organisation.
    Area,
    /// Level 2.
    Service,
    /// Level 3.
    Unit,
    /// Four digits.
    BirthYear,
    /// Two letters.
    Language,
    /// `permanent`, `hourly`, ….
    Employment,
    /// Leads people.
    StaffResponsibility,
    /// Elected by a union.
    UnionRep,
    /// Elected for safety.
    SafetyRep,
}

impl Column {
    /// In the order of the file format.
    pub const ALL: [Self; 12] = [
        Self::EmployeeId,
        Self::Name,
        Self::Phone,
        Self::Area,
        Self::Service,
        Self::Unit,
        Self::BirthYear,
        Self::Language,
        Self::Employment,
        Self::StaffResponsibility,
        Self::UnionRep,
        Self::SafetyRep,
    ];

    /// The columns no register can do without.
    pub const REQUIRED: [Self; 2] = [Self::EmployeeId, Self::Phone];

    /// The English heading, and the Norwegian one.
    #[must_use]
    pub const fn headings(self) -> [&'static str; 2] {
        match self {
            Self::EmployeeId => ["employee_id", "ansattnr"],
            Self::Name => ["name", "navn"],
            Self::Phone => ["phone", "mobil"],
            Self::Area => ["area", "kommunalsjefområde"],
            Self::Service => ["service", "tjenestested"],
            Self::Unit => ["unit", "avdeling"],
            Self::BirthYear => ["birth_year", "fødselsår"],
            Self::Language => ["language", "språk"],
            Self::Employment => ["employment", "ansettelsesform"],
            Self::StaffResponsibility => ["staff_responsibility", "personalansvar"],
            Self::UnionRep => ["union_rep", "tillitsvalgt"],
            Self::SafetyRep => ["safety_rep", "verneombud"],
        }
    }

    /// The column that a heading names, in either language; case, spaces and hyphens make no difference.
    #[must_use]
    pub fn from_heading(heading: &str) -> Option<Self> {
        let heading = normal(heading);
        Self::ALL.into_iter().find(|column| column.headings().contains(&heading.as_str()))
    }

    /// The column of that English name, as a form posts it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.headings()[0] == name)
    }

    /// The heading most like `heading`, for a hint.
    #[must_use]
    pub fn nearest(heading: &str) -> Option<&'static str> {
        nearest(&normal(heading), Self::ALL.iter().flat_map(|column| column.headings()))
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.headings()[0])
    }
}

fn normal(heading: &str) -> String {
    heading.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Likeness, from 0 to 1, from which on two words are taken for one word and its misspelling. "Tekniske tjenester" and
/// "Teknisk tjenester" reach 0.94; "Oppvekst skole" and "Oppvekst barnehage", which are two areas, 0.61.
const MISSPELT: f64 = 0.75;

/// The one of `known` that `word` is most likely a misspelling of.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(&word, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= MISSPELT)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_both_languages_and_any_case() {
        for column in Column::ALL {
            for heading in column.headings() {
                assert_eq!(Column::from_heading(&heading.to_uppercase()), Some(column), "{heading}");
                assert_eq!(Column::from_heading(&heading.replace('_', " ")), Some(column), "{heading}");
            }
        }
        assert_eq!(Column::from_heading("salary"), None);
    }

    #[test]
    fn a_misspelt_heading_has_a_nearest_one() {
        assert_eq!(Column::nearest("employe_id"), Some("employee_id"));
        assert_eq!(Column::nearest("Avdelling"), Some("avdeling"));
        assert_eq!(Column::nearest("salary"), None);
    }

    #[test]
    fn areas_that_share_a_word_are_not_misspellings_of_each_other() {
        let areas = ["Oppvekst skole", "Tekniske tjenester"];
        assert_eq!(nearest("Oppvekst barnehage", areas), None);
        assert_eq!(nearest("Teknisk tjenester", areas), Some("Tekniske tjenester"));
    }
}
