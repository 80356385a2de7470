//! Every way through a survey, one respondent for each combination of answers that conditions can tell apart.
//!
//! Conditions look at closed questions and attributes alone, and two values that every condition treats alike lead the
//! same way. So each subject has a few classes of values, and walking the questions in order, branching where one is
//! visible, visits every way exactly once.

use std::ops::ControlFlow;

use crate::definition::attributes::{UNKNOWN, band_names};
use crate::definition::model::{
    Answer, Answers, Attribute, Attributes, Choice, Condition, Definition, Kind, Page, Question, RegisterField, Test,
    Wording,
};
use crate::definition::route::{Truth, decide, route};

/// More mentioned options than this in one question of several choices are not told apart one by one.
const MENTIONED: usize = 12;

/// What conditions look at, with one value for each class that they tell apart.
pub(super) struct Ways<'d> {
    definition: &'d Definition,
    subjects: Vec<Subject>,
}

enum Subject {
    Attribute {
        id: String,
        values: Vec<String>,
    },
    /// `values` has `None` where the question may be left open.
    Question {
        key: String,
        question: String,
        values: Vec<Option<Answer>>,
    },
}

impl<'d> Ways<'d> {
    /// All that any condition of the survey looks at. `None` where even the classes of one question are too many.
    pub(super) fn all(definition: &'d Definition) -> Option<Self> {
        let pages = definition.pages.iter().filter_map(|page| page.audience.as_ref());
        let questions = definition.questions().filter_map(|(_, question)| question.audience.as_ref());
        let audiences = definition.audiences.iter().map(|audience| &audience.condition);
        Self::through(definition, &pages.chain(questions).chain(audiences).collect::<Vec<_>>())
    }

    /// What `condition` looks at, and what decides whether that is asked.
    pub(super) fn of(definition: &'d Definition, condition: &Condition) -> Option<Self> {
        let mut conditions: Vec<&Condition> = vec![condition];
        let mut next = 0;
        while let Some(condition) = conditions.get(next).copied() {
            for atom in atoms(definition, condition) {
                let asked = definition.questions().filter(|(_, question)| Some(question.id.as_str()) == asked_by(atom));
                let needed = asked.flat_map(|(page, question)| behind(definition, page, question));
                for condition in needed.collect::<Vec<_>>() {
                    if !conditions.contains(&condition) {
                        conditions.push(condition);
                    }
                }
            }
            next += 1;
        }
        Self::through(definition, &conditions)
    }

    fn through(definition: &'d Definition, conditions: &[&Condition]) -> Option<Self> {
        let mut found: Vec<&Condition> = Vec::new();
        for atom in conditions.iter().flat_map(|condition| atoms(definition, condition)) {
            if !found.contains(&atom) {
                found.push(atom);
            }
        }
        let mut subjects: Vec<Subject> =
            definition.attributes.iter().filter_map(|attribute| from_register(definition, attribute, &found)).collect();
        for (_, question) in definition.questions() {
            subjects.extend(asked(definition, question, &found)?);
        }
        Some(Self { definition, subjects })
    }

    /// Visits every way until `visit` breaks off.
    pub(super) fn walk<B>(&self, mut visit: impl FnMut(&Attributes, &Answers) -> ControlFlow<B>) -> ControlFlow<B> {
        self.branch(&self.subjects, &mut Attributes::new(), &mut Answers::new(), &mut visit)
    }

    fn branch<B>(
        &self,
        subjects: &[Subject],
        attributes: &mut Attributes,
        answers: &mut Answers,
        visit: &mut impl FnMut(&Attributes, &Answers) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let Some((subject, rest)) = subjects.split_first() else { return visit(attributes, answers) };
        match subject {
            Subject::Attribute { id, values } => {
                for value in values {
                    attributes.insert(id.clone(), value.clone());
                    self.branch(rest, attributes, answers, visit)?;
                }
                attributes.remove(id);
            }
            Subject::Question { question, .. } if !is_visible(self.definition, attributes, answers, question) => {
                self.branch(rest, attributes, answers, visit)?;
            }
            Subject::Question { key, values, .. } => {
                for value in values {
                    match value {
                        Some(answer) => drop(answers.insert(key.clone(), answer.clone())),
                        None => drop(answers.remove(key)),
                    }
                    self.branch(rest, attributes, answers, visit)?;
                }
                answers.remove(key);
            }
        }
        ControlFlow::Continue(())
    }
}

