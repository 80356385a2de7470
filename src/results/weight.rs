//! Figures weighted to those who were invited: would the answer be another one if all ages in all areas had taken part alike?
//!
//! Post-stratification (Cochran, *Sampling Techniques*, 3rd ed. 1977, section 5A.9): the cells are place × value of a breakdown from
//! the register, for the whole organisation area × age. Each respondent in a cell stands for invited ÷ respondents of that
//! cell, and shares and means are ratios of weighted sums. What is hidden of an area is one cell more, worked out by
//! subtraction inside the file, and so is what is hidden of the areas. It corrects for who took part, and not for what those
//! would have said who did not.

use super::row::{Point, Row};
use super::view::{Position, View};
use crate::anonymity::publication::{Base, Category, Question};

/// A question's figures, plain and weighted.
#[derive(Clone, Debug)]
pub struct Weighted<'p> {
    /// What the weights of all respondents add up to: everybody invited there.
    pub population: u32,
    /// As the answers were counted.
    pub plain: Estimates<'p>,
    /// The same, with each answer as heavy as its cell says.
    pub weighted: Estimates<'p>,
    /// The cells, each with its weight.
    pub cells: Vec<Cell>,
    /// How many respondents with equal weights would say as much (Kish): lower than the number of respondents, the more the
    /// weights differ.
    pub effective: f64,
}

/// Shares and mean, not rounded.
#[derive(Clone, Debug)]
pub struct Estimates<'p> {
    /// Each option with its share of those who answered, in percent.
    pub shares: Vec<(&'p Category, f64)>,
    /// On scales: the mean.
    pub mean: Option<f64>,
    /// On scales: the favourable share of those who chose a point, in percent.
    pub favourable: Option<f64>,
}

/// People who get the same weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The register's id of the area (or whatever place is right below); nothing for what is hidden of them all.
    pub place: Option<String>,
    /// The value of the breakdown; nothing for what is hidden of that place.
    pub value: Option<String>,
    /// Everybody invited.
    pub invited: u32,
    /// Everybody who took part.
    pub respondents: u32,
    /// What one respondent stands for; nothing where nobody took part: the invited of such a cell could not be weighted, and the
    /// other cells of the place (or all others, where there is none) stand for them too.
    pub weight: Option<f64>,
    /// How many answered the question.
    of: u32,
    /// How many chose each option.
    counts: Vec<u32>,
}

/// A question at a place (empty: the whole), weighted by the places right below it and a breakdown. Nothing where what is needed is
/// hidden: the invited and the respondents of the place, or the question's figures.
#[must_use]
pub fn weighted<'p>(view: &View<'p>, question: &'p Question, place: &str, breakdown: &str) -> Option<Weighted<'p>> {
    let all = view.everything();
    // Whoever sees the figure of the place may see it weighted; the cells are those of the whole file, the same for everybody.
    let row = view.row(question, Position::at(place))?;
    let mut cells = cells(&all, question, place, breakdown)?;
    let population = cells.iter().map(|cell| cell.invited).sum();
    weigh(&mut cells);
    let plain = estimates(&row, &[(1.0, row.counts(), row.of)])?;
    let parts: Vec<(f64, &[u32], u32)> =
        cells.iter().filter_map(|cell| Some((cell.weight?, cell.counts.as_slice(), cell.of))).collect();
    let weighted = estimates(&row, &parts)?;
    Some(Weighted { population, plain, weighted, effective: effective(&cells), cells })
}

/// The cells that are shown, and what is left beside them.
fn cells(view: &View<'_>, question: &Question, place: &str, breakdown: &str) -> Option<Vec<Cell>> {
    let declared = view.publication().breakdowns.iter().find(|declared| declared.id == breakdown);
    let values: Vec<&str> = declared.into_iter().flat_map(|d| &d.values).map(|value| value.id.as_str()).collect();
    let mut rest = cell(view, question, Position::at(place))?;
    let mut cells = Vec::new();
    for below in view.below(place) {
        let position = Position::at(&below.id);
        let Some(mut left) = cell(view, question, position) else { continue };
        rest.subtract(&left)?;
        left.place = Some(below.id.clone());
        for value in &values {
            let Some(mut part) = cell(view, question, position.by(breakdown, value)) else { continue };
            left.subtract(&part)?;
            part.place.clone_from(&left.place);
            part.value = Some((*value).to_owned());
            cells.push(part);
        }
        cells.push(left);
    }
    cells.push(rest);
    cells.retain(|cell| cell.invited > 0 || cell.respondents > 0);
    Some(cells)
}

