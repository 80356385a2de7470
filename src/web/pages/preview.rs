//! What somebody who writes a survey sees beside the phone, and in its place while the file is broken.

use serde::Serialize;

use super::Page;

/// The page around the phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FramePage {
    /// The file's name.
    pub file: String,
    /// Which state of the file this shows; another one is reason to load again.
    pub state: String,
    /// Where the phone's page is.
    pub phone: String,
    /// The file has errors: nothing can be chosen.
    pub broken: bool,
    /// Errors and warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// Nobody can belong to the audience that was asked for.
    pub nobody: bool,
    /// Whom one can be.
    pub audiences: Vec<Choice>,
    /// What the register would say.
    pub attributes: Vec<Attribute>,
    /// The survey's languages.
    pub languages: Vec<Choice>,
    /// Where one can go.
    pub pages: Vec<Choice>,
}

/// One of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub label: String,
    /// It is chosen now.
    pub chosen: bool,
}

/// A fact of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attribute {
    /// As conditions name it.
    pub id: String,
    /// As it is now.
    pub value: String,
    /// What it can be; empty where it can be anything.
    pub values: Vec<Choice>,
}

/// In the phone's place while the file is broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BrokenPage {
    /// The file's name.
    pub file: String,
    /// At least one.
    pub diagnostics: Vec<Diagnostic>,
}

/// What is wrong, with the line it stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// `file:line:column`; the file alone where it cannot be read.
    pub place: String,
    /// It keeps the survey from being launched.
    pub error: bool,
    /// `E301`; nothing where the file cannot be read.
    pub code: Option<String>,
    /// In one sentence.
    pub message: String,
    /// The line, in three parts: before, the place itself, after.
    pub line: Option<Line>,
    /// What to do about it.
    pub hint: Option<String>,
}

/// A line of the file with its place marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// From 1.
    pub number: usize,
    /// Left of the place.
    pub before: String,
    /// The place.
    pub marked: String,
    /// Right of it.
    pub after: String,
}

impl Page for FramePage {
    const TEMPLATE: &'static str = "preview/frame";

    fn samples() -> Vec<(&'static str, Self)> {
        let choice = |value: &str, chosen| Choice { value: value.into(), label: value.into(), chosen };
        let whole = Self {
            file: "survey.yaml".into(),
            state: "c0ffee".into(),
            phone: "/form/1?p=you&lang=nb".into(),
            broken: false,
            diagnostics: Vec::new(),
            nobody: false,
            audiences: vec![choice("leaders", true), choice("reps", false)],
            attributes: vec![
                Attribute {
                    id: "age".into(),
                    value: "-29".into(),
                    values: vec![choice("-29", true), choice("30-", false)],
                },
                Attribute { id: "employment".into(), value: "hourly".into(), values: Vec::new() },
            ],
            languages: vec![choice("nb", true), choice("en", false)],
            pages: vec![choice("start", true), choice("you", false)],
        };
        let warned = Self { diagnostics: samples(), nobody: true, ..whole.clone() };
        let broken = Self { broken: true, diagnostics: samples(), ..whole.clone() };
        vec![("whole", whole), ("warned", warned), ("broken", broken)]
    }
}

impl Page for BrokenPage {
    const TEMPLATE: &'static str = "preview/broken";

    fn samples() -> Vec<(&'static str, Self)> {
        vec![("broken", Self { file: "survey.yaml".into(), diagnostics: samples() })]
    }
}

pub(super) fn samples() -> Vec<Diagnostic> {
    let line = Line { number: 7, before: "for: ".into(), marked: "leader".into(), after: String::new() };
    vec![
        Diagnostic {
            place: "survey.yaml:7:6".into(),
            error: true,
            code: Some("E301".into()),
            message: "there is no audience `leader`".into(),
            line: Some(line),
            hint: Some("did you mean `leaders`?".into()),
        },
        Diagnostic {
            place: "survey.yaml".into(),
            error: false,
            code: None,
            message: "cannot be read".into(),
            line: None,
            hint: None,
        },
    ]
}
