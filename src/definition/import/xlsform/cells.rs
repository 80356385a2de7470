//! The cells of a sheet, and the texts that they share.

use super::super::Refused;
use super::super::draft::Builder;
use super::super::xml::{self, Attributes, Part};
use super::sheet::Cells;

/// Rows and columns after these are refused. What is asked of one person is far less; lists of options may be long.
const MAX_ROWS: u32 = 2_000;
const MAX_CHOICES: u32 = 10_000;
const MAX_COLUMNS: u32 = 500;

/// The shared texts of a workbook in their order: `<si>` with `<t>`, also in runs of different looks; how words are
/// pronounced (`<rPh>`) is passed over.
pub(super) fn strings(text: &str) -> Result<Vec<String>, Refused> {
    let mut strings = Vec::new();
    let (mut words, mut inside, mut spoken) = (String::new(), false, false);
    xml::read(text, |part, _| {
        match part {
            Part::Opens("t", _) => inside = true,
            Part::Closes("t") => inside = false,
            Part::Opens("rPh", _) => spoken = true,
            Part::Closes("rPh") => spoken = false,
            Part::Words(piece) if inside && !spoken => words.push_str(piece),
            Part::Closes("si") => strings.push(std::mem::take(&mut words)),
            _ => {}
        }
        Ok(())
    })?;
    Ok(strings)
}

/// The cells of a sheet that hold something; formulas are noted.
pub(super) fn cells(text: &str, strings: &[String], sheet: &str, builder: &mut Builder) -> Result<Cells, Refused> {
    let most = if sheet == "choices" { MAX_CHOICES } else { MAX_ROWS };
    let mut cells = Cells::new();
    let mut here = Cell::default();
    xml::read(text, |part, _| {
        match part {
            Part::Opens("row", attributes) => here.begin_row(&attributes),
            Part::Opens("c", attributes) => here.begin(&attributes),
            Part::Opens("v" | "t", _) => here.inside = true,
            Part::Closes("v" | "t") => here.inside = false,
            Part::Opens("f", _) => here.formula = true,
            Part::Words(piece) if here.inside => here.words.push_str(piece),
            Part::Closes("c") => {
                let value = here.value(strings);
                if here.formula {
                    let what =
                        if value.is_empty() { " without a value, so it is empty" } else { "; its last value is taken" };
                    let origin = format!("{sheet}, row {}", u64::from(here.row) + 1);
                    builder.notes.say(&origin, format!("a cell holds a formula{what}"));
                }
                if !value.is_empty() {
                    if here.row >= most || here.column >= MAX_COLUMNS {
                        return Err(Refused::TooLarge(
                            "a sheet has more than 2,000 rows (`choices` 10,000) or 500 columns",
                        ));
                    }
                    cells.entry(here.row).or_default().insert(here.column, value);
                }
                here.column = here.column.saturating_add(1);
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(cells)
}

/// The cell that is being read.
#[derive(Default)]
struct Cell {
    /// Both from 0.
    row: u32,
    column: u32,
    next_row: u32,
    kind: String,
    words: String,
    inside: bool,
    formula: bool,
}

impl Cell {
    fn begin_row(&mut self, attributes: &Attributes<'_>) {
        let number = attributes.get("r").and_then(|number| number.parse::<u32>().ok()?.checked_sub(1));
        self.row = number.unwrap_or(self.next_row);
        self.next_row = self.row.saturating_add(1);
        self.column = 0;
    }

    /// A cell may say where it stands (`C7`); else it stands after the one before it.
    fn begin(&mut self, attributes: &Attributes<'_>) {
        if let Some(column) = attributes.get("r").and_then(|place| column(&place)) {
            self.column = column;
        }
        self.kind = attributes.get("t").unwrap_or_default();
        self.words.clear();
        self.inside = false;
        self.formula = false;
    }

    /// As it is read aloud: whole numbers without a fraction, flags as words, mistakes as nothing.
    fn value(&self, strings: &[String]) -> String {
        let words = self.words.trim();
        let value = match self.kind.as_str() {
            "s" => words.parse().ok().and_then(|at: usize| strings.get(at)).map_or("", |text| text.trim()).to_owned(),
            "b" => (words == "1").to_string(),
            "e" => String::new(),
            "" | "n" => words.parse::<f64>().map_or(words.to_owned(), |number| number.to_string()),
            _ => words.to_owned(),
        };
        // How ECMA-376 writes a carriage return in a text.
        value.replace("_x000D_", "")
    }
}

/// `C7` is column 2. Far out it is the last there can be, which is refused later.
fn column(place: &str) -> Option<u32> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.fold(0_u32, |number, letter| {
        let digit = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        number.saturating_mul(26).saturating_add(digit)
    });
    number.checked_sub(1)
}
