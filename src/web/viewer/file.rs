//! A question's picture or numbers as a file.

use axum::body::Body;
use axum::http::Response;

use super::address::Rows;
use super::overview::asked;
use super::parts::Parts;
use super::picture::{self, Words};
use super::question::show;
use super::reader::{Material, Reader};
use crate::anonymity::publication::Question;
use crate::report::chart::{self, Figure, Medium};
use crate::report::table;
use crate::results::view::Scope;
use crate::web::hr::Desk;
use crate::web::reply::attachment;

const SVG: &str = "image/svg+xml; charset=utf-8";
const CSV: &str = "text/csv; charset=utf-8";

/// `whole.svg`, `parts.svg` or `table.csv` of a question; nothing where there is no such file for this reader.
///
/// # Errors
/// A word is missing; memory is full.
pub(super) fn file(
    desk: &Desk,
    material: &Material,
    scope: &Scope,
    question: &str,
    name: &str,
    rows: &Rows,
) -> anyhow::Result<Option<Response<Body>>> {
    let Some(reader) = material.reader(scope) else { return Ok(None) };
    let found = reader.place(rows.place.as_deref()).zip(reader.view.question(question));
    let Some((place, question)) = found else { return Ok(None) };
    let by = rows.by.as_deref();
    let Some(parts) = Parts::of(&reader, question, &place.id, by, rows.option.as_deref()) else { return Ok(None) };
    let asked = asked(desk, &reader, question)?;
    let words = Words { asked: &asked, notation: material.notation };
    let drawn = |figure: Figure| (SVG, chart::svg(&figure, words.notation, Medium::File).into_bytes());
    let made = match name {
        "whole.svg" => {
            parts.whole.figures.as_ref().map(|figures| drawn(picture::alone(&reader, question, figures, &words)))
        }
        "parts.svg" => picture::beside(&reader, question, &parts, show(question, rows), &words).map(drawn),
        "table.csv" => Some((CSV, numbers(&reader, question, &parts, &asked)?)),
        _ => None,
    };
    let name = format!("{}-{name}", question.id);
    Ok(made.map(|(mime, bytes)| attachment(mime, &name, bytes)))
}

/// The rows of the page's table; hidden ones say that they are.
fn numbers(reader: &Reader<'_>, question: &Question, parts: &Parts<'_>, asked: &str) -> anyhow::Result<Vec<u8>> {
    let options = question.options.iter().take(question.options.len().saturating_sub(1));
    let options: Vec<String> = options.map(|option| reader.option(option)).collect();
    let row = |part: &super::parts::Part<'_>| table::Row {
        group: part.name.clone(),
        figures: part.figures.as_ref().map(|figures| table::Figures {
            base: figures.answered.to_string(),
            counts: figures.bars.iter().map(|bar| bar.count).collect(),
            percents: figures.bars.iter().map(|bar| bar.percent).collect(),
            open: figures.missing.open,
            mean: figures.mean,
            favourable: figures.favourable,
        }),
    };
    let rows: Vec<table::Row> = std::iter::once(&parts.whole).chain(&parts.rows).map(row).collect();
    table::csv(&reader.text(question), asked, &options, &rows)
}
