//! The numbers behind a picture, as a file for a spreadsheet.

use anyhow::Context as _;

/// One line: a group, and its figures where these are shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is called.
    pub group: String,
    /// Nothing where it is hidden.
    pub figures: Option<Figures>,
}

/// What is known of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// How many answered, as it is shown.
    pub base: String,
    /// Per option.
    pub counts: Vec<u32>,
    /// Whole percent, per option.
    pub percents: Vec<Option<u32>>,
    /// Asked and left open.
    pub open: u32,
    /// On scales.
    pub mean: Option<f64>,
    /// On scales: whole percent.
    pub favourable: Option<u32>,
}

/// CSV in UTF-8: what was asked and of whom, a heading, a line for each group. Every option has a count and a percent; a hidden group
/// has `hidden` as its base and nothing else.
///
/// # Errors
/// Memory is full.
pub fn csv(question: &str, asked: &str, options: &[String], rows: &[Row]) -> anyhow::Result<Vec<u8>> {
    let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    csv.write_record([harmless(question), harmless(asked)])?;
    let columns = options.iter().flat_map(|option| [harmless(option), format!("{} %", harmless(option))]);
    let (first, last) = (["group", "n"], ["left_open", "mean", "favourable_percent"]);
    csv.write_record(first.map(str::to_owned).into_iter().chain(columns).chain(last.map(str::to_owned)))?;
    for row in rows {
        csv.write_record(line(row))?;
    }
    csv.into_inner().context("the rows are complete")
}

fn line(row: &Row) -> Vec<String> {
    let Some(figures) = &row.figures else { return vec![harmless(&row.group), "hidden".to_owned()] };
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let options = figures.counts.iter().zip(&figures.percents);
    let options = options.flat_map(|(count, percent)| [count.to_string(), number(*percent)]);
    let mean = figures.mean.map(|mean| format!("{mean:.1}")).unwrap_or_default();
    let last = [figures.open.to_string(), mean, number(figures.favourable)];
    [harmless(&row.group), figures.base.clone()].into_iter().chain(options).chain(last).collect()
}

/// A text that a spreadsheet would take for a formula gets an apostrophe.
#[must_use]
pub fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_groups_say_so_and_formulas_stay_text() {
        let figures = Figures {
            base: "10–19".into(),
            counts: vec![8, 4],
            percents: vec![Some(67), Some(33)],
            open: 2,
            mean: Some(3.25),
            favourable: None,
        };
        let row = |group: &str, figures| Row { group: group.into(), figures };
        let rows = [row("=HYPERLINK(1)", Some(figures)), row("Skole", None)];
        let csv = csv("Fikk du hjelp?", "Spurt: alle", &["Ja".into(), "Nei".into()], &rows).unwrap_or_default();
        insta::assert_snapshot!(String::from_utf8_lossy(&csv));
    }
}
