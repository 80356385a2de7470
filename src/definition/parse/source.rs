//! Where things stand in the file, beside the definition that was made of it: what the checks point at.

use std::collections::HashMap;

use crate::definition::diagnostic::Span;
use crate::definition::model::Test;

/// Places of one file.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// Every name that refers to something.
    pub(crate) uses: Vec<Use>,
    /// Every question, also one that could not be read further.
    pub(crate) questions: HashMap<String, Asked>,
    /// Where the name of each scale stands.
    pub(crate) scales: HashMap<String, Span>,
    /// Every SMS in every language.
    pub(crate) messages: Vec<(Span, String)>,
    /// Where each reminder's delay stands.
    pub(crate) reminders: Vec<Span>,
    /// `spread` in `sending`.
    pub(crate) spread: Option<Span>,
    /// Where the opening of the window stands.
    pub(crate) opens: Option<Span>,
    /// Every question of an earlier survey that `same_as` names.
    pub(crate) earlier: Vec<Earlier>,
    /// Where each condition stands, with its parts.
    pub(crate) conditions: HashMap<Part, Written>,
    /// Where the names of the parts stand that proofs are about.
    pub(crate) named: HashMap<Part, Span>,
}

/// A part of the survey by name. Ids are unique where no diagnostic says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// By its id.
    Audience(String),
    /// By its id.
    Page(String),
    /// By its id.
    Question(String),
    /// The words for an audience: the question's id and the audience's.
    Wording(String, String),
    /// An audience in a breakdown: the breakdown's id and the audience's.
    Breakdown(String, String),
    /// An audience in a comparison: which comparison, and the audience's id.
    Compared(usize, String),
}

/// Where a condition stands; built like the condition itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// The whole of it.
    pub(crate) span: Span,
    /// Of `all`, `any` and `not` the conditions in it; of a comparison its values.
    pub(crate) parts: Vec<Written>,
}

impl Written {
    /// A place without parts.
    pub(crate) fn at(span: Span) -> Self {
        Self { span, parts: Vec::new() }
    }
}

/// A question's place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// Its id.
    pub(crate) span: Span,
    /// Counted over all pages, from 0.
    pub(crate) index: usize,
}

/// A question of an earlier survey.
#[derive(Debug)]
pub(crate) struct Earlier {
    /// `survey.question`, or `survey.question.item`.
    pub(crate) span: Span,
    /// As written.
    pub(crate) name: String,
    /// Which question of this survey it is the same as.
    pub(crate) question: String,
}

/// A name that refers to something.
#[derive(Debug)]
pub(crate) struct Use {
    /// The name itself.
    pub(crate) span: Span,
    /// As written.
    pub(crate) name: String,
    /// Where in the flow it stands; nowhere for what is not a condition.
    pub(crate) place: Option<Place>,
    /// What it has to mean.
    pub(crate) what: What,
}

/// Where in the flow a condition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the definition of the audience of that index.
    Audience(usize),
    /// Before the question of that index, counted over all pages: it may look at earlier ones only.
    Before(usize),
}

/// What a name has to mean.
#[derive(Debug)]
pub(crate) enum What {
    /// A named condition.
    Audience,
    /// A fact of the register.
    Attribute,
    /// A scale.
    Scale,
    /// A question of any type, asked whether it has an answer.
    Answered,
    /// A closed question or an attribute, compared.
    Compared {
        /// With what.
        test: Test,
        /// Where each value stands, in the test's order.
        values: Vec<Span>,
    },
    /// A closed question, in results.
    Closed,
    /// A scale question, in results; those of one group share a scale.
    OnScale {
        /// Which index or pair it belongs to.
        group: usize,
    },
}
