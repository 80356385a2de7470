//! From published figures to a picture that fits them.

use super::parts::{Part, Parts};
use super::reader::Reader;
use crate::anonymity::publication::{Base, Kind, Question};
use crate::report::chart::{Bar, Dot, Figure, Key, Mark, Picture, Stack, Tone};
use crate::report::number::Notation;
use crate::results::distribution::{self, Figures};
use crate::results::significance::Difference;

/// More options than this are not told apart in one bar.
const MOST_IN_A_BAR: usize = 5;

/// How a picture of a question is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Shares of all options.
    Shares,
    /// On scales: the mean of each group with its interval.
    Means,
}

/// Words that a picture cannot find by itself.
pub struct Words<'w> {
    /// `Asked: leaders`, or of everybody.
    pub asked: &'w str,
    /// As the reader's language writes numbers.
    pub notation: Notation,
}

/// Whether one bar can hold all options.
#[must_use]
pub fn is_stacked(question: &Question) -> bool {
    let options = question.options.len().saturating_sub(1);
    match question.kind {
        Kind::Scale => true,
        Kind::YesNo | Kind::Choice => options <= MOST_IN_A_BAR,
        Kind::Number | Kind::Choices | Kind::Rank => false,
    }
}

/// One group alone: a scale as one bar, anything else as a bar for each option.
#[must_use]
pub fn alone(reader: &Reader<'_>, question: &Question, figures: &Figures<'_>, words: &Words<'_>) -> Figure {
    let picture = if question.kind == Kind::Scale {
        let rows = vec![stack(question, None, figures)];
        Picture::Stacked { keys: keys(reader, question), diverging: true, rows }
    } else {
        let bar = |bar: &distribution::Bar<'_>| Bar {
            label: reader.option(bar.option),
            base: None,
            percent: bar.percent,
            about: None,
            aside: bar.aside,
            mark: None,
        };
        Picture::Bars { rows: figures.bars.iter().map(bar).collect() }
    };
    figure(reader, question, "whole", figures.answered, picture, words)
}

/// Groups one below the other, the whole first; hidden ones are left out. Nothing where none is shown.
#[must_use]
pub fn beside(
    reader: &Reader<'_>,
    question: &Question,
    parts: &Parts<'_>,
    show: Show,
    words: &Words<'_>,
) -> Option<Figure> {
    let base = &parts.whole.figures.as_ref()?.answered;
    let rows: Vec<(&Part<'_>, &Figures<'_>)> = parts.shown().collect();
    let picture = match show {
        Show::Means => dots(reader, question, &rows, words.notation),
        Show::Shares if is_stacked(question) => {
            let row = |(part, figures): &(&Part<'_>, &Figures<'_>)| Stack {
                label: Some(part.name.clone()),
                whole: part.whole,
                mark: part.difference.as_ref().and_then(mark),
                ..stack(question, Some(words.notation), figures)
            };
            let diverging = question.kind == Kind::Scale;
            Picture::Stacked { keys: keys(reader, question), diverging, rows: rows.iter().map(row).collect() }
        }
        Show::Shares => Picture::Bars { rows: rows.iter().map(|row| compared(parts, row, words.notation)).collect() },
    };
    Some(figure(reader, question, "parts", base, picture, words))
}

/// A number of answers as it may be shown and as the language writes it.
#[must_use]
pub fn base(base: &Base, notation: Notation) -> String {
    match base {
        Base::Exact(number) => notation.whole(i128::from(*number)),
        // 5300–5399: both ends are numbers.
        Base::About(class) => {
            let ends =
                class.split('–').map(|end| end.parse().map_or_else(|_| end.to_owned(), |end| notation.whole(end)));
            ends.collect::<Vec<_>>().join("–")
        }
    }
}

/// Whether a row stands out, and which way.
#[must_use]
pub fn mark(difference: &Difference) -> Option<Mark> {
    let way = if difference.size > 0.0 { Mark::Higher } else { Mark::Lower };
    difference.is_significant().then_some(way)
}

