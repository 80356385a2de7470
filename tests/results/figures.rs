//! Every figure against `fixtures/figures.py`, which works it out from single answers with other people's libraries.

use medvirk::anonymity::publication::Publication;
use medvirk::definition::model::Index as Declared;
use medvirk::results::compare::{places, usual};
use medvirk::results::distribution::Distribution;
use medvirk::results::index::Index;
use medvirk::results::rank::ranks;
use medvirk::results::row::Share;
use medvirk::results::significance::{Sample, holm, shares, two_sided};
use medvirk::results::view::{Position, Scope, View};
use medvirk::results::weight::weighted;
use serde_json::Value;

const HAND: &str = include_str!("fixtures/hand.figures.json");
const PULSE: &str = include_str!("fixtures/pulse.figures.json");
const CASES: &str = include_str!("fixtures/cases.json");

fn expected(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn both() -> [(Publication, Value, &'static str); 2] {
    [(crate::hand(), expected(HAND), "age"), (crate::pulse(), expected(PULSE), "employment")]
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

#[track_caller]
fn close(ours: Option<f64>, theirs: &Value, what: &str) {
    match (ours, theirs.as_f64()) {
        (None, None) => {}
        (Some(ours), Some(theirs)) => assert!((ours - theirs).abs() < 1e-9, "{what}: {ours} and not {theirs}"),
        (ours, theirs) => panic!("{what}: {ours:?} and not {theirs:?}"),
    }
}

fn position(line: &Value) -> Position<'_> {
    let at = Position::at(line["place"].as_str().unwrap());
    match line["by"].as_array() {
        Some(by) => at.by(by[0].as_str().unwrap(), by[1].as_str().unwrap()),
        None => at,
    }
}

#[test]
fn distributions_means_shares_and_ranks() {
    for (publication, expected, _) in both() {
        let view = View::of(&publication, &Scope::Whole);
        let lines = list(&expected["figures"]);
        assert!(lines.len() > 50);
        for line in lines {
            let question = view.question(line["question"].as_str().unwrap()).unwrap();
            let row = view.row(question, position(line)).unwrap();
            if let Some(theirs) = line.get("ranks") {
                let mut ours: Vec<_> = ranks(&row);
                let order = |id: &str| question.options.iter().position(|option| option.id == id);
                ours.sort_by_key(|ranked| order(&ranked.option.id));
                let ours: Vec<u64> = ours.iter().map(|ranked| u64::from(ranked.rank)).collect();
                assert_eq!(ours, list(theirs).iter().map(|rank| rank.as_u64().unwrap()).collect::<Vec<_>>(), "{line}");
            }
            let distribution = Distribution::of(&view, question, position(line)).unwrap();
            let figures = distribution.figures.unwrap();
            let percents: Option<Vec<u64>> = figures.bars.iter().map(|bar| bar.percent.map(u64::from)).collect();
            let theirs = line["percents"].as_array().map(|all| all.iter().map(|p| p.as_u64().unwrap()).collect());
            assert_eq!(percents, theirs, "{line}");
            if question.kind.several() {
                continue;
            }
            close(row.mean(false), &line["mean"], "mean");
            assert_eq!(figures.favourable.map(u64::from), line["favourable"].as_u64(), "{line}");
            let rounded = line["mean"].as_f64().map(|mean| (mean * 10.0).round() / 10.0);
            assert_eq!(figures.mean, rounded, "{line}");
        }
    }
}

#[test]
fn areas_against_the_rest() {
    for (publication, expected, _) in both() {
        let view = View::of(&publication, &Scope::Whole);
        let compared = publication.questions.iter().flat_map(|question| {
            let measure = usual(question);
            let all = measure.map_or_else(Vec::new, |measure| places(&view, question, measure, "", ""));
            all.into_iter().map(move |comparison| (question, comparison))
        });
        let compared: Vec<_> = compared.collect();
        let lines = list(&expected["compared"]);
        assert!(!lines.is_empty());
        assert_eq!(compared.len(), lines.len());
        for ((question, comparison), line) in compared.iter().zip(lines) {
            let what = format!("{} in {}", question.id, comparison.group.place);
            assert_eq!(
                (line["question"].as_str(), line["place"].as_str()),
                (Some(question.id.as_str()), Some(comparison.group.place.as_str()))
            );
            let difference = comparison.difference;
            close(Some(difference.size), &line["size"], &what);
            close(Some(difference.low), &line["low"], &what);
            close(Some(difference.high), &line["high"], &what);
            close(difference.chance, &line["chance"], &what);
            close(difference.adjusted, line.get("adjusted").unwrap_or(&Value::Null), &what);
            if let Some(theirs) = line.get("means") {
                let ours = comparison.means.unwrap().difference;
                close(Some(ours.size), &theirs[0], &what);
                close(Some(ours.low), &theirs[1], &what);
                close(Some(ours.high), &theirs[2], &what);
            }
        }
    }
}

#[test]
fn weighted_figures() {
    for (publication, expected, breakdown) in both() {
        let view = View::of(&publication, &Scope::Whole);
        let lines = list(&expected["weighted"]);
        assert!(lines.len() >= 4);
        for line in lines {
            let question = view.question(line["question"].as_str().unwrap()).unwrap();
            let ours = weighted(&view, question, "", breakdown).unwrap();
            assert_eq!(u64::from(ours.population), line["population"].as_u64().unwrap());
            for ((option, share), theirs) in ours.weighted.shares.iter().zip(list(&line["shares"])) {
                close(Some(*share), theirs, &option.id);
            }
            close(ours.weighted.mean, &line["mean"], &question.id);
            close(ours.weighted.favourable, &line["favourable"], &question.id);
            close(Some(ours.effective), &line["effective"], &question.id);
        }
    }
}

#[test]
fn an_index_is_the_mean_of_the_means_of_its_items() {
    for (publication, expected, _) in both() {
        let view = View::of(&publication, &Scope::Whole);
        let line = &expected["index"];
        let of: Vec<String> = list(&line["of"]).iter().map(|id| id.as_str().unwrap().to_owned()).collect();
        let items = u32::try_from(of.len()).unwrap();
        let declared = Declared { id: "index".to_owned(), label: None, of, min_answered: items };
        let index = Index::of(&view, &declared, Position::WHOLE);
        close(index.value, &line["value"], "index");
        let more = Declared { min_answered: items + 1, ..declared };
        assert_eq!(Index::of(&view, &more, Position::WHOLE).value, None);
    }
}

#[test]
fn the_tests_alone_are_those_of_statsmodels_and_scipy() {
    let cases = expected(CASES);
    for line in list(&cases["shares"]) {
        let count = |index: usize| u32::try_from(line["counts"][index].as_u64().unwrap()).unwrap();
        let sample = |at: usize| Sample {
            share: Share { part: count(at), of: count(at + 1) },
            population: None,
            disturbance: 0.0,
        };
        let difference = shares(sample(0), sample(2)).unwrap();
        close(Some(difference.size), &line["size"], "size");
        close(Some(difference.low), &line["low"], "low");
        close(Some(difference.high), &line["high"], "high");
        close(difference.chance, &line["chance"], "chance");
    }
    let numbers = |name: &str| -> Vec<f64> { list(&cases[name]).iter().map(|n| n.as_f64().unwrap()).collect() };
    for (ours, theirs) in holm(&numbers("chances")).into_iter().zip(list(&cases["holm"])) {
        close(Some(ours), theirs, "holm");
    }
    for (score, theirs) in numbers("scores").into_iter().zip(numbers("two_sided")) {
        assert!((two_sided(score) / theirs - 1.0).abs() < 1e-12, "{score}");
    }
}
