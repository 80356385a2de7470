//! From conditions of elsewhere to conditions of the language, exactly or not at all.
//!
//! Elsewhere a question that does not apply counts as left empty, so that `!=` holds for it; here a comparison with it is
//! unknown and nobody is asked. Where that makes a difference, "not answered" is written beside the comparison.

use std::collections::HashMap;

use super::expression::{Expression, Name, Operator};
use super::notes::excerpt;
use crate::definition::model::{Condition, Test};

/// What conditions can look at, by its names of elsewhere.
pub(super) type Subjects = HashMap<String, Subject>;

/// A question, an item or an option that was carried over.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// As conditions here name it.
    pub(super) id: String,
    /// Not everybody is asked.
    pub(super) hidden: bool,
    pub(super) answers: Answers,
}

/// What can be answered, with the codes of elsewhere.
#[derive(Clone, Debug)]
pub(super) enum Answers {
    /// Code and value here.
    One {
        values: Vec<(String, String)>,
        scale: bool,
    },
    /// Code and option.
    Several(Vec<(String, String)>),
    /// One option of several, which says `Y` where it is chosen.
    Option(String),
    Number,
    Words,
}

/// The same question in the language.
///
/// # Errors
/// Why it cannot be said.
pub(super) fn resolve(expression: &Expression, subjects: &Subjects) -> Result<Condition, String> {
    Resolver { subjects, alternatives: false }.stated(expression, true)
}

#[derive(Clone, Copy)]
struct Resolver<'s> {
    subjects: &'s Subjects,
    /// We are among parts of which one suffices.
    alternatives: bool,
}

impl<'s> Resolver<'s> {
    /// `holds` is false inside of `not`: it is carried down to the comparisons.
    fn stated(self, expression: &Expression, holds: bool) -> Result<Condition, String> {
        match expression {
            Expression::Not(part) => self.stated(part, !holds),
            Expression::All(parts) | Expression::Any(parts) => {
                let every = matches!(expression, Expression::All(_)) == holds;
                let inner = Self { alternatives: self.alternatives || (!every && parts.len() > 1), ..self };
                let parts = parts.iter().map(|part| inner.stated(part, holds)).collect::<Result<Vec<_>, _>>()?;
                Ok(if every { all(parts) } else { any(parts) })
            }
            Expression::Compare(name, operator, value) => {
                let subject = self.known(name, false)?;
                let for_the_empty = (*operator == Operator::IsNot) == holds;
                let operator = if holds { *operator } else { opposite(*operator) };
                let condition = compared(subject, operator, value)?;
                Ok(if for_the_empty { or_hidden(subject, name, condition) } else { condition })
            }
            Expression::Chosen(name, value) => {
                let subject = self.known(name, false)?;
                let condition = chosen(subject, value, holds)?;
                Ok(if holds { condition } else { or_hidden(subject, name, condition) })
            }
            Expression::Empty(name) => self.empty(name, holds),
            Expression::Size(name, operator, value) => match (operator, value.trim()) {
                (Operator::More | Operator::IsNot, "0") | (Operator::AtLeast, "1") => self.empty(name, !holds),
                (Operator::Is | Operator::AtMost, "0") | (Operator::Less, "1") => self.empty(name, holds),
                _ => Err("it counts options or letters".to_owned()),
            },
        }
    }

    fn empty(self, name: &Name, holds: bool) -> Result<Condition, String> {
        let subject = self.known(name, holds)?;
        Ok(match &subject.answers {
            Answers::Option(option) if holds => or_hidden(subject, name, includes(subject, option, false)),
            Answers::Option(option) => includes(subject, option, true),
            _ => answered(subject, !holds),
        })
    }

    /// What stands before the condition under that name. Without `.NAOK` a question that is not asked makes the whole
    /// condition false in LimeSurvey; among alternatives, and where it is to be `empty`, that cannot be said.
    fn known(self, name: &Name, empty: bool) -> Result<&'s Subject, String> {
        let missing = || format!("no question `{}` that was carried over stands before it", excerpt(&name.name));
        let subject = self.subjects.get(&name.name).ok_or_else(missing)?;
        if subject.hidden && !name.empty_if_hidden && (empty || self.alternatives) {
            return Err(format!(
                "not everybody is asked `{}`, and it stands there without `.NAOK`",
                excerpt(&name.name)
            ));
        }
        Ok(subject)
    }
}

fn opposite(operator: Operator) -> Operator {
    match operator {
        Operator::Is => Operator::IsNot,
        Operator::IsNot => Operator::Is,
        Operator::Less => Operator::AtLeast,
        Operator::AtMost => Operator::More,
        Operator::More => Operator::AtMost,
        Operator::AtLeast => Operator::Less,
    }
}

fn compared(subject: &Subject, operator: Operator, value: &str) -> Result<Condition, String> {
    match &subject.answers {
        Answers::One { values, scale } => one_of(subject, values, *scale, operator, value),
        Answers::Number => number(subject, operator, value),
        Answers::Option(option) => match (operator, value) {
            (Operator::Is, "Y") => Ok(includes(subject, option, true)),
            (Operator::IsNot, "Y") => Ok(includes(subject, option, false)),
            _ => Err("an option is chosen or it is not".to_owned()),
        },
        Answers::Several(_) => Err("it compares several choices at once".to_owned()),
        Answers::Words => Err("conditions look at closed questions only".to_owned()),
    }
}

