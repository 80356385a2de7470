//! What one row of the sheet `survey` asks.

use super::super::condition::whole;
use super::super::draft::Builder;
use super::super::expression::{Dialect, Expression, Operator, parse};
use super::super::found::Relevance;
use super::super::notes::excerpt;
use super::sheet::Row;

/// The column `type`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Type {
    One {
        list: String,
        or_other: bool,
    },
    Several {
        list: String,
        or_other: bool,
    },
    Rank {
        list: String,
    },
    Whole,
    Decimal,
    Range,
    Text,
    Note,
    BeginGroup,
    EndGroup,
    BeginRepeat,
    EndRepeat,
    /// Without a counterpart, and why.
    Without(&'static str),
    Unknown,
}

impl Type {
    pub(super) fn of(cell: &str) -> Self {
        let words: Vec<&str> = cell.split_whitespace().collect();
        let or_other = words.iter().skip(2).any(|word| *word == "or_other");
        let list = words.get(1).copied().unwrap_or_default().to_owned();
        match (words.first().copied().unwrap_or_default().to_lowercase().as_str(), list.to_lowercase().as_str()) {
            ("select_one", _) => Self::One { list, or_other },
            ("select_multiple", _) => Self::Several { list, or_other },
            ("rank", _) => Self::Rank { list },
            ("integer" | "int", _) => Self::Whole,
            ("decimal", _) => Self::Decimal,
            ("range", _) => Self::Range,
            ("text" | "string", _) => Self::Text,
            ("note", _) => Self::Note,
            ("begin_group", _) | ("begin", "group") => Self::BeginGroup,
            ("end_group", _) | ("end", "group") => Self::EndGroup,
            ("begin_repeat", _) | ("begin", "repeat") => Self::BeginRepeat,
            ("end_repeat", _) | ("end", "repeat") => Self::EndRepeat,
            (first, _) => without(first),
        }
    }
}

fn without(first: &str) -> Type {
    match first {
        "calculate" | "hidden" => Type::Without("nothing is computed here: results do that"),
        "date" | "time" | "datetime" => {
            Type::Without("there are no dates; ask for a number or offer periods to choose")
        }
        "geopoint" | "geotrace" | "geoshape" | "start-geopoint" | "background-geopoint" => {
            Type::Without("no places are asked for: they would betray people")
        }
        "image" | "audio" | "video" | "file" | "background-audio" | "barcode" => {
            Type::Without("there are no pictures, recordings or files")
        }
        "acknowledge" | "trigger" => Type::Without("there is nothing to acknowledge; write a `notice`"),
        "select_one_from_file"
        | "select_multiple_from_file"
        | "select_one_external"
        | "xml-external"
        | "csv-external" => Type::Without("its options stand in another file"),
        "start" | "end" | "today" | "deviceid" | "username" | "email" | "phonenumber" | "simserial"
        | "subscriberid" | "audit" | "caseid" => Type::Without("nothing is collected from phones beside the answers"),
        _ => Type::Unknown,
    }
}

/// The column `appearance`.
pub(super) struct Appearance(Vec<String>);

impl Appearance {
    pub(super) fn of(row: &Row) -> Self {
        let words = row.get("appearance").unwrap_or_default().split_whitespace();
        Self(words.map(|word| word.to_lowercase().replace('_', "-")).collect())
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.0.iter().any(|known| known == word)
    }

    /// Those that change nothing here.
    pub(super) fn without_effect(&self) -> impl Iterator<Item = &str> {
        let known = ["likert", "multiline", "field-list", "table-list", "list-nolabel", "label", "horizontal"];
        self.0.iter().map(String::as_str).filter(move |word| !known.contains(word))
    }
}

/// `yes`, `true()` and the like; a condition is noted.
pub(super) fn required(row: &Row, builder: &mut Builder) -> bool {
    match row.get("required").unwrap_or_default().to_lowercase().as_str() {
        "yes" | "true" | "true()" | "1" => true,
        "" | "no" | "false" | "false()" | "0" => false,
        condition => {
            let message = format!("required only if {}; it is optional here", excerpt(condition));
            builder.notes.say(&row.origin, message);
            false
        }
    }
}

