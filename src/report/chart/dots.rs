//! Values on one scale, each with its interval. A tick in every row says where the whole is.

use super::canvas::{Anchor, Canvas, LINE};
use super::figure::Dot;
use super::palette::{AXIS, BAR, INK, RULE, SOFT};

const HEIGHT: u32 = 18;
const GAP: u32 = 12;
/// How far the whole's tick stands out, upwards and downwards.
const TICK: u32 = 9;

pub(super) fn draw(canvas: &mut Canvas, (from, to): (f64, f64), rows: &[Dot]) {
    let place = |value: f64| ((value - from) / (to - from).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0) * 0.96 + 0.02;
    let whole = rows.iter().find(|row| row.whole).and_then(|row| row.value);
    for row in rows {
        canvas.row();
        let value = row.value.map_or_else(|| "–".to_owned(), |value| canvas.notation.decimal(value, 1));
        canvas.write(1.0, 0, Anchor::End, INK, "font-weight=\"600\"", &value);
        canvas.label(&format!("{} (n\u{a0}=\u{a0}{})", row.label, row.base), None, row.mark, row.whole);
        let y = canvas.y + HEIGHT / 2;
        canvas.line((place(from), y), (place(to), y), RULE, 1);
        if let Some(value) = whole {
            canvas.line((place(value), y - TICK), (place(value), y + TICK), AXIS, 2);
        }
        if let Some((low, high)) = row.interval {
            canvas.line((place(low), y), (place(high), y), (BAR.class, BAR.fill), 4);
        }
        if let Some(value) = row.value {
            canvas.dot(place(value), y, if row.whole { INK } else { (BAR.class, BAR.fill) });
        }
        canvas.y += HEIGHT + GAP;
    }
    ends(canvas, from, to);
}

fn ends(canvas: &mut Canvas, from: f64, to: f64) {
    let (low, high) = (canvas.notation.decimal(from, 0), canvas.notation.decimal(to, 0));
    canvas.write(0.0, 0, Anchor::Start, SOFT, "", &low);
    canvas.write(1.0, 0, Anchor::End, SOFT, "", &high);
    canvas.y += LINE;
}
