//! The table `conditions`, from before relevance equations. As LimeSurvey converts it itself: lines on one question are
//! alternatives, lines on several questions all hold, and scenarios are alternatives.

use super::super::expression::{Expression, Name, Operator};
use super::super::found::Relevance;
use super::dump::Row;
use super::tables::Survey;

/// More than this nobody can read.
const MAX_LINES: usize = 200;

/// Lines by the question that they look at.
type Questions<'r> = Vec<(&'r str, Vec<Expression>)>;

/// The conditions of one question; nothing where it has none.
pub(super) fn of(survey: &Survey<'_>, qid: &str) -> Option<Relevance> {
    let rows = survey.conditions(qid);
    if rows.is_empty() {
        return None;
    }
    if rows.len() > MAX_LINES {
        return Some(Relevance {
            written: format!("{} conditions", rows.len()),
            read: Err("it is too long".to_owned()),
        });
    }
    let written = rows.iter().map(|row| written(row)).collect::<Vec<_>>().join(", ");
    let mut scenarios: Vec<(&str, Questions<'_>)> = Vec::new();
    for row in rows {
        let one = match line(survey, row) {
            Ok(one) => one,
            Err(reason) => return Some(Relevance { written, read: Err(reason) }),
        };
        let questions = entry(&mut scenarios, row.get("scenario"));
        entry(questions, row.get("cqid")).push(one);
    }
    let alternatives = scenarios.into_iter().map(|(_, questions)| {
        Expression::All(questions.into_iter().map(|(_, lines)| Expression::Any(lines)).collect())
    });
    Some(Relevance { written, read: Ok(Expression::Any(alternatives.collect())) })
}

/// What is kept under a key, made where it is not there yet; in order.
fn entry<'e, 'k, T: Default>(entries: &'e mut Vec<(&'k str, T)>, key: &'k str) -> &'e mut T {
    let at = entries.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
        entries.push((key, T::default()));
        entries.len() - 1
    });
    &mut entries[at].1
}

fn written(row: &Row) -> String {
    format!("{} {} \"{}\"", row.get("cfieldname"), row.get("method"), row.get("value"))
}

fn line(survey: &Survey<'_>, row: &Row) -> Result<Expression, String> {
    let (field, value) = (row.get("cfieldname").trim_start_matches('+'), row.get("value"));
    if field.starts_with('{') || value.starts_with('@') || value.starts_with('{') {
        return Err("it compares with another answer, or with what is known of a participant".to_owned());
    }
    let operator = match row.get("method") {
        "==" => Operator::Is,
        "!=" => Operator::IsNot,
        "<" => Operator::Less,
        "<=" => Operator::AtMost,
        ">" => Operator::More,
        ">=" => Operator::AtLeast,
        other => return Err(format!("the comparison `{other}` has no counterpart")),
    };
    let field = field.strip_suffix(".NAOK").unwrap_or(field).to_owned();
    let name = Name { name: field.clone(), empty_if_hidden: true };
    let several = matches!(survey.type_of(row.get("cqid")), "M" | "P") && field.ends_with(row.get("cqid"));
    Ok(match (operator, value) {
        (Operator::Is, "") => Expression::Empty(name),
        (Operator::IsNot, "") => Expression::Not(Box::new(Expression::Empty(name))),
        (Operator::Is, value) if several => Expression::Chosen(name, value.to_owned()),
        (Operator::IsNot, value) if several => Expression::Not(Box::new(Expression::Chosen(name, value.to_owned()))),
        (operator, value) => Expression::Compare(name, operator, value.to_owned()),
    })
}
