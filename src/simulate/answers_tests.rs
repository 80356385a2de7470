//! Synthetic answers: of every kind, allowed by the server's own check, and in the proportions of reality.

use super::*;
use crate::definition::answer::parse_answers;
use crate::definition::{self, model};
use crate::respond::post::fields_of;
use crate::respond::walk;

const MIDWAY: &[u8] = include_bytes!("../../survey-definitions/midtveisevaluering.yaml");

/// Every kind of question, required and not.
const EVERY_KIND: &[u8] = b"
survey: every-kind
languages: [nb]
title: {nb: Alt}
intro: {nb: Alt}
thanks: {nb: Takk}
sms: {sender: Eksempel, invitation: {nb: 'Svar: {link}'}}
scales:
  agree:
    points:
      - {value: 1, label: {nb: Uenig}}
      - {value: 2, label: {nb: Verken}}
      - {value: 3, label: {nb: Enig}}
    dont_know: {nb: Vet ikke}
    favourable: [3]
pages:
  - id: everything
    questions:
      - {id: yn, type: yes_no, text: {nb: A}, required: true}
      - {id: one, type: choice, text: {nb: B}, other: true, options: [{id: a, label: {nb: A}}, {id: b, label: {nb: B}}]}
      - id: many
        type: choices
        text: {nb: C}
        other: true
        max: 2
        options: [{id: a, label: {nb: A}}, {id: b, label: {nb: B}}, {id: nothing, label: {nb: Ingen}, exclusive: true}]
      - {id: order, type: rank, top: 2, text: {nb: D}, options: [{id: a, label: {nb: A}}, {id: b, label: {nb: B}}, {id: c, label: {nb: C}}]}
      - {id: sc, type: scale, scale: agree, text: {nb: E}}
      - {id: m, type: matrix, scale: agree, text: {nb: F}, required: true, items: [{id: x, label: {nb: X}}, {id: y, label: {nb: Y}, reverse: true}]}
      - {id: num, type: number, min: 3, max: 9, text: {nb: G}}
      - {id: short, type: text, text: {nb: H}}
      - {id: long, type: long_text, text: {nb: I}}
";

fn load(source: &[u8]) -> Definition {
    definition::load(source).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn answers_of(definition: &Definition, people: usize, area: &str) -> Vec<Answers> {
    let attributes = Attributes::new();
    let person = |key: &str| whole(definition, &Person { seed: 1, key, area, attributes: &attributes });
    (0..people).map(|key| person(&key.to_string())).collect()
}

fn thousandths(answers: &[Answers], question: &str, chosen: &[&str]) -> usize {
    let hit = |answers: &&Answers| matches!(answers.get(question), Some(Answer::Choice(option)) if chosen.contains(&option.as_str()));
    answers.iter().filter(hit).count() * 1_000 / answers.len()
}

/// The server's own check finds nothing to say, and nothing that is required is missing.
fn is_acceptable(definition: &Definition, answers: &Answers) {
    let fields = fields_of(answers);
    let route = route::route(definition, &Attributes::new(), answers);
    for (question, _) in route.pages.iter().flat_map(|step| &step.questions) {
        let read = parse_answers(definition, question, &fields).unwrap_or_else(|problem| panic!("{problem}"));
        assert!(read.iter().all(|(key, answer)| answers.get(key) == Some(answer)), "{}", question.id);
    }
    assert_eq!(walk::incomplete(&route, answers), None);
}

#[test]
fn every_kind_of_question_gets_answers_that_the_server_accepts() {
    let definition = load(EVERY_KIND);
    let everybody = answers_of(&definition, 500, "Eiendom");
    for answers in &everybody {
        is_acceptable(&definition, answers);
    }
    let answered: std::collections::BTreeSet<&str> =
        everybody.iter().flat_map(|answers| answers.keys().map(String::as_str)).collect();
    let keys = ["long", "m.x", "m.y", "many", "many.other", "num", "one", "one.other", "order", "sc", "short", "yn"];
    assert_eq!(answered.into_iter().collect::<Vec<_>>(), keys);
    assert!(everybody.iter().any(|answers| answers.get("sc") == Some(&Answer::DontKnow)));
}

#[test]
fn the_midway_evaluation_comes_out_in_its_real_proportions() {
    let definition = load(MIDWAY);
    let everybody = answers_of(&definition, 4_000, "Oppvekst skole");
    for answers in &everybody {
        is_acceptable(&definition, answers);
    }
    assert!((60..=80).contains(&thousandths(&everybody, "staff_responsibility", &["yes"])));
    assert!((50..=70).contains(&thousandths(&everybody, "union_rep", &["yes"])));
    assert!((30..=50).contains(&thousandths(&everybody, "safety_rep", &["yes"])));
    assert!((28..=46).contains(&thousandths(&everybody, "redeployment", &["now", "earlier"])));
    let asked_in_words = everybody.iter().filter(|answers| answers.contains_key("overall_words")).count();
    assert!(asked_in_words > 40, "{asked_in_words}");
}

#[test]
fn areas_differ() {
    let definition = load(MIDWAY);
    let mean = |area: &str| {
        let people = answers_of(&definition, 600, area);
        let given = people.iter().filter_map(|answers| match answers.get("information") {
            Some(Answer::Scale(value)) => Some(*value * 100),
            _ => None,
        });
        let given: Vec<i64> = given.collect();
        given.iter().sum::<i64>() / i64::try_from(given.len()).unwrap()
    };
    let areas = crate::simulate::municipality::AREAS.map(|area| mean(area.name));
    let (low, high) = (areas.iter().min().unwrap(), areas.iter().max().unwrap());
    assert!(high - low >= 40 && *low > 200 && *high < 450, "{areas:?}");
    assert!(thousandths(&answers_of(&definition, 600, "Pleie og omsorg"), "health_background", &["yes"]) > 600);
}

#[test]
fn the_register_answers_for_its_people_and_the_seed_for_the_rest() {
    let definition = load(MIDWAY);
    let attributes = Attributes::from([("union_rep".to_owned(), "yes".to_owned())]);
    let person = |seed, key| Person { seed, key, area: "Eiendom", attributes: &attributes };
    for key in ["1", "2", "3", "4"] {
        assert_eq!(whole(&definition, &person(1, key))["union_rep"], Answer::Choice("yes".to_owned()));
    }
    let several = |seed| ["1", "2", "3", "4"].map(|key| whole(&definition, &person(seed, key)));
    assert_eq!(several(1), several(1));
    assert_ne!(several(1), several(2));
}

#[test]
fn what_is_answered_page_by_page_is_the_whole() {
    let definition = load(MIDWAY);
    let attributes = model::Attributes::new();
    for key in 0..300 {
        let key = key.to_string();
        let person = Person { seed: 3, key: &key, area: "Eiendom", attributes: &attributes };
        let whole = whole(&definition, &person);
        let asked = definition.questions().map(|(_, question)| question);
        let all: Answers = asked.flat_map(|question| to(&definition, question, &person)).collect();
        assert_eq!(route::applicable(&definition, &attributes, &all), whole);
    }
}