/// Conditions look back only, so what stands later cannot change it.
fn is_visible(definition: &Definition, attributes: &Attributes, answers: &Answers, question: &str) -> bool {
    let route = route(definition, attributes, answers);
    route.pages.iter().any(|step| step.questions.iter().any(|(visible, _)| visible.id == question))
}

/// What decides whether a question is seen.
fn behind<'d>(
    definition: &'d Definition,
    page: &'d Page,
    question: &'d Question,
) -> impl Iterator<Item = &'d Condition> {
    let worded: Vec<&Condition> = match &question.wording {
        Wording::Everybody(_) => Vec::new(),
        Wording::ByAudience(texts) => {
            texts.iter().filter_map(|(id, _)| Some(&definition.audience(id)?.condition)).collect()
        }
    };
    page.audience.iter().chain(&question.audience).chain(worded)
}

/// The comparisons in a condition, through audiences as well.
fn atoms<'c>(definition: &'c Definition, condition: &'c Condition) -> Vec<&'c Condition> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().flat_map(|part| atoms(definition, part)).collect()
        }
        Condition::Not(part) => atoms(definition, part),
        Condition::Audience(id) => {
            definition.audience(id).map(|audience| atoms(definition, &audience.condition)).unwrap_or_default()
        }
        Condition::Answered(_) | Condition::Is { .. } => vec![condition],
    }
}

fn subject_of(atom: &Condition) -> Option<&str> {
    match atom {
        Condition::Answered(subject) | Condition::Is { subject, .. } => Some(subject),
        _ => None,
    }
}

/// The id of the question that a comparison is about.
fn asked_by(atom: &Condition) -> Option<&str> {
    subject_of(atom).map(|subject| subject.split_once('.').map_or(subject, |(question, _)| question))
}

fn from_register(definition: &Definition, attribute: &Attribute, atoms: &[&Condition]) -> Option<Subject> {
    let mine: Vec<&Condition> =
        atoms.iter().copied().filter(|atom| subject_of(atom) == Some(attribute.id.as_str())).collect();
    if mine.is_empty() {
        return None;
    }
    let mut values = match attribute.from {
        RegisterField::BirthYear => band_names(&attribute.bands),
        RegisterField::StaffResponsibility | RegisterField::UnionRep | RegisterField::SafetyRep => {
            vec!["yes".to_owned(), "no".to_owned()]
        }
        // Whatever is mentioned, and something that is not: no id holds a dot.
        RegisterField::Employment | RegisterField::Language => {
            mine.iter().flat_map(|atom| mentioned(atom)).chain(["…".to_owned()]).collect()
        }
    };
    values.push(UNKNOWN.to_owned());
    let told = |value: &String| {
        let attributes = Attributes::from([(attribute.id.clone(), value.clone())]);
        mine.iter().map(|atom| decide(definition, atom, &attributes, &Answers::new())).collect()
    };
    Some(Subject::Attribute { id: attribute.id.clone(), values: one_of_each(values, told) })
}

/// What conditions look at in one question: itself, or the items of a matrix. `None`: too many classes.
fn asked(definition: &Definition, question: &Question, atoms: &[&Condition]) -> Option<Vec<Subject>> {
    let keys = match &question.kind {
        Kind::Matrix { items, .. } => items.iter().map(|item| format!("{}.{}", question.id, item.id)).collect(),
        _ => vec![question.id.clone()],
    };
    let mut subjects = Vec::new();
    for key in keys {
        let about = |subject: &str| subject == key || subject == question.id;
        let mine: Vec<&Condition> = atoms.iter().copied().filter(|atom| subject_of(atom).is_some_and(about)).collect();
        if mine.is_empty() {
            continue;
        }
        let open = if question.required { None } else { Some(None) };
        let values = values(definition, question, &mine)?.into_iter().map(Some).chain(open).collect();
        let told = |value: &Option<Answer>| {
            let answers: Answers = value.iter().map(|answer| (key.clone(), answer.clone())).collect();
            mine.iter().map(|atom| decide(definition, atom, &Attributes::new(), &answers)).collect()
        };
        let values = one_of_each(values, told);
        subjects.push(Subject::Question { key, question: question.id.clone(), values });
    }
    Some(subjects)
}

