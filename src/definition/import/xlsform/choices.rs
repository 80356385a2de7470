//! The sheet `choices`: lists of options, and which of them are scales.

use std::collections::{BTreeMap, HashSet};

use super::super::draft::Builder;
use super::super::found::{FoundOption, FoundPoint, FoundScale, IN_ORDER};
use super::question::{Appearance, Type};
use super::sheet::Sheet;
use crate::definition::model::{Language, Text};

/// A list is taken for a scale without being told so where it has so many points.
const POINTS: std::ops::RangeInclusive<usize> = 3..=7;
/// Longer lists are left out.
const LONGEST: usize = 200;
/// Values that stand for "don't know" after the points.
const DONT_KNOW: [i64; 8] = [88, 97, 98, 99, 888, 998, 999, 9999];

/// All lists by name.
pub(super) struct Lists {
    by_name: BTreeMap<String, Vec<Listed>>,
    scales: HashSet<String>,
    /// Where each begins.
    origins: BTreeMap<String, String>,
}

struct Listed {
    code: String,
    label: Text,
}

impl Lists {
    /// Reads the lists; those asked with the appearance `likert`, and those of 3 to 7 ascending numbers, are scales.
    pub(super) fn of(choices: &Sheet, survey: &Sheet, languages: &[Language], builder: &mut Builder) -> Self {
        let mut lists: BTreeMap<String, Vec<Listed>> = BTreeMap::new();
        let mut origins = BTreeMap::new();
        for row in &choices.rows {
            let (Some(list), Some(code)) = (row.get("list_name"), row.get("name")) else {
                builder.notes.say(&row.origin, "the row has no list name or no value, and is left out");
                continue;
            };
            for column in row.columns().filter(|column| matches!(*column, "image" | "audio" | "video" | "media")) {
                builder
                    .notes
                    .say(&row.origin, format!("the {column} of the option is left out: options are words here"));
            }
            let label = row.text("label", languages, builder);
            origins.entry(list.to_owned()).or_insert_with(|| row.origin.clone());
            lists.entry(list.to_owned()).or_default().push(Listed { code: code.to_owned(), label });
        }
        for (list, listed) in lists.iter_mut().filter(|(_, listed)| listed.len() > LONGEST) {
            listed.clear();
            let origin = origins.get(list).map_or("choices", String::as_str);
            let message = format!(
                "the list `{list}` has more than {LONGEST} options, which nobody reads on a phone; questions with it are left out"
            );
            builder.notes.say(origin, message);
        }
        let mut lists = Self { by_name: lists, scales: HashSet::new(), origins };
        lists.find_scales(survey, builder);
        lists
    }

    fn find_scales(&mut self, survey: &Sheet, builder: &mut Builder) {
        let asked = survey.rows.iter().filter_map(|row| match Type::of(row.get("type")?) {
            Type::One { list, or_other: false } => Some((list, Appearance::of(row))),
            _ => None,
        });
        for (list, appearance) in asked {
            let Some(listed) = self.by_name.get(&list) else { continue };
            let numbers = numbers(listed).filter(|one| !one.turned && POINTS.contains(&one.points.len()));
            let likert = appearance.has("likert");
            let new = (likert || numbers.is_some()) && self.scales.insert(list.clone());
            if likert || !new {
                continue;
            }
            let origin = self.origins.get(&list).map_or("choices", String::as_str);
            let message = format!(
                "the list `{list}` became a scale, since its values ascend; if it is none, make it options of a `choice`"
            );
            builder.notes.say(origin, message);
        }
    }

    pub(super) fn is_scale(&self, list: &str) -> bool {
        self.scales.contains(list)
    }

    /// The options of a list; none for a list that is not there.
    pub(super) fn options(&self, list: &str) -> Vec<FoundOption> {
        let listed = self.by_name.get(list).map(Vec::as_slice).unwrap_or_default();
        let option = |one: &Listed| FoundOption {
            code: one.code.clone(),
            names: Vec::new(),
            label: one.label.clone(),
            exclusive: false,
        };
        listed.iter().map(option).collect()
    }

    /// The list as a scale: by its own numbers where they are some, else numbered in its order, which is noted.
    pub(super) fn scale(&self, list: &str, builder: &mut Builder) -> FoundScale {
        let listed = self.by_name.get(list).map(Vec::as_slice).unwrap_or_default();
        let origin = self.origins.get(list).map_or("choices", String::as_str);
        let numbered = numbers(listed).unwrap_or_else(|| {
            builder.notes.say(origin, format!("the list `{list}` is a scale here; {IN_ORDER}"));
            Numbered { points: in_order(listed), dont_know: None, turned: false }
        });
        if numbered.turned {
            builder.notes.say(
                origin,
                format!("the list `{list}` goes from high to low; its points stand from low to high here"),
            );
        }
        FoundScale { name: list.to_owned(), points: numbered.points, dont_know: numbered.dont_know }
    }
}

/// Points in the order of the list, from 1.
fn in_order(listed: &[Listed]) -> Vec<FoundPoint> {
    let point = |(value, one): (i64, &Listed)| FoundPoint { code: one.code.clone(), value, label: one.label.clone() };
    (1..).zip(listed).map(point).collect()
}

/// Points by their own values, ascending, and what stands for "don't know".
struct Numbered {
    points: Vec<FoundPoint>,
    dont_know: Option<(String, Text)>,
    /// The list has them from high to low.
    turned: bool,
}

/// The list by its own values, where those go up or down in equal steps; a last one such as 99 is "don't know".
fn numbers(listed: &[Listed]) -> Option<Numbered> {
    let mut points = Vec::new();
    for one in listed {
        points.push(FoundPoint { code: one.code.clone(), value: one.code.parse().ok()?, label: one.label.clone() });
    }
    let outside = |last: &FoundPoint| DONT_KNOW.contains(&last.value);
    let dont_know = points.pop_if(|last| outside(last)).map(|last| (last.code, last.label));
    let mut steps = points.windows(2).map(|pair| pair[1].value.saturating_sub(pair[0].value));
    let first = steps.next().filter(|first| *first != 0)?;
    if !steps.all(|step| step == first) {
        return None;
    }
    if first < 0 {
        points.reverse();
    }
    Some(Numbered { points, dont_know, turned: first < 0 })
}
