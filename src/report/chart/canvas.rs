//! A picture that grows downwards, in shares of its width.

use std::fmt::{self, Write as _};

use super::figure::{Key, Mark};
use super::palette::{self, GROUND, INK, Paint, SOFT};
use crate::report::number::Notation;
use crate::report::text::{escape, lines};

/// Where a picture is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// On a page, as wide as there is room; from 300 points on.
    Page,
    /// By itself, 720 points wide on white, with its words and its key.
    File,
}

/// From one line of text to the next.
pub(super) const LINE: u32 = 20;
/// The height of a strip.
pub(super) const STRIP: u32 = 12;
/// The width of a file, without its margins.
const WIDTH: f64 = 672.0;
const MARGIN: u32 = 24;
/// Characters that surely fit on a line, at 14 units: on a page of 320 points, and in a file beside a base.
const PAGE_CHARACTERS: usize = 35;
const FILE_CHARACTERS: usize = 78;
/// Rows that surely fit on a sheet of paper, with long names and what stands around them.
const ON_PAPER: usize = 10;

/// Which end of a text stands where it is put.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

pub(super) struct Canvas {
    pub(super) medium: Medium,
    pub(super) notation: Notation,
    /// Where the next mark goes.
    pub(super) y: u32,
    marks: String,
    /// Rows since the last cut.
    rows: usize,
    /// What lies before it: marks and height.
    before: Vec<(String, u32)>,
}

impl Canvas {
    pub(super) const fn new(medium: Medium, notation: Notation) -> Self {
        Self { medium, notation, y: 0, marks: String::new(), rows: 0, before: Vec::new() }
    }

    /// What a file says before its picture.
    pub(super) fn heading(&mut self, title: &str, subtitle: &str) {
        if self.medium == Medium::Page {
            return;
        }
        for line in lines(title, FILE_CHARACTERS * 5 / 6) {
            self.write(0.0, 0, Anchor::Start, INK, "font-size=\"17\" font-weight=\"600\"", &line);
            self.y += 24;
        }
        for line in lines(subtitle, FILE_CHARACTERS) {
            self.write(0.0, 0, Anchor::Start, SOFT, "", &line);
            self.y += LINE;
        }
        self.y += 12;
    }

    /// What a file says at the end.
    pub(super) fn foot(&mut self, source: &str) {
        self.y += 12;
        for line in lines(source, FILE_CHARACTERS * 8 / 7) {
            self.write(0.0, 0, Anchor::Start, SOFT, "font-size=\"12\"", &line);
            self.y += 17;
        }
    }

    /// Begins a row. A long picture on a page is cut between rows, so that paper need not cut through one.
    pub(super) fn row(&mut self) {
        if self.medium == Medium::Page && self.rows == ON_PAPER {
            self.before.push((std::mem::take(&mut self.marks), std::mem::take(&mut self.y)));
            self.rows = 0;
        }
        self.rows += 1;
    }

    /// What the colours stand for, two in a line.
    pub(super) fn key(&mut self, keys: &[Key]) {
        let paints = palette::paints(keys);
        for (pair, paints) in keys.chunks(2).zip(paints.chunks(2)) {
            let columns = [0.0, 0.5].into_iter().zip(pair.iter().zip(paints));
            let mut height = LINE;
            for (x, (key, paint)) in columns {
                self.rect((x, x + 14.0 / WIDTH), 14, *paint);
                let start = self.y;
                for line in lines(&key.label, FILE_CHARACTERS / 2 - 6) {
                    self.write(x, 22, Anchor::Start, INK, "", &line);
                    self.y += LINE;
                }
                height = height.max(self.y - start);
                self.y = start;
            }
            self.y += height;
        }
    }

    /// The name of a row on one or several lines, its base at the end of the first; moves down.
    pub(super) fn label(&mut self, label: &str, base: Option<&str>, mark: Option<Mark>, strong: bool) {
        if let Some(base) = base {
            self.write(1.0, 0, Anchor::End, SOFT, "", &format!("n\u{a0}=\u{a0}{base}"));
        }
        let sign = match mark {
            Some(Mark::Higher) => "\u{a0}▲",
            Some(Mark::Lower) => "\u{a0}▼",
            None => "",
        };
        let weight = if strong { "font-weight=\"600\"" } else { "" };
        // At the end of the first line stands the base, or a share; bold letters are wider.
        let beside = base.map_or(6, |base| base.chars().count() + 5) + if strong { 2 } else { 0 };
        for line in self.broken(&format!("{label}{sign}"), beside) {
            self.write(0.0, 0, Anchor::Start, INK, weight, &line);
            self.y += LINE;
        }
    }

