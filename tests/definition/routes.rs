//! What holds of every route, whoever answers whatever.

use std::sync::LazyLock;

use medvirk::definition::load;
use medvirk::definition::model::{Answer, Answers, Attributes, Condition, Definition, Kind, Question, Test};
use medvirk::definition::route::{Truth, applicable, decide, route};
use proptest::prelude::*;

const WHOLE: &[u8] = include_bytes!("good/whole_language.yaml");

fn whole() -> &'static Definition {
    static LOADED: LazyLock<Definition> = LazyLock::new(|| load(WHOLE).expect("the whole language loads"));
    &LOADED
}

/// An answer that `question` can have, chosen by a number; every fourth is none.
fn answer(definition: &Definition, question: &Question, pick: usize) -> Option<Answer> {
    let point = |scale: &str| {
        let scale = definition.scale(scale).unwrap();
        scale.points.get(pick % (scale.points.len() + 1)).map_or(Answer::DontKnow, |point| Answer::Scale(point.value))
    };
    if pick.is_multiple_of(4) {
        return None;
    }
    Some(match &question.kind {
        Kind::YesNo => Answer::Choice(["yes", "no"][pick % 2].into()),
        Kind::Choice { options, .. } => Answer::Choice(options[pick % options.len()].id.clone()),
        Kind::Choices { options, .. } => {
            Answer::Choices(options.iter().take(pick % 3).map(|one| one.id.clone()).collect())
        }
        Kind::Rank { options, .. } => Answer::Rank(options.iter().rev().map(|one| one.id.clone()).collect()),
        Kind::Scale(scale) | Kind::Matrix { scale, .. } => point(scale),
        Kind::Number { .. } => Answer::Number(i64::try_from(pick % 6).unwrap()),
        Kind::Text | Kind::LongText => Answer::Text("words".into()),
        Kind::Notice => return None,
    })
}

fn answers(definition: &Definition, picks: &[u8]) -> Answers {
    let mut picks = picks.iter().cycle().map(|pick| usize::from(*pick));
    let mut answers = Answers::new();
    for (_, question) in definition.questions() {
        let keys = match &question.kind {
            Kind::Matrix { items, .. } => items.iter().map(|item| format!("{}.{}", question.id, item.id)).collect(),
            _ => vec![question.id.clone()],
        };
        for key in keys {
            answers.extend(answer(definition, question, picks.next().unwrap()).map(|answer| (key, answer)));
        }
    }
    answers
}

