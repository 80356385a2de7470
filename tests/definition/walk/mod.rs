//! What holds of every way through every form, whatever is answered, changed, repeated and forged: routes, posts, drafts
//! and what is sent in the end, together, without a server.

mod follow;
mod naive;
mod phone;
mod survey;

use std::collections::BTreeSet;
use std::mem::discriminant;

use medvirk::definition::load;
use medvirk::definition::model::{Answers, Attributes, Definition};
use medvirk::respond::draft::Draft;
use medvirk::respond::post::{Fields, question_of};
use medvirk::respond::walk::Next;
use phone::{Phone, fill};
use proptest::prelude::*;
use survey::surveys;

/// Which answers somebody gives: the question's number picks among these.
type Picks = Vec<u8>;

/// What somebody does with a phone.
#[derive(Clone, Debug)]
enum Act {
    /// Answers the page that is open anew.
    Answer(Picks),
    /// Goes to another page of the way, changes one answer there, and leaves the rest as it stands.
    Change(u8, u8, u8),
    /// Presses twice, or goes back in the browser and posts once more what was posted earlier.
    Again(u8),
    /// Sends what no form of ours sends.
    Forge(u8, Vec<(u8, u8)>, bool),
    /// Chooses another language and reopens the link.
    Reopen,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => picks().prop_map(Act::Answer),
        3 => any::<(u8, u8, u8)>().prop_map(|(page, question, pick)| Act::Change(page, question, pick)),
        2 => any::<u8>().prop_map(Act::Again),
        2 => (any::<u8>(), proptest::collection::vec(any::<(u8, u8)>(), 0..6), any::<bool>())
            .prop_map(|(page, fields, shown)| Act::Forge(page, fields, shown)),
        1 => Just(Act::Reopen),
    ]
}

fn picks() -> impl Strategy<Value = Picks> {
    proptest::collection::vec(any::<u8>(), 10)
}

fn attributes() -> impl Strategy<Value = Attributes> {
    let age = prop_oneof![Just(None), Just(Some("-29")), Just(Some("30-")), Just(Some("unknown"))];
    (age, prop_oneof![Just("yes"), Just("no")]).prop_map(|(age, boss)| {
        let pairs = age.map(|age| ("age", age)).into_iter().chain([("boss", boss)]);
        pairs.map(|(id, value)| (id.to_owned(), value.to_owned())).collect()
    })
}

fn pick<T>(of: &[T], number: u8) -> &T {
    &of[usize::from(number) % of.len()]
}

/// The page as somebody with these picks would post it.
fn answered(phone: &Phone<'_>, page: &str, picks: &Picks) -> Fields {
    let mut fields = phone.form(page, &Answers::new());
    for question in phone.questions(page) {
        let number = phone.survey.questions().position(|(_, one)| one.id == question.id).unwrap();
        fields.extend(fill(phone.survey, question, usize::from(picks[number % picks.len()])));
    }
    fields
}

/// The page as it stands, but for one question.
fn changed(phone: &Phone<'_>, page: &str, question: u8, with: u8) -> Fields {
    let mut fields = phone.filled_in(page);
    let questions = phone.questions(page);
    if !questions.is_empty() {
        let question = pick(&questions, question);
        fields.retain(|(name, _)| name.strip_prefix("q.").is_none_or(|key| question_of(key) != question.id));
        fields.extend(fill(phone.survey, question, usize::from(with)));
    }
    fields
}

/// Fields for any questions with any values, on any page of the survey, with or without a word on what was shown.
fn forged(survey: &Definition, fields: &[(u8, u8)], says_shown: bool) -> Fields {
    const VALUES: [&str; 12] =
        ["yes", "a", "other", "none", "1", "2", "3", "-1", "dont_know", "no such", "", "99999999999999999999"];
    let ids: Vec<&str> = survey.questions().map(|(_, question)| question.id.as_str()).chain(["nobody", ""]).collect();
    let ends = ["", "", ".x", ".y", ".other", ".1", ".2"];
    let mut forged = Fields::new();
    if says_shown {
        let shown: Vec<&str> = fields.iter().map(|(question, _)| *pick(&ids, *question)).collect();
        forged.push(("shown".to_owned(), shown.join(", ")));
    }
    for (question, value) in fields {
        let name = format!("q.{}{}", pick(&ids, *question), pick(&ends, question.wrapping_add(*value)));
        forged.push((name, (*pick(&VALUES, *value)).to_owned()));
    }
    forged
}

