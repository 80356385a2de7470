//! A place and what it is divided into: the rows that a chart, a table and a file of one question have in common.

use super::reader::Reader;
use crate::anonymity::publication::{Group, Kind, Question};
use crate::results::compare::{self, Comparison, mean, population, usual};
use crate::results::distribution::{Distribution, Figures};
use crate::results::row::Measure;
use crate::results::significance::{Difference, Scored, disturbance, interval};
use crate::results::view::Position;

/// One row.
pub struct Part<'p> {
    /// What it is called.
    pub name: String,
    /// It is the place itself.
    pub whole: bool,
    /// The register's id, where it is a place that is divided further.
    pub place: Option<String>,
    /// Whom it is about.
    pub group: &'p Group,
    /// Nothing where it is hidden.
    pub figures: Option<Figures<'p>>,
    /// Against the rest of the place.
    pub difference: Option<Difference>,
}

impl<'p> Part<'p> {
    /// The mean of this row and its interval.
    #[must_use]
    pub fn mean(&self, reader: &Reader<'p>, question: &'p Question) -> Option<(f64, Option<(f64, f64)>)> {
        let row = reader.view.row(question, Position::of(self.group))?;
        let points = row.points();
        let scored = Scored {
            points: &points,
            population: population(&reader.view, &row),
            disturbance: disturbance(question, reader.view.publication().k),
        };
        Some((mean(&points)?, interval(scored)))
    }
}

/// A place and its parts.
pub struct Parts<'p> {
    /// The place itself.
    pub whole: Part<'p>,
    /// In the order of names, or of the breakdown.
    pub rows: Vec<Part<'p>>,
    /// Which option is compared, where bars can hold only one.
    pub option: usize,
}

impl<'p> Parts<'p> {
    /// A question at a place, divided by the places below or by a breakdown; nothing where there is no such row for this reader.
    #[must_use]
    pub fn of(
        reader: &Reader<'p>,
        question: &'p Question,
        place: &str,
        by: Option<&str>,
        option: Option<&str>,
    ) -> Option<Self> {
        let whole = part(reader, question, Position::at(place), true)?;
        let wanted = |wanted: &str| question.options.iter().position(|option| option.id == wanted);
        let option = option.and_then(wanted).unwrap_or_else(|| most(whole.figures.as_ref()));
        let measure = match question.kind {
            Kind::Scale | Kind::YesNo => usual(question),
            _ => Some(Measure::Option(option)),
        };
        let mut rows = match by {
            None => below(reader, question, place),
            Some(by) => along(reader, question, place, by),
        };
        let compared = measure.map(|measure| differences(reader, question, measure, place, by)).unwrap_or_default();
        for row in &mut rows {
            let same = |comparison: &&Comparison<'_>| comparison.group.id == row.group.id;
            row.difference = compared.iter().find(same).map(|comparison| comparison.difference);
        }
        let option = if question.kind == Kind::YesNo { 0 } else { option };
        Some(Self { whole, rows, option })
    }

    /// The rows that have figures, the place itself first.
    pub fn shown(&self) -> impl Iterator<Item = (&Part<'p>, &Figures<'p>)> {
        std::iter::once(&self.whole).chain(&self.rows).filter_map(|part| Some((part, part.figures.as_ref()?)))
    }

    /// How many parts are hidden.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.rows.iter().filter(|part| part.figures.is_none()).count()
    }
}

/// The option that most have chosen.
fn most(figures: Option<&Figures<'_>>) -> usize {
    let bars = figures.map(|figures| figures.bars.as_slice()).unwrap_or_default();
    let chosen = bars.iter().enumerate().filter(|(_, bar)| !bar.aside);
    chosen.max_by_key(|(index, bar)| (bar.count, std::cmp::Reverse(*index))).map_or(0, |(index, _)| index)
}

fn part<'p>(reader: &Reader<'p>, question: &'p Question, position: Position<'_>, whole: bool) -> Option<Part<'p>> {
    let Distribution { group, figures, .. } = Distribution::of(&reader.view, question, position)?;
    let divided = position.by.is_none() && !whole && reader.view.below(&group.place).next().is_some();
    let place = (divided && figures.is_some()).then(|| group.place.clone());
    Some(Part { name: reader.group(group), whole, place, group, figures, difference: None })
}

fn below<'p>(reader: &Reader<'p>, question: &'p Question, place: &str) -> Vec<Part<'p>> {
    let places = reader.view.below(place);
    let mut parts: Vec<Part<'p>> =
        places.filter_map(|place| part(reader, question, Position::at(&place.id), false)).collect();
    parts.sort_by(|one, other| one.name.cmp(&other.name));
    parts
}

fn along<'p>(reader: &Reader<'p>, question: &'p Question, place: &str, by: &str) -> Vec<Part<'p>> {
    let declared = reader.view.publication().breakdowns.iter().find(|declared| declared.id == by);
    let values = declared.into_iter().flat_map(|declared| &declared.values);
    values.filter_map(|value| part(reader, question, Position::at(place).by(by, &value.id), false)).collect()
}

fn differences<'p>(
    reader: &Reader<'p>,
    question: &'p Question,
    measure: Measure,
    place: &str,
    by: Option<&str>,
) -> Vec<Comparison<'p>> {
    match by {
        None => compare::places(&reader.view, question, measure, place, place),
        Some(by) => compare::values(&reader.view, question, measure, place, by),
    }
}
