//! The routing as a picture: who goes through which pages, in Mermaid or in Graphviz' DOT.
//!
//! Pages are boxes in the order of the file. Before a page that not everybody sees, the way forks: one arrow carries the
//! condition and leads to the page, the other leads past it and past those after it that the same people see: a condition
//! looks back only, so it stays decided. The picture grows with the survey and not with the number of ways through it,
//! and every way through it can be read off. The audiences stand beside it, written out.

use std::fmt::{self, Display, Write as _};

use super::model::{Audience, Condition, Definition, Page, Question, Test, Wording};

/// How the picture is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For Markdown: <https://mermaid.js.org>.
    Mermaid,
    /// For Graphviz.
    Dot,
}

/// Draws the routing of a survey; the same definition always gives the same text.
#[must_use]
pub fn draw(definition: &Definition, format: Format) -> String {
    let picture = Picture::of(definition);
    match format {
        Format::Mermaid => picture.mermaid(),
        Format::Dot => picture.dot(),
    }
}

/// What a node is, and with it its shape.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    End,
    Page,
    Fork,
    Audiences,
}

struct Node {
    id: String,
    sort: Sort,
    lines: Vec<String>,
}

struct Edge {
    from: String,
    to: String,
    label: Option<String>,
}

#[derive(Default)]
struct Picture {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

/// An arrow that has no end yet, and what stands beside it.
type Open = (String, Option<String>);

impl Picture {
    fn of(definition: &Definition) -> Self {
        let mut picture = Self::default();
        picture.node("start".to_owned(), Sort::End, vec!["start".to_owned()]);
        let mut open = vec![("start".to_owned(), None)];
        let mut decided = None;
        for (number, page) in definition.pages.iter().enumerate() {
            let condition = opens(page);
            let id = format!("page{number}");
            open = match &condition {
                Some(_) if condition == decided => picture.on(&id, open),
                Some(condition) => picture.fork(format!("fork{number}"), &id, condition, open),
                None => {
                    picture.lead(open, &id);
                    vec![(id.clone(), None)]
                }
            };
            picture.node(id, Sort::Page, described(definition, page));
            decided = condition;
        }
        picture.node("send".to_owned(), Sort::End, vec!["send".to_owned()]);
        picture.lead(open, "send");
        let written = |audience: &Audience| format!("{}: {}", audience.id, Words(&audience.condition));
        if !definition.audiences.is_empty() {
            let lines = definition.audiences.iter().map(written).collect();
            picture.node("audiences".to_owned(), Sort::Audiences, lines);
        }
        picture
    }

    /// Those who were on the last page go on to this one; the others stay past it.
    fn on(&mut self, id: &str, open: Vec<Open>) -> Vec<Open> {
        let mut open = open.into_iter();
        self.lead(open.next().into_iter().collect(), id);
        std::iter::once((id.to_owned(), None)).chain(open).collect()
    }

    /// Some go to the page, the others past it. The arrow from the page comes first.
    fn fork(&mut self, fork: String, id: &str, condition: &str, open: Vec<Open>) -> Vec<Open> {
        self.lead(open, &fork);
        self.edges.push(Edge { from: fork.clone(), to: id.to_owned(), label: Some(condition.to_owned()) });
        self.node(fork.clone(), Sort::Fork, Vec::new());
        vec![(id.to_owned(), None), (fork, Some("otherwise".to_owned()))]
    }

    fn node(&mut self, id: String, sort: Sort, lines: Vec<String>) {
        self.nodes.push(Node { id, sort, lines });
    }

    fn lead(&mut self, open: Vec<Open>, to: &str) {
        self.edges.extend(open.into_iter().map(|(from, label)| Edge { from, to: to.to_owned(), label }));
    }

    fn mermaid(&self) -> String {
        let mut out = String::from("flowchart TD\n");
        for node in &self.nodes {
            line(&mut out, format_args!("  {}", in_mermaid(node)));
        }
        for Edge { from, to, label } in &self.edges {
            let label = label.as_ref().map(|label| format!("|\"{}\"|", for_mermaid(label))).unwrap_or_default();
            line(&mut out, format_args!("  {from} -->{label} {to}"));
        }
        out
    }

