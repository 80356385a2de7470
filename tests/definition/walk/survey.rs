//! Random surveys that the checker accepts, with every type of question and every kind of condition.

use std::fmt::Write as _;
use std::sync::LazyLock;

use medvirk::definition::load;
use medvirk::definition::model::Definition;

/// As many as the properties are tried on.
const SURVEYS: usize = 150;

/// The surveys and their text, the same in every run.
pub(super) fn surveys() -> &'static [(String, Definition)] {
    static SURVEYS_ONCE: LazyLock<Vec<(String, Definition)>> = LazyLock::new(|| {
        let texts = (0..).map(|seed| survey(&mut Dice(seed)));
        texts.filter_map(|text| Some((load(text.as_bytes()).ok()?, text))).map(|(d, t)| (t, d)).take(SURVEYS).collect()
    });
    &SURVEYS_ONCE
}

/// Numbers by chance, the same for one seed (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

/// How a question is answered, and what conditions may say of it after its id.
const KINDS: [(&str, &[&str]); 10] = [
    ("yes_no", &[": yes", ": no", ": {is_not: yes}"]),
    (
        "choice, other: true, options: [{id: a, label: {nb: A}}, {id: b, label: {nb: B}}]",
        &[": a", ": other", ": [b, other]", ": {is_not: [a, other]}"],
    ),
    (
        "choices, max: 2, other: true, options: [{id: a, label: {nb: A}}, {id: b, label: {nb: B}}, {id: none, label: {nb: N}, exclusive: true}]",
        &[": {includes: a}", ": {includes: none}", ": {includes_all: [a, b]}", ": {includes: other}"],
    ),
    (
        "rank, top: 2, options: [{id: a, label: {nb: A}}, {id: b, label: {nb: B}}, {id: c, label: {nb: C}}]",
        &[": {includes: a}", ": {includes_all: [b, c]}"],
    ),
    ("scale, scale: degree", &[": 1", ": dont_know", ": {at_least: 2}", ": {at_most: 1}", ": {is_not: 2}"]),
    (
        "matrix, scale: degree, items: [{id: x, label: {nb: X}}, {id: y, label: {nb: Y}}]",
        &[".x: 1", ".y: dont_know", ".x: {at_least: 2}", ".y: {is_not: 1}"],
    ),
    ("number, min: 0, max: 3", &[": 0", ": {at_least: 2}", ": {at_most: 1}", ": {is_not: [1, 2]}"]),
    ("text", &[]),
    ("long_text", &[]),
    ("notice", &[]),
];

const ATTRIBUTES: [&str; 5] =
    ["age: \"-29\"", "age: [30-, unknown]", "age: unknown", "boss: yes", "boss: {is_not: yes}"];

struct Asked {
    kind: &'static str,
    tests: &'static [&'static str],
    required: bool,
}

struct Survey<'d> {
    dice: &'d mut Dice,
    questions: Vec<Asked>,
    /// Before which question each audience is known.
    audiences: Vec<usize>,
}

fn survey(dice: &mut Dice) -> String {
    let asked = |dice: &mut Dice| {
        let (kind, tests) = *dice.one(&KINDS);
        Asked { kind, tests, required: kind != "notice" && !dice.once_in(4) }
    };
    let questions = (0..4 + dice.below(6)).map(|_| asked(dice)).collect();
    let mut survey = Survey { dice, questions, audiences: Vec::new() };
    let audiences = survey.audiences();
    let pages = survey.pages();
    format!("{HEAD}audiences:\n{audiences}pages:\n{pages}")
}

impl Survey<'_> {
    /// Each stands beside all who are not in it, so that the two can word a question.
    fn audiences(&mut self) -> String {
        let mut text = String::new();
        for number in 0..=self.dice.below(3) {
            let after = self.dice.below(self.questions.len());
            let condition = self.condition(after, 2);
            let _ = writeln!(text, "  a{number}: {condition}\n  rest{number}: {{not: a{number}}}");
            self.audiences.push(after);
        }
        text
    }

    fn pages(&mut self) -> String {
        let (mut text, mut first, count) = (String::new(), 0, self.questions.len());
        while first < count {
            let last = (first + 1 + self.dice.below(3)).min(count);
            let _ = writeln!(text, "  - id: p{first}");
            if first > 0 && self.dice.once_in(3) {
                let _ = writeln!(text, "    for: {}", self.condition(first, 2));
            }
            text += "    questions:\n";
            for number in first..last {
                text += &self.question(number);
            }
            first = last;
        }
        text
    }

    fn question(&mut self, number: usize) -> String {
        let audience =
            if self.dice.once_in(2) { format!("for: {}, ", self.condition(number, 2)) } else { String::new() };
        let Asked { kind, required, .. } = self.questions[number];
        let required = if required { "required: true, " } else { "" };
        let words = self.wording(number);
        format!("      - {{id: q{number}, {required}{audience}text: {words}, type: {kind}}}\n")
    }

    fn wording(&mut self, place: usize) -> String {
        let known: Vec<usize> = (0..self.audiences.len()).filter(|one| self.audiences[*one] <= place).collect();
        if known.is_empty() || !self.dice.once_in(4) {
            return "{nb: Q}".to_owned();
        }
        let audience = *self.dice.one(&known);
        format!("{{a{audience}: {{nb: Q}}, rest{audience}: {{nb: Q}}}}")
    }

    /// A condition that looks at the first `place` questions.
    fn condition(&mut self, place: usize, depth: usize) -> String {
        match if depth == 0 { 9 } else { self.dice.below(8) } {
            0 => format!("{{all: [{}, {}]}}", self.condition(place, depth - 1), self.condition(place, depth - 1)),
            1 | 2 => format!("{{any: [{}, {}]}}", self.condition(place, depth - 1), self.condition(place, depth - 1)),
            3 => format!("{{not: {}}}", self.condition(place, depth - 1)),
            _ => self.atom(place),
        }
    }

    fn atom(&mut self, place: usize) -> String {
        let audiences: Vec<usize> = (0..self.audiences.len()).filter(|one| self.audiences[*one] <= place).collect();
        if !audiences.is_empty() && self.dice.once_in(5) {
            return format!("a{}", self.dice.one(&audiences));
        }
        let looked: Vec<usize> = (0..place).filter(|question| self.questions[*question].kind != "notice").collect();
        if looked.is_empty() || self.dice.once_in(8) {
            return format!("{{{}}}", self.dice.one(&ATTRIBUTES));
        }
        let question = *self.dice.one(&looked);
        let Asked { tests, required, .. } = self.questions[question];
        if tests.is_empty() || !required {
            return format!("{{answered: q{question}}}");
        }
        format!("{{q{question}{}}}", self.dice.one(tests))
    }
}

const HEAD: &str = r#"survey: random
languages: [nb]
title: {nb: T}
intro: {nb: I}
thanks: {nb: T}
sms: {sender: Eksempel, invitation: {nb: "{link}"}}
attributes:
  age: {from: birth_year, bands: [30]}
  boss: {from: staff_responsibility}
scales:
  degree: {points: [{value: 1, label: {nb: A}}, {value: 2, label: {nb: B}}], dont_know: {nb: V}}
"#;
