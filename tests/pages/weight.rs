//! What every page of the five surveys weighs, as a phone gets it, and every page of results.

use std::collections::BTreeMap;
use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use medvirk::definition::load;
use medvirk::definition::model::{Answers, Attributes, Definition, Kind, Language, Question, Text, Wording};
use medvirk::definition::route::{Route, Step};
use medvirk::report::heat::{Cell, Row, Unit, body};
use medvirk::report::number::Notation;
use medvirk::respond::follow::{FollowUps, follow_ups};
use medvirk::respond::post::Fields;
use medvirk::web::form::view;
use medvirk::web::pages::assets::asset;
use medvirk::web::pages::viewer::compare::ComparePage;
use medvirk::web::pages::viewer::heat::HeatPage;
use medvirk::web::pages::viewer::index::IndicesPage;
use medvirk::web::pages::viewer::overview::OverviewPage;
use medvirk::web::pages::viewer::question::QuestionPage;
use medvirk::web::pages::{Page, Pages};

/// Any page but the first, whose style sheet is there already.
const LATER: usize = 6_000;
/// The first page and the style sheet.
const FIRST: usize = 14_000;
/// Any page of results.
const RESULTS: usize = 100_000;

fn surveys() -> Vec<Definition> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/survey-definitions");
    let files = std::fs::read_dir(folder).expect("the five surveys").map(|entry| entry.expect("a file").path());
    files.map(|file| load(&std::fs::read(file).expect("a survey")).expect("a survey without a fault")).collect()
}

/// Heavier than anybody gets it: every question of every page, in its longest words.
fn everything(survey: &Definition) -> Route<'_> {
    let step = |page| Step { page, questions: Vec::new() };
    let mut pages: Vec<Step<'_>> = survey.pages.iter().map(step).collect();
    for step in &mut pages {
        step.questions = step.page.questions.iter().map(|one| (one, longest(&one.wording))).collect();
    }
    Route { pages }
}

fn longest(wording: &Wording) -> &Text {
    match wording {
        Wording::Everybody(text) => text,
        Wording::ByAudience(texts) => {
            let size = |text: &Text| text.0.values().map(String::len).sum::<usize>();
            texts.iter().map(|(_, text)| text).max_by_key(|text| size(text)).expect("at least one wording")
        }
    }
}

/// Answers to everything, with a few sentences wherever one may write.
fn answers(step: &Step<'_>) -> Fields {
    let words =
        "Vaktene går ofte uten at noen har tid til å snakke sammen, og da blir det lett misforståelser. ".repeat(4);
    let of = |question: &Question| {
        let name = format!("q.{}", question.id);
        match &question.kind {
            Kind::YesNo => vec![(name, "yes".to_owned())],
            Kind::Choice { options, .. } | Kind::Choices { options, .. } => vec![(name, options[0].id.clone())],
            Kind::Rank { options, .. } => vec![(format!("{name}.1"), options[0].id.clone())],
            Kind::Matrix { items, .. } => {
                items.iter().map(|item| (format!("{name}.{}", item.id), "4".to_owned())).collect()
            }
            Kind::Scale(_) | Kind::Number { .. } => vec![(name, "4".to_owned())],
            Kind::Text | Kind::LongText => vec![(name, words.clone())],
            Kind::Notice => Vec::new(),
        }
    };
    step.questions.iter().flat_map(|(question, _)| of(question)).collect()
}

fn gzip(bytes: &[u8], level: Compression) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory").len()
}

/// Every page as it is compressed on its way: well where it is the same for all, quickly where it holds answers.
fn weights(pages: &Pages, survey: &Definition) -> Vec<(String, usize)> {
    let (route, none, mut weights) = (everything(survey), BTreeMap::new(), Vec::new());
    for language in &survey.languages {
        for step in &route.pages {
            let opening = follow_ups(survey, &Attributes::new(), &Answers::new(), step.page);
            for (follow, fields, level) in [
                (FollowUps::default(), Fields::new(), Compression::best()),
                (opening, answers(step), Compression::fast()),
            ] {
                let page = view::questions(survey, &route, step, &follow, *language, &fields, &none);
                let html = pages.render(&page, *language).expect("a page");
                let filled = if fields.is_empty() { "blank" } else { "answered" };
                let name = format!("{} {} {language} {filled}", survey.id, step.page.id);
                weights.push((name, gzip(html.as_bytes(), level)));
            }
        }
    }
    weights
}

