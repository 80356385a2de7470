//! What belongs side by side: one measure worded by audience, a leader's question beside the employee's.

use super::picture::{self, Words};
use super::question::points;
use super::reader::Reader;
use crate::anonymity::publication::Question;
use crate::report::chart::{Figure, Picture, Stack};
use crate::results::breakdown;
use crate::results::distribution::Distribution;
use crate::web::hr::Desk;
use crate::web::pages::viewer::question::{Sides, Wording};

/// Nothing where everybody was asked in the same words and no other question makes a pair with this one.
///
/// # Errors
/// A word is missing.
pub(super) fn sides(
    desk: &Desk,
    reader: &Reader<'_>,
    question: &Question,
    place: &str,
    words: &Words<'_>,
) -> anyhow::Result<Option<Sides>> {
    match audiences(reader, question, place, words) {
        Some(sides) => Ok(Some(sides)),
        None => pair(desk, reader, question, place, words),
    }
}

fn audiences(reader: &Reader<'_>, question: &Question, place: &str, words: &Words<'_>) -> Option<Sides> {
    let parts = breakdown::sides(&reader.view, question, place);
    let wording = |part: &breakdown::Part<'_>| Wording {
        audience: reader.value(part.value),
        text: part.wording.and_then(|words| reader.material.words(words)).unwrap_or_default().to_owned(),
    };
    let rows = parts.iter().filter_map(|part| row(question, &reader.value(part.value), &part.distribution, words));
    let rows: Vec<Stack> = rows.collect();
    let first = parts.iter().find_map(|part| part.distribution.figures.as_ref())?;
    let figure = picture::alone(reader, question, first, words);
    (rows.len() > 1 && picture::is_stacked(question)).then(|| Sides {
        wordings: parts.iter().map(wording).collect(),
        figure: beside(reader, question, rows, figure),
        points: None,
        significant: false,
    })
}

fn pair(
    desk: &Desk,
    reader: &Reader<'_>,
    question: &Question,
    place: &str,
    words: &Words<'_>,
) -> anyhow::Result<Option<Sides>> {
    let pairs = breakdown::pairs(&reader.view, &reader.material.survey, place);
    let ours =
        |pair: &&breakdown::Pair<'_>| [&pair.leader, &pair.employee].iter().any(|one| one.question.id == question.id);
    let Some(pair) = pairs.iter().find(ours) else { return Ok(None) };
    let named = [("hr-res-leaders", &pair.leader), ("hr-res-employees", &pair.employee)];
    let (mut rows, mut wordings) = (Vec::new(), Vec::new());
    for (key, side) in named {
        let audience = desk.app.pages.word(key, desk.language())?;
        rows.extend(row(side.question, &audience, side, words));
        wordings.push(Wording { audience, text: reader.text(side.question) });
    }
    let Some(figures) = pair.leader.figures.as_ref().filter(|_| rows.len() == 2) else { return Ok(None) };
    let figure = picture::alone(reader, pair.leader.question, figures, words);
    Ok(Some(Sides {
        wordings,
        figure: beside(reader, pair.leader.question, rows, figure),
        points: pair.difference.as_ref().map(points),
        significant: pair.difference.is_some_and(|difference| difference.is_significant()),
    }))
}

fn row(question: &Question, label: &str, distribution: &Distribution<'_>, words: &Words<'_>) -> Option<Stack> {
    let row = picture::stack(question, Some(words.notation), distribution.figures.as_ref()?);
    Some(Stack { label: Some(label.to_owned()), ..row })
}

fn beside(reader: &Reader<'_>, question: &Question, rows: Vec<Stack>, figure: Figure) -> Figure {
    let diverging = question.kind == crate::anonymity::publication::Kind::Scale;
    let picture = Picture::Stacked { keys: picture::keys(reader, question), diverging, rows };
    Figure { id: format!("{}-sides", question.id), picture, ..figure }
}
