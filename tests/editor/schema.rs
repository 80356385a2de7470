//! The schema accepts what ships and refuses what is out of shape, as an editor's YAML parser would hand it over.

use std::fs;

use jsonschema::Validator;
use medvirk::definition::inspect;
use medvirk::definition::schema::schema;
use medvirk::definition::yaml::{self, Node, Value as Written};
use serde_json::{Number, Value, json};

use crate::files;

/// Rules that are a matter of shape. The others need the whole file, or arithmetic between two of its places.
const SHAPE: [&str; 13] =
    ["E101", "E102", "E103", "E104", "E105", "E106", "E107", "E201", "E202", "E501", "E211", "E401", "E213"];

/// Of those rules, examples that break them in a way that no schema can see.
const MEANING: [(&str, &str); 10] = [
    ("e106_max", "compared with the number of options"),
    ("e106_number", "`max` compared with `min`"),
    ("e106_top", "compared with the number of options"),
    ("e106_bands", "one bound compared with the one before it"),
    ("e106_one_option", "one option is enough beside `other: true`"),
    ("e106_too_many_options", "an editor that knows the limit explains it no better than the checker"),
    ("e201_same_as", "see the pattern: any two words may name an earlier question"),
    ("e401_scale", "one point compared with the one before it"),
    ("e213_language", "compared with the survey's languages"),
    ("e211_language", "the list of languages stands once"),
];

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).unwrap()
}

/// What a parser of YAML 1.2 (core schema) makes of a file. Quotes are gone from the tree, so a quoted `08` becomes a
/// number as well: the schema has to bear both.
fn as_editors_see(node: &Node) -> Value {
    match &node.value {
        Written::Empty => Value::Null,
        Written::Text(text) => scalar(text),
        Written::List(nodes) => nodes.iter().map(as_editors_see).collect(),
        Written::Map(entries) => entries.iter().map(|(key, value)| (key.name.clone(), as_editors_see(value))).collect(),
    }
}

fn scalar(text: &str) -> Value {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    match text {
        "true" | "True" | "TRUE" => json!(true),
        "false" | "False" | "FALSE" => json!(false),
        "null" | "Null" | "NULL" => Value::Null,
        _ if !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) => {
            text.trim_start_matches('+').parse::<i64>().map_or_else(|_| json!(text), |number| json!(number))
        }
        _ if digits.starts_with(|c: char| c.is_ascii_digit()) => {
            text.parse().ok().and_then(Number::from_f64).map_or_else(|| json!(text), Value::Number)
        }
        _ => json!(text),
    }
}

#[test]
fn the_schema_is_one() {
    jsonschema::meta::validate(&schema()).unwrap();
}

#[test]
fn whatever_ships_is_in_shape() {
    let validator = validator();
    for path in files("survey-definitions").into_iter().chain(files("tests/definition/good")) {
        let value = as_editors_see(&yaml::read(&fs::read(&path).unwrap()).unwrap());
        let errors: Vec<String> =
            validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn what_is_out_of_shape_is_refused() {
    let validator = validator();
    let mut wrong = Vec::new();
    for path in files("tests/definition/bad") {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let source = fs::read(&path).unwrap();
        let Ok(tree) = yaml::read(&source) else { continue };
        let codes: Vec<&str> = inspect(&source).diagnostics.iter().map(|one| one.rule.code()).collect();
        let excused = MEANING.iter().any(|(known, _)| *known == name);
        let shape = codes.iter().any(|code| SHAPE.contains(code)) && !excused;
        if shape && validator.is_valid(&as_editors_see(&tree)) {
            wrong.push(format!("{name} {codes:?} passes"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_words_that_yaml_has_ideas_about_are_taken_as_they_come() {
    let validator = validator();
    let mut value = as_editors_see(&yaml::read(crate::WHOLE).unwrap());
    let ids = "/pages/0/questions/1/options";
    // An editor that follows YAML 1.1 makes a boolean of `no`, one that follows 1.2 a number of `08`.
    for id in [json!("no"), json!(false), json!("08"), json!(8), json!(true)] {
        *value.pointer_mut(&format!("{ids}/0/id")).unwrap() = id.clone();
        assert!(validator.is_valid(&value), "{id}");
    }
    for id in [json!(1.1), json!(null), json!("No"), json!("1.10"), json!(-1)] {
        *value.pointer_mut(&format!("{ids}/0/id")).unwrap() = id.clone();
        assert!(!validator.is_valid(&value), "{id}");
    }
}

#[test]
fn every_key_is_explained() {
    fn look(value: &Value, path: &str, bare: &mut Vec<String>) {
        let Value::Object(members) = value else {
            if let Value::Array(items) = value {
                for item in items {
                    look(item, path, bare);
                }
            }
            return;
        };
        for (name, inner) in members {
            let inside = format!("{path}/{name}");
            if let ("properties", Value::Object(keys), false) = (name.as_str(), inner, path.contains("/then")) {
                let silent = keys.iter().filter(|(_, key)| key.get("description").is_none());
                bare.extend(silent.filter(|_| !path.contains("/if")).map(|(key, _)| format!("{inside}/{key}")));
            }
            look(inner, &inside, bare);
        }
    }
    let mut bare = Vec::new();
    look(&schema(), "", &mut bare);
    assert_eq!(bare, Vec::<String>::new());
}
