//! The workbook: a zip of XML, opened only after it is known how large it is when unpacked.

use std::io::{self, Cursor, Read};

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use zip::ZipArchive;

use super::super::Refused;
use super::super::draft::Builder;
use super::super::notes::excerpt;
use super::SHEETS;
use super::sheet::{Cells, Sheet};

/// Unpacked, all files together are at most as large as this: a form of ten thousand rows has two or three MiB.
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;
const MAX_FILES: usize = 1000;
/// Rows and columns after these are refused. What is asked of one person is far less; lists of options may be long.
const MAX_ROWS: u32 = 2_000;
const MAX_CHOICES: u32 = 10_000;
const MAX_COLUMNS: u32 = 500;

/// An opened workbook.
pub(super) struct Workbook<'s>(Xlsx<Cursor<&'s [u8]>>);

/// Opens a workbook.
///
/// # Errors
/// Where it is damaged, none, or far too large when unpacked.
pub(super) fn open(source: &[u8]) -> Result<Workbook<'_>, Refused> {
    let mut archive = ZipArchive::new(Cursor::new(source)).map_err(|error| damaged(&error))?;
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(Refused::Unknown("; it is a zip: a .lsa holds the .lss to take, an .ods can be saved as .xlsx"));
    }
    measure(&mut archive)?;
    Xlsx::new(Cursor::new(source)).map(Workbook).map_err(|error| damaged(&error))
}

/// Unpacks everything once into nothing: what a zip says of its own sizes need not be true.
fn measure(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Refused> {
    if archive.len() > MAX_FILES {
        return Err(Refused::TooLarge("the workbook has more than 1000 files inside"));
    }
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|error| damaged(&error))?;
        let mut part = file.by_ref().take(left + 1);
        let size = io::copy(&mut part, &mut io::sink()).map_err(|error| damaged(&error))?;
        left = left.checked_sub(size).ok_or(Refused::TooLarge("unpacked, the workbook has more than 64 MiB"))?;
    }
    Ok(())
}

fn damaged(error: &dyn std::fmt::Display) -> Refused {
    Refused::Damaged(excerpt(&error.to_string()))
}

impl Workbook<'_> {
    /// Notes the sheets that are not read.
    pub(super) fn note_others(&self, builder: &mut Builder) {
        let known = |name: &str| SHEETS.iter().any(|known| name.trim().eq_ignore_ascii_case(known));
        for name in self.0.sheet_names().iter().filter(|name| !known(name)) {
            builder.notes.say(&format!("sheet {}", excerpt(name)), "only `survey`, `choices` and `settings` are read");
        }
    }

    /// The sheet of that name, if there is one; cells with formulas are noted.
    pub(super) fn sheet(&mut self, name: &str, builder: &mut Builder) -> Result<Option<Sheet>, Refused> {
        let names = self.0.sheet_names();
        let Some(own) = names.iter().find(|known| known.trim().eq_ignore_ascii_case(name)).cloned() else {
            return Ok(None);
        };
        let cells = self.cells(&own, name, builder)?;
        Ok(Some(Sheet::of(name, cells)))
    }

    fn cells(&mut self, own: &str, name: &str, builder: &mut Builder) -> Result<Cells, Refused> {
        let broken = |error: XlsxError| damaged(&error);
        let mut reader = self.0.worksheet_cells_reader(own).map_err(broken)?;
        let most = if name == "choices" { MAX_CHOICES } else { MAX_ROWS };
        let mut cells = Cells::new();
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(broken)? {
            let (row, column) = cell.pos;
            let value = text(&cell.value);
            if cell.formula.is_some() {
                let what =
                    if value.is_empty() { " without a value, so it is empty" } else { "; its last value is taken" };
                builder.notes.say(&format!("{name}, row {}", row + 1), format!("a cell holds a formula{what}"));
            }
            if value.is_empty() {
                continue;
            }
            if row >= most || column >= MAX_COLUMNS {
                return Err(Refused::TooLarge("a sheet has more than 2,000 rows (`choices` 10,000) or 500 columns"));
            }
            cells.entry(row).or_default().insert(column, value);
        }
        Ok(cells)
    }
}

/// A cell as it is read aloud: whole numbers without a fraction.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(flag) => flag.to_string(),
        _ => String::new(),
    }
}
