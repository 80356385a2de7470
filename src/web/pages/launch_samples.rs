//! Examples of the launch, with the figures of a real survey.

use super::{
    Cost, CostlyCharacter, Hidden, HiddenLine, LaunchPage, LaunchText, MergeLine, Sample, ShareLine, SharesPage,
};
use crate::web::pages::hr::Section;
use crate::web::pages::hr::samples::{NAME, at, shell};
use crate::web::pages::said::Said;

pub(super) fn launch() -> Vec<(&'static str, LaunchPage)> {
    let text = |language: &str, recipients, longest, text: &str| LaunchText {
        language: language.into(),
        recipients,
        longest,
        parts: recipients * longest,
        cost: (recipients > 100).then(|| Cost { amount: 5420.0, currency: "NOK".into() }),
        text: text.into(),
        costly: Vec::new(),
    };
    let ready = LaunchPage {
        shell: shell(Section::Campaigns),
        id: "b2".into(),
        name: NAME.into(),
        recipients: 8880,
        parts: 17_412,
        texts: vec![
            text(
                "Bokmål",
                7912,
                2,
                "Hei! Vi vil høre hvordan du har hatt det på jobb under pandemien. Svar innen 24. juni: https://svar.eksempel.no/s/…",
            ),
            text(
                "English",
                968,
                1,
                "Hello! Tell us how work has been during the pandemic. Answer by 24 June: https://svar.eksempel.no/s/…",
            ),
        ],
        invalid: 23,
        duplicates: 4,
        cost: Some(Cost { amount: 6094.2, currency: "NOK".into() }),
        seconds: 870,
        foreign: 2,
        ends: at("2020-06-10T09:15:00+02:00[Europe/Oslo]"),
        hidden: Some(hidden()),
        obstacles: Vec::new(),
        miscounted: false,
        sample: Some(Sample::Sent),
    };
    let stopped = LaunchPage {
        hidden: None,
        cost: None,
        invalid: 0,
        duplicates: 0,
        seconds: 45,
        foreign: 0,
        ends: None,
        obstacles: vec![Said::new("over", Vec::new()), Said::new("no_people", Vec::new())],
        ..ready.clone()
    };
    let costly = |character: &str, instead: Option<&str>| CostlyCharacter {
        character: character.into(),
        instead: instead.map(Into::into),
    };
    let dear = LaunchText {
        costly: vec![costly("–", Some("-")), costly("日", None)],
        ..text("Nynorsk", 12, 2, "Hei – svar her: https://svar.eksempel.no/s/… 日")
    };
    let slow = LaunchPage { seconds: 86_400, sample: Some(Sample::BadNumber), texts: vec![dear], ..ready.clone() };
    let enough = LaunchPage {
        hidden: Some(Hidden { merges: Vec::new(), more: 0, ..hidden() }),
        sample: Some(Sample::TooMany),
        ..ready.clone()
    };
    let miscounted = LaunchPage { miscounted: true, sample: Some(Sample::NotSent), ..ready.clone() };
    vec![("ready", ready), ("obstacles", stopped), ("slow", slow), ("enough", enough), ("miscounted", miscounted)]
}

fn hidden() -> Hidden {
    let line = |by: Option<&str>, level: u32, groups, hidden, doubtful| HiddenLine {
        by: by.map(Into::into),
        level: level.to_string(),
        groups,
        hidden,
        doubtful,
    };
    let merge = |one: &str, one_people, other: &str, other_people| MergeLine {
        within: "Pleie og omsorg › Hjemmetjenesten i bydelene nord for elva".into(),
        one: one.into(),
        one_people,
        other: other.into(),
        other_people,
        helped: one_people,
    };
    Hidden {
        minimum_group: 5,
        lines: vec![
            line(None, 1, 8, 0, 0),
            line(None, 2, 64, 0, 1),
            line(None, 3, 640, 43, 87),
            line(Some("age"), 1, 40, 2, 0),
            line(Some("age"), 3, 3010, 2288, 0),
        ],
        merges: vec![
            merge("Natt", 3, "Sone 4", 9),
            merge("Kjøkken og vaskeri ved bo- og omsorgssenteret", 4, "Kontor", 11),
        ],
        more: 17,
    }
}

pub(super) fn shares() -> Vec<(&'static str, SharesPage)> {
    let share = |holder, letter: &str| ShareLine { holder, text: vec![letter.repeat(4); 16].join("-") };
    let page = SharesPage {
        shell: shell(Section::Campaigns),
        id: "b2".into(),
        name: NAME.into(),
        recipients: 8880,
        shares: vec![share("hr", "A"), share("safety", "K"), share("safe", "7")],
    };
    vec![("shares", page)]
}
