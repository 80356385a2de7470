//! Charts as SVG: the same picture on a page, in a file, in a document.
//!
//! A [`Figure`] holds words and whole percent as they were published; drawing it decides nothing. Two rules make one picture right
//! everywhere. **Lengths are shares of the width**, so that bars stretch while letters keep their size: on a page `37.5%`, in
//! a file a number ([`Medium`]). **Every mark has a class beside its colour**: the colours are those of light paper, and a
//! page's style sheet repaints the classes in the dark. Nothing is told by colour alone: segments are numbered, rows are named,
//! and the order of a scale is its order in the picture.

mod bars;
mod canvas;
mod dots;
mod figure;
mod palette;
mod slopes;
mod stacked;

pub use canvas::Medium;
pub use figure::{Bar, Dot, Figure, Key, Line, Mark, Picture, Stack, Tone};

use super::number::Notation;
use super::text::escape;
use canvas::Canvas;

/// The figure as one `<svg>` with a title and a description in words. A file also says on its face what was asked, of whom, and
/// where it comes from, and holds its key; on a page these stand beside it ([`legend`]).
#[must_use]
pub fn svg(figure: &Figure, notation: Notation, medium: Medium) -> String {
    let mut canvas = Canvas::new(medium, notation);
    canvas.heading(&figure.title, &figure.subtitle);
    match &figure.picture {
        Picture::Bars { rows } => bars::draw(&mut canvas, rows),
        Picture::Stacked { keys, diverging, rows } => stacked::draw(&mut canvas, keys, *diverging, rows),
        Picture::Dots { from, to, rows } => dots::draw(&mut canvas, (*from, *to), rows),
        Picture::Slopes { waves, lines } => slopes::draw(&mut canvas, waves, lines),
    }
    if medium == Medium::File {
        canvas.key(figure.keys());
        canvas.foot(&figure.source);
    }
    canvas.close(&figure.id, &figure.title, &figure::describe(figure, notation))
}

/// What each colour of a picture stands for, as a list for a page; empty where there is one colour.
#[must_use]
pub fn legend(figure: &Figure) -> String {
    let keys = figure.keys();
    if keys.is_empty() {
        return String::new();
    }
    let items: String = keys.iter().zip(&palette::paints(keys)).map(item).collect();
    format!("<ul class=\"legend\">{items}</ul>")
}

/// The two ends of a scale, for a small picture: what lies between them stands in their order. Empty where there is no scale.
#[must_use]
pub fn ends(figure: &Figure) -> String {
    let keys = figure.keys();
    let colours = palette::paints(keys);
    let mut scale = keys.iter().zip(&colours).filter(|(key, _)| key.tone == Tone::Point);
    match (scale.next(), scale.next_back()) {
        (Some(low), Some(high)) => format!("<ul class=\"legend ends\">{}{}</ul>", item(low), item(high)),
        _ => String::new(),
    }
}

fn item((key, paint): (&Key, &palette::Paint)) -> String {
    format!(
        "<li><svg class=\"swatch\" width=\"14\" height=\"14\" aria-hidden=\"true\"><rect width=\"14\" height=\"14\" rx=\"3\" \
         class=\"{}\" fill=\"{}\"/></svg>{}</li>",
        paint.class,
        paint.fill,
        escape(&key.label)
    )
}

/// The first row of a picture as a thin strip without words, for a list whose lines say the same in words.
#[must_use]
pub fn strip(figure: &Figure) -> String {
    let mut canvas = Canvas::new(Medium::Page, Notation::English);
    match &figure.picture {
        Picture::Stacked { keys, rows, .. } => stacked::strip(&mut canvas, keys, rows.first()),
        Picture::Bars { rows } => bars::strip(&mut canvas, rows.first()),
        Picture::Dots { .. } | Picture::Slopes { .. } => {}
    }
    canvas.strip()
}

/// Whole percent as a thin bar without words.
#[must_use]
pub fn meter(percent: u32) -> String {
    let mut canvas = Canvas::new(Medium::Page, Notation::English);
    bars::meter(&mut canvas, f64::from(percent.min(100)) / 100.0);
    canvas.strip()
}

/// A share of a length as a thin bar without words, and a tick where the whole is.
#[must_use]
pub fn against(share: f64, whole: Option<f64>) -> String {
    let mut canvas = Canvas::new(Medium::Page, Notation::English);
    bars::meter(&mut canvas, share);
    if let Some(whole) = whole {
        bars::tick(&mut canvas, whole);
    }
    canvas.strip()
}

#[cfg(test)]
mod tests;
