//! Conditions of elsewhere: read, or refused with a reason; never a panic.

use medvirk::definition::import::expression::{Dialect, Expression, Name, Operator, parse};
use proptest::prelude::*;

fn name(name: &str, empty_if_hidden: bool) -> Name {
    Name { name: name.to_owned(), empty_if_hidden }
}

#[test]
fn the_same_condition_reads_the_same_in_both_tools() {
    let xlsform = parse("(${a} = 'x' and not(${b} != '')) or ${c} >= 3", Dialect::XlsForm).unwrap();
    let limesurvey = parse("((a.NAOK == \"x\") && !(!is_empty(b.NAOK))) || c.NAOK ge 3", Dialect::LimeSurvey).unwrap();
    assert_eq!(xlsform, limesurvey);
    let a = Expression::Compare(name("a", true), Operator::Is, "x".to_owned());
    let b = Expression::Not(Box::new(Expression::Not(Box::new(Expression::Empty(name("b", true))))));
    let c = Expression::Compare(name("c", true), Operator::AtLeast, "3".to_owned());
    assert_eq!(xlsform, Expression::Any(vec![Expression::All(vec![a, b]), c]));
}

#[test]
fn sides_may_be_exchanged() {
    let written = parse("3 < ${age}", Dialect::XlsForm).unwrap();
    assert_eq!(written, Expression::Compare(name("age", true), Operator::More, "3".to_owned()));
}

#[test]
fn what_cannot_be_said_is_refused_with_a_reason() {
    let deep = "(".repeat(900) + "${a} = 1";
    let long = vec!["${a} = 1"; 1000].join(" or ");
    let cases = [
        ("${a} + 1 > 3", "it computes"),
        ("${a} = ${b}", "two answers"),
        ("pulldata('x', ${a}) = 1", "`pulldata` has no counterpart"),
        ("${a", "not closed"),
        ("${a} = 'x", "quotation mark"),
        ("(${a} = 1", "brackets"),
        ("${a}", "no comparison"),
        ("'a' = 'a'", "no question"),
        ("${a} = 1 ${b} = 2", "not complete"),
        ("", "not complete"),
        (deep.as_str(), "too deeply"),
        (&"(".repeat(100_000), "too long"),
        (long.as_str(), "too long"),
    ];
    for (written, reason) in cases {
        let refused = parse(written, Dialect::XlsForm).unwrap_err();
        assert!(refused.contains(reason), "{}: {refused}", &written[..written.len().min(40)]);
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,80}") {
        let _ = parse(&text, Dialect::XlsForm);
        let _ = parse(&text, Dialect::LimeSurvey);
    }

    #[test]
    fn nor_do_the_words_of_conditions_in_any_order(
        words in proptest::collection::vec(prop_oneof![
            Just("${a}"), Just("a.NAOK"), Just("1X2X3"), Just("."), Just("'x'"), Just("\"y\""), Just("-3.5"), Just("="), Just("=="),
            Just("!="), Just("<="), Just("!"), Just("("), Just(")"), Just(","), Just("and"), Just("or"), Just("not"),
            Just("selected"), Just("is_empty"), Just("count-selected"), Just("‘z’"),
        ], 0..30)
    ) {
        let text = words.join(" ");
        let _ = parse(&text, Dialect::XlsForm);
        let _ = parse(&text, Dialect::LimeSurvey);
    }
}