/// The first value of each class that the comparisons tell apart.
fn one_of_each<T>(values: Vec<T>, told: impl Fn(&T) -> Vec<Truth>) -> Vec<T> {
    let mut seen: Vec<Vec<Truth>> = Vec::new();
    let mut kept = Vec::new();
    for value in values {
        let class = told(&value);
        if !seen.contains(&class) {
            seen.push(class);
            kept.push(value);
        }
    }
    kept
}

/// Answers to a question that together belong to every class of the comparisons.
fn values(definition: &Definition, question: &Question, atoms: &[&Condition]) -> Option<Vec<Answer>> {
    let choice = |id: &str| Answer::Choice(id.to_owned());
    Some(match &question.kind {
        Kind::YesNo => vec![choice("yes"), choice("no")],
        Kind::Choice { options, other } => {
            options.iter().map(|option| option.id.as_str()).chain(other.then_some("other")).map(choice).collect()
        }
        Kind::Choices { options, max, .. } => {
            let most = max.and_then(|max| usize::try_from(max).ok()).unwrap_or(usize::MAX);
            sets(options, most, atoms)?.into_iter().map(Answer::Choices).collect()
        }
        Kind::Rank { options, top } => {
            sets(options, usize::try_from(*top).ok()?, atoms)?.into_iter().map(Answer::Rank).collect()
        }
        Kind::Scale(scale) | Kind::Matrix { scale, .. } => {
            let scale = definition.scale(scale)?;
            let points = scale.points.iter().map(|point| Answer::Scale(point.value));
            points.chain(scale.dont_know.as_ref().map(|_| Answer::DontKnow)).collect()
        }
        Kind::Number { min, max, .. } => numbers(*min, *max, atoms),
        Kind::Text | Kind::LongText => vec![Answer::Text("…".to_owned())],
        Kind::Notice => Vec::new(),
    })
}

/// Around every number that a comparison mentions, and both ends.
fn numbers(min: Option<i64>, max: Option<i64>, atoms: &[&Condition]) -> Vec<Answer> {
    let bound = |atom: &&Condition| match atom {
        Condition::Is { test: Test::AtLeast(bound) | Test::AtMost(bound), .. } => vec![*bound],
        atom => mentioned(atom).iter().filter_map(|value| value.parse().ok()).collect(),
    };
    let around = |n: i64| [n.saturating_sub(1), n, n.saturating_add(1)];
    let mut numbers: Vec<i64> =
        atoms.iter().flat_map(bound).flat_map(around).chain(min).chain(max).chain([0]).collect();
    numbers.retain(|n| min.is_none_or(|min| *n >= min) && max.is_none_or(|max| *n <= max));
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().map(Answer::Number).collect()
}

/// Every set of the mentioned options that can be chosen together, filled up with others where it would be empty.
fn sets(options: &[Choice], most: usize, atoms: &[&Condition]) -> Option<Vec<Vec<String>>> {
    let named: Vec<String> = atoms.iter().flat_map(|atom| mentioned(atom)).collect();
    let (named, others): (Vec<&Choice>, Vec<&Choice>) = options.iter().partition(|one| named.contains(&one.id));
    if named.len() > MENTIONED {
        return None;
    }
    let mut sets = Vec::new();
    for bits in 0..1_u32 << named.len() {
        let chosen = named.iter().enumerate().filter(|(index, _)| bits & (1 << index) != 0).map(|(_, option)| *option);
        let chosen: Vec<&Choice> =
            if bits == 0 { others.first().copied().into_iter().collect() } else { chosen.collect() };
        let alone = chosen.len() == 1 || chosen.iter().all(|option| !option.exclusive);
        if !chosen.is_empty() && chosen.len() <= most && alone {
            sets.push(chosen.into_iter().map(|option| option.id.clone()).collect());
        }
    }
    Some(sets)
}

/// The values that a comparison names.
fn mentioned(atom: &Condition) -> Vec<String> {
    match atom {
        Condition::Is { test, .. } => match test {
            Test::OneOf(values) | Test::NoneOf(values) | Test::IncludesAll(values) => values.clone(),
            Test::Includes(value) => vec![value.clone()],
            Test::AtLeast(_) | Test::AtMost(_) => Vec::new(),
        },
        _ => Vec::new(),
    }
}
