//! Small random surveys whose conditions often contradict each other, as text with one part to a line.

use std::fmt::Write as _;

/// Numbers by chance, the same for one seed (`SplitMix64`).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xD134_2543_DE82_EF95))
    }

    /// Less than `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }

    /// Once in so many times.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// How a question is answered, and the comparisons that fit it; those of a matrix name an item.
const KINDS: [(&str, &[&str]); 9] = [
    ("type: yes_no", &["yes", "no", "{is_not: yes}", "[yes, no]"]),
    ("type: yes_no", &["yes", "no", "{is_not: no}", "yes"]),
    (
        "type: choice, other: true, options: [{id: a, label: {nb: A}}, {id: b, label: {nb: B}}]",
        &["a", "[a, b]", "other", "{is_not: [a, other]}", "[a, b, other]", "b"],
    ),
    (
        "type: scale, scale: degree",
        &["1", "dont_know", "{at_least: 2}", "{at_most: 1}", "{is_not: 2}", "{at_least: 1}", "[1, 2]"],
    ),
    (
        "type: number, min: 0, max: 3",
        &["0", "{at_least: 2}", "{at_most: 1}", "{is_not: [1, 2]}", "[2, 3]", "{at_most: 3}"],
    ),
    (
        "type: choices, max: 2, options: [{id: a, label: {nb: A}}, {id: b, label: {nb: B}}, {id: c, label: {nb: C}}, {id: none, label: {nb: N}, exclusive: true}]",
        &[
            "{includes: a}",
            "{includes: none}",
            "{includes_all: [a, b]}",
            "{includes: c}",
            "{includes_all: [a, none]}",
            "{includes_all: [a, b, c]}",
        ],
    ),
    (
        "type: rank, top: 1, options: [{id: a, label: {nb: A}}, {id: b, label: {nb: B}}]",
        &["{includes: a}", "{includes: b}", "{includes_all: [a, b]}"],
    ),
    (
        "type: matrix, scale: two, items: [{id: x, label: {nb: X}}, {id: y, label: {nb: Y}}]",
        &[".x: 1", ".y: 2", ".x: {at_least: 2}", ".y: {is_not: 2}", ".x: [1, 2]", ".y: {at_most: 2}"],
    ),
    ("type: text", &[]),
];

const ATTRIBUTES: [(&str, &[&str]); 4] = [
    ("age", &["\"-29\"", "30-", "unknown", "{is_not: unknown}", "[\"-29\", 30-, unknown]"]),
    ("senior", &["\"-61\"", "62-", "{is_not: 62-}"]),
    ("employment", &["hourly", "unknown", "{is_not: hourly}", "[hourly, permanent]"]),
    ("boss", &["yes", "no", "{is_not: no}"]),
];

/// What is there to be looked at.
#[derive(Default)]
struct Survey {
    /// Each question's comparisons.
    questions: Vec<&'static [&'static str]>,
    /// How many questions each audience needs to come after.
    audiences: Vec<usize>,
    attributes: usize,
}

/// A survey as text.
pub(super) fn survey(dice: &mut Dice) -> String {
    let mut survey = Survey { attributes: dice.below(3), ..Survey::default() };
    let count = 2 + dice.below(3);
    let kinds: Vec<_> = (0..count).map(|_| KINDS[dice.below(KINDS.len())]).collect();
    survey.questions = kinds.iter().map(|(_, tests)| *tests).collect();
    let mut text = HEAD.to_owned();
    text += "audiences:\n";
    for number in 0..2 + dice.below(3) {
        let after = dice.below(count + 1);
        let condition = survey.condition(dice, after, 2);
        // Sometimes all that are not in the one before, so that wordings can cover everybody.
        let others = number > 0 && dice.once_in(2);
        let condition = if others { format!("{{not: a{}}}", number - 1) } else { condition };
        survey.audiences.push(if others { survey.audiences[number - 1] } else { after });
        let _ = writeln!(text, "  a{number}: {condition}");
    }
    text += "pages:\n";
    let mut first = 0;
    for page in 0..3 {
        let last = if page == 2 { count } else { (first + 1 + dice.below(2)).min(count) };
        if first < last {
            text += &survey.page(dice, page, first, &kinds[first..last]);
        }
        first = last;
    }
    text + &survey.results(dice)
}