/// The smallest and the largest number, or how many options at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) min: Option<i64>,
    pub(super) max: Option<i64>,
    pub(super) chosen: Option<u32>,
}

/// The columns `constraint` and, for a range, `parameters`; what else they say is noted.
pub(super) fn bounds(row: &Row, kind: &Type, builder: &mut Builder) -> Bounds {
    let mut bounds = Bounds::default();
    let numbers = matches!(kind, Type::Whole | Type::Decimal | Type::Range);
    if let Some(written) = row.get("constraint") {
        let read = parse(written, Dialect::XlsForm).and_then(|constraint| narrow(&constraint, &mut bounds));
        let read = read.and_then(|()| match bounds {
            Bounds { min: None, max: None, .. } if matches!(kind, Type::Several { .. }) => Ok(()),
            Bounds { chosen: None, .. } if numbers => Ok(()),
            _ => Err("it does not fit the type".to_owned()),
        });
        if let Err(reason) = read {
            bounds = Bounds::default();
            let message = format!("the constraint `{}` is not carried over: {reason}", excerpt(written));
            builder.notes.say(&row.origin, message);
        }
    }
    if *kind == Type::Range {
        bounds.min = bounds.min.or(parameter(row, "start").and_then(whole).map(|(number, _)| number).or(Some(1)));
        bounds.max = bounds.max.or(parameter(row, "end").and_then(whole).map(|(number, _)| number).or(Some(10)));
    }
    bounds
}

fn narrow(constraint: &Expression, bounds: &mut Bounds) -> Result<(), String> {
    match constraint {
        Expression::All(parts) => parts.iter().try_for_each(|part| narrow(part, bounds)),
        Expression::Compare(name, operator, value) if name.name == "." => {
            let (below, exact) = whole(value).ok_or("it compares words")?;
            match operator {
                Operator::AtLeast => bounds.min = Some(if exact { below } else { below + 1 }),
                Operator::More => bounds.min = Some(below + 1),
                Operator::AtMost => bounds.max = Some(below),
                Operator::Less => bounds.max = Some(if exact { below - 1 } else { below }),
                Operator::Is | Operator::IsNot => {
                    return Err("only a smallest and a largest number can be said".to_owned());
                }
            }
            Ok(())
        }
        Expression::Size(name, Operator::AtMost, value) if name.name == "." => {
            bounds.chosen = Some(value.parse().map_err(|_| "it is no whole number")?);
            Ok(())
        }
        Expression::Size(name, Operator::Less, value) if name.name == "." => {
            bounds.chosen = Some(value.parse::<u32>().map_err(|_| "it is no whole number")?.saturating_sub(1));
            Ok(())
        }
        _ => Err("only bounds of the answer itself can be said".to_owned()),
    }
}

/// `key=value` in the column `parameters`.
pub(super) fn parameter<'r>(row: &'r Row, key: &str) -> Option<&'r str> {
    let words = row.get("parameters")?.split([' ', ',', ';']);
    words.filter_map(|word| word.split_once('=')).find(|(known, _)| known.trim() == key).map(|(_, value)| value.trim())
}

/// The condition of a matrix: what all its items have is its own; others cannot be said, since it is asked as a whole.
pub(super) fn of_whole_matrix(heading: Option<&Row>, items: &[&Row]) -> Vec<Relevance> {
    let common = items.first().and_then(|row| row.get("relevant"));
    let shared = items.iter().all(|row| row.get("relevant") == common);
    let mut others: Vec<&str> =
        heading.into_iter().chain(items.iter().copied()).filter_map(|row| row.get("relevant")).collect();
    others.retain(|one| !shared || Some(*one) != common);
    others.dedup();
    let read = Err("a matrix is asked as a whole".to_owned());
    let others = others.into_iter().map(|one| Relevance { written: one.to_owned(), read: read.clone() });
    let own = common.filter(|_| shared).and_then(|one| Relevance::of(one, Dialect::XlsForm));
    own.into_iter().chain(others).collect()
}
