//! Shares over time: one line each, from wave to wave, its share at every wave.

use super::canvas::{Anchor, Canvas, LINE, Medium};
use super::figure::Line;
use super::palette::{BAR, INK, RULE, SOFT};

const HEIGHT: u32 = 132;
const GAP: u32 = 16;
/// How wide a picture is at least, and a letter of a name at most.
const PAGE: u32 = 256;
const FILE: u32 = 672;
const LETTER: u32 = 7;

pub(super) fn draw(canvas: &mut Canvas, waves: &[String], lines: &[Line]) {
    for line in lines {
        canvas.label(&line.label, None, None, true);
        one(canvas, line);
        names(canvas, waves);
        canvas.y += GAP;
    }
}

/// Where a wave stands across the picture: the outer ones far enough inside for their shares.
fn across(wave: u32, waves: usize) -> f64 {
    f64::from(thousandths(wave, waves)) / 1000.0
}

fn thousandths(wave: u32, waves: usize) -> u32 {
    let last = u32::try_from(waves).unwrap_or(u32::MAX).saturating_sub(1).max(1);
    100 + 800 * wave.min(last) / last
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

/// What the waves are called: beside each other where there is room, else on steps, so that none stands on another.
fn names(canvas: &mut Canvas, waves: &[String]) {
    let width = if canvas.medium == Medium::Page { PAGE } else { FILE };
    let names: Vec<String> = (0..).zip(waves).map(|(wave, name)| short(name, room(wave, waves.len(), width))).collect();
    let longest = names.iter().filter_map(|name| u32::try_from(name.chars().count()).ok()).max().unwrap_or(0);
    let steps = steps(longest * LETTER, waves.len(), width);
    let top = canvas.y;
    for (wave, name) in (0..).zip(&names) {
        let (x, anchor) = match wave {
            0 if !centred(name, width) => (0.0, Anchor::Start),
            wave if is_last(wave, waves.len()) && !centred(name, width) => (1.0, Anchor::End),
            _ => (across(wave, waves.len()), Anchor::Middle),
        };
        canvas.y = top + LINE * (wave % steps);
        canvas.write(x, 0, anchor, SOFT, "font-size=\"13\"", name);
    }
    canvas.y = top + LINE * steps;
}

/// Whether a name fits below an outer wave.
fn centred(name: &str, width: u32) -> bool {
    u32::try_from(name.chars().count()).is_ok_and(|letters| letters * LETTER * 1000 <= 2 * 100 * width)
}

fn is_last(wave: u32, waves: usize) -> bool {
    usize::try_from(wave).is_ok_and(|wave| wave + 1 == waves)
}

/// How many letters the name of a wave may have: the outer ones begin and end with the picture, the others reach out to both sides.
fn room(wave: u32, waves: usize, width: u32) -> u32 {
    let at = thousandths(wave, waves);
    let inside = if wave == 0 || is_last(wave, waves) { 1000 } else { 2 * at.min(1000 - at) };
    width * inside / 1000 / LETTER
}

/// On how many lines names of that width stand: the first one ends before the next one on its line begins.
fn steps(longest: u32, waves: usize, width: u32) -> u32 {
    let most = u32::try_from(waves).unwrap_or(1).max(1);
    (1..most).find(|step| 3 * longest * 1000 <= 2 * width * thousandths(*step, waves)).unwrap_or(most)
}

fn short(name: &str, most: u32) -> String {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let kept: String = name.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
