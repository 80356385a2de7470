//! Shares over time: one line each, from wave to wave, its share at every wave.

use super::canvas::{Anchor, Canvas, LINE};
use super::figure::Line;
use super::palette::{BAR, INK, RULE, SOFT};

const HEIGHT: u32 = 132;
const GAP: u32 = 16;

pub(super) fn draw(canvas: &mut Canvas, waves: &[String], lines: &[Line]) {
    for line in lines {
        canvas.label(&line.label, None, None, true);
        one(canvas, line);
        names(canvas, waves);
        canvas.y += GAP;
    }
}

/// Where a wave stands across the picture: the outer ones far enough inside for their names.
fn across(wave: u32, waves: usize) -> f64 {
    let last = u32::try_from(waves).unwrap_or(u32::MAX).saturating_sub(1).max(1);
    0.1 + 0.8 * f64::from(wave) / f64::from(last)
}

fn one(canvas: &mut Canvas, line: &Line) {
    let (top, bottom) = (canvas.y + LINE, canvas.y + HEIGHT);
    let height = |percent: u32| bottom - percent.min(100) * (bottom - top) / 100;
    let points: Vec<Option<(f64, u32, u32)>> = (0..)
        .zip(&line.percents)
        .map(|(wave, percent)| percent.map(|percent| (across(wave, line.percents.len()), height(percent), percent)))
        .collect();
    for y in [top, u32::midpoint(top, bottom), bottom] {
        canvas.line((0.0, y), (1.0, y), RULE, 1);
    }
    for pair in points.windows(2) {
        if let [Some(from), Some(to)] = pair {
            canvas.line((from.0, from.1), (to.0, to.1), (BAR.class, BAR.fill), 3);
        }
    }
    for (x, y, percent) in points.into_iter().flatten() {
        canvas.dot(x, y, (BAR.class, BAR.fill));
        canvas.y = y.saturating_sub(27);
        let share = canvas.notation.percent(Some(percent));
        canvas.write(x, 0, Anchor::Middle, INK, "font-weight=\"600\"", &share);
    }
    canvas.y = bottom + 6;
}

fn names(canvas: &mut Canvas, waves: &[String]) {
    for (wave, name) in (0..).zip(waves) {
        canvas.write(across(wave, waves.len()), 0, Anchor::Middle, SOFT, "font-size=\"13\"", name);
    }
    canvas.y += LINE;
}
