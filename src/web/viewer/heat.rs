//! Units against questions or indices.

use serde::Deserialize;

use super::address::{Rows, query};
use super::around::around;
use super::reader::{Material, Reader};
use crate::anonymity::publication::{Kind, Question};
use crate::definition::model::Index as Declared;
use crate::report::heat::{self, Cell, Row, Unit, body};
use crate::results::index::Index;
use crate::results::row::Measure;
use crate::results::view::{Place, Position, Scope};
use crate::web::hr::Desk;
use crate::web::pages::viewer::Section;
use crate::web::pages::viewer::heat::{Column, HeatPage, Kept, Ranked};
use crate::web::pages::viewer::question::Choice;

/// Which map.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wish {
    place: Option<String>,
    /// How deep: `1` areas, `2` services, `3` units; right below the place without one.
    level: Option<usize>,
    /// `indices`; questions without it.
    of: Option<String>,
    /// By this column, the lowest first; by name without it. A narrow screen lists it, and the first one without it.
    sort: Option<String>,
}

/// The page; nothing where this reader sees no such place.
///
/// # Errors
/// A word is missing.
pub(super) fn page(desk: &Desk, material: &Material, scope: &Scope, wish: &Wish) -> anyhow::Result<Option<HeatPage>> {
    let Some(reader) = material.reader(scope) else { return Ok(None) };
    let Some(place) = reader.place(wish.place.as_deref()) else { return Ok(None) };
    let map = Map { reader: &reader, place, wish, measures: measures(&reader, wish) };
    let rows = map.rows();
    let hidden = desk.app.pages.word("hr-res-hidden", desk.language())?;
    let unit = map.unit();
    let path = map.path();
    Ok(Some(HeatPage {
        around: around(desk, &reader, Section::Heat, &path, place, &Rows::default()),
        ofs: map.ofs(),
        levels: map.levels(),
        columns: map.columns(),
        ranked: map.ranked(&rows, unit),
        hidden: rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.value.is_none()).count(),
        body: body(&rows, unit, material.notation, &hidden),
    }))
}

/// A column of the map.
enum Measured<'m> {
    /// Favourable answers, or those who said yes.
    Question(&'m Question, Measure),
    Index(&'m Declared),
}

/// What was asked about (the questions that ask who somebody is are none of it) and can be good or bad.
fn measures<'m>(reader: &Reader<'m>, wish: &Wish) -> Vec<Measured<'m>> {
    if wish.of.as_deref() == Some("indices") {
        return reader.material.survey.results.indices.iter().map(Measured::Index).collect();
    }
    let questions = reader.view.publication().questions.iter().filter(|question| question.kind == Kind::Scale);
    questions.map(|question| Measured::Question(question, Measure::Favourable)).collect()
}

impl Measured<'_> {
    fn id(&self) -> &str {
        match self {
            Self::Question(question, _) => &question.id,
            Self::Index(index) => &index.id,
        }
    }

    fn label(&self, reader: &Reader<'_>) -> String {
        match self {
            Self::Question(question, _) => reader.short(question),
            Self::Index(index) => super::index::label(reader, index),
        }
    }

    /// Its own page.
    fn page(&self) -> String {
        match self {
            Self::Question(question, _) => format!("/{}", question.id),
            Self::Index(_) => "/all-indices".to_owned(),
        }
    }

    fn value(&self, reader: &Reader<'_>, place: &str) -> Option<f64> {
        let position = Position::at(place);
        match self {
            Self::Question(question, measure) => {
                let share = reader.view.row(question, position)?.share(*measure)?;
                Some(100.0 * f64::from(share.part) / f64::from(share.of))
            }
            Self::Index(declared) => Index::of(&reader.view, declared, position).value,
        }
    }
}

struct Map<'m> {
    reader: &'m Reader<'m>,
    place: &'m Place,
    wish: &'m Wish,
    measures: Vec<Measured<'m>>,
}

