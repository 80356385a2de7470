//! Bars in one colour: label and share in one line, the bar below.

use super::canvas::{Anchor, Canvas, LINE, STRIP};
use super::figure::Bar;
use super::palette::{ASIDE, AXIS, BAR, GROUND, INK, Paint, TRACK};

const HEIGHT: u32 = 14;
const GAP: u32 = 14;

pub(super) fn draw(canvas: &mut Canvas, rows: &[Bar]) {
    for row in rows {
        canvas.row();
        let share = row.share(canvas.notation);
        let label = match &row.base {
            Some(base) => format!("{} (n\u{a0}=\u{a0}{base})", row.label),
            None => row.label.clone(),
        };
        canvas.write(1.0, 0, Anchor::End, INK, "font-weight=\"600\"", &share);
        canvas.label(&label, None, row.mark, false);
        let track = Paint { class: TRACK.0, fill: TRACK.1, ..BAR };
        canvas.rect((0.0, 1.0), HEIGHT, track);
        let length = f64::from(row.percent.unwrap_or(0)) / 100.0;
        canvas.rect((0.0, length), HEIGHT, if row.aside { ASIDE } else { BAR });
        canvas.y += HEIGHT + GAP;
    }
    if rows.is_empty() {
        canvas.y += LINE;
    }
}

/// One bar without words.
pub(super) fn strip(canvas: &mut Canvas, row: Option<&Bar>) {
    if let Some(row) = row {
        meter(canvas, f64::from(row.percent.unwrap_or(0).min(100)) / 100.0);
    }
}

pub(super) fn meter(canvas: &mut Canvas, share: f64) {
    canvas.rect((0.0, 1.0), STRIP, Paint { class: TRACK.0, fill: TRACK.1, ..BAR });
    canvas.rect((0.0, share.clamp(0.0, 1.0)), STRIP, BAR);
}

/// Wider than its line, so that it is seen on the bar too.
pub(super) fn tick(canvas: &mut Canvas, share: f64) {
    let at = share.clamp(0.0, 1.0);
    for (paint, width) in [(("on-ground", GROUND.1), 6), (AXIS, 2)] {
        canvas.line((at, 0), (at, STRIP), paint, width);
    }
}
