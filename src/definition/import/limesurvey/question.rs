//! One question with its type of one letter, its parts and its attributes.

use super::super::condition::whole;
use super::super::draft::Builder;
use super::super::expression::Dialect;
use super::super::found::{Found, FoundItem, FoundKind, FoundOption, FoundPoint, FoundScale, IN_ORDER, Relevance};
use super::super::notes::excerpt;
use super::super::words;
use super::conditions;
use super::dump::Row;
use super::tables::{Part, Survey};
use crate::definition::model::Language;

/// Asks one question, or says why not.
pub(super) fn ask(survey: &Survey<'_>, row: &Row, builder: &mut Builder) {
    let origin = format!("line {}, question {}", row.line, excerpt(row.get("title")));
    let mut one = One { survey, row, qid: row.get("qid"), origin, builder };
    if one.attribute("hidden") == "1" {
        return one.say("it is hidden from respondents and left out");
    }
    one.note_attributes();
    match row.get("type") {
        "K" => one.each(&FoundKind::Number { min: one.number("min_num_value_n"), max: one.number("max_num_value_n") }),
        "Q" => one.each(&FoundKind::Text),
        _ => {
            if let Some(kind) = one.kind() {
                one.ask(kind);
            }
        }
    }
}

struct One<'q, 'd> {
    survey: &'q Survey<'d>,
    row: &'q Row,
    qid: &'q str,
    origin: String,
    builder: &'q mut Builder,
}

