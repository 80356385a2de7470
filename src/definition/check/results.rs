//! Results are about what was asked, on scales that fit each other; nothing is declared for nobody.

use std::collections::{HashMap, HashSet};

use super::names::{Names, Subject};
use crate::definition::diagnostic::Diagnostic;
use crate::definition::model::Kind;
use crate::definition::parse::source::{Use, What};
use crate::definition::rule::Rule;

pub(super) fn check(names: &Names<'_>) -> Vec<Diagnostic> {
    let mut scales: HashMap<usize, &str> = HashMap::new();
    let mut found = Vec::new();
    for used in &names.sources.uses {
        match used.what {
            What::Closed => found.extend(closed(names, used)),
            What::OnScale { group } => found.extend(same_scale(names, used, group, &mut scales)),
            _ => {}
        }
    }
    found.extend(unused(names));
    found
}

fn closed(names: &Names<'_>, used: &Use) -> Option<Diagnostic> {
    let Some(Subject::Question(question)) = names.subject(&used.name) else { return None };
    let open = matches!(question.kind, Kind::Text | Kind::LongText | Kind::Notice);
    let message = format!("`{}` has no figures that could be compared", used.name);
    open.then(|| Diagnostic::new(Rule::Results, used.span, message).hint("name a closed question"))
}

fn same_scale<'d>(
    names: &Names<'d>,
    used: &Use,
    group: usize,
    scales: &mut HashMap<usize, &'d str>,
) -> Option<Diagnostic> {
    let scale: &'d str = match names.subject(&used.name)? {
        Subject::Item(_, scale) => scale,
        Subject::Question(question) => {
            if let Kind::Scale(scale) = &question.kind {
                scale
            } else {
                let message = format!("`{}` is no scale question", used.name);
                return Some(Diagnostic::new(Rule::Results, used.span, message).hint("means are made of scales"));
            }
        }
        Subject::Attribute(_) => return None,
    };
    let first = *scales.entry(group).or_insert(scale);
    (first != scale).then(|| {
        let message = format!("`{}` is answered on `{scale}`, the one before it on `{first}`", used.name);
        Diagnostic::new(Rule::Results, used.span, message).hint("only answers on one scale belong together")
    })
}

fn unused(names: &Names<'_>) -> Vec<Diagnostic> {
    let used: HashSet<&str> = names
        .sources
        .uses
        .iter()
        .filter(|used| matches!(used.what, What::Scale))
        .map(|used| used.name.as_str())
        .collect();
    // A misspelt use has its own diagnostic, and may be the one that is missing here.
    if used.iter().any(|name| !names.sources.scales.contains_key(*name)) {
        return Vec::new();
    }
    let unused = names.sources.scales.iter().filter(|(name, _)| !used.contains(name.as_str()));
    unused
        .map(|(name, span)| {
            let message = format!("no question uses the scale `{name}`");
            Diagnostic::new(Rule::UnusedScale, *span, message).hint("take it away, or use it")
        })
        .collect()
}
