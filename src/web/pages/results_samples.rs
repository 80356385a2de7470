//! Examples of results, with the figures of a real survey.

use super::super::hr::samples::{AREAS, NAME, shell};
use super::super::hr::{Section, Shell};
use super::super::texts::{self, WordsSection};
use super::{
    Answers, Choice, Crumb, GroupFigures, GroupLine, Hidden, PublishedLine, PublishedPage, QuestionCard,
    QuestionResultPage, ResultsPage,
};
use crate::people::role::Role;
use crate::report::chart::{Figure, FigureOption, Row, Shape};

pub(super) fn published() -> Vec<(&'static str, PublishedPage)> {
    let line = |id: &str, survey: &str| PublishedLine { id: id.into(), name: NAME.into(), survey: survey.into() };
    let reader = Shell { role: Some(Role::SafetyRep), demo: false, ..shell(Section::Results) };
    let campaigns = vec![line("b2", "Midtveisevaluering"), line("a1", "Vernetjenestens høring")];
    vec![
        ("campaigns", PublishedPage { shell: reader.clone(), campaigns }),
        ("empty", PublishedPage { shell: reader, campaigns: Vec::new() }),
    ]
}

fn options(labels: &[&str]) -> Vec<FigureOption> {
    labels.iter().map(|label| FigureOption { label: (*label).into(), aside: *label == "Vet ikke" }).collect()
}

fn row(label: Option<&str>, counts: &[u64]) -> Row {
    Row { label: label.map(Into::into), base: counts.iter().sum(), counts: counts.into() }
}

fn card(id: &str, text: &str, audience: Option<&str>, shape: Shape, labels: &[&str], rows: Vec<Row>) -> QuestionCard {
    let base: u64 = rows.iter().map(|row| row.base).sum();
    let figure = Figure { id: id.into(), title: text.into(), shape, options: options(labels), rows };
    let audience = audience.map(Into::into);
    QuestionCard {
        id: id.into(),
        text: text.into(),
        audience,
        answers: Answers::Shown { base: base.to_string(), figure },
    }
}

const DEGREES: [&str; 6] =
    ["I svært liten grad", "I liten grad", "I noen grad", "I stor grad", "I svært stor grad", "Vet ikke"];
const INFORMED: [u64; 6] = [212, 498, 1701, 2204, 912, 118];

fn informed() -> QuestionCard {
    let text = "I hvilken grad fikk du den informasjonen du trengte som medarbeider?";
    card("info", text, Some("uten personalansvar"), Shape::Stacked, &DEGREES, vec![row(None, &INFORMED)])
}

fn hidden(id: &str, text: &str, audience: &str, reason: Hidden) -> QuestionCard {
    let audience = Some(audience.into());
    QuestionCard { id: id.into(), text: text.into(), audience, answers: Answers::Hidden { reason } }
}

fn cards() -> Vec<QuestionCard> {
    let kept = "Klarte tjenestestedet å ha nok ansatte til å ivareta HMS under pandemien?";
    vec![
        card("leader", "Har du personalansvar?", None, Shape::Bars, &["Ja", "Nei"], vec![row(None, &[442, 5645])]),
        card(
            "staffing",
            kept,
            Some("alle, ordlyd etter rolle"),
            Shape::Stacked,
            &["Nei", "Delvis", "Ja"],
            vec![
                row(Some("Ledere"), &[29, 118, 260]),
                row(Some("Tillitsvalgte og verneombud"), &[121, 204, 287]),
                row(Some("Andre"), &[704, 1498, 2721]),
            ],
        ),
        hidden("staffing_how", "På hvilken måte ble HMS ikke ivaretatt?", "ledere som svarte nei", Hidden::FreeText),
        informed(),
        hidden("several", "Var du omdisponert til flere steder?", "omdisponerte", Hidden::TooFew),
        card(
            "home",
            "Hvilke ulemper har hjemmekontor for deg?",
            Some("med hjemmekontor"),
            Shape::Bars,
            &[
                "Mindre kontakt med kolleger og ledere enn jeg ville hatt på arbeidsplassen",
                "Dårligere utstyr",
                "Vanskelig å konsentrere seg",
                "Ingen av disse",
            ],
            vec![Row { label: None, base: 2210, counts: vec![1460, 902, 388, 301] }],
        ),
    ]
}

