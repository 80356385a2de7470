//! Submitted fields become typed answers, or a problem that the form can show.

use std::sync::LazyLock;

use medvirk::definition::answer::{MAX_LONG_TEXT, MAX_TEXT, Reason, parse_answers};
use medvirk::definition::attributes::{Facts, attributes_of};
use medvirk::definition::load;
use medvirk::definition::model::{Answer, Definition, Language};
use proptest::prelude::*;

const WHOLE: &[u8] = include_bytes!("good/whole_language.yaml");

fn definition() -> &'static Definition {
    static LOADED: LazyLock<Definition> = LazyLock::new(|| load(WHOLE).unwrap());
    &LOADED
}

fn read(question: &str, fields: &[(&str, &str)]) -> Result<Vec<(String, Answer)>, (String, Reason)> {
    let definition = definition();
    let (_, question) = definition.questions().find(|(_, one)| one.id == question).unwrap();
    let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    parse_answers(definition, question, &fields).map_err(|problem| (problem.key, problem.reason))
}

fn keyed(key: &str, answer: Answer) -> (String, Answer) {
    (key.to_owned(), answer)
}

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn refused<T>(key: &str, reason: Reason) -> Result<T, (String, Reason)> {
    Err((key.to_owned(), reason))
}

#[test]
fn one_option() {
    assert_eq!(read("place", &[("q.place", " 08 ")]), Ok(vec![keyed("place", Answer::Choice("08".into()))]));
    assert_eq!(read("place", &[("q.place", "moon")]), refused("place", Reason::UnknownOption));
    assert_eq!(read("place", &[("q.place", "")]), refused("place", Reason::Missing));
    assert_eq!(read("place", &[("q.days", "3")]), refused("place", Reason::Missing));
    assert_eq!(read("place", &[("q.place", "08"), ("q.place", "no")]), refused("place", Reason::Duplicate));
    assert_eq!(read("again", &[]), Ok(vec![]));
    assert_eq!(read("again", &[("q.again", "yes")]), Ok(vec![keyed("again", Answer::Choice("yes".into()))]));
    assert_eq!(read("again", &[("q.again", "true")]), refused("again", Reason::UnknownOption));
}

#[test]
fn other_takes_words_of_ones_own() {
    let other = keyed("place", Answer::Choice("other".into()));
    let words = keyed("place.other", Answer::Text("On board".into()));
    assert_eq!(read("place", &[("q.place", "other"), ("q.place.other", " On board ")]), Ok(vec![other.clone(), words]));
    assert_eq!(read("place", &[("q.place", "other")]), Ok(vec![other]));
    let unasked = read("place", &[("q.place", "no"), ("q.place.other", "On board")]);
    assert_eq!(unasked, Ok(vec![keyed("place", Answer::Choice("no".into()))]));
    let long = "x".repeat(MAX_TEXT + 1);
    let problem = read("place", &[("q.place", "other"), ("q.place.other", &long)]);
    assert_eq!(problem, refused("place.other", Reason::TooLong(MAX_TEXT)));
}

#[test]
fn several_options_stand_in_the_order_of_the_definition() {
    let chosen =
        |values: &[&str]| read("drawbacks", &values.iter().map(|value| ("q.drawbacks", *value)).collect::<Vec<_>>());
    assert_eq!(
        chosen(&["noise", "alone", "noise"]),
        Ok(vec![keyed("drawbacks", Answer::Choices(ids(&["alone", "noise"])))])
    );
    assert_eq!(chosen(&[]), refused("drawbacks", Reason::Missing));
    assert_eq!(chosen(&["none", "noise"]), refused("drawbacks", Reason::Exclusive));
    assert_eq!(chosen(&["none", "noise", "alone"]), refused("drawbacks", Reason::TooMany(2)));
    assert_eq!(chosen(&["noise", "smell"]), refused("drawbacks", Reason::UnknownOption));
}

#[test]
fn ranking_closes_up() {
    assert_eq!(read("best", &[("q.best.2", "a")]), Ok(vec![keyed("best", Answer::Rank(ids(&["a"])))]));
    assert_eq!(
        read("best", &[("q.best.1", "b"), ("q.best.2", "a")]),
        Ok(vec![keyed("best", Answer::Rank(ids(&["b", "a"])))])
    );
    assert_eq!(read("best", &[("q.best.1", "a"), ("q.best.2", "a")]), refused("best", Reason::Duplicate));
    assert_eq!(read("best", &[("q.best.1", "c")]), refused("best", Reason::UnknownOption));
    assert_eq!(read("best", &[("q.best.3", "a")]), Ok(vec![]));
}