fn perform(phone: &mut Phone<'_>, act: &Act) {
    let pages = phone.pages();
    match act {
        Act::Answer(picks) => {
            let Some(page) = phone.at() else { return };
            let fields = answered(phone, page, picks);
            assert!(phone.post(page, &fields).is_some(), "a right page is taken");
        }
        Act::Change(page, question, with) => {
            let Some(page) = (!pages.is_empty()).then(|| *pick(&pages, *page)) else { return };
            let fields = changed(phone, page, *question, *with);
            phone.post(page, &fields);
        }
        Act::Again(which) if !phone.posts.is_empty() => {
            let (page, fields) = pick(&phone.posts, *which).clone();
            phone.post(&page, &fields);
            let once = phone.draft.clone();
            // Twice in a row is as good as once; without a word on what was shown, more may have been opened since.
            if fields.iter().any(|(name, _)| name == "shown") && phone.post(&page, &fields).is_some() {
                assert_eq!(phone.draft, once);
            }
        }
        Act::Again(_) => {}
        Act::Forge(page, fields, says_shown) => {
            let page = pick(&phone.survey.pages, *page).id.clone();
            phone.post(&page, &forged(phone.survey, fields, *says_shown));
        }
        Act::Reopen => {
            phone.draft.language = Some("en".to_owned());
            let sealed = phone.draft.seal(&[7; 32], [1; 24]).unwrap();
            phone.draft = Draft::open(&[7; 32], &sealed).unwrap();
        }
    }
}

/// Somebody who answers page after page and never turns round.
fn straight<'d>(survey: &'d Definition, attributes: &Attributes, picks: &Picks) -> Phone<'d> {
    let mut phone = Phone::new(survey, attributes);
    phone.walk(|phone, page| answered(phone, page, picks));
    phone
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_straight_walk_ends_and_everything_required_is_there(
        survey in 0..surveys().len(), attributes in attributes(), picks in picks(),
    ) {
        let (text, survey) = &surveys()[survey];
        let mut phone = straight(survey, &attributes, &picks);
        let sent = phone.sent();
        prop_assert!(sent.is_ok(), "{sent:?}\n{text}");
        // Once more over pages that are filled in changes nothing.
        phone.walk(Phone::filled_in);
        prop_assert_eq!(phone.sent(), sent, "{}", text);
    }

    /// Whatever happens on the way, what is sent is what somebody sends who gives the same answers straight away.
    #[test]
    fn back_and_forth_ends_where_going_straight_does(
        survey in 0..surveys().len(),
        attributes in attributes(),
        acts in proptest::collection::vec(act(), 0..12),
        rest in picks(),
    ) {
        let (text, survey) = &surveys()[survey];
        let mut phone = Phone::new(survey, &attributes);
        phone.check();
        for act in &acts {
            perform(&mut phone, act);
            phone.check();
        }
        // What is still missing is answered, what is there is left as it is.
        phone.walk(|phone, page| {
            let mut fields = phone.filled_in(page);
            let anew = answered(phone, page, &rest);
            let missing = |(name, _): &(String, String)| {
                name.strip_prefix("q.").is_some_and(|key| !phone.has_answer_to(question_of(key)))
            };
            fields.extend(anew.into_iter().filter(missing));
            fields
        });
        let sent = phone.sent();
        prop_assert!(sent.is_ok(), "{sent:?}\n{text}");

        let mut direct = Phone::new(survey, &attributes);
        direct.walk(|direct, page| direct.form(page, &phone.draft.answers));
        prop_assert_eq!(direct.sent(), sent, "{}", text);
    }

    /// One answer is changed, the pages that this opens are answered, and the answer is changed back.
    #[test]
    fn what_a_change_hides_comes_back_with_the_answer(
        survey in 0..surveys().len(), attributes in attributes(), picks in picks(), change in any::<(u8, u8, u8)>(),
    ) {
        let (text, survey) = &surveys()[survey];
        let mut phone = straight(survey, &attributes, &picks);
        let (before, pages) = (phone.clone(), phone.pages());
        prop_assume!(!pages.is_empty());
        let page = *pick(&pages, change.0);
        let asked: Vec<&str> = pages.iter().flat_map(|page| before.questions(page)).map(|one| one.id.as_str()).collect();
        let fields = changed(&phone, page, change.1, change.2);
        phone.post(page, &fields);
        phone.walk(|phone, page| {
            let mut fields = phone.filled_in(page);
            let opened = phone.questions(page).into_iter().filter(|question| !asked.contains(&question.id.as_str()));
            // A page that is shown once more is filled in already.
            let unanswered = opened.filter(|question| !phone.has_answer_to(&question.id));
            fields.extend(unanswered.flat_map(|question| fill(survey, question, 1)));
            fields
        });
        let mut next = Next::Page(page);
        while let Next::Page(same) = next && same == page {
            let form = phone.form(page, &before.draft.answers);
            let Some(taken) = phone.post(page, &form) else {
                return Err(TestCaseError::fail(format!("{page} is refused: {form:?}\n{text}")));
            };
            next = taken;
            phone.check();
        }
        prop_assert_eq!(phone.sent(), before.sent(), "{}", text);
    }
}

