//! The workbook: a zip of XML (ECMA-376). Of it only the list of sheets, the shared strings and the cells are read, each
//! within a limit of what it may unpack to: the library for workbooks that we tried (calamine 0.38) reserves as much memory
//! as a file asks for, and panics on a cell far enough out.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::super::Refused;
use super::super::draft::Builder;
use super::super::notes::excerpt;
use super::super::xml::{self, Part};
use super::SHEETS;
use super::cells;
use super::sheet::Sheet;

/// All that is read may have this size: a form of two thousand rows has one or two MiB.
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;

/// An opened workbook.
pub(super) struct Workbook<'s> {
    archive: ZipArchive<Cursor<&'s [u8]>>,
    /// How much may still be unpacked.
    left: u64,
    /// Names of sheets, and where they stand in the archive.
    sheets: Vec<(String, String)>,
    /// Texts that cells refer to by their number.
    strings: Vec<String>,
}

/// Opens a workbook.
///
/// # Errors
/// Where it is damaged, none, or far too large when unpacked.
pub(super) fn open(source: &[u8]) -> Result<Workbook<'_>, Refused> {
    let archive = ZipArchive::new(Cursor::new(source)).map_err(|error| damaged(&error))?;
    let mut book = Workbook { archive, left: MAX_UNPACKED, sheets: Vec::new(), strings: Vec::new() };
    let main = book.relations("", "_rels/.rels")?.into_iter().find(|one| one.kind == "officeDocument");
    let main = main.map_or("xl/workbook.xml".to_owned(), |one| one.target);
    let Some(text) = book.part(&main)? else {
        return Err(Refused::Unknown("; it is a zip: a .lsa holds the .lss to take, an .ods can be saved as .xlsx"));
    };
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
    let relations = book.relations(folder, &format!("{folder}/_rels/{name}.rels"))?;
    book.sheets = sheets(&text, &relations)?;
    if let Some(strings) = relations.iter().find(|one| one.kind == "sharedStrings") {
        let text = book.part(&strings.target)?.unwrap_or_default();
        book.strings = cells::strings(&text)?;
    }
    Ok(book)
}

/// What one part of a workbook says of another.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

/// The sheets by name, where they can be found.
fn sheets(text: &str, relations: &[Relation]) -> Result<Vec<(String, String)>, Refused> {
    let targets: HashMap<&str, &str> = relations.iter().map(|one| (one.id.as_str(), one.target.as_str())).collect();
    let mut sheets = Vec::new();
    xml::read(text, |part, _| {
        if let Part::Opens("sheet", attributes) = part
            && let (Some(name), Some(id)) = (attributes.get("name"), attributes.get("id"))
            && let Some(target) = targets.get(id.as_str())
        {
            sheets.push((name, (*target).to_owned()));
        }
        Ok(())
    })?;
    Ok(sheets)
}

impl Workbook<'_> {
    /// Notes the sheets that are not read.
    pub(super) fn note_others(&self, builder: &mut Builder) {
        let known = |name: &str| SHEETS.iter().any(|known| name.trim().eq_ignore_ascii_case(known));
        for (name, _) in self.sheets.iter().filter(|(name, _)| !known(name)) {
            builder.notes.say(&format!("sheet {}", excerpt(name)), "only `survey`, `choices` and `settings` are read");
        }
    }

    /// The sheet of that name, if there is one; cells with formulas are noted.
    pub(super) fn sheet(&mut self, name: &str, builder: &mut Builder) -> Result<Option<Sheet>, Refused> {
        let own = self.sheets.iter().find(|(known, _)| known.trim().eq_ignore_ascii_case(name));
        let Some((_, target)) = own.cloned() else { return Ok(None) };
        let text = self.part(&target)?.ok_or_else(|| damaged(&format!("`{target}` is missing")))?;
        let cells = cells::cells(&text, &self.strings, name, builder)?;
        Ok(Some(Sheet::of(name, cells)))
    }

    /// The relations in a file, with targets as names in the archive.
    fn relations(&mut self, folder: &str, name: &str) -> Result<Vec<Relation>, Refused> {
        let text = self.part(name)?.unwrap_or_default();
        let mut relations = Vec::new();
        xml::read(&text, |part, _| {
            if let Part::Opens("Relationship", attributes) = part {
                let get = |name: &str| attributes.get(name).unwrap_or_default();
                let (kind, target) = (get("Type"), get("Target"));
                let target = match target.strip_prefix('/') {
                    Some(whole) => whole.to_owned(),
                    None if folder.is_empty() => target,
                    None => format!("{folder}/{target}"),
                };
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relations.push(Relation { id: get("Id"), kind, target });
            }
            Ok(())
        })?;
        Ok(relations)
    }

    /// One file of the archive as text, within what may still be unpacked.
    fn part(&mut self, name: &str) -> Result<Option<String>, Refused> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        let read = file.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        let read = u64::try_from(read).unwrap_or(u64::MAX);
        self.left =
            self.left.checked_sub(read).ok_or(Refused::TooLarge("unpacked, the workbook has more than 64 MiB"))?;
        String::from_utf8(bytes).map(Some).map_err(|_| damaged(&format!("`{name}` is not UTF-8")))
    }
}

fn damaged(error: &dyn std::fmt::Display) -> Refused {
    Refused::Damaged(excerpt(&error.to_string()))
}
