//! The body of a heat map: numbers in cells that are coloured by how far they are from the whole; and one column of it as a list,
//! for screens that hold no map.
//!
//! The number stands in every cell, so the colour only leads the eye. Cells that are hidden all look alike.

use std::fmt::Write as _;

use super::chart::against;
use super::number::Notation;
use super::text::escape;

/// What the numbers are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unit {
    /// Whole percent.
    Percent,
    /// Points of a scale between these ends, with one decimal.
    Points(f64, f64),
}

impl Unit {
    fn write(self, value: f64, notation: Notation) -> String {
        notation.decimal(value, usize::from(self != Self::Percent))
    }

    /// How far a value is on its way from the lowest to the highest.
    fn share(self, value: f64) -> f64 {
        let (from, to) = match self {
            Self::Percent => (0.0, 100.0),
            Self::Points(from, to) => (from, to),
        };
        (value - from) / (to - from).max(f64::MIN_POSITIVE)
    }
}

/// A place, or the whole that all are compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// What it lies in, below the whole.
    pub above: Option<String>,
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

/// One column as the items of a list: the whole first, then the lowest before the highest, each as a bar with a tick where the whole
/// is. What is hidden is left out, for whoever shows the list to say.
#[must_use]
pub fn ranked(rows: &[Row], column: usize, unit: Unit, notation: Notation) -> Vec<String> {
    let shown = |row| Some((row, cell(row, column)?));
    let mut shown: Vec<(&Row, f64)> = rows.iter().filter_map(shown).collect();
    shown.sort_by(|(one, low), (other, high)| other.whole.cmp(&one.whole).then(low.total_cmp(high)));
    let whole = shown.iter().find(|(row, _)| row.whole).map(|(_, value)| unit.share(*value));
    let item = |(row, value): (&Row, f64)| {
        let class = if row.whole { " class=\"whole\"" } else { "" };
        let (name, number) = (link(row, &row.name), unit.write(value, notation));
        let above = row.above.as_ref().map(|above| format!(" <small>{}</small>", escape(above))).unwrap_or_default();
        let bar = against(unit.share(value), whole.filter(|_| !row.whole));
        format!("<li{class}><span>{name}{above}</span><b>{number}</b>{bar}</li>\n")
    };
    shown.into_iter().map(item).collect()
}

/// How many rows are hidden in a column.
#[must_use]
pub fn hidden(rows: &[Row], column: usize) -> usize {
    rows.iter().filter(|row| cell(row, column).is_none()).count()
}

fn cell(row: &Row, column: usize) -> Option<f64> {
    row.cells.get(column)?.value
}

fn name(row: &Row) -> String {
    match &row.above {
        Some(above) => link(row, &format!("{above} › {}", row.name)),
        None => link(row, &row.name),
    }
}

fn link(row: &Row, name: &str) -> String {
    let name = escape(name);
    match &row.address {
        Some(address) => format!("<a class=\"ds-link\" href=\"{}\">{name}</a>", escape(address)),
        None => name,
    }
}

fn td(cell: Cell, whole: bool, unit: Unit, notation: Notation, hidden: &str) -> String {
    let Some(value) = cell.value else {
        return format!("<td class=\"few\"><span class=\"ds-sr-only\">{}</span></td>", escape(hidden));
    };
    let number = unit.write(value, notation);
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
        assert_eq!([-0.6, 0.2].map(|against| step(against, Unit::Points(1.0, 5.0))), [1, 5]);
    }

    #[test]
    fn hidden_cells_all_look_alike_and_names_stay_text() {
        let hidden = Cell { value: None, against: None };
        let row = |name: &str| row(name, vec![hidden, hidden]);
        let html = body(&[row("<b>"), row("a")], Unit::Percent, Notation::Norwegian, "Skjermet");
        assert_eq!(html.matches("<td class=\"few\"><span class=\"ds-sr-only\">Skjermet</span></td>").count(), 4);
        assert!(html.contains("&lt;b&gt;") && !html.contains("<b>"));
    }

    #[test]
    fn a_column_is_a_list_from_the_lowest_to_the_highest_below_the_whole() {
        let value = |value: Option<f64>| vec![Cell { value: None, against: None }, Cell { value, against: None }];
        let rows = [
            Row { whole: true, ..row("All", value(Some(50.0))) },
            row("High", value(Some(75.0))),
            row("None", value(None)),
            Row { above: Some("Area".into()), ..row("Low", value(Some(25.4))) },
        ];
        let html = ranked(&rows, 1, Unit::Percent, Notation::Norwegian).concat();
        let order: Vec<Option<usize>> = ["All", "Low", "High"].map(|name| html.find(name)).into();
        assert!(order.is_sorted() && order[0].is_some() && !html.contains("None"), "{html}");
        assert!(html.contains("Low <small>Area</small></span><b>25</b>"), "{html}");
        assert_eq!((hidden(&rows, 1), hidden(&rows, 0)), (1, 4));
    }

    fn row(name: &str, cells: Vec<Cell>) -> Row {
        Row { name: name.into(), above: None, address: None, whole: false, cells }
    }
}
