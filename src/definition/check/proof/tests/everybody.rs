//! All respondents of a small survey, each walked by `route`.

use std::collections::BTreeSet;

use super::Verdicts;
use crate::definition::attributes::{Facts, attributes_of};
use crate::definition::model::{
    Answer, Answers, Attributes, Breakdown, Condition, Definition, Kind, Question, Test, Wording,
};
use crate::definition::route::{Truth, applicable, decide};

/// What one respondent is and what is stored of them.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Respondent {
    attributes: Attributes,
    answers: Vec<(String, String)>,
}

struct Everybody<'d> {
    definition: &'d Definition,
    text: &'d str,
    all: Vec<(Attributes, Answers)>,
    found: Verdicts,
}

/// What the proofs have to find, and of how many respondents.
pub(super) fn verdicts(definition: &Definition, text: &str) -> (Verdicts, usize) {
    let mut everybody = Everybody { definition, text, all: respondents(definition, text), found: Vec::new() };
    everybody.walk();
    everybody.found.sort_unstable();
    (everybody.found, everybody.all.len())
}

fn respondents(definition: &Definition, text: &str) -> Vec<(Attributes, Answers)> {
    let mut all: Vec<Answers> = vec![Answers::new()];
    for (_, question) in definition.questions() {
        let mut given: Vec<Option<Answer>> = possible(question).into_iter().map(Some).collect();
        given.extend((!question.required).then_some(None));
        for key in keys(question) {
            let longer = all.iter().flat_map(|before| {
                given.iter().map(|answer| {
                    let mut answers = before.clone();
                    answers.extend(answer.clone().map(|answer| (key.clone(), answer)));
                    answers
                })
            });
            all = longer.collect();
        }
    }
    let mut seen = BTreeSet::new();
    let mut different = Vec::new();
    for attributes in registers(definition, text) {
        for answers in &all {
            let kept = applicable(definition, &attributes, answers);
            let answers = kept.iter().map(|(key, answer)| (key.clone(), format!("{answer:?}"))).collect();
            if seen.insert(Respondent { attributes: attributes.clone(), answers }) {
                different.push((attributes.clone(), kept));
            }
        }
    }
    different
}

/// What a question is answered under; each item of a matrix by itself.
fn keys(question: &Question) -> Vec<String> {
    match &question.kind {
        Kind::Matrix { items, .. } => items.iter().map(|item| format!("{}.{}", question.id, item.id)).collect(),
        _ => vec![question.id.clone()],
    }
}

/// Every answer that the form takes, of a matrix to each item.
fn possible(question: &Question) -> Vec<Answer> {
    let words = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
    match &question.kind {
        Kind::YesNo => words("yes no").into_iter().map(Answer::Choice).collect(),
        Kind::Choice { .. } => words("a b other").into_iter().map(Answer::Choice).collect(),
        Kind::Choices { .. } => ["a", "b", "c", "none", "a b", "a c", "b c"].map(|w| Answer::Choices(words(w))).into(),
        Kind::Rank { .. } => ["a", "b"].map(|chosen| Answer::Rank(words(chosen))).into(),
        Kind::Scale(_) => vec![Answer::Scale(1), Answer::Scale(2), Answer::DontKnow],
        Kind::Matrix { .. } => vec![Answer::Scale(1), Answer::Scale(2)],
        Kind::Number { .. } => (0..=3).map(Answer::Number).collect(),
        _ => vec![Answer::Text("words".into())],
    }
}

/// Every row of a register that differs in what the survey looks at.
fn registers(definition: &Definition, text: &str) -> BTreeSet<Attributes> {
    let looked = |name: &str| text.contains(&format!("{{{name}: "));
    let ages = [None, Some(1975), Some(1965), Some(1930)];
    let ages = if looked("age") || looked("senior") { &ages[..] } else { &ages[..1] };
    let words = [None, Some("hourly"), Some("permanent"), Some("temporary")];
    let words = if looked("employment") { &words[..] } else { &words[..1] };
    let mut rows = BTreeSet::new();
    for birth_year in ages {
        for employment in words {
            for staff_responsibility in [true, false] {
                let facts = Facts {
                    birth_year: *birth_year,
                    employment: *employment,
                    staff_responsibility,
                    ..Facts::default()
                };
                rows.insert(attributes_of(definition, &facts, jiff::civil::date(2000, 1, 1)));
            }
        }
    }
    rows
}

