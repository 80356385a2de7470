//! XLSForm, the spreadsheets of ODK, KoboToolbox and SurveyCTO: sheets `survey`, `choices` and `settings`, as
//! described on xlsform.org and docs.getodk.org.

mod cells;
mod choices;
mod question;
mod sheet;
mod survey;
mod workbook;

use super::Refused;
use super::draft::{Builder, Head};
use super::words;
use crate::definition::model::Language;
use choices::Lists;
use sheet::Sheet;

/// The sheets that are read.
const SHEETS: [&str; 3] = ["survey", "choices", "settings"];

/// Reads the workbook into `builder`.
///
/// # Errors
/// Where it cannot be read, or holds no `survey` sheet.
pub(super) fn read(source: &[u8], builder: &mut Builder) -> Result<Head, Refused> {
    let mut book = workbook::open(source)?;
    book.note_others(builder);
    let mut sheets = SHEETS.map(|name| book.sheet(name, builder)).into_iter();
    let mut next = || sheets.next().unwrap_or(Ok(None));
    let survey = next()?.ok_or(Refused::NoSurvey("the workbook has no sheet `survey`, so it is no XLSForm"))?;
    let (choices, settings) = (next()?.unwrap_or_default(), next()?.unwrap_or_default());
    if !survey.has("type") {
        return Err(Refused::NoSurvey("the sheet `survey` has no column `type`, so it is no XLSForm"));
    }
    let languages = languages(&[&survey, &choices], &settings, builder);
    let lists = Lists::of(&choices, &survey, &languages, builder);
    survey::ask(&survey, &lists, &languages, builder);
    Ok(head(&settings, languages, builder))
}

/// The default language first, the others as the columns stand.
fn languages(sheets: &[&Sheet], settings: &Sheet, builder: &mut Builder) -> Vec<Language> {
    let setting = settings.rows.first().and_then(|row| row.get("default_language"));
    let mut languages: Vec<Language> = setting.and_then(words::language).into_iter().collect();
    for name in sheets.iter().flat_map(|sheet| sheet.languages()) {
        match words::language(name) {
            Some(language) if languages.contains(&language) => {}
            Some(language) => languages.push(language),
            None => builder.notes.say(
                "survey, row 1",
                format!("the language `{name}` is not known, and its texts are left out; write it as `{name} (xx)`"),
            ),
        }
    }
    if languages.is_empty() {
        languages.push(Language::NORWEGIAN);
        let message = "the form names no language, so its texts stand as nb (bokmål)";
        builder.notes.say("settings", message);
    }
    languages
}

fn head(settings: &Sheet, languages: Vec<Language>, builder: &mut Builder) -> Head {
    let row = settings.rows.first();
    let title = row.map(|row| row.text("form_title", &languages, builder)).unwrap_or_default();
    let id = row.and_then(|row| row.get("form_id").or_else(|| row.get("id_string")).or_else(|| row.get("form_title")));
    if let Some(row) = row {
        let known = ["form_title", "form_id", "id_string", "default_language"];
        for column in row.columns().filter(|column| !known.contains(column)) {
            builder.notes.say(&row.origin, format!("the setting `{column}` has no counterpart and is left out"));
        }
    }
    let missing: Vec<_> = languages.iter().filter(|language| !title.0.contains_key(language)).collect();
    if !missing.is_empty() {
        let missing = missing.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        builder.notes.say("settings", format!("the title is missing in {missing}; XLSForm has it in one language"));
    }
    builder
        .notes
        .say("settings", "XLSForm has no first and last screen; `intro` and `thanks` are neutral, write your own");
    Head {
        id: super::ids::survey(id.unwrap_or("survey")),
        intro: words::text(&words::INTRO, &languages),
        thanks: words::text(&words::THANKS, &languages),
        title,
        languages,
    }
}
