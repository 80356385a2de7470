//! What names mean.

use std::collections::HashMap;

use crate::definition::diagnostic::Diagnostic;
use crate::definition::model::{Attribute, Audience, Definition, Kind, Question, Scale};
use crate::definition::parse::reader::{MAX_DIAGNOSTICS, advice};
use crate::definition::parse::source::{Sources, Use, What};
use crate::definition::rule::Rule;

/// The names of one file.
pub(super) struct Names<'d> {
    pub(super) definition: &'d Definition,
    pub(super) sources: &'d Sources,
    audiences: HashMap<&'d str, usize>,
    attributes: HashMap<&'d str, &'d Attribute>,
    questions: HashMap<&'d str, &'d Question>,
    scales: HashMap<&'d str, &'d Scale>,
}

/// What a condition can look at.
#[derive(Clone, Copy)]
pub(super) enum Subject<'d> {
    Attribute(&'d Attribute),
    Question(&'d Question),
    /// An item of a matrix on that scale.
    Item(&'d Question, &'d str),
}

impl<'d> Names<'d> {
    pub(super) fn of(definition: &'d Definition, sources: &'d Sources) -> Self {
        Self {
            definition,
            sources,
            audiences: definition.audiences.iter().enumerate().map(|(index, one)| (one.id.as_str(), index)).collect(),
            attributes: definition.attributes.iter().map(|one| (one.id.as_str(), one)).collect(),
            questions: definition.questions().map(|(_, one)| (one.id.as_str(), one)).collect(),
            scales: definition.scales.iter().map(|one| (one.id.as_str(), one)).collect(),
        }
    }

    pub(super) fn audience(&self, name: &str) -> Option<(usize, &'d Audience)> {
        let index = *self.audiences.get(name)?;
        Some((index, self.definition.audiences.get(index)?))
    }

    pub(super) fn scale(&self, name: &str) -> Option<&'d Scale> {
        self.scales.get(name).copied()
    }

    pub(super) fn subject(&self, name: &str) -> Option<Subject<'d>> {
        if let Some(attribute) = self.attributes.get(name) {
            return Some(Subject::Attribute(attribute));
        }
        if let Some(question) = self.questions.get(name) {
            return Some(Subject::Question(question));
        }
        let (matrix, item) = name.split_once('.')?;
        match self.questions.get(matrix) {
            Some(question @ Question { kind: Kind::Matrix { scale, items }, .. }) => {
                items.iter().any(|known| known.id == item).then_some(Subject::Item(question, scale))
            }
            _ => None,
        }
    }

    /// Names without a meaning, each with the nearest that has one.
    pub(super) fn unresolved(&self) -> Vec<Diagnostic> {
        let uses = self.sources.uses.iter().filter(|used| !self.known(used));
        // One more than is kept, so that the cut is noticed.
        uses.take(MAX_DIAGNOSTICS + 1).map(|used| self.unknown(used)).collect()
    }

    fn known(&self, used: &Use) -> bool {
        let name = used.name.as_str();
        // A question or scale that could not be read has its own diagnostic.
        let unread = || {
            let question = name.split('.').next().unwrap_or(name);
            self.sources.questions.contains_key(question) && !self.questions.contains_key(question)
        };
        match used.what {
            What::Audience => self.audiences.contains_key(name),
            What::Attribute => self.attributes.contains_key(name),
            What::Scale => self.sources.scales.contains_key(name),
            What::Answered | What::Compared { .. } => self.subject(name).is_some() || unread(),
            What::Closed | What::OnScale { .. } => {
                unread() || matches!(self.subject(name), Some(Subject::Question(_) | Subject::Item(..)))
            }
        }
    }

    fn unknown(&self, used: &Use) -> Diagnostic {
        let (what, names): (&str, Vec<&str>) = match used.what {
            What::Audience => ("audience", self.definition.audiences.iter().map(|one| one.id.as_str()).collect()),
            What::Attribute => ("attribute", self.definition.attributes.iter().map(|one| one.id.as_str()).collect()),
            What::Scale => ("scale", self.definition.scales.iter().map(|one| one.id.as_str()).collect()),
            What::Closed | What::OnScale { .. } | What::Answered => ("question", self.question_names()),
            What::Compared { .. } => {
                let attributes = self.definition.attributes.iter().map(|one| one.id.as_str());
                ("question or attribute", self.question_names().into_iter().chain(attributes).collect())
            }
        };
        let diagnostic = Diagnostic::new(Rule::UnknownName, used.span, format!("there is no {what} `{}`", used.name));
        if let Some(hint) = self.other_kind(used) {
            return diagnostic.hint(hint);
        }
        match advice(&used.name, &names) {
            Some(hint) => diagnostic.hint(hint),
            None if names.is_empty() => diagnostic.hint(format!("the survey has no {what} yet")),
            None => diagnostic.hint(format!("known are {}", names.into_iter().take(12).collect::<Vec<_>>().join(", "))),
        }
    }

    /// Audiences stand as names, questions as keys: the one is easily written for the other.
    fn other_kind(&self, used: &Use) -> Option<String> {
        let name = used.name.as_str();
        match used.what {
            What::Audience if self.subject(name).is_some() => {
                Some(format!("`{name}` is a question or attribute: write `{{{name}: answer}}`"))
            }
            What::Compared { .. } if self.audiences.contains_key(name) => {
                Some(format!("`{name}` is an audience: write it as a name, `all: [{name}, …]`"))
            }
            _ => None,
        }
    }

    fn question_names(&self) -> Vec<&'d str> {
        self.definition.questions().map(|(_, question)| question.id.as_str()).collect()
    }
}