fn one_of(
    subject: &Subject,
    values: &[(String, String)],
    scale: bool,
    operator: Operator,
    value: &str,
) -> Result<Condition, String> {
    if matches!(operator, Operator::Is | Operator::IsNot) {
        let same = |code: &str| {
            code == value || number_of(code).zip(number_of(value)).is_some_and(|(a, b)| a.total_cmp(&b).is_eq())
        };
        let (_, here) = values.iter().find(|(code, _)| same(code)).ok_or_else(|| nobody(value))?;
        let test = if operator == Operator::Is { Test::OneOf } else { Test::NoneOf };
        return Ok(is(subject, test(vec![here.clone()])));
    }
    let limit = number_of(value).ok_or("it compares the order of words")?;
    let mut fitting = Vec::new();
    for (code, here) in values {
        if operator.holds(number_of(code).ok_or("it compares the order of words")?, limit) {
            fitting.push(here.clone());
        }
    }
    if fitting.is_empty() {
        return Err(nobody(value));
    }
    if scale && let Some(test) = end_of_scale(values, &fitting) {
        return Ok(is(subject, test));
    }
    Ok(is(subject, Test::OneOf(fitting)))
}

/// "At least" and "at most" read better than a list of points.
fn end_of_scale(values: &[(String, String)], fitting: &[String]) -> Option<Test> {
    let points = || values.iter().filter_map(|(_, value)| value.parse::<i64>().ok());
    let chosen: Vec<i64> = fitting.iter().map(|value| value.parse().ok()).collect::<Option<_>>()?;
    let (least, most) = (chosen.iter().min()?, chosen.iter().max()?);
    if chosen.len() == 1 {
        None
    } else if points().filter(|point| point >= least).count() == chosen.len() {
        Some(Test::AtLeast(*least))
    } else if points().filter(|point| point <= most).count() == chosen.len() {
        Some(Test::AtMost(*most))
    } else {
        None
    }
}

/// Answers are whole numbers, so that every bound has a whole one that says the same.
fn number(subject: &Subject, operator: Operator, value: &str) -> Result<Condition, String> {
    let (below, exact) = whole(value).ok_or("it compares a number with a word")?;
    let test = match operator {
        Operator::Is if exact => Test::OneOf(vec![below.to_string()]),
        Operator::IsNot if exact => Test::NoneOf(vec![below.to_string()]),
        Operator::Is | Operator::IsNot => return Err(nobody(value)),
        Operator::AtMost => Test::AtMost(below),
        Operator::Less => Test::AtMost(if exact { below - 1 } else { below }),
        Operator::More => Test::AtLeast(below + 1),
        Operator::AtLeast => Test::AtLeast(if exact { below } else { below + 1 }),
    };
    Ok(is(subject, test))
}

/// The whole number at or below a number, and whether it is the number itself.
pub(super) fn whole(value: &str) -> Option<(i64, bool)> {
    let value = value.trim();
    let (digits, fraction) = value.split_once('.').unwrap_or((value, ""));
    let number: i64 = digits.parse().ok().filter(|number: &i64| number.unsigned_abs() < 1_000_000_000_000)?;
    if !fraction.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let exact = fraction.chars().all(|c| c == '0');
    Some((if digits.starts_with('-') && !exact { number - 1 } else { number }, exact))
}

fn chosen(subject: &Subject, value: &str, holds: bool) -> Result<Condition, String> {
    match &subject.answers {
        Answers::Several(options) => {
            let (_, option) = options.iter().find(|(code, _)| code == value).ok_or_else(|| nobody(value))?;
            Ok(includes(subject, option, holds))
        }
        Answers::One { .. } => compared(subject, if holds { Operator::Is } else { Operator::IsNot }, value),
        _ => Err("conditions look at closed questions only".to_owned()),
    }
}

fn nobody(value: &str) -> String {
    format!("nobody can answer `{}`", excerpt(value))
}

fn number_of(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

fn is(subject: &Subject, test: Test) -> Condition {
    Condition::Is { subject: subject.id.clone(), test }
}

fn includes(subject: &Subject, option: &str, holds: bool) -> Condition {
    let condition = is(subject, Test::Includes(option.to_owned()));
    if holds { condition } else { Condition::Not(Box::new(condition)) }
}

fn answered(subject: &Subject, holds: bool) -> Condition {
    let condition = Condition::Answered(subject.id.clone());
    if holds { condition } else { Condition::Not(Box::new(condition)) }
}

fn or_hidden(subject: &Subject, name: &Name, condition: Condition) -> Condition {
    if subject.hidden && name.empty_if_hidden { any(vec![answered(subject, false), condition]) } else { condition }
}

/// All of them; nested ones lie beside each other.
pub(super) fn all(parts: Vec<Condition>) -> Condition {
    let flat = parts.into_iter().flat_map(|part| match part {
        Condition::All(inner) => inner,
        other => vec![other],
    });
    one(flat.collect(), Condition::All)
}

fn any(parts: Vec<Condition>) -> Condition {
    let flat = parts.into_iter().flat_map(|part| match part {
        Condition::Any(inner) => inner,
        other => vec![other],
    });
    one(flat.collect(), Condition::Any)
}

fn one(mut parts: Vec<Condition>, join: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.pop() {
        Some(last) if parts.is_empty() => last,
        Some(last) => {
            parts.push(last);
            join(parts)
        }
        None => join(parts),
    }
}
