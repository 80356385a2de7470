//! What a definition wants to know of an employee, read from the register at launch.

use jiff::civil::Date;

use super::model::{Attribute, Attributes, Definition, Language, RegisterField};

/// The value of an attribute that the register does not know.
pub const UNKNOWN: &str = "unknown";

/// What the register says of one employee.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// A plausible year.
    pub birth_year: Option<i64>,
    /// `permanent`, `hourly`, ….
    pub employment: Option<&'a str>,
    /// What messages start in.
    pub language: Option<Language>,
    /// Leads people.
    pub staff_responsibility: bool,
    /// Elected by a union.
    pub union_rep: bool,
    /// Elected for safety.
    pub safety_rep: bool,
}

/// Every attribute of the definition, for one employee, on the day of the launch.
#[must_use]
pub fn attributes_of(definition: &Definition, facts: &Facts<'_>, launch: Date) -> Attributes {
    definition.attributes.iter().map(|attribute| (attribute.id.clone(), value(attribute, facts, launch))).collect()
}

fn value(attribute: &Attribute, facts: &Facts<'_>, launch: Date) -> String {
    let yes_no = |fact: bool| Some(if fact { "yes" } else { "no" }.to_owned());
    let value = match attribute.from {
        RegisterField::BirthYear => {
            facts.birth_year.map(|year| band(&attribute.bands, i64::from(launch.year()) - year))
        }
        RegisterField::Employment => facts.employment.filter(|text| !text.is_empty()).map(str::to_owned),
        RegisterField::Language => facts.language.map(|language| language.to_string()),
        RegisterField::StaffResponsibility => yes_no(facts.staff_responsibility),
        RegisterField::UnionRep => yes_no(facts.union_rep),
        RegisterField::SafetyRep => yes_no(facts.safety_rep),
    };
    value.unwrap_or_else(|| UNKNOWN.to_owned())
}

/// The band of an age: the register holds the year alone, so it is the age reached in the year of the launch.
fn band(bands: &[i64], age: i64) -> String {
    let index = bands.iter().take_while(|bound| **bound <= age).count();
    band_names(bands).into_iter().nth(index).unwrap_or_else(|| age.to_string())
}

/// `[30, 40]` gives `-29`, `30-39`, `40-`; no bounds give no bands.
#[must_use]
pub fn band_names(bands: &[i64]) -> Vec<String> {
    let (Some(first), Some(last)) = (bands.first(), bands.last()) else { return Vec::new() };
    let between = bands.windows(2).filter_map(|pair| match pair {
        [low, high] => Some(format!("{low}-{}", high - 1)),
        _ => None,
    });
    std::iter::once(format!("-{}", first - 1)).chain(between).chain([format!("{last}-")]).collect()
}
