//! The tables as a survey: which rows belong together, in which order, and their texts in every language.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::super::Refused;
use super::super::draft::Builder;
use super::super::{plain, words};
use super::dump::{Dump, Row};
use crate::definition::model::{Language, Text};

/// Attributes that change what is asked; they are read, or noted where they stand.
pub(super) const MEANT: [&str; 16] = [
    "hidden",
    "max_answers",
    "min_answers",
    "min_num_value_n",
    "max_num_value_n",
    "num_value_int_only",
    "random_order",
    "exclude_all_others",
    "array_filter",
    "array_filter_exclude",
    "em_validation_q",
    "em_validation_sq",
    "equals_num_value",
    "prefix",
    "suffix",
    "other_replace_text",
];

/// Rows of answers of one question, in all languages together.
const MAX_ANSWERS: usize = 2_000;
/// Rows of questions, in all languages together.
const MAX_QUESTIONS: usize = 10_000;

type Grouped<'d> = HashMap<&'d str, Vec<&'d Row>>;

/// A survey in a dump.
pub(super) struct Survey<'d> {
    pub(super) languages: Vec<Language>,
    dump: &'d Dump,
    /// Its number, as conditions name it.
    sid: &'d str,
    groups: Grouped<'d>,
    questions: Grouped<'d>,
    main: Grouped<'d>,
    children: Grouped<'d>,
    answers: Grouped<'d>,
    answer_texts: Grouped<'d>,
    attributes: Grouped<'d>,
    conditions: Grouped<'d>,
}

/// A group of questions.
pub(super) struct Group<'d> {
    pub(super) id: &'d str,
    pub(super) row: &'d Row,
}

/// An answer of a list, or a subquestion.
pub(super) struct Part<'d> {
    pub(super) code: &'d str,
    pub(super) label: Text,
}

impl<'d> Survey<'d> {
    /// Finds what belongs together.
    ///
    /// # Errors
    /// Where there are no questions.
    pub(super) fn of(dump: &'d Dump, builder: &mut Builder) -> Result<Self, Refused> {
        let asked =
            |tables: &[&'static str]| -> Vec<&'d Row> { tables.iter().flat_map(|table| dump.table(table)).collect() };
        let questions = asked(&["questions", "subquestions"]);
        if questions.is_empty() {
            return Err(Refused::NoSurvey("the file holds no questions"));
        }
        let survey = dump.table("surveys").first();
        let (main, children): (Vec<_>, Vec<_>) = questions.iter().copied().partition(|row| is_main(row));
        if main.len() > MAX_QUESTIONS {
            return Err(Refused::TooLarge("it has more than 10,000 questions"));
        }
        Ok(Self {
            languages: languages(dump, survey, builder),
            sid: survey.map_or("", |row| row.get("sid")),
            groups: grouped(&asked(&["groups", "group_l10ns"]), "gid"),
            questions: grouped(&asked(&["questions", "subquestions", "question_l10ns"]), "qid"),
            main: grouped(&main, "gid"),
            children: grouped(&children, "parent_qid"),
            answers: grouped(&asked(&["answers"]), "qid"),
            answer_texts: grouped(&asked(&["answer_l10ns"]), "aid"),
            attributes: grouped(&asked(&["question_attributes"]), "qid"),
            conditions: grouped(&asked(&["conditions"]), "qid"),
            dump,
        })
    }

    /// Groups in their order, each once.
    pub(super) fn groups(&self) -> Vec<Group<'d>> {
        let rows = once(self.dump.table("groups").iter(), |row| row.get("gid").to_owned());
        let mut groups: Vec<Group<'d>> = rows.into_iter().map(|row| Group { id: row.get("gid"), row }).collect();
        groups.sort_by_key(|group| group.row.order("group_order"));
        groups
    }