fn visible(definition: &Definition, attributes: &Attributes, answers: &Answers) -> Vec<String> {
    let route = route(definition, attributes, answers);
    route.pages.iter().flat_map(|step| step.questions.iter().map(|(question, _)| question.id.clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_shown_is_what_is_true_and_what_is_hidden_counts_for_nothing(
        picks in proptest::collection::vec(any::<u8>(), 40),
        age in prop_oneof![Just(None), Just(Some("-29")), Just(Some("40-"))],
        midway in any::<bool>(),
    ) {
        let definition = if midway { crate::midway::definition() } else { whole() };
        let attributes: Attributes = age.map(|age| ("age".to_owned(), age.to_owned())).into_iter().collect();
        let answers = answers(definition, &picks);
        let shown = visible(definition, &attributes, &answers);
        let kept = applicable(definition, &attributes, &answers);

        let holds = |condition: Option<&Condition>| {
            condition.is_none_or(|condition| decide(definition, condition, &attributes, &kept) == Truth::True)
        };
        for (page, question) in definition.questions() {
            let wanted = holds(page.audience.as_ref()) && holds(question.audience.as_ref());
            // A wording by audience hides the question until one of them is known to hold; it never shows more.
            let worded = matches!(question.wording, medvirk::definition::model::Wording::ByAudience(_));
            prop_assert!(shown.contains(&question.id) == wanted || (worded && !shown.contains(&question.id)), "{}", question.id);
        }
        prop_assert!(kept.keys().all(|key| shown.iter().any(|id| key.split('.').next() == Some(id))));
        prop_assert_eq!(applicable(definition, &attributes, &kept), kept.clone());
        prop_assert_eq!(visible(definition, &attributes, &kept), shown);
    }
}

fn is(subject: &str, test: Test) -> Condition {
    Condition::Is { subject: subject.into(), test }
}

fn one_of(value: &str) -> Test {
    Test::OneOf(vec![value.into()])
}

#[test]
fn three_values_combine_as_kleene_says() {
    let definition = whole();
    let answers = Answers::from([("place".to_owned(), Answer::Choice("office".into()))]);
    let decide = |condition: &Condition| decide(definition, condition, &Attributes::new(), &answers);
    // Ordered: false < unknown < true; `all` is the least, `any` the greatest.
    let atoms = [is("place", one_of("no")), is("days", Test::AtLeast(1)), is("place", one_of("office"))];
    let truths = [Truth::False, Truth::Unknown, Truth::True];
    for a in 0..3 {
        assert_eq!(decide(&atoms[a]), truths[a]);
        assert_eq!(decide(&Condition::Not(Box::new(atoms[a].clone()))), truths[2 - a]);
        for b in 0..3 {
            let both = vec![atoms[a].clone(), atoms[b].clone()];
            assert_eq!(decide(&Condition::All(both.clone())), truths[a.min(b)]);
            assert_eq!(decide(&Condition::Any(both)), truths[a.max(b)]);
        }
    }
    assert_eq!(decide(&Condition::All(Vec::new())), Truth::True);
    assert_eq!(decide(&Condition::Any(Vec::new())), Truth::False);
}

#[test]
fn comparisons_read_answers_as_the_language_says() {
    let definition = whole();
    let holds = |answer: &Answer, test: &Test| {
        let answers = Answers::from([("trust".to_owned(), answer.clone())]);
        decide(definition, &is("trust", test.clone()), &Attributes::new(), &answers) == Truth::True
    };
    let scale = Answer::Scale(4);
    assert!(holds(&scale, &one_of("4")) && !holds(&scale, &one_of("5")));
    assert!(holds(&scale, &Test::AtLeast(4)) && !holds(&scale, &Test::AtLeast(5)));
    assert!(holds(&scale, &Test::AtMost(4)) && !holds(&scale, &Test::AtMost(3)));
    assert!(holds(&scale, &Test::NoneOf(vec!["3".into()])) && !holds(&scale, &Test::NoneOf(vec!["4".into()])));
    assert!(holds(&Answer::DontKnow, &one_of("dont_know")));
    assert!(!holds(&Answer::DontKnow, &Test::AtLeast(1)) && !holds(&Answer::DontKnow, &Test::AtMost(9)));
    let several = Answer::Choices(vec!["a".into(), "b".into()]);
    assert!(holds(&several, &Test::Includes("a".into())) && !holds(&several, &Test::Includes("c".into())));
    assert!(holds(&several, &Test::IncludesAll(vec!["b".into(), "a".into()])));
    assert!(!holds(&several, &Test::IncludesAll(vec!["a".into(), "c".into()])));
}

#[test]
fn an_unknown_attribute_is_a_value_of_its_own() {
    let definition = whole();
    let decide = |test| decide(definition, &is("age", test), &Attributes::new(), &Answers::new());
    assert_eq!(decide(one_of("unknown")), Truth::True);
    assert_eq!(decide(one_of("-29")), Truth::False);
    assert_eq!(decide(Test::NoneOf(vec!["-29".into()])), Truth::True);
}

#[test]
fn answered_asks_for_any_answer_and_a_matrix_for_any_item() {
    let definition = whole();
    let answers = Answers::from([("views.calm".to_owned(), Answer::DontKnow), ("viewsx".to_owned(), Answer::DontKnow)]);
    let answered =
        |name: &str| decide(definition, &Condition::Answered(name.into()), &Attributes::new(), &answers) == Truth::True;
    assert!(answered("views") && answered("views.calm") && !answered("views.stress") && !answered("view"));
}
