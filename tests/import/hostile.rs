//! Files that are not what they seem are refused with a reason, quickly and in little memory.

use medvirk::definition::import::{MAX_BYTES, Refused, import};
use proptest::prelude::*;

use crate::workbook::{packed, workbook, xlsform, zipped};

const LOCALISED: &[u8] = include_bytes!("fixtures/localised.lss");

fn refused(source: &[u8]) -> String {
    import(source).unwrap_err().to_string()
}

/// A LimeSurvey file with something before and in its document.
fn lss(before: &str, inside: &str) -> Vec<u8> {
    let kind = "<LimeSurveyDocType>Survey</LimeSurveyDocType>";
    format!("<?xml version=\"1.0\"?>{before}<document>{kind}{inside}</document>").into_bytes()
}

#[test]
fn an_empty_file_and_a_very_large_one() {
    assert_eq!(import(b""), Err(Refused::Empty));
    assert!(refused(&vec![b'<'; MAX_BYTES + 1]).contains("larger than any survey"));
}

#[test]
fn files_of_other_kinds_with_advice() {
    let cases: [(&[u8], &str); 6] = [
        (b"survey: x\n", "neither an XLSForm (.xlsx) nor a LimeSurvey survey (.lss)"),
        (b"\xd0\xcf\x11\xe0 and so on", "old .xls: save it as .xlsx"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"<html><body>hi</body></html>", "some other XML"),
        (b"\x00\x01\x02", "neither"),
        (b"<document><LimeSurveyDocType>Group</LimeSurveyDocType></document>", "a part only"),
    ];
    for (source, reason) in cases {
        assert!(refused(source).contains(reason), "{}", refused(source));
    }
    let archive = zipped(&[("survey_1.lss".to_owned(), LOCALISED.to_vec())]);
    assert!(refused(&archive).contains("a .lsa holds the .lss"));
    assert!(refused(&lss("", "")).contains("holds no questions"));
}

#[test]
fn a_workbook_that_is_no_form() {
    assert!(refused(&workbook(&[("Ark1", "a | b")])).contains("no sheet `survey`"));
    assert!(refused(&workbook(&[("survey", "a | b\nc | d")])).contains("no column `type`"));
}

#[test]
fn a_bomb_in_a_zip_is_not_unpacked() {
    let bomb = zipped(&[("xl/workbook.xml".to_owned(), vec![b' '; 80 * 1024 * 1024])]);
    assert!(bomb.len() < 1024 * 1024);
    assert!(refused(&bomb).contains("more than 64 MiB"));
}