    /// Questions of a group in their order, each once.
    pub(super) fn questions(&self, gid: &str) -> Vec<&'d Row> {
        let mut rows = once(of(&self.main, gid).iter().copied(), |row| row.get("qid").to_owned());
        rows.sort_by_key(|row| row.order("question_order"));
        rows
    }

    /// Subquestions on one of the two scales that a question may have (`0`, `1`).
    pub(super) fn subquestions(&self, qid: &str, origin: &str, builder: &mut Builder) -> Vec<Part<'d>> {
        let rows = of(&self.children, qid).iter().copied().filter(|row| matches!(row.get("scale_id"), "" | "0"));
        let mut rows = once(rows, |row| row.get("qid").to_owned());
        rows.sort_by_key(|row| row.order("question_order"));
        let part = |row: &'d Row| Part {
            code: row.get("title"),
            label: self.text(row.get("qid"), "question", origin, builder),
        };
        rows.into_iter().map(part).collect()
    }

    /// The answers of a list.
    pub(super) fn answers(&self, qid: &str, origin: &str, builder: &mut Builder) -> Vec<Part<'d>> {
        let all = of(&self.answers, qid);
        if all.len() > MAX_ANSWERS {
            builder.notes.say(origin, "more answers than anybody reads on a phone; they are left out");
            return Vec::new();
        }
        let first = all.iter().copied().filter(|row| matches!(row.get("scale_id"), "" | "0"));
        let mut rows = once(first, |row| row.get("code").to_owned());
        rows.sort_by_key(|row| row.order("sortorder"));
        let mut parts = Vec::new();
        for row in rows {
            let mut texts: Vec<&Row> =
                all.iter().copied().filter(|other| other.get("code") == row.get("code")).collect();
            texts.extend(of(&self.answer_texts, row.get("aid")));
            parts.push(Part { code: row.get("code"), label: self.words(&texts, "answer", origin, builder) });
        }
        parts
    }

    /// A question's attribute, empty where it has none.
    pub(super) fn attribute(&self, qid: &str, name: &str) -> &'d str {
        let rows = of(&self.attributes, qid);
        rows.iter().find(|row| row.get("attribute") == name).map_or("", |row| row.get("value"))
    }

    /// Old conditions of a question.
    pub(super) fn conditions(&self, qid: &str) -> &[&'d Row] {
        of(&self.conditions, qid)
    }

    /// The type of a question, by its number.
    pub(super) fn type_of(&self, qid: &str) -> &'d str {
        of(&self.questions, qid).iter().map(|row| row.get("type")).find(|kind| !kind.is_empty()).unwrap_or_default()
    }

    /// How conditions name a question: by its code, and by the numbers of survey, group and question.
    pub(super) fn names(&self, row: &Row) -> Vec<String> {
        let numbers = format!("{}X{}X{}", self.sid, row.get("gid"), row.get("qid"));
        vec![row.get("title").to_owned(), numbers]
    }

    /// Settings that change nothing but looks and reports, by name.
    pub(super) fn attributes_of_looks(&self) -> Vec<String> {
        let set = |row: &&Row| !matches!(row.get("value"), "" | "0" | "N" | "default");
        let names = self.dump.table("question_attributes").iter().filter(set).map(|row| row.get("attribute"));
        let names: BTreeSet<&str> = names.filter(|name| !MEANT.contains(name) && !name.is_empty()).collect();
        names.into_iter().take(20).map(super::super::notes::excerpt).collect()
    }

    pub(super) fn text(&self, qid: &str, field: &str, origin: &str, builder: &mut Builder) -> Text {
        self.words(of(&self.questions, qid), field, origin, builder)
    }

    pub(super) fn group_text(&self, gid: &str, field: &str, origin: &str, builder: &mut Builder) -> Text {
        self.words(of(&self.groups, gid), field, origin, builder)
    }

    /// A text of the whole survey.
    pub(super) fn head(&self, field: &str, builder: &mut Builder) -> Text {
        let rows: Vec<&Row> = self.dump.table("surveys_languagesettings").iter().collect();
        self.words(&rows, field, &format!("surveys_languagesettings, {field}"), builder)
    }

    /// Plain words in every language of the survey that the rows have.
    fn words(&self, rows: &[&Row], field: &str, origin: &str, builder: &mut Builder) -> Text {
        let mut found = BTreeMap::new();
        for row in rows {
            let code =
                Some(row.get("language")).filter(|code| !code.is_empty()).unwrap_or(row.get("surveyls_language"));
            let language = if code.is_empty() { self.languages.first().copied() } else { words::language(code) };
            let Some(language) = language.filter(|language| self.languages.contains(language)) else { continue };
            let (words, lost) = plain::words(row.get(field), true);
            lost.messages().for_each(|message| builder.notes.say(origin, message));
            if !words.is_empty() {
                found.entry(language).or_insert(words);
            }
        }
        Text(found)
    }
}

/// A question of its own, not a part of another.
fn is_main(row: &Row) -> bool {
    matches!(row.get("parent_qid"), "" | "0")
}

fn of<'g, 'd>(grouped: &'g Grouped<'d>, key: &str) -> &'g [&'d Row] {
    grouped.get(key).map(Vec::as_slice).unwrap_or_default()
}

fn grouped<'d>(rows: &[&'d Row], key: &str) -> Grouped<'d> {
    let mut grouped = Grouped::new();
    for row in rows.iter().filter(|row| !row.get(key).is_empty()) {
        grouped.entry(row.get(key)).or_default().push(row);
    }
    grouped
}

/// The first row of each key: up to version 3 there is one for each language.
fn once<'d>(rows: impl Iterator<Item = &'d Row>, key: impl Fn(&Row) -> String) -> Vec<&'d Row> {
    let mut seen = HashSet::new();
    rows.filter(|row| seen.insert(key(row))).collect()
}

fn languages(dump: &Dump, survey: Option<&Row>, builder: &mut Builder) -> Vec<Language> {
    let main = survey.map_or("", |row| row.get("language"));
    let others = survey.map_or("", |row| row.get("additional_languages")).split_whitespace();
    let settings = dump.table("surveys_languagesettings").iter().map(|row| row.get("surveyls_language"));
    let mut languages = Vec::new();
    for code in std::iter::once(main).chain(others).chain(settings).filter(|code| !code.is_empty()) {
        match words::language(code) {
            Some(language) if languages.contains(&language) => {}
            Some(language) => languages.push(language),
            None => {
                builder.notes.say("surveys", format!("the language `{code}` is not known, and its texts are left out"));
            }
        }
    }
    if languages.is_empty() {
        languages.push(Language::NORWEGIAN);
        builder.notes.say("surveys", "the survey names no language, so its texts stand as nb (bokmål)");
    }
    languages
}
