//! A LimeSurvey survey becomes a definition, in both forms that its exports have had.

use crate::{checked, imported, notes};
use medvirk::definition::model::{Condition, Kind, Test};

/// Version 4 and later: texts in tables of their own.
const LOCALISED: &[u8] = include_bytes!("fixtures/localised.lss");
/// Up to version 3: a row for each language, and the table of conditions.
const INLINE: &[u8] = include_bytes!("fixtures/inline.lss");

#[test]
fn a_survey_with_every_type_becomes_a_definition_that_passes_the_checker() {
    let imported = imported(LOCALISED);
    insta::assert_snapshot!("limesurvey_yaml", imported.yaml);
    insta::assert_snapshot!("limesurvey_notes", notes(&imported));
    checked(&imported);
}

#[test]
fn the_older_form_becomes_one_too() {
    let imported = imported(INLINE);
    insta::assert_snapshot!("limesurvey_inline_yaml", imported.yaml);
    insta::assert_snapshot!("limesurvey_inline_notes", notes(&imported));
    checked(&imported);
}

/// Lines on one question are alternatives, lines on two both hold, scenarios are alternatives.
#[test]
fn old_conditions_say_what_they_said() {
    let survey = checked(&imported(INLINE));
    let of = |id: &str| survey.questions().find(|(_, question)| question.id == id).unwrap().1.audience.clone();
    let is = |subject: &str, test| Condition::Is { subject: subject.to_owned(), test };
    let place = |option: &str| is("q1", Test::OneOf(vec![option.to_owned()]));
    let indoors = Condition::Any(vec![place("a1"), place("a2")]);
    assert_eq!(of("q4"), Some(Condition::All(vec![indoors, is("q3.1", Test::AtMost(2))])));
    assert_eq!(of("q5"), Some(Condition::Any(vec![is("q2", Test::Includes("1".to_owned())), place("a3")])));
    assert_eq!(of("q6"), None);
}

#[test]
fn attributes_of_questions_are_kept() {
    let survey = checked(&imported(LOCALISED));
    let lack = survey.questions().find(|(_, question)| question.id == "lack").unwrap().1;
    let Kind::Choices { options, max, .. } = &lack.kind else { panic!("several can be chosen") };
    assert_eq!((*max, lack.random_order), (Some(2), true));
    assert_eq!(options.iter().filter(|option| option.exclusive).count(), 1);
}

/// A survey of one question, with what is put into its row.
fn small(question: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\"?>\n<document><LimeSurveyDocType>Survey</LimeSurveyDocType>\
        <surveys><rows><row><sid>1</sid><language>nb</language></row></rows></surveys>\
        <surveys_languagesettings><rows><row><surveyls_language>nb</surveyls_language>\
        <surveyls_title>Tittel</surveyls_title></row></rows></surveys_languagesettings>\
        <groups><rows><row><gid>1</gid><group_name>G</group_name><language>nb</language></row></rows></groups>\
        <questions><rows><row><qid>1</qid><parent_qid>0</parent_qid><gid>1</gid><language>nb</language>\
        {question}</row></rows></questions></document>"
    )
    .into_bytes()
}

#[test]
fn the_entities_of_xml_and_of_html_are_letters() {
    let source =
        small("<type>S</type><title>q</title><question>R&amp;D &#248;l &lt;p&gt;bl&amp;aring;&lt;/p&gt;</question>");
    let imported = imported(&source);
    assert!(
        imported.yaml.contains("R&D øl\\nblå") || imported.yaml.contains("R&D øl\n            blå"),
        "{}",
        imported.yaml
    );
}

#[test]
fn a_language_of_one_country_is_the_language() {
    let source = String::from_utf8(small("<type>S</type><title>q</title><question>Q</question>")).unwrap();
    let german = imported(source.replace(">nb<", ">de-informal<").as_bytes());
    assert!(german.yaml.contains("languages: [de]"));
    let errors = crate::complaints(&german);
    assert!(errors.contains("the text is missing in de"), "nobody wrote a German SMS: {errors}");
}