/// Found by the properties: what was cleared on a page still counted when the page was judged.
#[test]
fn a_follow_up_of_a_cleared_answer_is_not_missed() {
    let survey = load(FOLLOW_UP.as_bytes()).unwrap();
    let fields = |pairs: &[(&str, &str)]| pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let mut phone = Phone::new(&survey, &Attributes::new());
    assert_eq!(phone.post("p", &fields(&[("shown", "why"), ("q.why", "words")])), Some(Next::Page("p")));
    assert_eq!(
        phone.post("p", &fields(&[("shown", "why,more"), ("q.why", "words")])),
        None,
        "the follow-up is required"
    );
    assert_eq!(phone.post("p", &fields(&[("shown", "why,more"), ("q.why", "")])), Some(Next::Send));
    assert_eq!(phone.sent(), Ok(Answers::new()));
}

const FOLLOW_UP: &str = r#"survey: follow-up
languages: [nb]
title: {nb: T}
intro: {nb: I}
thanks: {nb: T}
sms: {sender: Eksempel, invitation: {nb: "{link}"}}
pages:
  - id: p
    questions:
      - {id: why, type: text, text: {nb: Q}}
      - {id: more, type: yes_no, required: true, for: {answered: why}, text: {nb: Q}}
"#;

/// The properties are tried on surveys that have something in them.
#[test]
fn the_surveys_are_a_real_mixture() {
    let mut kinds = BTreeSet::new();
    let (mut routed, mut worded) = (0, 0);
    for (text, survey) in surveys() {
        kinds.extend(survey.questions().map(|(_, question)| format!("{:?}", discriminant(&question.kind))));
        routed += usize::from(
            survey.questions().filter(|(page, q)| page.audience.is_some() || q.audience.is_some()).count() > 2,
        );
        worded += usize::from(text.contains("text: {a"));
    }
    assert_eq!(kinds.len(), 10);
    assert!(routed > 50 && worded > 15, "{routed} routed, {worded} worded");
    for word in [
        "all:",
        "any:",
        "not:",
        "answered:",
        "is_not:",
        "at_least:",
        "at_most:",
        "includes:",
        "includes_all:",
        ".x:",
        "age:",
    ] {
        assert!(surveys().iter().filter(|(text, _)| text.contains(word)).count() > 10, "{word}");
    }
}
