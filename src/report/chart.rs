//! Charts as SVG: horizontal bars for choices, stacked bars for scales and comparisons.
//!
//! Labels stand above or beside their bars in words and percent, so that nothing is told by colour alone. Colours come
//! from the page's custom properties (`--chart-…`, with fallbacks for files outside a page) and text from `currentColor`,
//! so that one picture is right in light and dark. Every text is escaped here.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

use super::number::{Notation, percent};
use super::text::{escape, lines};

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
const WIDTH: u32 = 300;
/// Width of a bar's ground, which leaves room for `100 %` at the end of the line.
const TRACK: u32 = WIDTH - 48;
/// From one line of text to the next.
const LINE: u32 = 18;
/// Characters that surely fit on a line of the whole width at 13 units.
const LINE_CHARACTERS: usize = 36;
/// From least to most favourable, and the ink that is read on it (at least 4.5 : 1). Orange against teal stays apart for
/// the colour-blind.
const RAMP: [(&str, &str); 7] = [
    ("#8c3b1a", LIGHT_INK),
    ("#c96f3b", DARK_INK),
    ("#e8b98a", DARK_INK),
    ("#d9d5c7", DARK_INK),
    ("#9fcac4", DARK_INK),
    ("#3f938f", DARK_INK),
    ("#0c5357", LIGHT_INK),
];
const ASIDE: (&str, &str) = ("var(--chart-aside, #b9bdbd)", DARK_INK);
const LIGHT_INK: &str = "#fff";
const DARK_INK: &str = "#14211f";

/// Draws `figure`, percentages written in `notation`.
#[must_use]
pub fn svg(figure: &Figure, notation: Notation) -> String {
    let mut drawing = Drawing { notation, y: 0, marks: String::new() };
    match figure.shape {
        Shape::Bars => drawing.bars(figure),
        Shape::Stacked => drawing.stacked(figure),
    }
    let id = attribute_id(&figure.id);
    format!(
        "<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {WIDTH} {}\" \
         aria-labelledby=\"{id}-title {id}-desc\" font-family=\"system-ui, sans-serif\" font-size=\"13\" \
         fill=\"currentColor\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>{}</svg>",
        drawing.y.max(1),
        escape(&figure.title),
        escape(&description(figure, notation)),
        drawing.marks,
    )
}