impl Map<'_> {
    fn indices(&self) -> bool {
        self.wish.of.as_deref() == Some("indices")
    }

    fn level(&self) -> usize {
        let below = self.place.unit.len() + 1;
        self.wish.level.unwrap_or(below).max(below)
    }

    /// The place itself, then everything of that level below it.
    fn rows(&self) -> Vec<Row> {
        let own: Vec<Option<f64>> =
            self.measures.iter().map(|measure| measure.value(self.reader, &self.place.id)).collect();
        let level = self.level();
        let inside = |place: &&Place| place.unit.len() == level && place.unit.starts_with(&self.place.unit);
        let mut rows: Vec<Row> = self.reader.view.places().filter(inside).map(|place| self.row(place, &own)).collect();
        rows.sort_by(|one, other| (&one.above, &one.name).cmp(&(&other.above, &other.name)));
        if let Some(column) = self.sorted() {
            let value = |row: &Row| row.cells.get(column).and_then(|cell| cell.value).unwrap_or(f64::INFINITY);
            rows.sort_by(|one, other| value(one).total_cmp(&value(other)));
        }
        let whole = Row { whole: true, address: None, ..self.row(self.place, &own) };
        std::iter::once(whole).chain(rows).collect()
    }

    /// The column that the rows are in the order of.
    fn sorted(&self) -> Option<usize> {
        self.measures.iter().position(|measure| Some(measure.id()) == self.wish.sort.as_deref())
    }

    fn unit(&self) -> Unit {
        let items = self.reader.material.survey.results.indices.iter().flat_map(|index| &index.of);
        let items = items.filter_map(|id| self.reader.view.question(id)).flat_map(|question| &question.options);
        let ends = items.filter_map(|option| option.value).fold(None, |ends: Option<(i64, i64)>, value| {
            Some(ends.map_or((value, value), |(low, high)| (low.min(value), high.max(value))))
        });
        #[expect(clippy::cast_precision_loss, reason = "points of a scale are small numbers")]
        match ends.filter(|_| self.indices()) {
            Some((low, high)) => Unit::Points(low as f64, high as f64),
            None => Unit::Percent,
        }
    }

    fn ranked(&self, rows: &[Row], unit: Unit) -> Option<Ranked> {
        let column = self.sorted().unwrap_or(0);
        let measure = self.measures.get(column)?;
        let level = Some(self.level().to_string());
        let kept = [("place", Some(self.place.id.clone())), ("level", level), ("of", self.wish.of.clone())];
        let items = heat::ranked(rows, column, unit, self.reader.material.notation);
        let ranked = Ranked {
            list: String::new(),
            rest: String::new(),
            others: 0,
            label: measure.label(self.reader),
            address: self.here(&measure.page()),
            hidden: heat::hidden(rows, column),
            action: self.path(),
            kept: kept.into_iter().filter_map(|(name, value)| Some(Kept { name, value: value? })).collect(),
        };
        Some(ranked.of(&items))
    }

    fn row(&self, place: &Place, own: &[Option<f64>]) -> Row {
        let cell = |(measure, own): (&Measured<'_>, &Option<f64>)| {
            let value = measure.value(self.reader, &place.id);
            Cell { value, against: value.zip(*own).map(|(value, own)| value - own) }
        };
        let divided = self.reader.view.below(&place.id).next().is_some();
        let above = place.unit.get(self.place.unit.len()..place.unit.len().saturating_sub(1)).unwrap_or_default();
        Row {
            name: self.reader.name(&place.unit).to_owned(),
            above: (!above.is_empty()).then(|| above.join(" › ")),
            address: divided
                .then(|| query(&self.path(), &[("place", Some(place.id.as_str())), ("of", self.wish.of.as_deref())])),
            whole: false,
            cells: self.measures.iter().zip(own).map(cell).collect(),
        }
    }

    fn columns(&self) -> Vec<Column> {
        let reader = self.reader;
        let column = |(number, measure): (usize, &Measured<'_>)| Column {
            id: measure.id().to_owned(),
            label: measure.label(reader),
            address: self.here(&measure.page()),
            sort: self.address(self.wish.level, self.wish.of.as_deref(), Some(measure.id())),
            sorted: self.sorted() == Some(number),
            listed: self.sorted().unwrap_or(0) == number,
        };
        self.measures.iter().enumerate().map(column).collect()
    }

    fn ofs(&self) -> Vec<Choice> {
        if self.reader.material.survey.results.indices.is_empty() {
            return Vec::new();
        }
        let choice = |(id, of): (&str, Option<&str>)| Choice {
            id: id.to_owned(),
            address: self.address(self.wish.level, of, None),
            chosen: self.indices() == of.is_some(),
        };
        [("questions", None), ("indices", Some("indices"))].map(choice).into()
    }

    fn levels(&self) -> Vec<Choice> {
        let depth = self.reader.view.places().map(|place| place.unit.len()).max().unwrap_or(0);
        let choice = |level: usize| Choice {
            id: level.to_string(),
            address: self.address(Some(level), self.wish.of.as_deref(), self.wish.sort.as_deref()),
            chosen: self.level() == level,
        };
        (self.place.unit.len() + 1..=depth).map(choice).collect()
    }

    fn address(&self, level: Option<usize>, of: Option<&str>, sort: Option<&str>) -> String {
        let level = level.map(|level| level.to_string());
        let place = Some(self.place.id.as_str());
        query(&self.path(), &[("place", place), ("level", level.as_deref()), ("of", of), ("sort", sort)])
    }

    fn here(&self, page: &str) -> String {
        let campaign = &self.reader.material.campaign.id;
        Rows::default().at(&self.place.id).of(&format!("/results/{campaign}{page}"))
    }

    fn path(&self) -> String {
        format!("/results/{}/heat-map", self.reader.material.campaign.id)
    }
}
