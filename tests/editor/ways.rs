//! Summaries and examples, against answers chosen at random.

use medvirk::definition::model::Condition;
use medvirk::definition::route::{Truth, decide};
use medvirk::definition::summary::{example, summary};

use crate::{MIDWAY, WHOLE, survey};

#[test]
fn every_audience_has_an_example_that_belongs_to_it() {
    for source in [MIDWAY, WHOLE] {
        let definition = survey(source);
        for audience in &definition.audiences {
            let condition = Condition::Audience(audience.id.clone());
            let (attributes, answers) = example(&definition, &condition).unwrap();
            assert_eq!(decide(&definition, &condition, &attributes, &answers), Truth::True, "{}", audience.id);
        }
    }
}

#[test]
fn the_midway_evaluation_in_figures() {
    let summary = summary(&survey(MIDWAY));
    assert!(summary.exact);
    insta::assert_json_snapshot!(summary);
}

const THREE_WAYS: &str = r#"
survey: ways
languages: [en]
title: {en: Ways}
intro: {en: Welcome.}
thanks: {en: Thank you.}
sms:
  sender: Kommune
  invitation: {en: "Answer here: {link}"}
pages:
  - id: only
    questions:
      - id: eats
        type: choice
        required: true
        text: {en: "What do you eat?"}
        options:
          - {id: bread, label: {en: Bread}}
          - {id: soup, label: {en: Soup}}
          - {id: none, label: {en: Nothing}}
      - {id: often, for: {eats: [bread, soup]}, type: yes_no, text: {en: "Often?"}}
      - {id: warm, for: {eats: soup}, type: yes_no, text: {en: "Warm?"}}
"#;

/// Nothing, bread, soup: one, two and three questions, each way counted once.
#[test]
fn the_median_is_the_way_in_the_middle() {
    let figures = |source: &str| summary(&survey(source.as_bytes())).audiences[0].ways.unwrap().questions;
    let (one, two) = (figures(THREE_WAYS), figures(&THREE_WAYS.replace("[bread, soup]", "bread")));
    assert_eq!((one.shortest, one.median, one.longest), (1, Some(2), 3));
    assert_eq!((two.shortest, two.median, two.longest), (1, Some(2), 2));
}
