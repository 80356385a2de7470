//! The list of results.

use serde::Serialize;

use super::Page;
use super::hr::Shell;

/// `GET /results`: what was published, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublishedPage {
    /// Around it.
    pub shell: Shell,
    /// Newest first.
    pub campaigns: Vec<PublishedLine>,
}

/// One campaign with results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublishedLine {
    /// In addresses.
    pub id: String,
    /// As HR called it.
    pub name: String,
    /// The survey's title.
    pub survey: String,
}

impl Page for PublishedPage {
    const TEMPLATE: &'static str = "hr/published";

    fn samples() -> Vec<(&'static str, Self)> {
        use super::hr::Section;
        use super::hr::samples::{NAME, shell};
        let line =
            PublishedLine { id: "b2".into(), name: NAME.into(), survey: "Midtveisevaluering av pandemien".into() };
        let page = Self { shell: shell(Section::Results), campaigns: vec![line] };
        vec![("some", page.clone()), ("none", Self { campaigns: Vec::new(), ..page })]
    }
}
