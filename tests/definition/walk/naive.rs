//! Who is asked what, read off the language's own words: each question asks by itself whether it is shown, without a
//! walk. Slow, and nothing of it shared with `definition::route`.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use medvirk::definition::model::{Answer, Answers, Attributes, Condition, Definition, Kind, Question, Test, Wording};

/// No, unknown, yes: `all` is the least of its parts, `any` the greatest, `not` turns round.
type Truth = i8;

const NO: Truth = -1;
const UNKNOWN: Truth = 0;
const YES: Truth = 1;

pub(super) struct Naive<'a> {
    definition: &'a Definition,
    attributes: &'a Attributes,
    /// Everything that was ever typed, hidden or not.
    typed: &'a Answers,
    known: RefCell<BTreeMap<String, bool>>,
}

impl<'a> Naive<'a> {
    pub(super) fn new(definition: &'a Definition, attributes: &'a Attributes, typed: &'a Answers) -> Self {
        Self { definition, attributes, typed, known: RefCell::default() }
    }

    /// Ids of the questions that are shown.
    pub(super) fn shown(&self) -> Vec<String> {
        let ids = self.definition.questions().map(|(_, question)| question.id.clone());
        ids.filter(|id| self.is_shown(id)).collect()
    }

    /// What a submit may hold.
    pub(super) fn counts(&self) -> Answers {
        let mut counts = Answers::new();
        for (_, question) in self.definition.questions().filter(|(_, question)| self.is_shown(&question.id)) {
            for key in keys(question) {
                counts.extend(self.typed.get(&key).map(|answer| (key.clone(), answer.clone())));
            }
            let words = format!("{}.other", question.id);
            if self.typed.get(&question.id).is_some_and(|answer| values(answer).contains("other")) {
                counts.extend(self.typed.get(&words).map(|answer| (words.clone(), answer.clone())));
            }
        }
        counts
    }

    fn is_shown(&self, id: &str) -> bool {
        if let Some(known) = self.known.borrow().get(id) {
            return *known;
        }
        let (page, question) = self.definition.questions().find(|(_, question)| question.id == id).unwrap();
        let opens = |condition: &Option<Condition>| condition.as_ref().is_none_or(|one| self.truth(one) == YES);
        let worded = match &question.wording {
            Wording::Everybody(_) => true,
            Wording::ByAudience(words) => words.iter().any(|(audience, _)| self.belongs(audience) == YES),
        };
        let shown = opens(&page.audience) && opens(&question.audience) && worded;
        self.known.borrow_mut().insert(id.to_owned(), shown);
        shown
    }

    fn belongs(&self, audience: &str) -> Truth {
        self.truth(&self.definition.audience(audience).unwrap().condition)
    }

    fn truth(&self, condition: &Condition) -> Truth {
        match condition {
            Condition::All(parts) => parts.iter().map(|part| self.truth(part)).min().unwrap_or(YES),
            Condition::Any(parts) => parts.iter().map(|part| self.truth(part)).max().unwrap_or(NO),
            Condition::Not(part) => -self.truth(part),
            Condition::Audience(id) => self.belongs(id),
            Condition::Answered(id) => {
                let (_, question) = self.definition.questions().find(|(_, question)| question.id == *id).unwrap();
                let answered = keys(question).iter().any(|key| self.typed.contains_key(key));
                if answered && self.is_shown(id) { YES } else { NO }
            }
            Condition::Is { subject, test } => self.compare(subject, test),
        }
    }

    fn compare(&self, subject: &str, test: &Test) -> Truth {
        let value = if self.definition.attributes.iter().any(|attribute| attribute.id == subject) {
            BTreeSet::from([self.attributes.get(subject).cloned().unwrap_or("unknown".to_owned())])
        } else {
            let (question, _) = subject.split_once('.').unwrap_or((subject, ""));
            match self.typed.get(subject) {
                Some(answer) if self.is_shown(question) => values(answer),
                _ => return UNKNOWN,
            }
        };
        let number = value.first().and_then(|value| value.parse::<i64>().ok());
        let holds = match test {
            Test::OneOf(wanted) => wanted.iter().any(|one| value.contains(one)),
            Test::NoneOf(unwanted) => !unwanted.iter().any(|one| value.contains(one)),
            Test::AtLeast(least) => number.is_some_and(|number| number >= *least),
            Test::AtMost(most) => number.is_some_and(|number| number <= *most),
            Test::Includes(wanted) => value.contains(wanted),
            Test::IncludesAll(wanted) => wanted.iter().all(|one| value.contains(one)),
        };
        if holds { YES } else { NO }
    }
}

/// Where the answers to a question stand.
pub(super) fn keys(question: &Question) -> Vec<String> {
    match &question.kind {
        Kind::Matrix { items, .. } => items.iter().map(|item| format!("{}.{}", question.id, item.id)).collect(),
        _ => vec![question.id.clone()],
    }
}

fn values(answer: &Answer) -> BTreeSet<String> {
    match answer {
        Answer::Choice(value) | Answer::Text(value) => BTreeSet::from([value.clone()]),
        Answer::Choices(values) | Answer::Rank(values) => values.iter().cloned().collect(),
        Answer::Scale(value) | Answer::Number(value) => BTreeSet::from([value.to_string()]),
        Answer::DontKnow => BTreeSet::from(["dont_know".to_owned()]),
    }
}
