//! Examples of a question's page.

use super::super::Section;
use super::super::samples::{around, bars, dots, scale, slopes};
use super::{Choice, Divided, Line, LineFigures, QuestionPage, Refused, Sides, Trend, Whole, Wording};
use crate::report::chart::Figure;
use crate::web::pages::hr::samples::AREAS;
use crate::web::pages::texts::{self, WordsSection};

const TEXT: &str = "I hvilken grad fikk du den informasjonen du trengte som medarbeider?";
const DEGREES: [&str; 6] =
    ["I svært liten grad", "I liten grad", "I noen grad", "I stor grad", "I svært stor grad", "Vet ikke"];

fn figures(mean: Option<f64>, points: Option<i32>) -> LineFigures {
    LineFigures {
        base: "1 004".into(),
        percents: [4, 9, 31, 40, 14, 2].map(Some).into(),
        open: 7,
        mean,
        favourable: mean.map(|_| 54),
        points,
        significant: points.is_some_and(|points| points.abs() > 10),
        too_few: points == Some(0),
    }
}

fn line((name, _, answered): (&str, u64, u64)) -> Line {
    let points = if answered > 1000 { 12 } else { -13 };
    Line {
        name: name.into(),
        whole: false,
        address: Some("/results/b2/information?place=a1".into()),
        figures: (answered > 200).then(|| figures(Some(3.6), Some(points))),
    }
}

fn choices(all: &[&str], chosen: &str) -> Vec<Choice> {
    let choice = |id: &&str| Choice {
        id: (*id).into(),
        address: "/results/b2/information?by=age".into(),
        chosen: *id == chosen,
    };
    all.iter().map(choice).collect()
}

fn whole(figure: Figure) -> Whole {
    Whole {
        figure,
        asked: "5 672".into(),
        answered: "5 645".into(),
        not_asked: Some("400–499".into()),
        open: 27,
        dont_know: Some(113),
        mean: Some(3.5),
        favourable: Some(54),
        svg: "/results/b2/information/whole.svg".into(),
    }
}

fn divided(figure: Option<Figure>) -> Divided {
    let own = Line {
        name: "Hele organisasjonen".into(),
        whole: true,
        address: None,
        figures: Some(figures(Some(3.5), None)),
    };
    Divided {
        ways: choices(&["places", "age", "role"], "places"),
        shows: choices(&["shares", "means"], "shares"),
        options: Vec::new(),
        figure,
        hidden: 2,
        parts: AREAS.len(),
        marked: true,
        head: DEGREES.map(Into::into).into(),
        rows: std::iter::once(own).chain(AREAS.map(line)).collect(),
        means: true,
        svg: "/results/b2/information/parts.svg".into(),
        csv: "/results/b2/information/table.csv".into(),
    }
}

fn sides(points: Option<i32>) -> Sides {
    let wording = |audience: &str| Wording { audience: audience.into(), text: TEXT.into() };
    Sides {
        wordings: ["Ledere", "Medarbeidere"].map(wording).into(),
        figure: scale("sides", TEXT, &["Ledere", "Medarbeidere"]),
        points,
        significant: points.is_some_and(|points| points > 10),
    }
}

fn trend() -> Trend {
    let reasons = ["no_such_question", "type", "answers", "direction", "audience"];
    let refused = reasons.map(|reason| Refused { wave: "Vår 2018".into(), reason });
    Trend {
        figure: Some(slopes("trend", TEXT, &["2018", "2019"])),
        points: Some(5),
        significant: false,
        refused: refused.into(),
    }
}

pub(super) fn question() -> Vec<(&'static str, QuestionPage)> {
    let areas: Vec<&str> = AREAS.map(|(name, _, _)| name).into();
    let shown = QuestionPage {
        around: around(Section::Question),
        text: TEXT.into(),
        audience: Some("Medarbeidere uten personalansvar".into()),
        minimum_group: 5,
        whole: Some(whole(scale("whole", TEXT, &[]))),
        divided: Some(divided(Some(scale("parts", TEXT, &areas)))),
        sides: Some(sides(Some(12))),
        trend: Some(trend()),
        words: Vec::new(),
        unread: false,
        previous: Some("/results/b2/staffing".into()),
        next: Some("/results/b2/several".into()),
    };
    let means = QuestionPage {
        divided: Some(Divided { hidden: 1, ..divided(Some(dots("parts", TEXT))) }),
        sides: Some(sides(Some(2))),
        trend: Some(Trend { figure: None, points: None, significant: true, refused: Vec::new() }),
        previous: None,
        ..shown.clone()
    };
    let unsure = Whole {
        not_asked: None,
        dont_know: None,
        mean: None,
        favourable: None,
        ..whole(bars("whole", TEXT, &[("Ja", 61), ("Nei", 39)]))
    };
    let chosen = QuestionPage {
        audience: None,
        whole: Some(unsure),
        divided: Some(Divided {
            shows: Vec::new(),
            options: choices(&["Mindre kontakt med kolleger", "Dårligere utstyr"], "Dårligere utstyr"),
            hidden: 0,
            marked: false,
            means: false,
            rows: vec![Line { figures: Some(figures(None, Some(0))), ..line(AREAS[0]) }],
            ..divided(Some(bars("parts", TEXT, &[("Oppvekst skole", 61), ("Eiendom", 39)])))
        }),
        sides: Some(sides(None)),
        trend: None,
        next: None,
        ..shown.clone()
    };
    let hidden = QuestionPage { divided: Some(divided(None)), ..shown.clone() };
    let unit = QuestionPage {
        divided: Some(Divided { parts: 0, hidden: 0, ways: Vec::new(), marked: false, ..divided(None) }),
        sides: None,
        trend: None,
        ..shown.clone()
    };
    let long = AREAS.map(|(name, _, _)| format!("{name}, avdelingen for de aller yngste ved Rognebærstien og omegn"));
    let long: Vec<&str> = (0..60).map(|number| long[number % long.len()].as_str()).collect();
    let waves =
        ["Våren 2018", "Høsten 2018", "Våren 2019", "Medarbeiderundersøkelsen 2020, ekstra runde", "Høsten 2021"];
    let many = QuestionPage {
        divided: Some(Divided {
            parts: long.len(),
            rows: long.iter().map(|name| Line { name: (*name).into(), ..line(AREAS[0]) }).collect(),
            ..divided(Some(scale("parts", TEXT, &long)))
        }),
        trend: Some(Trend { figure: Some(slopes("trend", TEXT, &waves)), ..trend() }),
        ..shown.clone()
    };
    let few = QuestionPage { whole: None, divided: None, sides: None, trend: None, ..shown.clone() };
    vec![
        ("shown", shown),
        ("means", means),
        ("chosen", chosen),
        ("parts-hidden", hidden),
        ("unit", unit),
        ("many", many),
        ("unread", QuestionPage { unread: true, ..few.clone() }),
        ("words", written(&few, &|_| {})),
        ("words-few", written(&few, &|section| section.words.clear())),
        ("words-none", written(&few, &|section| section.groups.clear())),
        ("themes-alone", written(&few, &|section| section.with_words = false)),
        ("no-themes", written(&few, &no_themes)),
        ("suppressed", few),
    ]
}

fn no_themes(section: &mut WordsSection) {
    section.themes.clear();
    section.other = true;
}

fn written(page: &QuestionPage, change: &dyn Fn(&mut WordsSection)) -> QuestionPage {
    let mut section = texts::samples::section();
    change(&mut section);
    QuestionPage { words: vec![section], ..page.clone() }
}
