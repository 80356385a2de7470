//! An XLSForm becomes a definition.

use crate::workbook::{workbook, xlsform};
use crate::{checked, complaints, imported, notes};
use medvirk::definition::model::{Condition, Kind, Test};

const SETTINGS: &str = "
form_title | form_id | default_language
Arbeidsmiljø | Arbeidsmiljø_2024 | Norsk (nb)
";

/// Everything that has a counterpart, in one language.
const SURVEY: &str = "
type | name | label | hint | required | relevant | constraint | appearance
note | welcome | Du blir ikke spurt om navn. | | | | |
begin_group | about_you | Litt om deg | | | | | field-list
select_one yes_no | leader | Har du personalansvar? | | yes | | |
integer | staff | Hvor mange leder du? | Regn med vikarer. | | ${leader} = 'yes' | . >= 1 and . <= 120 |
select_one place or_other | Place | Hvor jobber du? | | no | | | minimal
end_group | | | | | | |
begin_group | work | Arbeidet | | | | |
select_one agree | enjoy | Jeg trives på jobb | | true() | | |
select_multiple lack | lack | Hva mangler du? | Velg opptil to. | | ${enjoy} <= 2 or not(${leader} = 'yes') | count-selected(.) <= 2 |
text | lack_words | Hvilket utstyr? | | | selected(${lack}, 'tools') | |
rank lack | wishes | Hva er viktigst? | | | | |
begin_group | climate | Stemmer dette? | | | ${leader} != 'yes' | | table-list
select_one freq | fair | Lederen min er rettferdig | | | | |
select_one freq | listens | Lederen min lytter | | | | |
end_group | | | | | | |
select_one freq | often | Hvor ofte får du pause? | | | | | likert
text | more | Noe mer du vil si? | | | ${lack_words} != '' | | multiline
end_group | | | | | | |
";

const CHOICES: &str = "
list_name | name | label
yes_no | yes | Ja
yes_no | no | Nei
place | office | På kontor
place | home | Hjemme
agree | 1 | Helt uenig
agree | 2 | Litt uenig
agree | 3 | Litt enig
agree | 4 | Helt enig
agree | 99 | Vet ikke
lack | tools | Utstyr
lack | time | Tid, mest om morgenen
lack | rest | Ro: til å tenke
freq | never | Aldri
freq | sometimes | Noen ganger
freq | always | Alltid
";

#[test]
fn a_form_with_every_type_becomes_a_survey_that_passes_the_checker() {
    let imported = imported(&xlsform(SURVEY, CHOICES, SETTINGS));
    insta::assert_snapshot!("xlsform_yaml", imported.yaml);
    insta::assert_snapshot!("xlsform_notes", notes(&imported));
    checked(&imported);
}

#[test]
fn conditions_say_what_they_said() {
    let survey = checked(&imported(&xlsform(SURVEY, CHOICES, SETTINGS)));
    let of = |id: &str| survey.questions().find(|(_, question)| question.id == id).unwrap().1.audience.clone();
    let is = |subject: &str, test| Condition::Is { subject: subject.to_owned(), test };
    assert_eq!(of("staff"), Some(is("leader", Test::OneOf(vec!["yes".to_owned()]))));
    let unhappy = is("enjoy", Test::AtMost(2));
    let no_leader = is("leader", Test::NoneOf(vec!["yes".to_owned()]));
    assert_eq!(of("lack"), Some(Condition::Any(vec![unhappy, no_leader])));
    assert_eq!(of("lack_words"), Some(is("lack", Test::Includes("tools".to_owned()))));
    assert_eq!(of("more"), Some(Condition::Answered("lack_words".to_owned())));
}

/// In an XLSForm a question that nobody was asked is empty, so `!=` holds; here it would be unknown.
#[test]
fn not_equal_includes_those_who_were_not_asked() {
    let survey = "
type | name | label | required | relevant
select_one yes_no | leader | Leder? | yes |
select_one yes_no | new | Er du ny som leder? | yes | ${leader} = 'yes'
text | why | Hvorfor? | | ${new} != 'yes'
text | how | Hvordan? | | not(selected(${new}, 'yes'))";
    let imported = imported(&xlsform(survey, CHOICES, SETTINGS));
    let expected = "for: {any: [{not: {answered: new}}, {new: {is_not: yes}}]}";
    assert_eq!(imported.yaml.matches(expected).count(), 2, "{}", imported.yaml);
    checked(&imported);
}

#[test]
fn what_has_no_counterpart_is_noted_by_row() {
    let survey = "
type | name | label | required | relevant | constraint | appearance | choice_filter | calculation | default | constraint_message | disabled_for
start | start | | | | | | | | | |
calculate | double | | | | | | | ${age} * 2 | | |
integer | age | Alder? | | | . > 15 and regex(., '^[0-9]+$') | | | | 40 | For ung |
date | born | Født? | | | | | | | | |
geopoint | where | Hvor? | | | | | | | | |
image | photo | Bilde? | | | | | | | | |
audio | voice | Lyd? | | | | | | | | |
begin_repeat | child | Barn | | | | | | | | |
text | child_name | Navn? | | | | | | | | |
end_repeat | | | | | | | | | | |
select_one place | area | Område? | ${age} > 3 | | | w2 quick | region=${where} | | | |
decimal | hours | Timer? | | | | | | | | | meg
select_one nowhere | missing | Mangler? | | | | | | | | |
hologram | holo | Hologram? | | | | | | | | |
note | hello | **Hei** ${age}, <b>du</b> <img src='x'> | | | | | | | | |
text | sum | Sum? | | ${age} + 1 > 3 | | | | | | |
text | words | Ord? | | ${sum} = 'a' | | | | | | |
text | later | Senere? | | ${last} = 'yes' | | | | | | |
select_one yes_no | last | Siste? | | | | | | | | |";
    let imported = imported(&xlsform(survey, CHOICES, SETTINGS));
    insta::assert_snapshot!("xlsform_without_counterpart_notes", notes(&imported));
    insta::assert_snapshot!("xlsform_without_counterpart_yaml", imported.yaml);
    checked(&imported);
}