fn figure(
    reader: &Reader<'_>,
    question: &Question,
    what: &str,
    answered: &Base,
    picture: Picture,
    words: &Words<'_>,
) -> Figure {
    Figure {
        id: format!("{}-{what}", question.id),
        title: reader.text(question),
        subtitle: format!("{} · n\u{a0}=\u{a0}{}", words.asked, base(answered, words.notation)),
        source: reader.source(),
        picture,
    }
}

/// From bad to good, whichever end of the scale is the good one; "don't know" last.
fn turned<T>(question: &Question, mut all: Vec<T>, aside: impl Fn(&T) -> bool) -> Vec<T> {
    if question.reverse {
        let points = all.iter().take_while(|one| !aside(one)).count();
        if let Some(points) = all.get_mut(..points) {
            points.reverse();
        }
    }
    all
}

/// What the parts of a bar are, from bad to good.
pub(super) fn keys(reader: &Reader<'_>, question: &Question) -> Vec<Key> {
    let tone = |id: &str| match question.kind {
        _ if id == crate::results::row::DONT_KNOW => Tone::Aside,
        Kind::Scale => Tone::Point,
        _ => Tone::Option,
    };
    let options = question.options.iter().take(question.options.len().saturating_sub(1));
    let keys = options.map(|option| Key { label: reader.option(option), tone: tone(&option.id) }).collect();
    turned(question, keys, |key| key.tone == Tone::Aside)
}

/// One group's bar.
pub(super) fn stack(question: &Question, notation: Option<Notation>, figures: &Figures<'_>) -> Stack {
    let percents = figures.bars.iter().map(|bar| (bar.percent.unwrap_or(0), bar.aside)).collect();
    let percents = turned(question, percents, |(_, aside)| *aside).into_iter().map(|(percent, _)| percent).collect();
    let base = notation.map(|notation| base(figures.answered, notation)).unwrap_or_default();
    Stack { label: None, base, percents, whole: false, mark: None }
}

fn compared(parts: &Parts<'_>, (part, figures): &(&Part<'_>, &Figures<'_>), notation: Notation) -> Bar {
    Bar {
        label: part.name.clone(),
        base: Some(base(figures.answered, notation)),
        percent: figures.bars.get(parts.option).and_then(|bar| bar.percent),
        about: None,
        aside: part.whole,
        mark: part.difference.as_ref().and_then(mark),
    }
}

fn dots(reader: &Reader<'_>, question: &Question, rows: &[(&Part<'_>, &Figures<'_>)], notation: Notation) -> Picture {
    let values = question.options.iter().filter_map(|option| option.value);
    let ends = values.fold(None, |ends: Option<(i64, i64)>, value| {
        Some(ends.map_or((value, value), |(low, high)| (low.min(value), high.max(value))))
    });
    let (from, to) = ends.unwrap_or((0, 1));
    let dot = |(part, figures): &(&Part<'_>, &Figures<'_>)| {
        let mean = part.mean(reader, question);
        Dot {
            label: part.name.clone(),
            base: base(figures.answered, notation),
            value: mean.map(|(mean, _)| mean),
            interval: mean.and_then(|(_, interval)| interval),
            whole: part.whole,
            mark: None,
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "points of a scale are small numbers")]
    let ends = (from as f64, to as f64);
    Picture::Dots { from: ends.0, to: ends.1, rows: rows.iter().map(dot).collect() }
}

/// For a list: all options in one bar where that is right, else the one that most have chosen.
#[must_use]
pub fn glance(reader: &Reader<'_>, question: &Question, figures: &Figures<'_>, words: &Words<'_>) -> Figure {
    if is_stacked(question) {
        let picture = Picture::Stacked {
            keys: keys(reader, question),
            diverging: false,
            rows: vec![stack(question, None, figures)],
        };
        return figure(reader, question, "glance", figures.answered, picture, words);
    }
    let mut alone = alone(reader, question, figures, words);
    if let Picture::Bars { rows } = &mut alone.picture {
        rows.sort_by_key(|row| std::cmp::Reverse(row.percent));
        rows.truncate(1);
    }
    alone
}