#[test]
fn later_pages_stay_light() {
    let pages = Pages::new().expect("templates compile");
    let mut weights: Vec<_> = surveys().iter().flat_map(|survey| weights(&pages, survey)).collect();
    weights.sort_by_key(|(_, bytes)| *bytes);
    let (heaviest, bytes) = weights.last().expect("pages");
    eprintln!("{} pages, the heaviest {heaviest}: {bytes} bytes", weights.len());
    assert!(*bytes <= LATER, "{heaviest}: {bytes} bytes");
}

#[test]
fn the_first_view_stays_light() {
    let pages = Pages::new().expect("templates compile");
    let css = gzip(asset("form.css").expect("the form's style").bytes, Compression::best());
    for survey in surveys() {
        for language in &survey.languages {
            let page = view::start(&survey, &everything(&survey), *language, Some("later"), None);
            let html = pages.render(&page, *language).expect("a page");
            let bytes = css + gzip(html.as_bytes(), Compression::best());
            eprintln!("{} {language}: first view {bytes} bytes", survey.id);
            assert!(bytes <= FIRST, "{} {language}: {bytes} bytes", survey.id);
        }
    }
}

/// Six hundred units by the forty-five items of the yearly survey, each cell another number, is the heaviest there is.
fn heaviest() -> HeatPage {
    let unit = |unit: u32| Row {
        name: format!("Avdeling {unit}"),
        above: Some(format!("Område {} › Tjenestested {}", unit % 8, unit % 60)),
        address: None,
        whole: unit == 0,
        cells: (0..45).map(|item| cell(unit * 45 + item)).collect(),
    };
    let rows: Vec<Row> = (0..=600).map(unit).collect();
    let (_, page) = HeatPage::samples().into_iter().find(|(name, _)| *name == "many").expect("many units");
    HeatPage { body: body(&rows, Unit::Percent, Notation::Norwegian, "Skjermet"), ..page }
}

/// Scattered, so that nothing repeats itself for the compression to find.
fn cell(number: u32) -> Cell {
    let mixed = number.wrapping_mul(0x9E37_79B9);
    let mixed = (mixed ^ (mixed >> 16)).wrapping_mul(0x85EB_CA6B);
    let value = f64::from((mixed ^ (mixed >> 13)) % 101);
    Cell { value: Some(value), against: Some(value - 50.0) }
}

fn weigh<P: Page>(pages: &Pages, named: Vec<(&'static str, P)>) -> Vec<(usize, String)> {
    let language = Language::parse("nb").expect("a language");
    let html = |page: &P| pages.render(page, language).expect("a page");
    let weight = |(name, page): (&str, P)| {
        (gzip(html(&page).as_bytes(), Compression::default()), format!("{} {name}", P::TEMPLATE))
    };
    named.into_iter().map(weight).collect()
}

#[test]
fn pages_of_results_stay_light() {
    let pages = Pages::new().expect("templates compile");
    let weights = [
        weigh(&pages, vec![("of 600 units and 45 items", heaviest())]),
        weigh(&pages, OverviewPage::samples()),
        weigh(&pages, QuestionPage::samples()),
        weigh(&pages, HeatPage::samples()),
        weigh(&pages, ComparePage::samples()),
        weigh(&pages, IndicesPage::samples()),
    ];
    let (bytes, heaviest) = weights.concat().into_iter().max().expect("pages");
    eprintln!("the heaviest page of results is {heaviest}: {bytes} bytes");
    assert!(bytes <= RESULTS, "{heaviest}: {bytes} bytes");
}
