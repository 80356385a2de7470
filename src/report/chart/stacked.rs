//! Cut bars, side by side. On scales the middle of all of them stands in one line (diverging stacked bars): bad goes to the left, good
//! to the right, and "don't know" stands apart at the end.

use super::canvas::{Anchor, Canvas, LINE, STRIP};
use super::figure::{Key, Stack, Tone};
use super::palette::{self, Paint};

const HEIGHT: u32 = 28;
const GAP: u32 = 14;
/// How far the middle stands out of a bar.
const TICK: u32 = 4;
/// Between the scale and "don't know", in percent.
const APART: f64 = 2.0;
/// Segments under this share of the picture hold no number: it would not fit on a phone.
const NARROW: f64 = 0.05;
/// From this share on the number has its sign.
const WIDE: f64 = 0.12;

pub(super) fn draw(canvas: &mut Canvas, keys: &[Key], diverging: bool, rows: &[Stack]) {
    let paints = palette::paints(keys);
    let field = Field::of(keys, diverging && rows.len() > 1, rows);
    for row in rows {
        canvas.row();
        if let Some(label) = &row.label {
            canvas.label(label, Some(&row.base), row.mark, row.whole);
        }
        segments(canvas, keys, &paints, row, &field);
        if field.diverging {
            ticks(canvas, field.centre / field.width);
        }
        canvas.y += HEIGHT + GAP;
    }
    if rows.is_empty() {
        canvas.y += LINE;
    }
}

/// What all rows share: where their middle stands, and how many percent fit across.
struct Field {
    centre: f64,
    width: f64,
    aside: f64,
    diverging: bool,
}

impl Field {
    fn of(keys: &[Key], diverging: bool, rows: &[Stack]) -> Self {
        let most = |part: fn(&[Key], &Stack) -> f64| rows.iter().map(|row| part(keys, row)).fold(0.0, f64::max);
        let aside = most(|keys, row| parts(keys, row, |key| key.tone == Tone::Aside));
        let aside = if aside > 0.0 { aside + APART } else { 0.0 };
        let (left, right) = if diverging { (most(left), most(right)) } else { (0.0, most(scale)) };
        Self { centre: left, width: (left + right + aside).max(1.0), aside, diverging }
    }
}

fn parts(keys: &[Key], row: &Stack, wanted: impl Fn(&Key) -> bool) -> f64 {
    let parts = keys.iter().zip(&row.percents).filter(|(key, _)| wanted(key));
    parts.map(|(_, percent)| f64::from(*percent)).sum()
}

fn scale(keys: &[Key], row: &Stack) -> f64 {
    parts(keys, row, |key| key.tone != Tone::Aside)
}

/// What lies to the left of the middle: the lower half of the points, and half of a point in the middle.
fn left(keys: &[Key], row: &Stack) -> f64 {
    let points: Vec<f64> = keys
        .iter()
        .zip(&row.percents)
        .filter(|(key, _)| key.tone != Tone::Aside)
        .map(|(_, percent)| f64::from(*percent))
        .collect();
    let half = points.len() / 2;
    let middle = if points.len() % 2 == 1 { points.get(half).copied().unwrap_or(0.0) / 2.0 } else { 0.0 };
    points.iter().take(half).sum::<f64>() + middle
}

fn right(keys: &[Key], row: &Stack) -> f64 {
    scale(keys, row) - left(keys, row)
}

fn segments(canvas: &mut Canvas, keys: &[Key], paints: &[Paint], row: &Stack, field: &Field) {
    let mut at = if field.diverging { field.centre - left(keys, row) } else { 0.0 };
    for ((key, paint), &percent) in keys.iter().zip(paints).zip(&row.percents) {
        if key.tone == Tone::Aside && field.aside > 0.0 {
            at = field.width - field.aside + APART;
        }
        let end = at + f64::from(percent);
        if percent > 0 {
            canvas.rect((at / field.width, end / field.width), HEIGHT, *paint);
            number(canvas, (at / field.width, end / field.width), percent, *paint);
        }
        at = end;
    }
}

/// Where the middle is, above and below a bar: a line through it would strike its numbers out.
fn ticks(canvas: &mut Canvas, x: f64) {
    let (top, bottom) = (canvas.y, canvas.y + HEIGHT);
    for (from, to) in [(top.saturating_sub(TICK), top), (bottom, bottom + TICK)] {
        canvas.line((x, from), (x, to), palette::AXIS, 2);
    }
}

fn number(canvas: &mut Canvas, (from, to): (f64, f64), percent: u32, paint: Paint) {
    let text = match to - from {
        share if share < NARROW => return,
        share if share < WIDE => percent.to_string(),
        _ => canvas.notation.percent(Some(percent)),
    };
    let x = f64::midpoint(from, to);
    canvas.y += 5;
    canvas.write(x, 0, Anchor::Middle, (paint.ink_class, paint.ink), "font-size=\"13\" font-weight=\"600\"", &text);
    canvas.y -= 5;
}

/// One row without words, as wide as there is room.
pub(super) fn strip(canvas: &mut Canvas, keys: &[Key], row: Option<&Stack>) {
    let Some(row) = row else { return };
    let all: u32 = row.percents.iter().sum();
    let mut at = 0;
    for (paint, percent) in palette::paints(keys).into_iter().zip(&row.percents) {
        let share = |percent: u32| f64::from(percent) / f64::from(all.max(1));
        canvas.rect((share(at), share(at + percent)), STRIP, paint);
        at += percent;
    }
}
