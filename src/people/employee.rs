//! One row of the register, after validation.

use super::phone::Phone;
use crate::definition::model::Language;

/// One employee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employee {
    /// The employer's own number.
    pub number: String,
    /// For HR's eyes only.
    pub name: Option<String>,
    /// Where messages go.
    pub phone: Phone,
    /// Area, service, unit: from the top, as deep as the register says (0 to 3 names).
    pub place: Vec<String>,
    /// A plausible year.
    pub birth_year: Option<i64>,
    /// What messages and the form start in.
    pub language: Option<Language>,
    /// `permanent`, `hourly`, … as the register says.
    pub employment: Option<String>,
    /// Leads people.
    pub staff_responsibility: bool,
    /// Elected by a union.
    pub union_rep: bool,
    /// Elected for safety.
    pub safety_rep: bool,
}
