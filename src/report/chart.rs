//! Charts as SVG: horizontal bars for choices, stacked bars for scales and comparisons.
//!
//! Labels stand above or beside their bars in words and percent, so that nothing is told by colour alone. Colours come
//! from the page's custom properties (`--chart-…`, with fallbacks for files outside a page) and text from `currentColor`,
//! so that one picture is right in light and dark. Every text is escaped here.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::number::{Notation, percent};

/// The figures of one question, ready to be drawn and to be written as a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Unique on the page; letters, digits, `-` and `_`.
    pub id: String,
    /// What was asked.
    pub title: String,
    /// How it is drawn.
    pub shape: Shape,
    /// Options or points, in order.
    pub options: Vec<FigureOption>,
    /// One for the whole; several put audiences side by side. Bars draw the first alone.
    pub rows: Vec<Row>,
}

/// How a figure is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One bar for each option: the shares need not add up to the whole.
    Bars,
    /// One bar for each row, cut into the options: the shares add up to the whole.
    Stacked,
}

/// An option or a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureOption {
    /// What is read.
    pub label: String,
    /// "Don't know": outside the order of the points, drawn in grey.
    pub aside: bool,
}

/// One group's counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Which group; none for the whole.
    pub label: Option<String>,
    /// Respondents who answered; the shares are of these.
    pub base: u64,
    /// Per option, in the figure's order.
    pub counts: Vec<u64>,
}

/// Width of every chart, in its own units; the page scales it.
const WIDTH: u32 = 360;
const LINE: u32 = 17;
/// Characters that surely fit on a line of the whole width at 13 units.
const LINE_CHARACTERS: usize = 46;
/// From least to most favourable; ordered in lightness too, so that it survives grey printing.
const RAMP: [&str; 7] = ["#8c3b1a", "#c96f3b", "#e8b98a", "#d9d5c7", "#9fcac4", "#3f938f", "#0c5357"];
/// Whether white text stands on a colour of the ramp.
const WHITE_ON: [bool; 7] = [true, false, false, false, false, false, true];

/// Draws `figure`, percentages written in `notation`.
#[must_use]
pub fn svg(figure: &Figure, notation: Notation) -> String {
    let (height, drawing) = match figure.shape {
        Shape::Bars => bars(figure, notation),
        Shape::Stacked => stacked(figure, notation),
    };
    let id = attribute_id(&figure.id);
    format!(
        "<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" \
         aria-labelledby=\"{id}-title {id}-desc\" font-family=\"system-ui, sans-serif\" font-size=\"13\" \
         fill=\"currentColor\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>{drawing}</svg>",
        escape(&figure.title),
        escape(&description(figure, notation)),
    )
}