impl Everybody<'_> {
    /// The line in which `begin` stands.
    fn line(&self, begin: &str) -> usize {
        1 + self.text.lines().position(|line| line.starts_with(begin)).unwrap()
    }

    fn passing(&self, condition: &Condition, of: &[usize]) -> Vec<usize> {
        let holds = |one: &&usize| {
            let (attributes, answers) = &self.all[**one];
            decide(self.definition, condition, attributes, answers) == Truth::True
        };
        of.iter().filter(holds).copied().collect()
    }

    fn belonging(&self, audience: &str, of: &[usize]) -> Vec<usize> {
        self.passing(&Condition::Audience(audience.to_owned()), of)
    }

    /// Says what is idle in a condition; gives those who pass.
    fn condition(&mut self, condition: &Condition, of: &[usize], dead: &'static str, line: usize) -> Vec<usize> {
        let passing = self.passing(condition, of);
        if passing.is_empty() {
            self.found.push((dead, line));
        } else if passing.len() == of.len() {
            self.found.push(("W315", line));
        } else {
            self.inside(condition, of, line);
        }
        passing
    }

    fn inside(&mut self, condition: &Condition, of: &[usize], line: usize) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.condition(part, of, "W314", line);
                }
            }
            Condition::Not(part) => drop(self.condition(part, of, "W314", line)),
            Condition::Is { subject, test: Test::OneOf(values) } if values.len() > 1 => {
                for value in values {
                    let test = Test::OneOf(vec![value.clone()]);
                    if self.passing(&Condition::Is { subject: subject.clone(), test }, of).is_empty() {
                        self.found.push(("W314", line));
                    }
                }
            }
            _ => {}
        }
    }

    fn walk(&mut self) {
        let everybody: Vec<usize> = (0..self.all.len()).collect();
        let definition = self.definition;
        for audience in &definition.audiences {
            let line = self.line(&format!("  {}: ", audience.id));
            self.condition(&audience.condition, &everybody, "E311", line);
        }
        for page in &definition.pages {
            let line = 1 + self.line(&format!("  - id: {}", page.id));
            let reached = match &page.audience {
                Some(condition) => self.condition(condition, &everybody, "E312", line),
                None => everybody.clone(),
            };
            for question in page.questions.iter().filter(|_| !reached.is_empty()) {
                self.question(question, &reached);
            }
        }
        for breakdown in &definition.breakdowns {
            let Breakdown::Audiences { id, audiences } = breakdown else { continue };
            let line = self.line(&format!("  - {id}: "));
            self.shared(audiences, &everybody, "E323", line);
        }
        for comparison in &definition.results.compare {
            let line = self.line("    - {question: ");
            let asked = self.asked(&comparison.question);
            for audience in &comparison.by {
                if self.belonging(audience, &asked).is_empty() {
                    self.found.push(("E702", line));
                }
            }
        }
    }

    fn question(&mut self, question: &Question, reached: &[usize]) {
        let line = self.line(&format!("      - {{id: {}, ", question.id));
        let asked = match &question.audience {
            Some(condition) => self.condition(condition, reached, "E313", line),
            None => reached.to_vec(),
        };
        if let (Wording::ByAudience(wordings), false) = (&question.wording, asked.is_empty()) {
            let audiences: Vec<String> = wordings.iter().map(|(audience, _)| audience.clone()).collect();
            let worded = self.shared(&audiences, &asked, "E321", line);
            let dead = audiences.iter().filter(|audience| self.belonging(audience, &asked).is_empty()).count();
            self.found.extend(std::iter::repeat_n(("W314", line), dead));
            if worded.len() < asked.len() {
                self.found.push(("E322", line));
            }
        }
    }

    /// Says of each audience whether it shares somebody with those before it; gives all who belong to one.
    fn shared(&mut self, audiences: &[String], of: &[usize], rule: &'static str, line: usize) -> BTreeSet<usize> {
        let mut before = BTreeSet::new();
        for audience in audiences {
            let mine: BTreeSet<usize> = self.belonging(audience, of).into_iter().collect();
            if !before.is_disjoint(&mine) {
                self.found.push((rule, line));
            }
            before.extend(mine);
        }
        before
    }

    /// Those whom the form shows a question, as `route` says.
    fn asked(&self, question: &str) -> Vec<usize> {
        let shown = |(attributes, answers): &(Attributes, Answers)| {
            let route = crate::definition::route::route(self.definition, attributes, answers);
            route.pages.iter().any(|step| step.questions.iter().any(|(one, _)| one.id == question))
        };
        (0..self.all.len()).filter(|one| shown(&self.all[*one])).collect()
    }
}
