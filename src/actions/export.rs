//! What leaves as a file for a spreadsheet. Never answers, nor who has answered.

use anyhow::Context as _;

use crate::store::messages::Problem;

/// Invitations that did not arrive, as CSV in UTF-8 with a heading: numbers to mend.
///
/// # Errors
/// Memory is full.
pub fn problems_csv(problems: &[Problem]) -> anyhow::Result<String> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["employee_id", "name", "area", "phone", "state", "reason"])?;
    for problem in problems {
        let text = |text: &Option<String>| harmless(text.as_deref().unwrap_or_default());
        csv.write_record([
            text(&problem.employee_number),
            text(&problem.name),
            text(&problem.area),
            problem.phone.as_str().to_owned(),
            problem.state.clone(),
            text(&problem.reason),
        ])?;
    }
    String::from_utf8(csv.into_inner().context("the rows are complete")?).context("text stays text")
}

/// A spreadsheet takes what begins so for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
