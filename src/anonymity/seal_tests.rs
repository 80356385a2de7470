use proptest::prelude::*;

use super::super::size::size;
use super::*;
use crate::definition;
use crate::definition::answer::{MAX_LONG_TEXT, MAX_TEXT};
use crate::definition::model::{Answer, Choice, Definition, Kind, Question};

const MIDWAY: &str = include_str!("../../survey-definitions/midtveisevaluering.yaml");
const EVERY_TYPE: &str = include_str!("../../tests/stories/every_type.yaml");

fn contents() -> Contents {
    Contents {
        unit_id: Some("0123456789abcdef0123456789abcdef".into()),
        attributes: Attributes::from([("age".into(), "30-39".into())]),
        answers: Answers::from([("a".into(), Answer::Scale(4)), ("why".into(), Answer::Text("derfor".into()))]),
    }
}

#[test]
fn an_envelope_opens_with_its_own_key_for_its_own_campaign_only() {
    let key = PrivateKey::from_chance(&[1; 32]);
    let public = PublicKey::parse(&key.public().unwrap().text()).unwrap();
    let sealed = public.seal("spring", &contents(), 1024, [9; 32]).unwrap();
    assert_eq!(key.open("spring", &sealed), Ok(contents()));
    assert_eq!(PrivateKey::from_bytes(*key.expose()).open("spring", &sealed), Ok(contents()));
    assert_eq!(key.open("autumn", &sealed), Err(Unreadable), "another campaign");
    assert_eq!(PrivateKey::from_chance(&[2; 32]).open("spring", &sealed), Err(Unreadable), "another key");
    let bytes = BASE64.decode(sealed.as_bytes()).unwrap();
    for at in [0, 31, 32, 40, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert_eq!(key.open("spring", &BASE64.encode(&changed)), Err(Unreadable), "a changed byte at {at}");
    }
    for wrong in ["", "x", "AAAA", &sealed[..sealed.len() - 4]] {
        assert_eq!(key.open("spring", wrong), Err(Unreadable));
    }
    assert!(PublicKey::parse("AAAA").is_err());
    assert_eq!(format!("{key:?}"), "PrivateKey(…)");
}

#[test]
fn the_same_contents_never_look_the_same_twice() {
    let public = PrivateKey::from_chance(&[1; 32]).public().unwrap();
    let one = public.seal("spring", &contents(), 1024, [9; 32]).unwrap();
    let two = public.seal("spring", &contents(), 1024, [8; 32]).unwrap();
    assert_ne!(one, two);
    assert_eq!(one.len(), two.len());
}

/// What no form lets through takes twice the room, and is not lost.
#[test]
fn what_does_not_fit_takes_twice_the_size() {
    let key = PrivateKey::from_chance(&[1; 32]);
    let noise: String = (0..2_000_u32).map(|i| char::from_u32(0x4e00 + i * 7919 % 20_000).unwrap()).collect();
    let huge = Contents { answers: Answers::from([("why".into(), Answer::Text(noise))]), ..contents() };
    let sealed = key.public().unwrap().seal("spring", &huge, 1024, [9; 32]).unwrap();
    assert_eq!(key.open("spring", &sealed), Ok(huge));
    assert_eq!((BASE64.decode(sealed.as_bytes()).unwrap().len() - 48) % 1024, 0);
}

/// A day's prose in three languages, to be cut anywhere.
const PROSE: &str = "Vi fikk beskjed for sent, og det var ikke nok folk på vakt den helgen. Jeg savnet noen å spørre. \
    Opplæringa var god, men smittevernutstyret mangla dei første vekene, og ingen visste kven som hadde ansvaret. \
    The information changed every day and nobody told the night shift; the lists on the wall were a week old. \
    Współpraca z koleżankami była bardzo dobra, ale brakowało rękawiczek i maseczek. Å være omdisponert var lærerikt! ";

fn prose(at: usize, length: usize) -> String {
    PROSE.chars().cycle().skip(at % PROSE.chars().count()).take(length).collect()
}