impl Survey {
    fn page(&self, dice: &mut Dice, page: usize, first: usize, kinds: &[(&str, &[&str])]) -> String {
        let mut text = format!("  - id: p{page}\n");
        if dice.once_in(3) {
            let _ = writeln!(text, "    for: {}", self.condition(dice, first, 2));
        }
        text += "    questions:\n";
        for (number, (kind, _)) in (first..).zip(kinds) {
            let required = if dice.once_in(5) { "" } else { "required: true, " };
            let audience =
                if dice.once_in(2) { format!("for: {}, ", self.condition(dice, number, 3)) } else { String::new() };
            let words = self.wording(dice, number);
            let _ = writeln!(text, "      - {{id: q{number}, {required}{audience}text: {words}, {kind}}}");
        }
        text
    }

    fn wording(&self, dice: &mut Dice, place: usize) -> String {
        let known: Vec<usize> =
            (0..self.audiences.len()).filter(|audience| self.audiences[*audience] <= place).collect();
        if known.is_empty() || dice.once_in(2) {
            return "{nb: Q}".to_owned();
        }
        let words: Vec<String> = known.iter().map(|audience| format!("a{audience}: {{nb: Q}}")).collect();
        format!("{{{}}}", words[dice.below(words.len())..].join(", "))
    }

    fn results(&self, dice: &mut Dice) -> String {
        let question = dice.below(self.questions.len());
        let compared = !self.questions[question].is_empty();
        let compare = format!("results:\n  compare:\n    - {{question: q{question}, by: [a0, a1]}}\n");
        let breakdown = "breakdowns:\n  - role: [a0, a1]\n".to_owned();
        breakdown + if compared { &compare } else { "" }
    }

    /// A condition that looks at the first `place` questions.
    fn condition(&self, dice: &mut Dice, place: usize, depth: usize) -> String {
        let parts = |dice: &mut Dice| {
            let count = 1 + dice.below(3);
            (0..count).map(|_| self.condition(dice, place, depth - 1)).collect::<Vec<_>>().join(", ")
        };
        match if depth == 0 { 9 } else { dice.below(9) } {
            0 | 1 => format!("{{all: [{}]}}", parts(dice)),
            2 | 3 => format!("{{any: [{}]}}", parts(dice)),
            4 => format!("{{not: {}}}", self.condition(dice, place, depth - 1)),
            _ => self.atom(dice, place),
        }
    }

    fn atom(&self, dice: &mut Dice, place: usize) -> String {
        let audiences: Vec<usize> = (0..self.audiences.len()).filter(|one| self.audiences[*one] <= place).collect();
        if !audiences.is_empty() && dice.once_in(4) {
            return format!("a{}", audiences[dice.below(audiences.len())]);
        }
        if place == 0 || dice.once_in(6) {
            let (name, tests) = ATTRIBUTES[dice.below(ATTRIBUTES.len() - self.attributes)];
            return format!("{{{name}: {}}}", dice.one(tests));
        }
        let question = dice.below(place);
        let tests = self.questions[question];
        if tests.is_empty() || dice.once_in(6) {
            return format!("{{answered: q{question}}}");
        }
        match dice.one(tests) {
            item if item.starts_with('.') => format!("{{q{question}{item}}}"),
            test => format!("{{q{question}: {test}}}"),
        }
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
  senior: {from: birth_year, bands: [62]}
  employment: {from: employment}
  boss: {from: staff_responsibility}
scales:
  degree: {points: [{value: 1, label: {nb: A}}, {value: 2, label: {nb: B}}], dont_know: {nb: V}}
  two: {points: [{value: 1, label: {nb: A}}, {value: 2, label: {nb: B}}]}
"#;