#[test]
fn languages_come_from_the_columns_and_a_missing_text_is_an_error_of_the_checker() {
    let survey = "
type | name | label::English (en) | label::Norsk (nb) | hint::Norsk (nb) | label::Klingon
text | why | Why? | Hvorfor? | Kort. | nuq
text | how | How? | Hvordan? | |";
    let settings = "
form_title | form_id | default_language
Arbeid | arbeid | Norsk (nb)";
    let imported = imported(&xlsform(survey, CHOICES, settings));
    insta::assert_snapshot!(
        "xlsform_languages",
        format!("{}\n{}\n{}", imported.yaml, notes(&imported), complaints(&imported))
    );
}

#[test]
fn a_matrix_may_be_written_with_a_row_of_labels() {
    let survey = "
type | name | label | required | appearance | relevant
begin_group | team | | | field-list |
select_one freq | team_head | Hvor ofte skjer dette? | | label |
select_one freq | help | Jeg får hjelp | yes | list-nolabel |
select_one freq | praise | Jeg får ros | | list-nolabel |
end_group | | | | |
text | why | Hvorfor? | | | ${help} = 'never' and ${praise} != 'always'";
    let imported = imported(&xlsform(survey, CHOICES, SETTINGS));
    let survey = checked(&imported);
    let (_, matrix) = survey.questions().next().unwrap();
    assert!(matches!(&matrix.kind, Kind::Matrix { items, .. } if items.len() == 2));
    assert!(matrix.required);
    assert!(
        imported.yaml.contains("for: {all: [{team_head.help: 1}, {team_head.praise: {is_not: 3}}]}"),
        "{}",
        imported.yaml
    );
}

#[test]
fn a_matrix_is_asked_as_a_whole() {
    let form = |first: &str, second: &str| {
        let survey = format!(
            "
type | name | label | required | appearance | relevant
select_one yes_no | leader | Leder? | yes | |
begin_group | team | Laget | | table-list |
select_one freq | help | Jeg får hjelp | | | {first}
select_one freq | praise | Jeg får ros | | | {second}
end_group | | | | |"
        );
        imported(&xlsform(&survey, CHOICES, SETTINGS))
    };
    let same = form("${leader} = 'no'", "${leader} = 'no'");
    assert!(same.yaml.contains("- id: team\n        for: {leader: no}"), "{}", same.yaml);
    let other = form("${leader} = 'no'", "");
    assert!(
        other.yaml.contains("# TODO: asked only if ${leader} = 'no' (a matrix is asked as a whole)"),
        "{}",
        other.yaml
    );
    assert!(notes(&other).contains("survey, row 4: the condition `${leader} = 'no'` is not carried over"));
    checked(&same);
    checked(&other);
}

#[test]
fn names_become_ids_and_each_new_name_is_said() {
    let survey = "
type | name | label | relevant
select_one odd | Å_være eller | Valg? | 
text | any | Hva? | ${Å_være eller} = 'B-2'
text | 1st | Først? |
text | ANY | Hva mer? |";
    let choices = "
list_name | name | label
odd | A 1 | En
odd | B-2 | To
odd | not | Tre";
    let imported = imported(&xlsform(survey, choices, SETTINGS));
    checked(&imported);
    insta::assert_snapshot!("xlsform_names", format!("{}\n{}", imported.yaml, notes(&imported)));
}

#[test]
fn a_scale_stands_from_low_to_high() {
    let survey = "type | name | label | appearance\nselect_one l | q | Q? | likert\nselect_one l | r | R? | likert";
    let choices = "list_name | name | label\nl | 3 | Enig\nl | 2 | Verken\nl | 1 | Uenig\nl | 98 | Vet ikke";
    let imported = imported(&xlsform(survey, choices, SETTINGS));
    let survey = checked(&imported);
    let values: Vec<_> = survey.scales[0].points.iter().map(|point| point.value).collect();
    assert_eq!((values, survey.scales[0].dont_know.is_some()), (vec![1, 2, 3], true));
    assert_eq!(notes(&imported).matches("choices, row 2: the list `l` goes from high to low").count(), 1);
}

#[test]
fn a_formula_counts_with_its_last_value() {
    let survey = "
type | name | label
text | why | =A1&B1";
    let imported = imported(&xlsform(survey, CHOICES, SETTINGS));
    assert!(imported.yaml.contains("text: {nb: computed}"));
    assert!(notes(&imported).contains("survey, row 2: a cell holds a formula; its last value is taken"));
}

#[test]
fn names_of_sheets_and_columns_may_be_written_in_several_ways() {
    let book = workbook(&[
        ("Survey", "Type | Name | Label\nselect_one a | q | Hva?"),
        ("Choices", "list name | value | Label\na | x | X\na | y | Y"),
    ]);
    let imported = imported(&book);
    assert!(imported.yaml.contains("- {id: x, label: {nb: X}}"));
    assert!(notes(&imported).contains("the form names no language"));
    assert!(complaints(&imported).contains("title"), "a form without settings has no title");
}

/// As a real library writes it: shared strings, numbers, flags, a formula that nobody has computed yet.
#[test]
fn a_workbook_of_openpyxl_is_read() {
    let imported = imported(include_bytes!("fixtures/openpyxl.xlsx"));
    insta::assert_snapshot!(
        "xlsform_openpyxl",
        format!("{}\n{}\n{}", imported.yaml, notes(&imported), complaints(&imported))
    );
}
