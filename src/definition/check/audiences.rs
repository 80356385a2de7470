//! Audiences stand on questions in the end, not on themselves, and what uses them comes after those questions.

use super::names::Names;
use crate::definition::diagnostic::{Diagnostic, Span};
use crate::definition::parse::source::{Place, Use, What};
use crate::definition::rule::Rule;

/// An audience may stand on others to this depth, and on this many names when all are written out: deciding it stays
/// quick, and nobody can read more.
const MAX_DEPTH: usize = 16;
const MAX_SIZE: usize = 1000;

/// What an audience comes to when the audiences it names are written out.
#[derive(Clone, Copy, Default)]
struct WrittenOut {
    depth: usize,
    size: usize,
    /// The last question that it looks at.
    last: Option<usize>,
}

pub(super) fn check(names: &Names<'_>) -> Vec<Diagnostic> {
    let (order, circles) = order(names);
    let mut found: Vec<Diagnostic> = circles.into_iter().map(cycle).collect();
    let written_out = write_out(names, &order, &mut found);
    found.extend(names.sources.uses.iter().filter_map(|used| too_early(names, used, &written_out)));
    found
}

/// The audience in whose definition a use stands, and the audience that is used there.
fn edge(names: &Names<'_>, used: &Use) -> Option<(usize, usize)> {
    match (&used.what, used.place) {
        (What::Audience, Some(Place::Audience(index))) => Some((index, names.audience(&used.name)?.0)),
        _ => None,
    }
}

/// Audiences in an order in which each comes after those it stands on, and one use of every circle.
fn order<'d>(names: &Names<'d>) -> (Vec<usize>, Vec<&'d Use>) {
    let count = names.definition.audiences.len();
    let (mut waits_for, mut users) = (vec![0_usize; count], vec![Vec::new(); count]);
    for (user, used) in names.sources.uses.iter().filter_map(|used| edge(names, used)) {
        waits_for[user] += 1;
        users[used].push(user);
    }
    let mut order: Vec<usize> = (0..count).filter(|index| waits_for[*index] == 0).collect();
    let mut next = 0;
    while let Some(&done) = order.get(next) {
        next += 1;
        for &user in &users[done] {
            waits_for[user] -= 1;
            if waits_for[user] == 0 {
                order.push(user);
            }
        }
    }
    (order, circles(names, &waits_for))
}

/// Whoever still waits stands on somebody who still waits; following one such use after the other ends in a circle.
fn circles<'d>(names: &Names<'d>, waits_for: &[usize]) -> Vec<&'d Use> {
    let mut stands_on: Vec<Option<(usize, &Use)>> = vec![None; waits_for.len()];
    for used in &names.sources.uses {
        if let Some((user, target)) = edge(names, used).filter(|(_, target)| waits_for[*target] > 0) {
            stands_on[user].get_or_insert((target, used));
        }
    }
    let mut walked: Vec<Option<usize>> = vec![None; waits_for.len()];
    let mut found = Vec::new();
    for start in 0..waits_for.len() {
        let mut here = start;
        while let (None, Some((target, used))) = (walked[here], stands_on[here]) {
            walked[here] = Some(start);
            here = target;
            if walked[here] == Some(start) {
                found.push(used);
            }
        }
    }
    found
}

fn cycle(used: &Use) -> Diagnostic {
    let message = format!("`{}` is defined through itself", used.name);
    Diagnostic::new(Rule::AudienceCycle, used.span, message)
        .hint("an audience stands on questions in the end; break the circle here")
}

fn write_out(names: &Names<'_>, order: &[usize], found: &mut Vec<Diagnostic>) -> Vec<WrittenOut> {
    let count = names.definition.audiences.len();
    let mut uses: Vec<Vec<&Use>> = vec![Vec::new(); count];
    for used in &names.sources.uses {
        if let Some(Place::Audience(user)) = used.place {
            uses[user].push(used);
        }
    }
    let mut written_out = vec![WrittenOut::default(); count];
    for &index in order {
        let mut sum = WrittenOut { depth: 1, ..WrittenOut::default() };
        for used in &uses[index] {
            let part = one(names, used, &written_out);
            sum.depth = sum.depth.max(part.depth + 1);
            sum.size = sum.size.saturating_add(part.size);
            sum.last = sum.last.max(part.last);
        }
        if (sum.depth > MAX_DEPTH || sum.size > MAX_SIZE)
            && let Some(used) = uses[index].first()
        {
            found.push(too_large(used.span, &names.definition.audiences[index].id));
            // Said once, not again by everything that stands on it.
            sum = WrittenOut { last: sum.last, ..WrittenOut::default() };
        }
        written_out[index] = sum;
    }
    written_out
}

fn one(names: &Names<'_>, used: &Use, written_out: &[WrittenOut]) -> WrittenOut {
    match used.what {
        What::Audience => names.audience(&used.name).map(|(index, _)| written_out[index]).unwrap_or_default(),
        _ => WrittenOut { depth: 0, size: 1, last: asked(names, &used.name) },
    }
}

fn too_large(span: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` stands on too many other audiences");
    let hint = format!("at most {MAX_DEPTH} deep and {MAX_SIZE} names when written out");
    Diagnostic::new(Rule::AudienceCycle, span, message).hint(hint)
}

/// How many questions stand before the one of that name.
fn asked(names: &Names<'_>, name: &str) -> Option<usize> {
    let question = name.split('.').next().unwrap_or(name);
    names.sources.questions.get(question).map(|asked| asked.index)
}

/// A use of what is asked only here or later.
fn too_early(names: &Names<'_>, used: &Use, written_out: &[WrittenOut]) -> Option<Diagnostic> {
    let Some(Place::Before(limit)) = used.place else { return None };
    if !matches!(used.what, What::Audience) {
        let message = format!("the condition looks at `{}`, which is asked only later", used.name);
        return (asked(names, &used.name)? >= limit).then(|| looks_ahead(used.span, message));
    }
    let last = written_out.get(names.audience(&used.name)?.0)?.last.filter(|last| *last >= limit)?;
    let question = names.sources.questions.iter().find(|(_, asked)| asked.index == last)?.0;
    let message = format!("the audience `{}` looks at `{question}`, which is asked only later", used.name);
    Some(looks_ahead(used.span, message))
}

fn looks_ahead(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Rule::LooksBack, span, message)
        .hint("conditions look back only: ask that question before this place")
}
