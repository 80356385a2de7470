//! A survey as large as they get: 300 questions, 100 conditions over 40 routing questions of which half depend on
//! others. Its 2⁴⁰ and more ways to answer cannot be walked one by one. Shared with `benches/definition.rs`.

use std::fmt::Write as _;

const ROUTING: usize = 40;
const AUDIENCES: usize = 20;
const QUESTIONS: usize = 300;

/// The survey as YAML, the same each time.
pub(crate) fn survey() -> String {
    let mut text = HEAD.to_owned();
    for audience in 0..AUDIENCES {
        // Every other one looks only at questions that everybody is asked, so that it and its rest are everybody.
        let among = if audience % 2 == 0 { ROUTING / 2 } else { ROUTING };
        let parts: Vec<String> = (0..4).map(|part| atom((audience * 7 + part * 11) % among)).collect();
        let _ = writeln!(
            text,
            "  a{audience}: {{any: [{}, {{all: [{}, {{not: {}}}, {}]}}]}}",
            parts[0], parts[1], parts[2], parts[3]
        );
        let _ = writeln!(text, "  rest{audience}: {{not: a{audience}}}");
    }
    text += "pages:\n";
    for routing in 0..ROUTING {
        let _ = writeln!(text, "  - id: r{routing}");
        if routing >= 20 {
            let (a, b, c) = (atom(routing - 20), atom(routing * 3 % 20), atom(routing * 7 % 20));
            let _ = writeln!(text, "    for: {{any: [{a}, {{all: [{b}, {{not: {c}}}]}}]}}");
        }
        let kind = match routing % 4 {
            0 | 1 => "type: yes_no",
            2 => "type: choice, options: [{id: a, label: {nb: A}}, {id: b, label: {nb: B}}, {id: c, label: {nb: C}}]",
            _ => "type: scale, scale: degree",
        };
        let _ = writeln!(text, "    questions: [{{id: q{routing}, required: true, text: {{nb: Q}}, {kind}}}]");
    }
    for page in 0..(QUESTIONS - ROUTING) / 5 {
        let _ = writeln!(text, "  - id: p{page}\n    for: a{}\n    questions:", page % AUDIENCES);
        for number in 0..5 {
            let id = ROUTING + page * 5 + number;
            let audience = if number == 0 { format!("for: {}, ", atom(page * 5)) } else { String::new() };
            let other = page * 2 % AUDIENCES;
            let words = if number == 1 {
                format!("{{a{other}: {{nb: Q}}, rest{other}: {{nb: Q}}}}")
            } else {
                "{nb: Q}".to_owned()
            };
            let _ = writeln!(text, "      - {{id: q{id}, {audience}text: {words}, type: scale, scale: degree}}");
        }
    }
    text
}

/// A comparison with a routing question.
fn atom(number: usize) -> String {
    let routing = number % ROUTING;
    let value = match routing % 4 {
        0 => "yes",
        1 => "{is_not: yes}",
        2 => "[a, c]",
        _ => "{at_most: 2}",
    };
    format!("{{q{routing}: {value}}}")
}

const HEAD: &str = r#"survey: large
languages: [nb]
title: {nb: T}
intro: {nb: I}
thanks: {nb: T}
sms: {sender: Eksempel, invitation: {nb: "{link}"}}
scales:
  degree:
    points: [{value: 1, label: {nb: A}}, {value: 2, label: {nb: B}}, {value: 3, label: {nb: C}}, {value: 4, label: {nb: D}}]
    dont_know: {nb: V}
audiences:
"#;

/// Every part of it is decided, and found to be as its author meant it: rests cover everybody, and most is reachable.
#[test]
fn the_largest_surveys_are_proven() {
    let checked = medvirk::definition::inspect(survey().as_bytes());
    let errors: Vec<_> = checked.diagnostics.iter().filter(|one| one.rule.code().starts_with('E')).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let definition = checked.definition.unwrap();
    assert_eq!(definition.questions().count(), QUESTIONS);
}