    /// A text on as many lines as it needs, the first of them shorter by what stands beside it.
    fn broken(&self, text: &str, beside: usize) -> Vec<String> {
        if self.medium == Medium::File {
            return lines(text, FILE_CHARACTERS);
        }
        let mut broken = lines(text, PAGE_CHARACTERS.saturating_sub(beside).max(PAGE_CHARACTERS / 2));
        let rest = broken.split_off(broken.len().min(1)).join(" ");
        if !rest.is_empty() {
            broken.extend(lines(&rest, PAGE_CHARACTERS));
        }
        broken
    }

    /// A bar from share to share; does not move down.
    pub(super) fn rect(&mut self, (from, to): (f64, f64), height: u32, paint: Paint) {
        let (x, width, y) = (self.across(from), self.across((to - from).max(0.0)), self.y);
        let (class, fill) = (paint.class, paint.fill);
        self.mark(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" class=\"{class}\" fill=\"{fill}\"/>"
        ));
    }

    /// A line between two points, `above` and `below` the place where the next mark goes.
    pub(super) fn line(&mut self, from: (f64, u32), to: (f64, u32), (class, stroke): (&str, &str), width: u32) {
        let (x1, x2) = (self.across(from.0), self.across(to.0));
        let (y1, y2) = (from.1, to.1);
        self.mark(format_args!(
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" class=\"{class}\" stroke=\"{stroke}\" \
             stroke-width=\"{width}\"/>"
        ));
    }

    /// A dot; its ring keeps it apart from a line behind it.
    pub(super) fn dot(&mut self, x: f64, y: u32, (class, fill): (&str, &str)) {
        let x = self.across(x);
        let (ring, ground) = GROUND;
        self.mark(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"6\" class=\"{class} on-{ring}\" fill=\"{fill}\" stroke=\"{ground}\" \
             stroke-width=\"2\"/>"
        ));
    }

    /// A text whose line begins at the place where the next mark goes; does not move down.
    pub(super) fn write(
        &mut self,
        x: f64,
        shift: i32,
        anchor: Anchor,
        (class, fill): (&str, &str),
        more: &str,
        text: &str,
    ) {
        let (x, y) = (self.across(x), self.y + 14);
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let shift = if shift == 0 { String::new() } else { format!(" dx=\"{shift}\"") };
        let more = if more.is_empty() { String::new() } else { format!(" {more}") };
        let text = escape(text);
        self.mark(format_args!(
            "<text x=\"{x}\" y=\"{y}\"{shift}{anchor} class=\"{class}\" fill=\"{fill}\"{more}>{text}</text>"
        ));
    }

    /// The whole picture.
    pub(super) fn close(self, id: &str, title: &str, description: &str) -> String {
        let id: String = id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
        let (title, description) = (escape(title), escape(description));
        let named = format!(
            "role=\"img\" aria-labelledby=\"chart-{id}-title chart-{id}-desc\"><title id=\"chart-{id}-title\">{title}</title>\
             <desc id=\"chart-{id}-desc\">{description}</desc>"
        );
        let (height, marks) = (self.y.max(1), self.marks);
        match self.medium {
            Medium::Page => {
                // The first part speaks for all.
                let opened = std::iter::once(named.as_str()).chain(std::iter::repeat("aria-hidden=\"true\">"));
                let parts = self.before.into_iter().chain([(marks, height)]).zip(opened);
                let part = |((marks, height), opened): ((String, u32), &str)| {
                    format!(
                        "<svg class=\"chart\" width=\"100%\" height=\"{height}\" font-size=\"14\" {opened}{marks}</svg>"
                    )
                };
                parts.map(part).collect()
            }
            Medium::File => {
                let (width, height) = (720, height + 2 * MARGIN);
                format!(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
                     viewBox=\"0 0 {width} {height}\" font-family=\"Inter, 'Liberation Sans', Arial, sans-serif\" \
                     font-size=\"14\" {named}<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\
                     <g transform=\"translate({MARGIN} {MARGIN})\">{marks}</g></svg>\n"
                )
            }
        }
    }

    /// A picture that adds nothing to the words beside it.
    pub(super) fn strip(self) -> String {
        format!("<svg class=\"strip\" width=\"100%\" height=\"{STRIP}\" aria-hidden=\"true\">{}</svg>", self.marks)
    }

    /// A share of the width, as the medium writes it.
    fn across(&self, share: f64) -> String {
        let text = match self.medium {
            Medium::Page => format!("{:.2}", share * 100.0),
            Medium::File => format!("{:.1}", share * WIDTH),
        };
        let text = text.trim_end_matches('0').trim_end_matches('.');
        let text = if text.is_empty() || text == "-" { "0" } else { text };
        if self.medium == Medium::Page && text != "0" { format!("{text}%") } else { text.to_owned() }
    }

    fn mark(&mut self, mark: fmt::Arguments<'_>) {
        // Writing into a String cannot fail.
        let _ = self.marks.write_fmt(mark);
    }
}
