//! What became another in a survey.

use serde::Serialize;

use super::Page;
use super::hr::{Section, Shell, samples::shell};

/// `GET /campaigns/{id}/changes`: since the wave before, and from version to version.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangesPage {
    /// Around it.
    pub shell: Shell,
    /// In addresses.
    pub id: String,
    /// As HR called it.
    pub name: String,
    /// Since the wave before; nothing where there is none.
    pub wave: Option<WaveChanges>,
    /// The newest first.
    pub versions: Vec<Version>,
}

/// Since the wave before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaveChanges {
    /// In addresses.
    pub id: String,
    /// As HR called it.
    pub name: String,
    /// One by one.
    pub changes: Vec<Line>,
}

/// A version, with what it changed of the one before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Version {
    /// 1, 2, ….
    pub number: i64,
    /// When it was saved.
    pub at: jiff::Zoned,
    /// Who saved it.
    pub who: String,
    /// Of the questions; the first version has none.
    pub changes: Vec<Line>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// `added`, `removed`, `reworded`, `answers` or `asked`.
    pub what: &'static str,
    /// What is asked.
    pub question: String,
    /// How it was, where that can be said in words; empty for everybody.
    pub before: Option<String>,
}

impl Page for ChangesPage {
    const TEMPLATE: &'static str = "hr/changes";

    fn samples() -> Vec<(&'static str, Self)> {
        let line = |what, before: Option<&str>| Line {
            what,
            question: "I hvor stor grad fikk du den informasjonen du trengte som ansatt?".into(),
            before: before.map(Into::into),
        };
        let all = vec![
            line("added", None),
            line("reworded", Some("Fikk du nok informasjon?")),
            line("answers", None),
            line("asked", Some("")),
            line("asked", Some("Ledere")),
            line("removed", None),
        ];
        let Ok(at) = "2020-06-01T09:00:00+02:00[Europe/Oslo]".parse::<jiff::Zoned>() else { return Vec::new() };
        let version = |number, changes| Version { number, at: at.clone(), who: "Kari HR".into(), changes };
        let page = ChangesPage {
            shell: shell(Section::Campaigns),
            id: "b2".into(),
            name: "Medarbeiderundersøkelsen 2021".into(),
            wave: Some(WaveChanges { id: "a1".into(), name: "Medarbeiderundersøkelsen 2020".into(), changes: all }),
            versions: vec![version(2, vec![line("removed", None)]), version(1, Vec::new())],
        };
        let same = page.wave.clone().map(|wave| WaveChanges { changes: Vec::new(), ..wave });
        vec![
            ("first", Self { wave: None, versions: Vec::new(), ..page.clone() }),
            ("same", Self { wave: same, ..page.clone() }),
            ("changes", page),
        ]
    }
}
