//! What is counted of a survey, and in which categories: none of them comes from an answer.

use crate::definition::model::{Choice, Condition, Definition, Kind, Page, Question};

/// Numbers within a range this small are counted one by one, others in as many bands.
const NUMBERS: i64 = 10;
const BANDS: i64 = 5;

/// Where the bands of numbers start that have no largest one, above the smallest. They come from no answer: bands that did
/// would tell of it.
const DECADES: [i64; 5] = [0, 10, 100, 1000, 10_000];

/// How answers to a variable are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// Exactly one option each.
    One,
    /// Any number of options each.
    Several,
    /// A number, in bands.
    Number,
}

/// What is counted: a question, or an item of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable<'d> {
    /// The page it stands on.
    pub page: &'d Page,
    /// The question.
    pub question: &'d Question,
    /// As answers name it: `question`, `matrix.item`.
    pub key: String,
    /// How it is counted.
    pub counting: Counting,
    /// Options by id, points by value, bands as `a-b`, without the two below.
    pub options: Vec<String>,
    /// The smallest number of each band, rising.
    pub starts: Vec<i64>,
    /// Whether "don't know" can be chosen.
    pub dont_know: bool,
}

impl Variable<'_> {
    /// "Asked and left open": the category after all options and "don't know".
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "there are at most 100 options")]
    pub fn open(&self) -> u8 {
        (self.options.len() + usize::from(self.dont_know)) as u8
    }

    /// How many categories somebody's answer can be in: a required question is never left open.
    #[must_use]
    pub fn possible(&self) -> u8 {
        self.categories() - u8::from(self.question.required)
    }

    /// How many categories one answer can fall into.
    #[must_use]
    pub fn categories(&self) -> u8 {
        self.open() + 1
    }

    /// The item, where the question is a matrix.
    #[must_use]
    pub fn item(&self) -> Option<&str> {
        self.key.split_once('.').map(|(_, item)| item)
    }

    /// Whether a high value is bad.
    #[must_use]
    pub fn reverse(&self) -> bool {
        let item = match &self.question.kind {
            Kind::Matrix { items, .. } => items.iter().find(|item| Some(item.id.as_str()) == self.item()),
            _ => None,
        };
        self.question.reverse || item.is_some_and(|item| item.reverse)
    }

    /// A condition on a matrix as a whole asks whether any of its items is answered.
    pub(super) fn answers_to(&self, subject: &str) -> bool {
        self.key == subject || self.question.id == subject
    }

    #[expect(clippy::cast_possible_truncation, reason = "there are at most ten bands")]
    pub(super) fn band(&self, value: i64) -> u8 {
        self.starts.partition_point(|start| *start <= value).saturating_sub(1) as u8
    }

    /// A number that is in a band, where nobody's own can be taken.
    #[must_use]
    pub fn number_in(&self, band: u8) -> i64 {
        self.starts.get(usize::from(band)).copied().unwrap_or_default()
    }

    /// Who is asked: the page's and the question's own condition.
    #[must_use]
    pub fn condition(&self) -> Option<Condition> {
        let conditions: Vec<Condition> =
            [&self.page.audience, &self.question.audience].into_iter().flatten().cloned().collect();
        match conditions.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            _ => Some(Condition::All(conditions)),
        }
    }
}

/// What is counted of a survey, in the order of its file: neither notices nor words.
#[must_use]
pub fn variables(definition: &Definition) -> Vec<Variable<'_>> {
    definition.questions().flat_map(|(page, question)| of(definition, page, question)).collect()
}

fn of<'d>(definition: &Definition, page: &'d Page, question: &'d Question) -> Vec<Variable<'d>> {
    let variable = |key: String, counting: Counting, options: Vec<String>, dont_know: bool| Variable {
        page,
        question,
        key,
        counting,
        options,
        starts: Vec::new(),
        dont_know,
    };
    let one = |counting: Counting, options: Vec<String>| vec![variable(question.id.clone(), counting, options, false)];
    let named = |options: &[Choice], other: bool| -> Vec<String> {
        options.iter().map(|option| option.id.clone()).chain(other.then(|| "other".to_owned())).collect()
    };
    let points = |scale: &str| -> (Vec<String>, bool) {
        let scale = definition.scale(scale);
        let values = scale.map_or_else(Vec::new, |s| s.points.iter().map(|point| point.value.to_string()).collect());
        (values, scale.is_some_and(|scale| scale.dont_know.is_some()))
    };
    match &question.kind {
        Kind::YesNo => one(Counting::One, vec!["yes".to_owned(), "no".to_owned()]),
        Kind::Choice { options, other } => one(Counting::One, named(options, *other)),
        Kind::Choices { options, other, .. } => one(Counting::Several, named(options, *other)),
        Kind::Rank { options, .. } => one(Counting::Several, named(options, false)),
        Kind::Scale(scale) => {
            let (values, dont_know) = points(scale);
            vec![variable(question.id.clone(), Counting::One, values, dont_know)]
        }
        Kind::Matrix { scale, items } => {
            let (values, dont_know) = points(scale);
            let item =
                |id: &String| variable(format!("{}.{id}", question.id), Counting::One, values.clone(), dont_know);
            items.iter().map(|i| item(&i.id)).collect()
        }
        Kind::Number { min, max, .. } => {
            let starts = starts(*min, *max);
            let bands = band_names(&starts, *max);
            let question = variable(question.id.clone(), Counting::Number, bands, false);
            vec![Variable { starts, ..question }]
        }
        Kind::Notice | Kind::Text | Kind::LongText => Vec::new(),
    }
}

/// Where the bands of a number begin: of equal width between two bounds, in decades above one or none.
fn starts(min: Option<i64>, max: Option<i64>) -> Vec<i64> {
    if let (Some(min), Some(max)) = (min, max) {
        let span = max.saturating_sub(min);
        let step = if span < NUMBERS { 1 } else { span / BANDS + 1 };
        return (0..=span / step).map(|band| min + band * step).collect();
    }
    let first = min.unwrap_or(i64::MIN);
    let decades = DECADES.iter().map(|decade| min.unwrap_or(0).saturating_add(*decade));
    let rising = decades.filter(|start| *start > first && max.is_none_or(|max| *start <= max));
    std::iter::once(first).chain(rising).collect()
}

/// `a-b`, the number alone where there is only one, `<b` and `a+` where a side has no bound.
fn band_names(starts: &[i64], max: Option<i64>) -> Vec<String> {
    let name = |(index, from): (usize, &i64)| {
        let next = starts.get(index + 1).copied();
        match (*from, next.map(|next| next - 1).or(max)) {
            (i64::MIN, Some(to)) => format!("<{}", to.saturating_add(1)),
            (from, None) => format!("{from}+"),
            (from, Some(to)) if from == to => from.to_string(),
            (from, Some(to)) => format!("{from}-{to}"),
        }
    };
    starts.iter().enumerate().map(name).collect()
}

#[cfg(test)]
#[path = "variable_tests.rs"]
mod tests;