/// What a file says of itself is not believed.
#[test]
fn a_count_of_strings_that_no_memory_holds() {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let strings = format!(r#"<sst xmlns="{main}" uniqueCount="99999999999999999"><si><t>type</t></si></sst>"#);
    let sheet = r#"<worksheet><sheetData><row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>"#;
    let book = crate::workbook::with_strings(&[("survey", format!("{sheet}</sheetData></worksheet>"))], &strings);
    assert!(import(&book).is_ok());
}

/// One cell in the last corner would be a table of seventeen thousand million cells.
#[test]
fn a_cell_in_the_last_corner() {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let far = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let sheet = format!(r#"<worksheet xmlns="{main}"><sheetData>{far}</sheetData></worksheet>"#);
    assert!(refused(&packed(&[("survey", sheet)])).contains("more than 2,000 rows"));
}

#[test]
fn a_truncated_workbook_and_a_truncated_dump() {
    let book = xlsform("type | name | label\ntext | q | Q?", "list_name | name | label", "form_title\nT");
    for end in (4..book.len()).step_by(7) {
        assert!(import(&book[..end]).is_err(), "cut after {end} bytes");
    }
    for end in (1..LOCALISED.len()).step_by(997) {
        assert!(import(&LOCALISED[..end]).is_err(), "cut after {end} bytes");
    }
}

#[test]
fn entities_are_not_expanded() {
    let bomb = r#"<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"#;
    assert!(refused(&lss(bomb, "<x>&b;</x>")).contains("a document type has no place in a survey"));
    let file = r#"<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]>"#;
    assert!(refused(&lss(file, "<x>&f;</x>")).contains("document type"));
    assert!(refused(&lss("", "<x>&unknown;</x>")).contains("an entity that XML does not know"));
}

#[test]
fn xml_that_is_none() {
    assert!(refused(&lss("", "<a></b>")).contains("damaged"));
    assert!(refused(&lss("", &"<a>".repeat(100_000))).contains("nested too deeply"));
    assert!(refused(b"<document>\n\xff\xfe</document>").contains("not UTF-8"));
    let rows = "<row/>".repeat(200_001);
    assert!(refused(&lss("", &format!("<questions><rows>{rows}</rows></questions>"))).contains("200,000 rows"));
}

/// What takes a square of its length would take minutes here.
#[test]
fn long_texts_and_long_lists_take_no_longer_than_they_are() {
    for text in ["<", "<a", "&", "<script></script>", "<b>x</b>", "{", "${", "x "] {
        let long = text.repeat(1_000_000 / text.len()).replace('&', "&amp;").replace('<', "&lt;");
        let words = format!("<question>{long}</question><relevance>{long}</relevance>");
        let row = format!("<row><qid>1</qid><gid>1</gid><type>S</type><title>q</title>{words}</row>");
        let groups = "<groups><rows><row><gid>1</gid></row></rows></groups>";
        let dump = lss("", &format!("{groups}<questions><rows>{row}</rows></questions>"));
        assert!(import(&dump).is_ok(), "{text}");
    }
    let groups = "\nbegin_group | g | G | ${q} = 'a'".repeat(1500);
    let survey = format!("type | name | label | relevant\nselect_one l | q | Q |{groups}");
    let options = (0..5000).map(|at| format!("\nl | o{at} | O")).collect::<Vec<_>>().concat();
    let imported = import(&xlsform(&survey, &format!("list_name | name | label{options}"), "form_title\nT")).unwrap();
    assert!(crate::notes(&imported).contains("more than 200 options"));
}

/// Words that would be structure in YAML, or break out of a remark.
#[test]
fn words_of_a_form_stay_words() {
    let settings = "form_title | form_id\n\"]: {x: y} # | ../../etc";
    let survey = "type | name | label | relevant\ntext | x: y | - {a: b} | nonsense() = 'x'\ntext | y | a #b: |";
    let imported = import(&xlsform(survey, "list_name | name | label", settings)).unwrap();
    let survey = crate::checked(&imported);
    assert_eq!((survey.id.as_str(), survey.questions().count()), ("etc", 2));
    let nb = survey.default_language();
    assert_eq!(survey.title.get(nb), "\"]: {x: y} #");
}

const SHEET: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:C2"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c><c r="B1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="str"><f t="shared" ref="A2:B2" si="0">B1&amp;"x"</f><v>text</v></c><c r="B2" s="1"><v>1.5</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><v>#N/A</v></c></row></sheetData></worksheet>"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_damaged_dump_never_panics(at in 0..LOCALISED.len(), byte in any::<u8>(), cut in 0..200_usize) {
        let mut damaged = LOCALISED.to_vec();
        damaged[at] = byte;
        damaged.drain(at..(at + cut).min(damaged.len()));
        let _ = import(&damaged);
    }

    #[test]
    fn a_damaged_workbook_never_panics(at in 0..1000_usize, byte in any::<u8>()) {
        let mut book = xlsform("type | name | label\ntext | q | Q?", "list_name | name | label", "form_title\nT");
        let at = at % book.len();
        book[at] = byte;
        let _ = import(&book);
    }

    #[test]
    fn a_damaged_sheet_never_panics(at in 0..SHEET.len(), byte in 1..128_u8, cut in 0..30_usize) {
        let mut sheet = SHEET.to_owned().into_bytes();
        sheet[at] = byte;
        sheet.drain(at..(at + cut).min(SHEET.len()));
        let _ = import(&packed(&[("survey", String::from_utf8(sheet).unwrap())]));
    }

    #[test]
    fn any_words_in_a_form_give_yaml_that_can_be_read(words in "[^|\n<>&\\p{Cc}]{0,30}", name in "[^|\n<>&\\p{Cc}]{0,20}") {
        let survey = format!("type | name | label | relevant\ntext | {name} | {words} | {words}\nnote | n | x |");
        if let Ok(imported) = import(&xlsform(&survey, "list_name | name | label", "form_title\nT")) {
            prop_assert!(medvirk::definition::yaml::read(imported.yaml.as_bytes()).is_ok(), "{}", imported.yaml);
        }
    }
}