#[test]
fn scales_and_matrices() {
    assert_eq!(read("trust", &[("q.trust", "2")]), Ok(vec![keyed("trust", Answer::Scale(2))]));
    assert_eq!(read("trust", &[("q.trust", "dont_know")]), Ok(vec![keyed("trust", Answer::DontKnow)]));
    assert_eq!(read("trust", &[("q.trust", "02")]), refused("trust", Reason::UnknownOption));
    let both = read("views", &[("q.views.calm", "1"), ("q.views.stress", "dont_know")]);
    assert_eq!(both, Ok(vec![keyed("views.calm", Answer::Scale(1)), keyed("views.stress", Answer::DontKnow)]));
    assert_eq!(read("views", &[("q.views.calm", "1")]), refused("views.stress", Reason::Missing));
}

#[test]
fn numbers() {
    assert_eq!(read("days", &[("q.days", "5")]), Ok(vec![keyed("days", Answer::Number(5))]));
    assert_eq!(read("days", &[("q.days", "6")]), refused("days", Reason::TooLarge(5)));
    assert_eq!(read("days", &[("q.days", "-1")]), refused("days", Reason::TooSmall(0)));
    assert_eq!(read("days", &[("q.days", "2,5")]), refused("days", Reason::NotANumber));
    assert_eq!(read("days", &[("q.days", "99999999999999999999")]), refused("days", Reason::NotANumber));
}

#[test]
fn words_are_cleaned_and_have_an_end() {
    let text = |words: &str| Ok(vec![keyed("more", Answer::Text(words.into()))]);
    assert_eq!(read("more", &[("q.more", " a\u{0}b\r\nc\u{7} ")]), text("ab\nc"));
    assert_eq!(read("more", &[("q.more", "A\u{30a}pent")]), text("Åpent"));
    assert_eq!(read("more", &[("q.more", " \r\n\u{1b} ")]), Ok(vec![]));
    assert_eq!(read("more", &[("q.more", &"å".repeat(MAX_LONG_TEXT))]), text(&"å".repeat(MAX_LONG_TEXT)));
    assert_eq!(
        read("more", &[("q.more", &"å".repeat(MAX_LONG_TEXT + 1))]),
        refused("more", Reason::TooLong(MAX_LONG_TEXT))
    );
    assert_eq!(read("why", &[("q.why", "one\nline")]), Ok(vec![keyed("why", Answer::Text("one line".into()))]));
    assert_eq!(read("hello", &[("q.hello", "x")]), Ok(vec![]));
}

#[test]
fn attributes_come_from_the_register_on_the_day_of_the_launch() {
    let definition = definition();
    let launch = jiff::civil::date(2020, 6, 10);
    let age = |year: Option<i64>| {
        let facts = Facts { birth_year: year, language: Language::parse("pl"), ..Facts::default() };
        attributes_of(definition, &facts, launch)["age"].clone()
    };
    let ages: Vec<String> = [1991, 1990, 1981, 1980, 1950].into_iter().map(|year| age(Some(year))).collect();
    assert_eq!(ages, ["-29", "30-39", "30-39", "40-", "40-"]);
    assert_eq!(age(None), "unknown");

    let facts = Facts { employment: Some("hourly"), staff_responsibility: true, ..Facts::default() };
    let attributes = attributes_of(definition, &facts, launch);
    let expected = [("age", "unknown"), ("employment", "hourly"), ("leader", "yes")];
    assert!(attributes.iter().map(|(id, value)| (id.as_str(), value.as_str())).eq(expected));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a forged form sends: an answer is one of the question's own, or there is a problem.
    #[test]
    fn any_fields_give_possible_answers_or_a_problem(
        fields in proptest::collection::vec((
            prop_oneof!["q\\.(place|drawbacks|best|views|trust|days|more)(\\.(1|2|other|calm|stress))?", ".{0,12}"],
            prop_oneof!["office|no|08|other|alone|noise|none|a|b|1|2|dont_know|-?[0-9]{1,20}", "\\PC{0,12}"],
        ), 0..12),
    ) {
        let definition = definition();
        for (_, question) in definition.questions() {
            for (key, answer) in parse_answers(definition, question, &fields).unwrap_or_default() {
                prop_assert_eq!(key.split('.').next(), Some(question.id.as_str()));
                let known = |id: &String| "office no 08 other alone noise none a b yes".split(' ').any(|known| known == id);
                match answer {
                    Answer::Choice(id) => prop_assert!(known(&id)),
                    Answer::Choices(ids) | Answer::Rank(ids) => prop_assert!(!ids.is_empty() && ids.iter().all(known)),
                    Answer::Scale(value) => prop_assert!((1..=2).contains(&value)),
                    Answer::Number(value) => prop_assert!((0..=5).contains(&value)),
                    Answer::Text(words) => prop_assert!(!words.is_empty() && words.trim() == words),
                    Answer::DontKnow => {}
                }
            }
        }
    }
}