/// The figures in one sentence for each row, for those who hear the picture.
fn description(figure: &Figure, notation: Notation) -> String {
    let sentence = |row: &Row| {
        let shares: Vec<String> = figure
            .options
            .iter()
            .zip(&row.counts)
            .map(|(o, &n)| format!("{} {}", o.label, notation.share(n, row.base)))
            .collect();
        let group = row.label.as_ref().map(|label| format!("{label}: ")).unwrap_or_default();
        format!("{group}{}.", shares.join(", "))
    };
    figure.rows.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// Label over bar, option by option; the percentage ends the bar's line.
fn bars(figure: &Figure, notation: Notation) -> (u32, String) {
    const TRACK: u32 = WIDTH - 48;
    let mut y = 0;
    let mut out = String::new();
    let Some(row) = figure.rows.first() else { return (1, out) };
    for (option, &count) in figure.options.iter().zip(&row.counts) {
        y += label(&mut out, 0, y, &option.label);
        let width = length(count, row.base, TRACK);
        let fill = if option.aside { "var(--chart-aside, #8a8f8f)" } else { "var(--chart-bar, #0f6b70)" };
        let _ = write!(
            out,
            "<rect y=\"{y}\" width=\"{TRACK}\" height=\"16\" rx=\"3\" fill=\"var(--chart-track, #e7e5dd)\"/>\
             <rect y=\"{y}\" width=\"{width}\" height=\"16\" rx=\"3\" fill=\"{fill}\"/>\
             <text x=\"{WIDTH}\" y=\"{}\" text-anchor=\"end\" font-weight=\"600\">{}</text>",
            y + 13,
            notation.share(count, row.base),
        );
        y += 28;
    }
    (y.max(1), out)
}

/// One cut bar for each row, then the key with every share in words.
fn stacked(figure: &Figure, notation: Notation) -> (u32, String) {
    let mut y = 0;
    let mut out = String::new();
    let colours = colours(&figure.options);
    for row in &figure.rows {
        if let Some(name) = &row.label {
            y += label(&mut out, 0, y, name);
        }
        segments(&mut out, y, row, &colours, notation);
        y += 44;
    }
    for (position, option) in figure.options.iter().enumerate() {
        y += key(&mut out, y, figure, position, colours[position].0, option, notation);
    }
    (y.max(1), out)
}

/// The cut bar of one row; shares of 9 % and more have room for their number.
fn segments(out: &mut String, y: u32, row: &Row, colours: &[(&str, bool)], notation: Notation) {
    let total = row.counts.iter().sum::<u64>().max(row.base);
    let mut before = 0;
    for (&count, (fill, white)) in row.counts.iter().zip(colours) {
        let (start, end) = (length(before, total, WIDTH), length(before + count, total, WIDTH));
        before += count;
        let _ = write!(
            out,
            "<rect x=\"{start}\" y=\"{y}\" width=\"{}\" height=\"30\" fill=\"{fill}\" stroke=\"var(--chart-ground, #fff)\"/>",
            end - start
        );
        if percent(count, total).is_some_and(|share| share >= 9) {
            let ink = if *white { "#fff" } else { "#14211f" };
            let _ = write!(
                out,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-weight=\"600\" fill=\"{ink}\">{}</text>",
                u32::midpoint(start, end),
                y + 20,
                notation.share(count, row.base),
            );
        }
    }
}

/// One line of the key: the colour, the words, and for a single row its share. Gives its height.
fn key(
    out: &mut String,
    y: u32,
    figure: &Figure,
    position: usize,
    fill: &str,
    option: &FigureOption,
    notation: Notation,
) -> u32 {
    let _ = write!(
        out,
        "<rect y=\"{}\" width=\"12\" height=\"12\" rx=\"2\" fill=\"{fill}\" stroke=\"currentColor\" stroke-opacity=\".35\"/>",
        y + 2
    );
    if let [row] = figure.rows.as_slice() {
        let share = notation.share(row.counts.get(position).copied().unwrap_or(0), row.base);
        let _ =
            write!(out, "<text x=\"{WIDTH}\" y=\"{}\" text-anchor=\"end\" font-weight=\"600\">{share}</text>", y + 13);
    }
    label(out, 20, y, &option.label) + 3
}

/// A colour of the ramp for every option, and whether white text stands on it; grey for what stands aside.
fn colours(options: &[FigureOption]) -> Vec<(&'static str, bool)> {
    let points = options.iter().filter(|option| !option.aside).count();
    let mut place = 0;
    let mut colour = |option: &FigureOption| {
        if option.aside {
            return ("var(--chart-aside, #b9bdbd)", false);
        }
        let at = if points < 2 { 0 } else { place * (RAMP.len() - 1) / (points - 1) };
        place += 1;
        (RAMP[at.min(RAMP.len() - 1)], WHITE_ON[at.min(RAMP.len() - 1)])
    };
    options.iter().map(&mut colour).collect()
}

/// Writes a text that may take several lines, and gives its height.
fn label(out: &mut String, x: u32, y: u32, text: &str) -> u32 {
    let mut height = 0;
    for line in lines(text, LINE_CHARACTERS) {
        let _ = write!(out, "<text x=\"{x}\" y=\"{}\">{}</text>", y + height + 13, escape(&line));
        height += LINE;
    }
    height
}

/// Breaks a text between words; a word longer than a line is cut.
fn lines(text: &str, characters: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > characters {
            lines.push(String::new());
            used = 0;
        }
        for (position, letter) in word.chars().enumerate() {
            if used >= characters {
                lines.push(String::new());
                used = 0;
            } else if position == 0 && used > 0 {
                push(&mut lines, ' ');
                used += 1;
            }
            push(&mut lines, letter);
            used += 1;
        }
    }
    lines
}

fn push(lines: &mut [String], letter: char) {
    if let Some(line) = lines.last_mut() {
        line.push(letter);
    }
}

/// `part` of `whole` as a length of at most `full`.
fn length(part: u64, whole: u64, full: u32) -> u32 {
    let length = (u128::from(part) * u128::from(full)).checked_div(u128::from(whole)).unwrap_or(0);
    u32::try_from(length).unwrap_or(full).min(full)
}

/// Keeps of an id what is safe in an attribute and in a reference.
fn attribute_id(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect()
}

/// Text as HTML and SVG may hold it, between tags and in quoted attributes. Control characters, which XML forbids, are
/// left out.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
#[path = "chart_tests.rs"]
mod tests;