pub(super) fn overview() -> Vec<(&'static str, ResultsPage)> {
    let page = ResultsPage {
        shell: shell(Section::Campaigns),
        campaign: "b2".into(),
        name: NAME.into(),
        invited: 8880,
        answered: 6087,
        minimum_group: 5,
        published: true,
        questions: cards(),
    };
    let empty = ResultsPage { answered: 0, published: false, questions: Vec::new(), ..page.clone() };
    vec![("overview", page), ("empty", empty)]
}

fn group((name, _, answered): (&str, u64, u64)) -> GroupLine {
    let counts = INFORMED.map(|count| count * answered / 6087);
    let figures = figures(&counts, Some(3.6));
    GroupLine {
        name: Some(name.into()),
        address: Some("/results/b2/info?place=a1".into()),
        figures: (answered > 200).then_some(figures),
    }
}

fn figures(counts: &[u64], mean: Option<f64>) -> GroupFigures {
    let of = counts.iter().sum::<u64>();
    let favourable = mean.map(|_| 54);
    GroupFigures { base: of.to_string(), of, counts: counts.into(), open: 7, mean, favourable }
}

fn choice(id: Option<&str>, chosen: bool) -> Choice {
    Choice { id: id.map(Into::into), address: "/results/b2/info?by=age".into(), chosen }
}

pub(super) fn question() -> Vec<(&'static str, QuestionResultPage)> {
    let whole = figures(&INFORMED, Some(3.6));
    let shown = QuestionResultPage {
        shell: shell(Section::Campaigns),
        campaign: "b2".into(),
        name: NAME.into(),
        question: informed(),
        minimum_group: 5,
        above: Vec::new(),
        breakdowns: vec![choice(None, true), choice(Some("age"), false), choice(Some("role"), false)],
        options: DEGREES.map(Into::into).into(),
        groups: std::iter::once(GroupLine { name: None, address: None, figures: Some(whole) })
            .chain(AREAS.map(group))
            .collect(),
        means: true,
        words: Vec::new(),
        previous: Some("staffing_how".into()),
        next: Some("several".into()),
    };
    let no_mean = GroupLine { name: None, address: None, figures: Some(figures(&[0, 0, 0, 0, 0, 118], None)) };
    let crumb = |name: Option<&str>| Crumb { name: name.map(Into::into), address: "/results/b2/info".into() };
    let unsure = QuestionResultPage {
        above: vec![crumb(None), crumb(Some("Eiendom"))],
        groups: vec![no_mean.clone()],
        previous: None,
        ..shown.clone()
    };
    let bars = QuestionResultPage { question: cards().remove(1), means: false, groups: vec![no_mean], ..shown.clone() };
    let few = hidden("several", "Var du omdisponert til flere steder?", "omdisponerte", Hidden::TooFew);
    let suppressed = QuestionResultPage {
        question: few,
        options: Vec::new(),
        groups: Vec::new(),
        breakdowns: Vec::new(),
        means: false,
        next: None,
        ..shown.clone()
    };
    let written = |change: &dyn Fn(&mut WordsSection)| {
        let how = "På hvilken måte ble HMS ikke ivaretatt?";
        let mut section = texts::samples::section();
        change(&mut section);
        let question = hidden("staffing_how", how, "ledere som svarte nei", Hidden::Words);
        QuestionResultPage { question, words: vec![section], ..suppressed.clone() }
    };
    vec![
        ("shown", shown),
        ("unsure", unsure),
        ("compared", bars),
        ("words", written(&|_| {})),
        ("words-few", written(&|section| section.words.clear())),
        ("words-none", written(&|section| section.groups.clear())),
        ("themes-alone", written(&|section| section.with_words = false)),
        (
            "no-themes",
            written(&|section| {
                section.themes.clear();
                section.other = true;
            }),
        ),
        ("suppressed", suppressed),
    ]
}