fn cell(view: &View<'_>, question: &Question, position: Position<'_>) -> Option<Cell> {
    let question = view.question(&question.id)?;
    let [invited, _] = view.rate(position)?.1.counts?;
    let Some(Base::Exact(respondents)) = view.respondents(position)?.base else { return None };
    let row = view.row(question, position)?;
    Some(Cell {
        place: None,
        value: None,
        invited,
        respondents,
        weight: None,
        of: row.of,
        counts: row.counts().to_vec(),
    })
}

impl Cell {
    /// Nothing where the file does not add up.
    fn subtract(&mut self, part: &Self) -> Option<()> {
        self.invited = self.invited.checked_sub(part.invited)?;
        self.respondents = self.respondents.checked_sub(part.respondents)?;
        self.of = self.of.checked_sub(part.of)?;
        for (left, part) in self.counts.iter_mut().zip(&part.counts) {
            *left = left.checked_sub(*part)?;
        }
        Some(())
    }
}

/// Cells that nobody answered in are stood for by the others of their place, or by all.
fn weigh(cells: &mut [Cell]) {
    let shares: Vec<f64> = cells.iter().map(|cell| share(cells, cell)).collect();
    let lost: f64 =
        cells.iter().filter(|cell| share_of_place(cells, cell).is_none()).map(|c| f64::from(c.invited)).sum();
    let found: f64 = shares.iter().sum();
    let factor = if found > 0.0 { (found + lost) / found } else { 1.0 };
    for (cell, share) in cells.iter_mut().zip(shares) {
        cell.weight = (cell.respondents > 0).then(|| share * factor / f64::from(cell.respondents));
    }
}

/// How many invited a cell stands for: its own, and its part of those of the empty cells of its place.
fn share(cells: &[Cell], cell: &Cell) -> f64 {
    match share_of_place(cells, cell) {
        Some(factor) if cell.respondents > 0 => f64::from(cell.invited) * factor,
        _ => 0.0,
    }
}

/// All invited of a cell's place by those in cells with respondents; nothing where there are none.
fn share_of_place(cells: &[Cell], cell: &Cell) -> Option<f64> {
    let beside = || cells.iter().filter(|other| other.place == cell.place);
    let all: f64 = beside().map(|cell| f64::from(cell.invited)).sum();
    let answered: f64 = beside().filter(|cell| cell.respondents > 0).map(|cell| f64::from(cell.invited)).sum();
    (answered > 0.0).then(|| all / answered)
}

/// (Σ w)² ÷ Σ w² over the respondents (Kish, *Survey Sampling*, 1965).
fn effective(cells: &[Cell]) -> f64 {
    let sum = |power: i32| -> f64 {
        cells.iter().filter_map(|cell| Some(f64::from(cell.respondents) * cell.weight?.powi(power))).sum()
    };
    if sum(2) > 0.0 { sum(1).powi(2) / sum(2) } else { 0.0 }
}

/// Ratios of weighted sums over parts: weight, counts, answers.
fn estimates<'p>(row: &Row<'p>, parts: &[(f64, &[u32], u32)]) -> Option<Estimates<'p>> {
    let options = row.question.options.len().checked_sub(1)?;
    let total = |index: usize| -> f64 {
        parts.iter().map(|(weight, counts, _)| weight * counts.get(index).copied().map_or(0.0, f64::from)).sum()
    };
    let totals: Vec<f64> = (0..options).map(total).collect();
    let answered: f64 = parts.iter().map(|(weight, _, of)| weight * f64::from(*of)).sum();
    let points = row.points();
    let on_scale: f64 = totals.iter().take(points.len()).sum();
    #[expect(clippy::cast_precision_loss, reason = "points of a scale are small numbers")]
    let value = |point: &Point| point.value as f64;
    let sum = |figure: &dyn Fn(&Point) -> f64| -> Option<f64> {
        let sum: f64 = points.iter().zip(&totals).map(|(point, total)| figure(point) * total).sum();
        (on_scale > 0.0).then(|| sum / on_scale)
    };
    let judged = points.iter().any(|point| point.favourable);
    let good = |point: &Point| if point.favourable { 100.0 } else { 0.0 };
    let shares = row.options().zip(&totals).map(|((option, _), total)| (option, 100.0 * total / answered)).collect();
    (answered > 0.0).then(|| Estimates { shares, mean: sum(&value), favourable: sum(&good).filter(|_| judged) })
}