    fn dot(&self) -> String {
        let mut out = String::from("digraph survey {\n  node [fontname=\"sans-serif\"];\n");
        out.push_str("  edge [fontname=\"sans-serif\"];\n");
        for node in &self.nodes {
            line(&mut out, format_args!("  {}", in_dot(node)));
        }
        for Edge { from, to, label } in &self.edges {
            let label = label.as_ref().map(|label| format!(" [label=\"{}\"]", for_dot(label))).unwrap_or_default();
            line(&mut out, format_args!("  {from} -> {to}{label};"));
        }
        out.push_str("}\n");
        out
    }
}

fn line(out: &mut String, text: fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = writeln!(out, "{text}");
}

/// When anything of the page is seen; nothing where everybody sees something of it.
fn opens(page: &Page) -> Option<String> {
    let always = |question: &Question| question.audience.is_none();
    let inner = if page.questions.iter().any(always) {
        None
    } else {
        let mut ways: Vec<Condition> = Vec::new();
        for way in page.questions.iter().filter_map(|question| question.audience.as_ref()) {
            if !ways.contains(way) {
                ways.push(way.clone());
            }
        }
        if ways.len() == 1 { ways.pop() } else { Some(Condition::Any(ways)) }
    };
    let whole = match (page.audience.clone(), inner) {
        (Some(outer), Some(inner)) => Condition::All(vec![outer, inner]),
        (outer, inner) => outer.or(inner)?,
    };
    Some(Words(&whole).to_string())
}

/// The page's id and title, then its questions, each with who is asked.
fn described(definition: &Definition, page: &Page) -> Vec<String> {
    let title = page.title.as_ref().map(|title| title.get(definition.default_language()));
    let head = title.map_or_else(|| page.id.clone(), |title| format!("{}: {title}", page.id));
    let questions = page.questions.iter().map(|question| {
        let worded = if matches!(question.wording, Wording::ByAudience(_)) { ", worded by audience" } else { "" };
        let asked = question.audience.as_ref().map(|who| format!(", if {}", Words(who))).unwrap_or_default();
        format!("- {}{asked}{worded}", question.id)
    });
    std::iter::once(head).chain(questions).collect()
}

fn in_mermaid(Node { id, sort, lines }: &Node) -> String {
    let text = lines.iter().map(|line| for_mermaid(line)).collect::<Vec<_>>().join("<br/>");
    match sort {
        Sort::End => format!("{id}([\"{text}\"])"),
        Sort::Page | Sort::Audiences => format!("{id}[\"{text}\"]"),
        Sort::Fork => format!("{id}{{\" \"}}"),
    }
}

fn in_dot(Node { id, sort, lines }: &Node) -> String {
    let text = lines.iter().map(|line| for_dot(line)).collect::<Vec<_>>().join("\\l");
    match sort {
        Sort::End => format!("{id} [shape=oval, label=\"{text}\"];"),
        Sort::Page => format!("{id} [shape=box, label=\"{text}\\l\"];"),
        Sort::Fork => format!("{id} [shape=diamond, label=\"\", width=0.3, height=0.3];"),
        Sort::Audiences => format!("{id} [shape=note, label=\"{text}\\l\"];"),
    }
}

/// Mermaid reads `#code;` in a quoted text, and HTML.
fn for_mermaid(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '#' | '&' | '<' | '>' | '`' | '\\' | '*' | '_' => {
                let _ = write!(out, "#{};", u32::from(c));
            }
            '\n' | '\r' | '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn for_dot(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' | '\r' | '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A condition as one would say it.
#[derive(Clone, Copy, Debug)]
pub struct Words<'c>(pub &'c Condition);

impl Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Condition::All(parts) => joined(f, parts, " and "),
            Condition::Any(parts) => joined(f, parts, " or "),
            Condition::Not(part) if is_single(part) => write!(f, "not {}", Words(part)),
            Condition::Not(part) => write!(f, "not ({})", Words(part)),
            Condition::Audience(id) => f.write_str(id),
            Condition::Answered(question) => write!(f, "{question} is answered"),
            Condition::Is { subject, test } => compared(f, subject, test),
        }
    }
}

fn is_single(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.len() == 1,
        _ => true,
    }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Condition], word: &str) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(word)?;
        }
        if is_single(part) || parts.len() == 1 {
            write!(f, "{}", Words(part))?;
        } else {
            write!(f, "({})", Words(part))?;
        }
    }
    Ok(())
}

fn compared(f: &mut fmt::Formatter<'_>, subject: &str, test: &Test) -> fmt::Result {
    match test {
        Test::OneOf(values) => write!(f, "{subject} is {}", values.join(" or ")),
        Test::NoneOf(values) => write!(f, "{subject} is not {}", values.join(" or ")),
        Test::AtLeast(least) => write!(f, "{subject} ≥ {least}"),
        Test::AtMost(most) => write!(f, "{subject} ≤ {most}"),
        Test::Includes(option) => write!(f, "{subject} includes {option}"),
        Test::IncludesAll(options) => write!(f, "{subject} includes {}", options.join(" and ")),
    }
}
