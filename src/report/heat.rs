//! The body of a heat map: numbers in cells that are coloured by how far they are from the whole.
//!
//! The number stands in every cell, so the colour only leads the eye. Cells that are hidden all look alike.

use std::fmt::Write as _;

use super::number::Notation;
use super::text::escape;

/// What the numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Whole percent.
    Percent,
    /// Points of a scale, with one decimal.
    Points,
}

/// A place, or the whole that all are compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// Where it is divided further.
    pub address: Option<String>,
    /// It is what the others are compared with.
    pub whole: bool,
    /// In the order of the columns.
    pub cells: Vec<Cell>,
}

/// One number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Nothing where it is hidden.
    pub value: Option<f64>,
    /// More or less than the whole; nothing where one of them is hidden.
    pub against: Option<f64>,
}

/// The rows of the table's body, as HTML; `hidden` is read out where nothing is shown.
#[must_use]
pub fn body(rows: &[Row], unit: Unit, notation: Notation, hidden: &str) -> String {
    let mut html = String::new();
    for row in rows {
        // Writing into a String cannot fail.
        let _ =
            write!(html, "<tr{}><th scope=\"row\">{}</th>", if row.whole { " class=\"whole\"" } else { "" }, name(row));
        for cell in &row.cells {
            let _ = write!(html, "{}", td(*cell, row.whole, unit, notation, hidden));
        }
        html.push_str("</tr>\n");
    }
    html
}

fn name(row: &Row) -> String {
    let name = escape(&row.name);
    match &row.address {
        Some(address) => format!("<a class=\"ds-link\" href=\"{}\">{name}</a>", escape(address)),
        None => name,
    }
}

fn td(cell: Cell, whole: bool, unit: Unit, notation: Notation, hidden: &str) -> String {
    let Some(value) = cell.value else {
        return format!("<td class=\"few\"><span class=\"ds-sr-only\">{}</span></td>", escape(hidden));
    };
    let number = match unit {
        Unit::Percent => notation.decimal(value, 0),
        Unit::Points => notation.decimal(value, 1),
    };
    match cell.against.filter(|_| !whole) {
        Some(against) => format!("<td class=\"h{}\">{number}</td>", step(against, unit)),
        None => format!("<td>{number}</td>"),
    }
}

/// From 1, far below the whole, to 7, far above it; 4 is about the same.
fn step(against: f64, unit: Unit) -> usize {
    let ends: [f64; 3] = if unit == Unit::Percent { [5.0, 12.0, 20.0] } else { [0.1, 0.3, 0.5] };
    let steps = ends.iter().filter(|end| against.abs() >= **end).count();
    if against < 0.0 { 4 - steps } else { 4 + steps }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_follow_the_distance_from_the_whole() {
        let percent = [-30.0, -12.0, -5.0, 0.0, 4.9, 6.0, 13.0, 20.0].map(|against| step(against, Unit::Percent));
        assert_eq!(percent, [1, 2, 3, 4, 4, 5, 6, 7]);
        assert_eq!([-0.6, 0.2].map(|against| step(against, Unit::Points)), [1, 5]);
    }

    #[test]
    fn hidden_cells_all_look_alike_and_names_stay_text() {
        let hidden = Cell { value: None, against: None };
        let row = |name: &str| Row { name: name.into(), address: None, whole: false, cells: vec![hidden, hidden] };
        let html = body(&[row("<b>"), row("a")], Unit::Percent, Notation::Norwegian, "Skjermet");
        assert_eq!(html.matches("<td class=\"few\"><span class=\"ds-sr-only\">Skjermet</span></td>").count(), 4);
        assert!(html.contains("&lt;b&gt;") && !html.contains("<b>"));
    }
}