/// Any set of answers, asked or not, with words of any length that the form takes.
fn any_answers(definition: &Definition) -> impl Strategy<Value = Answers> {
    let questions: Vec<Question> = definition.questions().map(|(_, question)| question.clone()).collect();
    let scales = definition.clone();
    let many = questions.len();
    let dice = proptest::collection::vec((any::<u32>(), any::<usize>(), 0.0..=1.0_f64), many);
    dice.prop_map(move |dice| {
        let chosen = questions.iter().zip(dice).filter(|(_, (die, ..))| die % 5 > 0);
        chosen.flat_map(|(question, (die, at, share))| answer(&scales, question, die as usize, at, share)).collect()
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "lengths")]
fn answer(definition: &Definition, question: &Question, die: usize, at: usize, share: f64) -> Vec<(String, Answer)> {
    let own = |answer| vec![(question.id.clone(), answer)];
    let words = |limit: usize| Answer::Text(prose(at, (limit as f64 * share) as usize));
    let ids = |options: &[Choice]| -> Vec<String> { options.iter().map(|option| option.id.clone()).collect() };
    let other = |answer| vec![(question.id.clone(), answer), (format!("{}.other", question.id), words(MAX_TEXT))];
    let point = |scale: &str| {
        let scale = definition.scale(scale).unwrap();
        scale.points.get(die % (scale.points.len() + 1)).map_or(Answer::DontKnow, |point| Answer::Scale(point.value))
    };
    match &question.kind {
        Kind::Notice => Vec::new(),
        Kind::YesNo => own(Answer::Choice(["yes", "no"][die % 2].into())),
        Kind::Choice { other: true, .. } if die.is_multiple_of(3) => other(Answer::Choice("other".into())),
        Kind::Choice { options, .. } => own(Answer::Choice(ids(options)[die % options.len()].clone())),
        Kind::Choices { options, other: own_words, .. } => {
            let mut chosen: Vec<String> = ids(options).into_iter().take(die % (options.len() + 1)).collect();
            if !own_words {
                return own(Answer::Choices(chosen));
            }
            chosen.push("other".into());
            other(Answer::Choices(chosen))
        }
        Kind::Rank { options, top } => own(Answer::Rank(ids(options).into_iter().take(*top as usize).collect())),
        Kind::Scale(scale) => own(point(scale)),
        Kind::Matrix { scale, items } => {
            items.iter().map(|item| (format!("{}.{}", question.id, item.id), point(scale))).collect()
        }
        Kind::Number { .. } => own(Answer::Number(i64::from_ne_bytes(at.to_ne_bytes()))),
        Kind::Text => own(words(MAX_TEXT)),
        Kind::LongText => own(words(MAX_LONG_TEXT)),
    }
}

fn one_size(survey: &str) {
    let definition = definition::load(survey.as_bytes()).unwrap();
    let key = PrivateKey::from_chance(&[1; 32]);
    let (public, size) = (key.public().unwrap(), size(&definition));
    let empty = public.seal("spring", &Contents::default(), size, [0; 32]).unwrap();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(200));
    runner
        .run(&(any_answers(&definition), any::<[u8; 32]>()), |(answers, chance)| {
            let contents = Contents { answers, ..contents() };
            let sealed = public.seal("spring", &contents, size, chance).unwrap();
            prop_assert_eq!(sealed.len(), empty.len());
            prop_assert_eq!(key.open("spring", &sealed), Ok(contents));
            Ok(())
        })
        .unwrap();
}

#[test]
fn every_set_of_answers_of_a_survey_gives_the_same_size() {
    for survey in [MIDWAY, EVERY_TYPE] {
        one_size(survey);
    }
}

/// Random letters cannot be compressed much; one field full of them still fits.
#[test]
fn a_long_field_of_random_letters_fits() {
    let definition = definition::load(MIDWAY.as_bytes()).unwrap();
    let public = PrivateKey::from_chance(&[1; 32]).public().unwrap();
    let mut state = 1_u32;
    let mut letter = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'!' + u8::try_from((state >> 24) % 90).unwrap())
    };
    let words: String = (0..MAX_LONG_TEXT).map(|_| letter()).collect();
    let full = Contents { answers: Answers::from([("overall_words".into(), Answer::Text(words))]), ..contents() };
    let sealed = public.seal("spring", &full, size(&definition), [0; 32]).unwrap();
    assert_eq!(sealed.len(), public.seal("spring", &contents(), size(&definition), [0; 32]).unwrap().len());
}
