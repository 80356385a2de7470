//! The surveys that are shipped can be launched as they are.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use medvirk::definition::diagnostic::render;
use medvirk::definition::model::{Definition, Kind, Question, Wording};
use medvirk::definition::{inspect, load};

const LANGUAGES: [&str; 4] = ["nb", "nn", "en", "pl"];

fn surveys() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("survey-definitions");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let yaml = paths.filter(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    yaml.map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap())).collect()
}

fn definition(name: &str) -> Definition {
    let (_, source) = surveys().into_iter().find(|(survey, _)| survey == name).unwrap();
    load(&source).unwrap()
}

fn question<'d>(definition: &'d Definition, id: &str) -> &'d Question {
    definition.questions().map(|(_, question)| question).find(|question| question.id == id).unwrap()
}

/// Ids and words of what is offered.
fn offered(question: &Question) -> Vec<String> {
    match &question.kind {
        Kind::Choices { options, .. } | Kind::Rank { options, .. } => {
            let choosable = options.iter().filter(|option| !option.exclusive);
            choosable.map(|option| format!("{} {:?}", option.id, option.label)).collect()
        }
        Kind::Matrix { items, .. } => items.iter().map(|item| format!("{} {:?}", item.id, item.label)).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn all_five_have_nothing_to_be_said_about() {
    let surveys = surveys();
    let names: BTreeSet<&str> = surveys.iter().map(|(name, _)| name.as_str()).collect();
    let expected = ["hjemmekontor", "krisepuls", "medarbeider", "midtveisevaluering", "vernetjenesten"];
    assert_eq!(names, BTreeSet::from(expected));
    for (name, source) in &surveys {
        let checked = inspect(source);
        assert_eq!(render(name, source, &checked.diagnostics, false), "");
        let definition = checked.definition.unwrap();
        assert_eq!(&definition.id, name);
        assert_eq!(definition.languages.iter().map(ToString::to_string).collect::<Vec<_>>(), LANGUAGES);
    }
}

#[test]
fn pages_hold_one_to_five_questions() {
    for (name, source) in surveys() {
        for page in load(&source).unwrap().pages {
            assert!((1..=5).contains(&page.questions.len()), "{name}: {}", page.id);
        }
    }
}

#[test]
fn every_sms_fits_in_one_part() {
    // The letters of the GSM alphabet that these languages may use; the longest link that an installation is likely to have.
    let gsm = |c: char| c.is_ascii_alphanumeric() || " !?.,:;-'()/\"æøåÆØÅéäöüÄÖÜ".contains(c);
    let link = "https://svar.eksempel.kommune.no/s/0123456789abcdefghijklmnop";
    for (name, source) in surveys() {
        let sms = load(&source).unwrap().sms;
        for (language, words) in [Some(sms.invitation), sms.reminder].into_iter().flatten().flat_map(|text| text.0) {
            let sent = words.replace("{link}", link);
            assert!(sent.chars().all(gsm), "{name}, {language}: {sent}");
            assert!(sent.chars().count() <= 160, "{name}, {language}: {} characters", sent.chars().count());
        }
    }
}

#[test]
fn home_office_asks_of_the_same_things_twice_in_the_same_words() {
    let definition = definition("hjemmekontor");
    for (first, second) in
        [("advantages", "advantages_top"), ("drawbacks", "drawbacks_top"), ("task_time", "task_quality")]
    {
        let things = offered(question(&definition, first));
        assert!(things.len() >= 6, "{first}");
        assert_eq!(things, offered(question(&definition, second)));
    }
}

#[test]
fn every_item_of_the_leaders_has_its_mirror() {
    let definition = definition("hjemmekontor");
    let pairs = &definition.results.pairs;
    for (leaders, employees) in [("leading", "led"), ("team", "work")] {
        let Kind::Matrix { items, .. } = &question(&definition, leaders).kind else { panic!("{leaders}") };
        for item in items {
            let of = |matrix: &str| format!("{matrix}.{}", item.id);
            let paired = pairs.iter().any(|pair| pair.leader == of(leaders) && pair.employee == of(employees));
            assert!(paired, "{}", of(leaders));
        }
    }
    assert_eq!(pairs.len(), 9);
}

#[test]
fn the_employee_survey_has_ten_indices_of_three_to_five_items() {
    let indices = definition("medarbeider").results.indices;
    assert_eq!(indices.len(), 10);
    for index in indices {
        assert!((3..=5).contains(&index.of.len()), "{}", index.id);
    }
}

#[test]
fn the_safety_service_tells_where_incidents_are_reported() {
    let definition = definition("vernetjenesten");
    let Wording::Everybody(reminder) = &question(&definition, "report_reminder").wording else {
        panic!("the reminder is worded by audience")
    };
    for text in [definition.incident_note.as_ref().unwrap(), reminder] {
        assert!(text.0.values().all(|words| words.ends_with("https://avvik.eksempel.kommune.no")));
    }
    for id in ["violence", "threats", "reported", "care"] {
        assert!(question(&definition, id).sensitive, "{id}");
    }
}
