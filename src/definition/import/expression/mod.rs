//! Conditions as other tools write them: XLSForm's `relevant` and `constraint` (a small part of XPath) and
//! LimeSurvey's relevance equations. Read into one tree; what the survey language cannot say is refused with its reason.

mod lex;
mod parse;

pub use parse::parse;

/// Whose words they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `${q} = 'a'`, `selected(${q}, 'a')`; `.` is the question's own answer.
    XlsForm,
    /// `q.NAOK == "a"`, `is_empty(q)`.
    LimeSurvey,
}

/// A condition of elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// Every one holds.
    All(Vec<Expression>),
    /// At least one holds.
    Any(Vec<Expression>),
    /// It does not hold.
    Not(Box<Expression>),
    /// An answer against a value; the empty value is no answer.
    Compare(Name, Operator, String),
    /// Several-choice: this option is among the chosen.
    Chosen(Name, String),
    /// There is no answer.
    Empty(Name),
    /// How many are chosen, or how long the text is.
    Size(Name, Operator, String),
}

/// A question as the other tool names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Without signs around it; `.` for the question itself.
    pub name: String,
    /// A question that does not apply counts as left empty; otherwise (LimeSurvey without `.NAOK`) nothing that
    /// looks at it holds.
    pub empty_if_hidden: bool,
}

/// How two sides are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// The same.
    Is,
    /// Not the same.
    IsNot,
    /// Smaller.
    Less,
    /// Smaller or the same.
    AtMost,
    /// Larger.
    More,
    /// Larger or the same.
    AtLeast,
}

impl Operator {
    /// The operator with its sides exchanged.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Is => Self::Is,
            Self::IsNot => Self::IsNot,
            Self::Less => Self::More,
            Self::AtMost => Self::AtLeast,
            Self::More => Self::Less,
            Self::AtLeast => Self::AtMost,
        }
    }

    /// Does `left` stand so to `right`?
    #[must_use]
    pub fn holds(self, left: f64, right: f64) -> bool {
        match left.total_cmp(&right) {
            std::cmp::Ordering::Less => matches!(self, Self::Less | Self::AtMost | Self::IsNot),
            std::cmp::Ordering::Equal => matches!(self, Self::Is | Self::AtMost | Self::AtLeast),
            std::cmp::Ordering::Greater => matches!(self, Self::More | Self::AtLeast | Self::IsNot),
        }
    }
}
