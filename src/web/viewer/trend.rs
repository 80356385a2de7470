//! A question over its waves, as the page shows it.

use super::picture::{self, Words};
use super::question::points;
use super::reader::Reader;
use crate::anonymity::publication::{Base, Question};
use crate::report::chart::{Figure, Line, Picture};
use crate::results::compare::usual;
use crate::results::row::Measure;
use crate::results::trend::{self as waves, Reason, Wave};
use crate::results::view::Position;
use crate::web::hr::Desk;
use crate::web::pages::viewer::question::{Refused, Trend};

/// Nothing where no earlier wave asked the question.
///
/// # Errors
/// A word is missing.
pub(super) fn trend(
    desk: &Desk,
    reader: &Reader<'_>,
    question: &Question,
    position: Position<'_>,
    words: &Words<'_>,
) -> anyhow::Result<Option<Trend>> {
    let found = waves::trend(&reader.view, question, position, &reader.earlier);
    if found.waves.len() < 2 && found.refused.is_empty() {
        return Ok(None);
    }
    let name = |number: usize| reader.material.waves.get(number).map(|wave| wave.name.clone()).unwrap_or_default();
    let refused =
        found.refused.iter().map(|refused| Refused { wave: name(refused.earlier), reason: reason(&refused.reason) });
    let change = found.waves.last().and_then(|wave| wave.change);
    let lines = lines(desk, reader, question, &found.waves)?;
    let names = found.waves.iter().map(|wave| wave.earlier.map_or_else(|| reader.material.campaign.name.clone(), name));
    let answered =
        found.waves.last().and_then(|wave| wave.distribution.figures.as_ref()).map(|figures| figures.answered);
    let base = picture::base(answered.unwrap_or(&Base::Exact(0)), words.notation);
    let figure = Figure {
        id: format!("{}-trend", question.id),
        title: reader.text(question),
        subtitle: format!("{} · n\u{a0}=\u{a0}{base}", words.asked),
        source: reader.source(),
        picture: Picture::Slopes { waves: names.collect(), lines },
    };
    Ok(Some(Trend {
        figure: (found.waves.len() > 1).then_some(figure),
        points: change.as_ref().map(points),
        significant: change.is_some_and(|change| change.is_significant()),
        refused: refused.collect(),
    }))
}

/// The usual share of a question, or each of its options.
fn lines(desk: &Desk, reader: &Reader<'_>, question: &Question, waves: &[Wave<'_>]) -> anyhow::Result<Vec<Line>> {
    if usual(question) == Some(Measure::Favourable) {
        let label = desk.app.pages.word("hr-favourable", desk.language())?;
        let share = |wave: &Wave<'_>| wave.distribution.figures.as_ref()?.favourable;
        return Ok(vec![Line { label, percents: waves.iter().map(share).collect() }]);
    }
    let options = question.options.iter().take(question.options.len().saturating_sub(1));
    let options = options.take(if usual(question).is_some() { 1 } else { usize::MAX });
    let line = |option: &crate::anonymity::publication::Category| Line {
        label: reader.option(option),
        percents: waves.iter().map(|wave| share(wave, &option.id)).collect(),
    };
    Ok(options.map(line).collect())
}

fn share(wave: &Wave<'_>, option: &str) -> Option<u32> {
    let bars = &wave.distribution.figures.as_ref()?.bars;
    bars.iter().find(|bar| bar.option.id == option)?.percent
}

const fn reason(reason: &Reason) -> &'static str {
    match reason {
        Reason::NoSuchQuestion => "no_such_question",
        Reason::Type { .. } => "type",
        Reason::Answers => "answers",
        Reason::Direction => "direction",
        Reason::Audience => "audience",
    }
}
