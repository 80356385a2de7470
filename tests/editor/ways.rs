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
