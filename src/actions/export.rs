//! What leaves as a file for a spreadsheet: delivery without answers, and what is published.

use std::collections::HashMap;

use anyhow::Context as _;

use crate::anonymity::publication::{Base, Category, Group, Publication, Question, Table};
use crate::anonymity::text_publication::{TextPublication, TextQuestion};
use crate::people::register;
use crate::report::table::harmless;
use crate::store::messages::Problem;

/// Invitations that did not arrive, as CSV in UTF-8 with a heading: numbers to mend.
///
/// # Errors
/// Memory is full.
pub fn problems_csv(problems: &[Problem]) -> anyhow::Result<String> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["employee_id", "name", "area", "phone", "state", "reason"])?;
    for problem in problems {
        let text = |text: &Option<String>| harmless(text.as_deref().unwrap_or_default());
        csv.write_record([
            text(&problem.employee_number),
            text(&problem.name),
            text(&problem.area),
            problem.phone.as_str().to_owned(),
            problem.state.clone(),
            text(&problem.reason),
        ])?;
    }
    String::from_utf8(csv.into_inner().context("the rows are complete")?).context("text stays text")
}

/// What is wrong with the rows of a register file, as CSV in UTF-8 with a heading. Holds no phone number.
///
/// # Errors
/// Memory is full.
pub fn import_problems_csv(problems: &[register::Problem]) -> anyhow::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["line", "column", "problem"])?;
    for problem in problems {
        let column = problem.column.map(|column| column.to_string()).unwrap_or_default();
        csv.write_record([problem.line.to_string(), column, harmless(&problem.wrong.to_string())])?;
    }
    csv.into_inner().context("the rows are complete")
}

/// A publication as CSV in UTF-8 with a heading: one line for each question, group and option; the three kinds of missing
/// (`not_asked`, `open`, `dont_know`) have lines of their own. Hidden groups have a line that says so.
///
/// # Errors
/// Memory is full.
pub fn publication_csv(publication: &Publication) -> anyhow::Result<Vec<u8>> {
    let questions: HashMap<&str, &Question> = publication.questions.iter().map(|q| (q.id.as_str(), q)).collect();
    let groups: HashMap<&str, &Group> = publication.groups.iter().map(|group| (group.id.as_str(), group)).collect();
    let language = publication.languages.first().map_or("", String::as_str);
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record([
        "question",
        "audience",
        "area",
        "service",
        "unit",
        "breakdown",
        "value",
        "kind",
        "option",
        "label",
        "count",
        "percent",
        "base",
        "mean",
        "favourable_percent",
    ])?;
    for table in &publication.tables {
        let (Some(question), Some(group)) = (questions.get(table.question.as_str()), groups.get(table.group.as_str()))
        else {
            continue;
        };
        let level = |level: usize| harmless(group.unit.get(level).map_or("", String::as_str));
        let whom = [
            question.id.clone(),
            group.audience.clone(),
            level(0),
            level(1),
            level(2),
            group.breakdown.clone().unwrap_or_default(),
            harmless(group.value.as_deref().unwrap_or_default()),
        ];
        let figures = [
            table.base.as_ref().map(Base::to_string).unwrap_or_default(),
            table.mean.map(|mean| format!("{mean:.1}")).unwrap_or_default(),
            table.favourable.map(|percent| percent.to_string()).unwrap_or_default(),
        ];
        for line in lines(question, table, language) {
            csv.write_record(whom.iter().chain(&line).chain(&figures))?;
        }
    }
    csv.into_inner().context("the rows are complete")
}

/// What was published of free text as CSV in UTF-8 with a heading: for each question and area how many texts there are, how
/// many are about each theme, and the texts themselves. A hidden figure has a line that says so.
///
/// # Errors
/// Memory is full.
pub fn texts_csv(publication: &TextPublication, language: &str) -> anyhow::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["question", "area", "kind", "theme", "count", "text"])?;
    for question in &publication.questions {
        for group in &publication.groups {
            let whom = [question.id.clone(), harmless(&group.name)];
            for line in text_lines(question, &group.id, language) {
                csv.write_record(whom.iter().chain(&line))?;
            }
        }
    }
    csv.into_inner().context("the rows are complete")
}

/// Kind, theme, count, text.
fn text_lines(question: &TextQuestion, group: &str, language: &str) -> Vec<[String; 4]> {
    let line =
        |kind: &str, theme: &str, count: String, text: &str| [kind.to_owned(), harmless(theme), count, harmless(text)];
    let count = |kind: &str, theme: &str, count: Option<String>| match count {
        Some(count) => line(kind, theme, count, ""),
        None => line("hidden", theme, String::new(), ""),
    };
    let base = question.base.get(group).and_then(Option::as_ref).map(Base::to_string);
    let mut lines = vec![count("texts", "", base)];
    for theme in &question.themes {
        let label = theme.label.get(language).or_else(|| theme.label.values().next()).map_or("", String::as_str);
        lines.push(count("theme", label, theme.counts.get(group).copied().flatten().map(|count| count.to_string())));
    }
    let words = question.words.get(group).and_then(Option::as_ref);
    lines.extend(words.into_iter().flatten().map(|text| line("text", "", String::new(), text)));
    lines
}

/// Kind, option, label, count, percent.
fn lines(question: &Question, table: &Table, language: &str) -> Vec<[String; 5]> {
    let Some(counts) = &table.counts else {
        return vec![["hidden".to_owned(), String::new(), String::new(), String::new(), String::new()]];
    };
    let line = |(option, count): (&Category, &u32)| {
        let missing = ["open", "dont_know"].contains(&option.id.as_str());
        let kind = if missing { option.id.clone() } else { "answer".to_owned() };
        let of = table.of.filter(|of| *of > 0 && option.id != "open");
        let percent = of.map(|of| ((200 * count + of) / (2 * of)).to_string()).unwrap_or_default();
        let label = option.label.get(language).map_or("", String::as_str);
        [kind, harmless(&option.id), harmless(label), count.to_string(), percent]
    };
    let not_asked = table.not_asked.as_ref().map(Base::to_string).unwrap_or_default();
    let none = ["not_asked".to_owned(), String::new(), String::new(), not_asked, String::new()];
    question.options.iter().zip(counts).map(line).chain([none]).collect()
}
