//! Workbooks as small as they can be, written as tables: one line a row, `|` between the cells.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An XLSForm. A cell with digits is a number, one that begins with `=` a formula.
pub fn xlsform(survey: &str, choices: &str, settings: &str) -> Vec<u8> {
    workbook(&[("survey", survey), ("choices", choices), ("settings", settings)])
}

/// A workbook with these sheets.
pub fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let sheets: Vec<_> = sheets.iter().map(|(name, table)| (*name, sheet(table))).collect();
    packed(&sheets)
}

/// A workbook with these sheets as XML.
pub fn packed(sheets: &[(&str, String)]) -> Vec<u8> {
    with_strings(sheets, "<sst/>")
}

/// A workbook with these sheets and shared strings as XML.
pub fn with_strings(sheets: &[(&str, String)], strings: &str) -> Vec<u8> {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let entries = sheets
        .iter()
        .enumerate()
        .map(|(at, (name, _))| format!(r#"<sheet name="{name}" sheetId="{}" r:id="r{at}"/>"#, at + 1));
    let entries = entries.collect::<Vec<_>>().concat();
    let targets = (0..sheets.len()).map(|at| {
        format!(r#"<Relationship Id="r{at}" Type="{relation}/worksheet" Target="worksheets/sheet{at}.xml"/>"#)
    });
    let shared = format!(r#"<Relationship Id="s" Type="{relation}/sharedStrings" Target="sharedStrings.xml"/>"#);
    let targets = targets.chain([shared]).collect::<Vec<_>>().concat();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let book = format!(r#"<workbook xmlns="{main}" xmlns:r="{relation}"><sheets>{entries}</sheets></workbook>"#);
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relations = format!(r#"<Relationships xmlns="{package}">{targets}</Relationships>"#);
    let root = format!(
        r#"<Relationships xmlns="{package}"><Relationship Id="r" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let mut files = vec![
        ("_rels/.rels".to_owned(), root.into_bytes()),
        ("xl/workbook.xml".to_owned(), book.into_bytes()),
        ("xl/sharedStrings.xml".to_owned(), strings.as_bytes().to_vec()),
        ("xl/_rels/workbook.xml.rels".to_owned(), relations.into_bytes()),
    ];
    for (at, (_, xml)) in sheets.iter().enumerate() {
        files.push((format!("xl/worksheets/sheet{at}.xml"), xml.clone().into_bytes()));
    }
    zipped(&files)
}

/// A zip of these files.
pub fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A table as the XML of a sheet.
fn sheet(table: &str) -> String {
    let rows = table.trim().lines().enumerate().map(|(row, line)| {
        let cells = line.split('|').enumerate().map(|(column, text)| cell(row, column, text.trim()));
        format!(r#"<row r="{}">{}</row>"#, row + 1, cells.collect::<String>())
    });
    let rows: String = rows.collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#)
}

fn cell(row: usize, column: usize, text: &str) -> String {
    let letter = char::from(b'A' + u8::try_from(column).unwrap());
    let place = format!("{letter}{}", row + 1);
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    match text.strip_prefix('=') {
        _ if text.is_empty() => String::new(),
        Some(_) => format!(r#"<c r="{place}" t="str"><f>{}</f><v>computed</v></c>"#, &escaped[1..]),
        None if text.parse::<f64>().is_ok() => format!(r#"<c r="{place}"><v>{text}</v></c>"#),
        None => format!(r#"<c r="{place}" t="inlineStr"><is><t>{escaped}</t></is></c>"#),
    }
}