/// The figures in one sentence for each row, for those who hear the picture.
fn description(figure: &Figure, notation: Notation) -> String {
    let sentence = |row: &Row| {
        let share =
            |(option, &count): (&FigureOption, &u64)| format!("{} {}", option.label, notation.share(count, row.base));
        let shares: Vec<String> = figure.options.iter().zip(&row.counts).map(share).collect();
        let group = row.label.as_ref().map(|label| format!("{label}: ")).unwrap_or_default();
        format!("{group}{}.", shares.join(", "))
    };
    figure.rows.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// A picture that grows downwards.
struct Drawing {
    notation: Notation,
    /// Where the next mark goes.
    y: u32,
    marks: String,
}

impl Drawing {
    /// Label over bar, option by option; the share ends the bar's line.
    fn bars(&mut self, figure: &Figure) {
        let Some(row) = figure.rows.first() else { return };
        for (option, &count) in figure.options.iter().zip(&row.counts) {
            self.label(0, &option.label);
            let fill = if option.aside { ASIDE.0 } else { "var(--chart-bar, #0f6b70)" };
            let width = length(count, row.base, TRACK);
            self.bar(TRACK, "var(--chart-track, #e7e8e2)");
            self.bar(width, fill);
            self.share_at_the_end(count, row.base);
            self.y += 28;
        }
    }

    /// One cut bar for each row, then the key.
    fn stacked(&mut self, figure: &Figure) {
        let colours = colours(&figure.options);
        for row in &figure.rows {
            if let Some(name) = &row.label {
                let base = self.notation.whole(i128::from(row.base));
                self.label(0, &format!("{name} (n\u{a0}=\u{a0}{base})"));
            }
            self.segments(row, &colours);
            self.y += 44;
        }
        for (position, (option, (fill, _))) in figure.options.iter().zip(colours).enumerate() {
            self.swatch(fill);
            if let [row] = figure.rows.as_slice() {
                self.share_at_the_end(row.counts.get(position).copied().unwrap_or(0), row.base);
            }
            self.label(20, &option.label);
            self.y += 3;
        }
    }

    /// The cut bar of one row, its shares in it.
    fn segments(&mut self, row: &Row, colours: &[(&str, &str)]) {
        let total = row.counts.iter().sum::<u64>().max(row.base);
        let y = self.y;
        let mut before = 0;
        for (&count, (fill, ink)) in row.counts.iter().zip(colours) {
            let (start, end) = (length(before, total, WIDTH), length(before + count, total, WIDTH));
            before += count;
            self.mark(format_args!(
                "<rect x=\"{start}\" y=\"{y}\" width=\"{}\" height=\"30\" fill=\"{fill}\" \
                 stroke=\"var(--chart-ground, #fff)\"/>",
                end - start,
            ));
            if let Some(share) = inside(count, row.base, self.notation) {
                self.mark(format_args!(
                    "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-weight=\"600\" fill=\"{ink}\">{share}</text>",
                    u32::midpoint(start, end),
                    y + 20,
                ));
            }
        }
    }

    fn bar(&mut self, width: u32, fill: &str) {
        let y = self.y;
        self.mark(format_args!("<rect y=\"{y}\" width=\"{width}\" height=\"16\" rx=\"3\" fill=\"{fill}\"/>"));
    }

    /// The colour in front of a line of the key.
    fn swatch(&mut self, fill: &str) {
        let y = self.y + 2;
        self.mark(format_args!(
            "<rect y=\"{y}\" width=\"12\" height=\"12\" rx=\"2\" fill=\"{fill}\" stroke=\"currentColor\" \
             stroke-opacity=\".35\"/>"
        ));
    }

    fn share_at_the_end(&mut self, count: u64, base: u64) {
        let (y, share) = (self.y + 13, self.notation.share(count, base));
        self.mark(format_args!("<text x=\"{WIDTH}\" y=\"{y}\" text-anchor=\"end\" font-weight=\"600\">{share}</text>"));
    }

    /// A text of one or several lines; moves down by its height.
    fn label(&mut self, x: u32, text: &str) {
        for line in lines(text, LINE_CHARACTERS) {
            let y = self.y + 13;
            self.mark(format_args!("<text x=\"{x}\" y=\"{y}\">{}</text>", escape(&line)));
            self.y += LINE;
        }
    }

    fn mark(&mut self, mark: fmt::Arguments<'_>) {
        // Writing into a String cannot fail.
        let _ = self.marks.write_fmt(mark);
    }
}

/// What fits into a segment: the share, the bare number where it is narrow, nothing where it is a sliver.
fn inside(count: u64, base: u64, notation: Notation) -> Option<String> {
    match percent(count, base)? {
        0..3 => None,
        narrow @ 3..10 => Some(narrow.to_string()),
        _ => Some(notation.share(count, base)),
    }
}

/// The fill and the ink of every option: spread over the ramp, grey for what stands aside.
fn colours(options: &[FigureOption]) -> Vec<(&'static str, &'static str)> {
    let last = options.iter().filter(|option| !option.aside).count().saturating_sub(1).max(1);
    let mut place = 0;
    let mut colour = |option: &FigureOption| {
        if option.aside {
            return ASIDE;
        }
        let at = place * (RAMP.len() - 1) / last;
        place += 1;
        RAMP.get(at).copied().unwrap_or(ASIDE)
    };
    options.iter().map(&mut colour).collect()
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

#[cfg(test)]
#[path = "chart_tests.rs"]
mod tests;
