//! How far the disturbance moves figures, measured where the truth is known: a test that does not know of it would find
//! differences that the disturbance made.

use medvirk::anonymity::publication::{Kind, Publication};
use medvirk::anonymity::publish::publication;
use medvirk::anonymity::world::World;
use medvirk::definition::model::Answer;
use medvirk::results::compare::{Comparison, places};
use medvirk::results::row::Measure;
use medvirk::results::significance::disturbance;
use medvirk::results::view::{Scope, View};

use crate::municipality::{MIDWAY, Municipality};

const PULSE: &[u8] = include_bytes!("../../survey-definitions/krisepuls.yaml");

/// An average.
#[derive(Default)]
struct Average {
    sum: f64,
    count: f64,
}

impl Average {
    fn add(&mut self, value: f64) {
        self.sum += value;
        self.count += 1.0;
    }

    fn value(&self) -> f64 {
        self.sum / self.count.max(1.0)
    }
}

/// The squared error of the published differences between areas and the rest, by the variance that tests take the disturbance to
/// have: of shares and of means. 1 is as much as the tests say.
fn error(municipality: &Municipality, publication: &Publication) -> [Average; 2] {
    let view = View::of(publication, &Scope::Whole);
    let mut errors = [Average::default(), Average::default()];
    for question in &publication.questions {
        let measure = match question.kind {
            Kind::Scale => Measure::Favourable,
            Kind::YesNo | Kind::Choice => Measure::Option(0),
            Kind::Choices | Kind::Rank | Kind::Number => continue,
        };
        let good: Vec<String> = match measure {
            Measure::Option(index) => vec![question.options[index].id.clone()],
            Measure::Favourable if question.reverse => vec!["1".to_owned(), "2".to_owned()],
            Measure::Favourable => vec!["4".to_owned(), "5".to_owned()],
        };
        for comparison in places(&view, question, measure, "", "") {
            let truth = truth(municipality, &question.id, &comparison);
            let average = |numbers: &mut dyn Iterator<Item = f64>| {
                let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), number| (sum + number, count + 1.0));
                sum / count
            };
            let share =
                |values: &[String]| average(&mut values.iter().map(|value| f64::from(u8::from(good.contains(value)))));
            let mean = |values: &[String]| average(&mut values.iter().map(|value| value.parse::<f64>().unwrap()));
            let weight = 1.0 / f64::from(comparison.own.of) + 1.0 / f64::from(comparison.rest.of);
            let variance = disturbance(question, publication.k) * weight;
            let off = comparison.difference.size / 100.0 - (share(&truth[0]) - share(&truth[1]));
            errors[0].add(off * off / variance);
            if let Some(means) = comparison.means {
                let off = means.difference.size - (mean(&truth[0]) - mean(&truth[1]));
                errors[1].add(off * off / (variance * 16.0 / 2.0));
            }
        }
    }
    errors
}

/// What was truly answered in the group, and in the rest.
fn truth(municipality: &Municipality, question: &str, comparison: &Comparison<'_>) -> [Vec<String>; 2] {
    let area = municipality.tree.find(&comparison.group.place).unwrap();
    let mut truth = [Vec::new(), Vec::new()];
    for response in &municipality.responses {
        let inside = municipality.tree.upwards(response.place).any(|place| place == area);
        let value = match response.answers.get(question) {
            Some(Answer::Scale(value)) => value.to_string(),
            Some(Answer::Choice(id)) => id.clone(),
            _ => continue,
        };
        truth[usize::from(!inside)].push(value);
    }
    truth
}

fn publish(municipality: &Municipality) -> Publication {
    let world = World::new(&municipality.definition, [municipality.responses.clone()]);
    publication(&municipality.making(&world), &municipality.invited).unwrap()
}

#[test]
fn tests_allow_for_as_much_disturbance_as_there_is() {
    let (mut shares, mut means) = (Average::default(), Average::default());
    for (survey, seed) in [(MIDWAY, 1), (PULSE, 2), (PULSE, 3)] {
        let municipality = Municipality::new(survey, 1000, seed);
        let errors = error(&municipality, &publish(&municipality));
        eprintln!("{seed}: shares {:.2}, means {:.2}", errors[0].value(), errors[1].value());
        let [share, mean] = errors;
        shares.sum += share.sum;
        shares.count += share.count;
        means.sum += mean.sum;
        means.count += mean.count;
    }
    assert!(shares.count > 100.0 && means.count > 50.0);
    assert!((0.2..1.2).contains(&shares.value()), "{}", shares.value());
    assert!((0.2..1.2).contains(&means.value()), "{}", means.value());
}

/// The figures that `docs/results.md` quotes.
#[test]
#[ignore = "takes minutes"]
fn at_full_size() {
    let municipality = Municipality::new(MIDWAY, 8880, 2020);
    let errors = error(&municipality, &publish(&municipality));
    eprintln!("shares {:.2}, means {:.2}", errors[0].value(), errors[1].value());
}

/// Writes the publication that `fixtures/figures.py` reads.
#[test]
#[ignore = "writes a fixture"]
fn write() {
    let publication = publish(&Municipality::new(PULSE, 400, 2026));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/results/fixtures/pulse.json");
    std::fs::write(path, serde_json::to_string(&publication).unwrap() + "\n").unwrap();
}
