//! A draft's survey: its text, what is wrong with it, and a phone that shows it.

use serde::Serialize;

use super::Page;
use super::hr::Shell;
use super::preview::{Choice, Diagnostic};

/// `GET /campaigns/new` and `GET /campaigns/{id}/survey`. Posts `csrf`, `name` (of a new one), `source` and, in its place, `file` to
/// the same address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SurveyPage {
    /// Around it.
    pub shell: Shell,
    /// In addresses; nothing while it is new.
    pub id: Option<String>,
    /// As HR calls it.
    pub name: String,
    /// YAML.
    pub source: String,
    /// Errors and warnings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// There are errors: nothing was saved.
    pub broken: bool,
    /// It has no name yet, so nothing was saved.
    pub nameless: bool,
    /// What stands here is saved.
    pub saved: bool,
    /// What the phone shows; nothing while nothing is saved.
    pub phone: Option<String>,
    /// Pages that the phone can show.
    pub pages: Vec<Choice>,
    /// Languages that the phone can show.
    pub languages: Vec<Choice>,
}

impl Page for SurveyPage {
    const TEMPLATE: &'static str = "hr/survey";

    fn samples() -> Vec<(&'static str, Self)> {
        use super::hr::Section;
        use super::hr::samples::{NAME, shell};
        use super::preview::samples;
        let choice = |value: &str, chosen: bool| Choice { value: value.into(), label: value.into(), chosen };
        let draft = Self {
            shell: shell(Section::Campaigns),
            id: Some("b2".into()),
            name: NAME.into(),
            source: "survey: midtveisevaluering\nlanguages: [nb]\n".into(),
            diagnostics: Vec::new(),
            broken: false,
            nameless: false,
            saved: true,
            phone: Some("/campaigns/b2/phone?p=you".into()),
            pages: vec![choice("start", false), choice("you", true)],
            languages: vec![choice("nb", true), choice("en", false)],
        };
        let new = Self {
            id: None,
            name: String::new(),
            source: String::new(),
            saved: false,
            phone: None,
            pages: Vec::new(),
            languages: Vec::new(),
            ..draft.clone()
        };
        let broken = Self { diagnostics: samples(), broken: true, nameless: true, ..new.clone() };
        let warned = Self { diagnostics: samples(), saved: false, ..draft.clone() };
        vec![("draft", draft), ("new", new), ("broken", broken), ("warned", warned)]
    }
}
