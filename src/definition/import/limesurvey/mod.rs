//! LimeSurvey's survey structure (`.lss`): a dump of its tables as XML, as its own export writes it (seen in versions
//! 2 to 6; manual.limesurvey.org describes types, attributes and relevance equations). Up to version 3 every row carries
//! its language; from version 4 on texts stand in tables of their own (`…_l10ns`). Both are read.

mod conditions;
mod dump;
mod question;
mod tables;

use super::Refused;
use super::draft::{Builder, Head};
use super::expression::Dialect;
use super::found::{Found, FoundKind, Relevance};
use super::words;
use crate::definition::model::Text;
use dump::Dump;
use tables::Group;

/// Reads the dump into `builder`.
///
/// # Errors
/// Where it is no XML, not from LimeSurvey, or holds no survey.
pub(super) fn read(source: &[u8], builder: &mut Builder) -> Result<Head, Refused> {
    let text = std::str::from_utf8(source).map_err(|_| Refused::Damaged("it is not UTF-8".to_owned()))?;
    let dump = Dump::of(text)?;
    match dump.kind.as_str() {
        "Survey" => {}
        "" => return Err(Refused::Unknown("; it is some other XML")),
        _ => {
            return Err(Refused::NoSurvey(
                "this LimeSurvey file holds a part only; export the whole survey structure (.lss)",
            ));
        }
    }
    let survey = tables::Survey::of(&dump, builder)?;
    for group in survey.groups() {
        ask(&survey, &group, builder);
    }
    leftovers(&dump, &survey, builder);
    Ok(head(&survey, builder))
}

/// A group is a page; its description is a notice on it.
fn ask(survey: &tables::Survey<'_>, group: &Group<'_>, builder: &mut Builder) {
    let origin = format!("line {}, group", group.row.line);
    let title = survey.group_text(group.id, "group_name", &origin, builder);
    let name = survey.languages.first().and_then(|language| title.0.get(language)).cloned().unwrap_or_default();
    let relevance = Relevance::of(group.row.get("grelevance"), Dialect::LimeSurvey);
    builder.page(&origin, &name, title, relevance.as_slice());
    let description = survey.group_text(group.id, "description", &origin, builder);
    if !description.0.is_empty() {
        builder.ask(Found {
            origin,
            names: vec![format!("about_{}", group.id)],
            text: description,
            help: Text::default(),
            required: false,
            random_order: false,
            relevance: Vec::new(),
            kind: FoundKind::Notice,
        });
    }
    for row in survey.questions(group.id) {
        question::ask(survey, row, builder);
    }
}

/// Tables and settings without a counterpart.
fn leftovers(dump: &Dump, survey: &tables::Survey<'_>, builder: &mut Builder) {
    const READ: [&str; 12] = [
        "surveys",
        "surveys_languagesettings",
        "groups",
        "group_l10ns",
        "questions",
        "question_l10ns",
        "subquestions",
        "answers",
        "answer_l10ns",
        "question_attributes",
        "conditions",
        "languages",
    ];
    for (name, rows) in dump.tables.iter().filter(|(name, rows)| !READ.contains(&name.as_str()) && !rows.is_empty()) {
        let line = rows.first().map_or(1, |row| row.line);
        let message = format!("the table `{name}` has no counterpart and is left out ({} rows)", rows.len());
        builder.notes.say(&format!("line {line}"), message);
    }
    let looks = survey.attributes_of_looks().join(", ");
    if !looks.is_empty() {
        builder.notes.say("question_attributes", format!("settings of looks and reports are left out: {looks}"));
    }
    let message =
        "dates, participants, mails and the theme of the survey are left out; a `window` says when it is open";
    builder.notes.say("surveys", message);
}

fn head(survey: &tables::Survey<'_>, builder: &mut Builder) -> Head {
    let languages = survey.languages.clone();
    let title = survey.head("surveyls_title", builder);
    let mut intro = survey.head("surveyls_description", builder);
    for (language, welcome) in survey.head("surveyls_welcometext", builder).0 {
        intro.0.entry(language).and_modify(|text| *text = format!("{text}\n{welcome}")).or_insert(welcome);
    }
    let mut thanks = survey.head("surveyls_endtext", builder);
    for (text, words, key) in [(&mut intro, &words::INTRO, "intro"), (&mut thanks, &words::THANKS, "thanks")] {
        if text.0.is_empty() {
            *text = words::text(words, &languages);
            let message = format!("there is no such text, so `{key}` is neutral; write your own");
            builder.notes.say("surveys_languagesettings", message);
        }
    }
    let name = languages.first().and_then(|language| title.0.get(language)).map_or("survey", String::as_str);
    Head { id: super::ids::survey(name), languages, title, intro, thanks }
}