impl<'d> One<'_, 'd> {
    fn say(&mut self, message: impl Into<String>) {
        self.builder.notes.say(&self.origin, message);
    }

    fn attribute(&self, name: &str) -> &'d str {
        self.survey.attribute(self.qid, name)
    }

    fn number(&self, name: &str) -> Option<i64> {
        whole(self.attribute(name)).map(|(number, _)| number)
    }

    fn languages(&self) -> &[Language] {
        &self.survey.languages
    }

    fn subquestions(&mut self) -> Vec<Part<'d>> {
        self.survey.subquestions(self.qid, &self.origin, self.builder)
    }

    fn answers(&mut self) -> Vec<Part<'d>> {
        self.survey.answers(self.qid, &self.origin, self.builder)
    }

    fn found(&mut self, kind: FoundKind) -> Found {
        let relevance = Relevance::of(self.row.get("relevance"), Dialect::LimeSurvey)
            .or_else(|| conditions::of(self.survey, self.qid));
        if self.row.get("mandatory") == "S" {
            self.say("softly mandatory; it is optional here");
        }
        Found {
            origin: self.origin.clone(),
            names: self.survey.names(self.row),
            text: self.survey.text(self.qid, "question", &self.origin, self.builder),
            help: self.survey.text(self.qid, "help", &self.origin, self.builder),
            required: self.row.get("mandatory") == "Y",
            random_order: self.attribute("random_order") == "1" && may_be_random(&kind),
            relevance: relevance.into_iter().collect(),
            kind,
        }
    }

    fn ask(&mut self, kind: FoundKind) {
        let found = self.found(kind);
        self.builder.ask(found);
    }

    /// Every subquestion as a question of its own.
    fn each(&mut self, kind: &FoundKind) {
        self.say("each of its fields became a question of its own");
        for part in self.subquestions() {
            let kind = match kind {
                FoundKind::Number { min, max } => FoundKind::Number { min: *min, max: *max },
                _ => FoundKind::Text,
            };
            let mut found = self.found(kind);
            found.names = self.part_names(part.code);
            for (language, text) in &mut found.text.0 {
                if let Some(label) = part.label.0.get(language) {
                    *text = format!("{text} – {label}");
                }
            }
            self.builder.ask(found);
        }
    }

    /// How conditions name a part: `Q1_SQ001`, `123X4X5SQ001`.
    fn part_names(&self, code: &str) -> Vec<String> {
        let names = self.survey.names(self.row);
        names.iter().zip(["_", ""]).map(|(name, between)| format!("{name}{between}{code}")).collect()
    }

    /// A kind that asks one thing; nothing, and a note, where there is no counterpart.
    fn kind(&mut self) -> Option<FoundKind> {
        let other = (self.row.get("other") == "Y").then(|| "-oth-".to_owned());
        Some(match self.row.get("type") {
            "Y" => FoundKind::YesNo,
            "L" | "!" => FoundKind::Choice { options: options(self.answers()), other },
            "O" => {
                self.say("its field for a comment is left out; add a `long_text` after it if you need one");
                FoundKind::Choice { options: options(self.answers()), other }
            }
            "M" | "P" => FoundKind::Choices { options: self.chosen(), other, max: self.at_most() },
            "R" => {
                let answers = self.answers();
                let parts = if answers.is_empty() { self.subquestions() } else { answers };
                FoundKind::Rank { options: options(parts), top: self.at_most() }
            }
            "G" => FoundKind::Choice { options: self.gender(), other: None },
            "5" => FoundKind::Scale(self.counted(5)),
            "A" => FoundKind::Matrix(self.counted(5), self.items()),
            "B" => FoundKind::Matrix(self.counted(10), self.items()),
            "C" => {
                let words = [("N", &words::NO), ("U", &words::UNCERTAIN), ("Y", &words::YES)];
                FoundKind::Matrix(self.worded("yes_no_uncertain", words), self.items())
            }
            "E" => {
                let words = [("D", &words::DECREASE), ("S", &words::SAME), ("I", &words::INCREASE)];
                FoundKind::Matrix(self.worded("change", words), self.items())
            }
            "F" | "H" => FoundKind::Matrix(self.own_scale(), self.items()),
            "N" => {
                if self.attribute("num_value_int_only") != "1" {
                    self.say("numbers are whole here, without decimals");
                }
                FoundKind::Number { min: self.number("min_num_value_n"), max: self.number("max_num_value_n") }
            }
            "S" => FoundKind::Text,
            "T" | "U" => FoundKind::LongText,
            "X" => FoundKind::Notice,
            other => {
                self.say(format!("left out: {}", without(other)));
                return None;
            }
        })
    }

    fn at_most(&self) -> Option<u32> {
        self.attribute("max_answers").parse().ok()
    }

    /// Options that are subquestions, each of which says `Y` where it is chosen.
    fn chosen(&mut self) -> Vec<FoundOption> {
        if self.row.get("type") == "P" {
            self.say("the comments beside its options are left out");
        }
        let exclusive: Vec<&str> = self.attribute("exclude_all_others").split(';').map(str::trim).collect();
        let parts = self.subquestions();
        let option = |part: Part<'_>| FoundOption {
            names: self.part_names(part.code),
            exclusive: exclusive.contains(&part.code),
            code: part.code.to_owned(),
            label: part.label,
        };
        parts.into_iter().map(option).collect()
    }

    fn items(&mut self) -> Vec<FoundItem> {
        let parts = self.subquestions();
        let item = |part: Part<'_>| FoundItem {
            names: self.part_names(part.code),
            code: part.code.to_owned(),
            label: part.label,
        };
        parts.into_iter().map(item).collect()
    }

    fn gender(&mut self) -> Vec<FoundOption> {
        self.say("its two options got words of ours; add one for those whom neither fits");
        let option = |code: &str, words| FoundOption {
            code: code.to_owned(),
            names: Vec::new(),
            label: words::text(words, self.languages()),
            exclusive: false,
        };
        vec![option("F", &words::FEMALE), option("M", &words::MALE)]
    }

    /// From 1 to `last`, without words.
    fn counted(&mut self, last: i64) -> FoundScale {
        self.say(format!("its points are bare numbers from 1 to {last}; write words for them"));
        let point = |value: i64| {
            let code = value.to_string();
            FoundPoint { label: words::same(&code, self.languages()), value, code }
        };
        FoundScale { name: format!("points_{last}"), points: (1..=last).map(point).collect(), dont_know: None }
    }

    fn worded(&mut self, name: &str, points: [(&str, &words::Words); 3]) -> FoundScale {
        self.say("its points got words of ours; read them");
        let point = |(value, (code, words)): (i64, (&str, &words::Words))| FoundPoint {
            code: code.to_owned(),
            value,
            label: words::text(words, self.languages()),
        };
        FoundScale { name: name.to_owned(), points: (1..).zip(points).map(point).collect(), dont_know: None }
    }

    /// The answers of an array, numbered in their order unless their codes are ascending numbers.
    fn own_scale(&mut self) -> FoundScale {
        let mut answers = self.answers();
        let codes =
            |answers: &[Part<'_>]| answers.iter().map(|part| part.code.parse().ok()).collect::<Option<Vec<i64>>>();
        if codes(&answers).is_some_and(|codes| codes.windows(2).all(|pair| pair[0] > pair[1])) {
            self.say("its points go from high to low; they stand from low to high here");
            answers.reverse();
        }
        let codes = codes(&answers).filter(|codes| codes.windows(2).all(|pair| pair[0] < pair[1]));
        let values: Vec<i64> = codes.unwrap_or_else(|| {
            self.say(IN_ORDER);
            (1..).take(answers.len()).collect()
        });
        let point =
            |(value, part): (i64, Part<'_>)| FoundPoint { code: part.code.to_owned(), value, label: part.label };
        let points = values.into_iter().zip(answers).map(point).collect();
        FoundScale { name: format!("{} points", self.row.get("title")), points, dont_know: None }
    }

    /// Notes what else changes the question.
    fn note_attributes(&mut self) {
        if !self.row.get("preg").is_empty() {
            self.say("its validation by a regular expression is left out");
        }
        let without = [
            ("array_filter", "all its parts are shown, whatever was answered before"),
            ("array_filter_exclude", "all its parts are shown, whatever was answered before"),
            ("min_answers", "there is no smallest number of options"),
            ("em_validation_q", "its validation is left out"),
            ("em_validation_sq", "its validation is left out"),
            ("equals_num_value", "its numbers need not add up to anything"),
            ("prefix", "the words before its field are left out"),
            ("suffix", "the words after its field are left out; write them as `unit`"),
            ("other_replace_text", "the option for other answers has the product's own words"),
        ];
        for (name, message) in without {
            if !matches!(self.attribute(name), "" | "0") {
                self.say(format!("{message} (`{name}`)"));
            }
        }
    }
}

fn may_be_random(kind: &FoundKind) -> bool {
    use FoundKind::{Choice, Choices, Matrix, Rank};
    matches!(kind, Choice { .. } | Choices { .. } | Rank { .. } | Matrix(..))
}

fn options(parts: Vec<Part<'_>>) -> Vec<FoundOption> {
    let option = |part: Part<'_>| FoundOption {
        code: part.code.to_owned(),
        names: Vec::new(),
        label: part.label,
        exclusive: false,
    };
    parts.into_iter().map(option).collect()
}

/// Why a type has no counterpart, with its name in LimeSurvey's manual.
fn without(kind: &str) -> String {
    match kind {
        "D" => "there are no dates; ask for a number or offer periods to choose (date/time)",
        "1" => "a matrix has one scale; write two of them (array dual scale)",
        ":" => "a matrix holds points of a scale, no numbers (array numbers)",
        ";" => "a matrix holds points of a scale, no texts (array texts)",
        "I" => "respondents choose their language themselves (language switch)",
        "|" => "there are no files (file upload)",
        "*" => "nothing is computed here: results do that (equation)",
        other => return format!("the type `{}` is not known", excerpt(other)),
    }
    .to_owned()
}
