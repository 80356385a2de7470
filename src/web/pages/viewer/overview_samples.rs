//! Examples of the first page, with the figures of a real survey.

use super::super::samples::{around, bars, scale};
use super::super::{Section, Spot};
use super::{Chapter, Finding, FindingKind, Glance, OverviewPage, Part, PlaceLine, QuestionLine, Rate};
use crate::web::pages::hr::samples::AREAS;

const INFORMED: &str = "I hvilken grad fikk du den informasjonen du trengte som medarbeider?";

fn rate(part: Part, percent: u32) -> Rate {
    let (invited, answered) = ((part != Part::Hidden).then_some(8880), (part == Part::Percent).then_some(6087));
    Rate { invited, answered, part, percent }
}

fn place((name, _, answered): (&str, u64, u64)) -> PlaceLine {
    let part = if answered > 200 { Part::Percent } else { Part::Hidden };
    PlaceLine {
        name: name.into(),
        address: (answered > 200).then(|| "/results/b2?place=a1".into()),
        rate: rate(part, if answered > 200 { 69 } else { 0 }),
    }
}

fn finding(kind: FindingKind, place: &str, own: u32, other: Option<u32>) -> Finding {
    let id = format!("{kind:?}").to_lowercase();
    let figure = match other {
        Some(other) => bars(&id, INFORMED, &[(place, own), ("Resten", other)]),
        None => scale(&id, INFORMED, &[]),
    };
    Finding {
        kind,
        question: INFORMED.into(),
        answer: None,
        address: "/results/b2/information?place=a1".into(),
        place: place.into(),
        own,
        other,
        points: other.map(|other| own.abs_diff(other)),
        figure,
    }
}

fn line(text: &str, audience: Option<&str>, base: Option<&str>, glance: Glance) -> QuestionLine {
    QuestionLine {
        text: text.into(),
        audience: audience.map(Into::into),
        address: "/results/b2/information".into(),
        base: base.map(Into::into),
        glance,
    }
}

fn chapters() -> Vec<Chapter> {
    let several = "Var du omdisponert til flere steder?";
    let leader = bars("leader", "Har du personalansvar?", &[("Nei", 93)]);
    let you = vec![
        line(
            "Har du personalansvar?",
            None,
            Some("6 087"),
            Glance::Most { option: "Nei".into(), percent: 93, figure: leader },
        ),
        line(
            INFORMED,
            Some("Medarbeidere uten personalansvar"),
            Some("5 645"),
            Glance::Favourable { percent: 54, figure: scale("informed", INFORMED, &[]) },
        ),
    ];
    let moved = vec![
        line(several, Some("Omdisponerte"), None, Glance::Hidden),
        line("Hvordan kan informasjonen bli bedre?", Some("Omdisponerte"), None, Glance::Words),
        line("Hva manglet?", Some("Omdisponerte"), None, Glance::Unread),
    ];
    vec![Chapter { title: Some("Litt om deg".into()), questions: you }, Chapter { title: None, questions: moved }]
}

pub(super) fn overview() -> Vec<(&'static str, OverviewPage)> {
    use FindingKind::{Down, Higher, Highest, Lower, Lowest, Up};
    let mut answered = finding(Lower, "Eiendom", 12, Some(44));
    answered.answer = Some("Hjemme hele tiden".into());
    answered.figure.id = "answer".into();
    let findings = vec![
        finding(Lower, "Pleie og omsorg", 41, Some(58)),
        finding(Up, "Hele organisasjonen", 54, Some(49)),
        answered,
        finding(Lowest, "Hele organisasjonen", 31, None),
    ];
    let more = vec![
        finding(Highest, "Hele organisasjonen", 84, None),
        finding(Higher, "Organisasjon, styring og utvikling", 77, Some(53)),
        finding(Down, "Hele organisasjonen", 54, Some(60)),
    ];
    let page = OverviewPage {
        around: around(Section::Overview),
        published: true,
        rate: Some(rate(Part::Percent, 69)),
        places: AREAS.map(place).into(),
        findings,
        more,
        suppressed: false,
        chapters: chapters(),
    };
    let unit = OverviewPage {
        around: super::Around {
            above: ["Hele organisasjonen", "Oppvekst barnehage", "Tusenbein barnehage"].map(spot).into(),
            place: "Avdeling for de aller yngste i barnehagen ved Rognebærstien og omegn".into(),
            own: ["Avdeling 1", "Avdeling 2"].map(spot).into(),
            organisation: None,
            logo: None,
            name: None,
            ..page.around.clone()
        },
        rate: Some(rate(Part::Over, 90)),
        places: Vec::new(),
        findings: Vec::new(),
        more: Vec::new(),
        ..page.clone()
    };
    let many = (0..40).map(|number| {
        let part = if number % 4 == 0 { Part::Hidden } else { Part::Under };
        PlaceLine { name: format!("Avdeling {number}"), address: None, rate: rate(part, 10) }
    });
    let all_hidden = OverviewPage {
        rate: Some(rate(Part::Hidden, 0)),
        suppressed: true,
        places: AREAS.map(|(name, invited, _)| place((name, invited, 0))).into(),
        chapters: chapters().into_iter().map(suppressed).collect(),
        findings: Vec::new(),
        more: Vec::new(),
        ..page.clone()
    };
    let units = (0..600).map(|number| PlaceLine {
        name: format!("Avdeling {number} for de aller yngste i barnehagen ved Rognebærstien og omegn"),
        ..place(AREAS[number % AREAS.len()])
    });
    let units = OverviewPage { places: units.collect(), ..page.clone() };
    let hidden =
        OverviewPage { rate: None, places: many.collect(), findings: Vec::new(), more: Vec::new(), ..page.clone() };
    let empty = OverviewPage {
        published: false,
        places: Vec::new(),
        findings: Vec::new(),
        more: Vec::new(),
        chapters: Vec::new(),
        ..page.clone()
    };
    vec![
        ("whole", page),
        ("unit", unit),
        ("hidden", hidden),
        ("all-hidden", all_hidden),
        ("many", units),
        ("empty", empty),
    ]
}

fn suppressed(chapter: Chapter) -> Chapter {
    let hide = |line: QuestionLine| QuestionLine { base: None, glance: Glance::Hidden, ..line };
    Chapter { questions: chapter.questions.into_iter().map(hide).collect(), ..chapter }
}

fn spot(name: &str) -> Spot {
    Spot { name: name.into(), address: "/results/b2?place=a1".into(), here: name.ends_with('1') }
}
