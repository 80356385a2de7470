//! The JSON Schema of a definition, for editors: completion, explanations and red lines while somebody writes.
//!
//! It is made from the tables that the readers use. What an editor hands to it is not what medvirk reads: a YAML parser
//! makes numbers of `08` and `1.10`, booleans of `true` (and, where it follows YAML 1.1, of `no` and `yes`) and nothing of
//! `null`, where medvirk reads words. So wherever a word belongs, the schema takes those too. It judges the shape alone;
//! what needs the whole file (does this name exist? is this text there in every language?) is left to `medvirk check`.
//!
//! Written for JSON Schema 2020-12, in words that older drafts know as well, since editors differ in what they support.

use serde_json::{Map, Value, json};

use super::parse::keys::{LANGUAGE, NAME, SUBJECT, SURVEY, TESTS};
use super::parse::shape::{Form, Key, Shape, Table};

/// The whole schema.
#[must_use]
pub fn schema() -> Value {
    let mut schema = table(&SURVEY);
    let head = [
        ("$schema", json!("https://json-schema.org/draft/2020-12/schema")),
        ("title", json!("A medvirk survey")),
        ("description", json!("One survey: what is asked, of whom, in which words, and what is sent.")),
        ("$defs", json!({"condition": condition()})),
    ];
    schema.extend(head.map(|(name, value)| (name.to_owned(), value)));
    Value::Object(schema)
}

fn table(table: &Table) -> Map<String, Value> {
    let everywhere = |key: &&Key| key.required && key.types.is_empty();
    let required: Vec<&str> = table.keys.iter().filter(everywhere).map(|key| key.name).collect();
    let properties: Map<String, Value> = table.keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let mut schema = object(json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    }));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    if let Some(by) = table.by {
        schema.insert("allOf".to_owned(), by_type(table, by));
    }
    schema
}

fn property(key: &Key) -> Value {
    let mut about = key.about.to_owned();
    if let Some(form) = form_about(&key.shape) {
        about = format!("{about}: {form}");
    }
    if !key.types.is_empty() {
        about = format!("{about} (of {})", key.types.join(", "));
    }
    let mut schema = shape(&key.shape);
    schema.insert("description".to_owned(), json!(about));
    Value::Object(schema)
}

/// What the form adds to the key's own words.
fn form_about(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Word(form) | Shape::Words(_, form) => Some(form.about),
        Shape::Text => Some("in every language, {nb: …, en: …}"),
        Shape::Wording => Some("in every language, or by audience: {leaders: {nb: …}, others: {nb: …}}"),
        Shape::Condition => Some("an audience, {question: answer}, {all: […]}, {any: […]} or {not: …}"),
        _ => None,
    }
}

fn shape(shape: &Shape) -> Map<String, Value> {
    match *shape {
        Shape::Word(form) => word(form),
        Shape::Words(least, form) => list(&word(form), least),
        Shape::Free => words(),
        Shape::OneOf(known) => one_of(known),
        Shape::SomeOf(known) => {
            let mut schema = list(&one_of(known), 1);
            schema.insert("uniqueItems".to_owned(), json!(true));
            schema
        }
        Shape::Number(least, most) => number(least, most),
        Shape::Numbers(least, most) => list(&number(least, most), 1),
        Shape::Flag => object(json!({"enum": [true, false, "yes", "no", "true", "false"]})),
        Shape::Text => text(),
        Shape::Wording => object(json!({"anyOf": [text(), mapping(&NAME, &text())]})),
        Shape::Condition => object(json!({"allOf": [{"$ref": "#/$defs/condition"}]})),
        Shape::Map(of) => table(of),
        Shape::MapOf(of) => mapping(&NAME, &table(of)),
        Shape::Conditions(of) => mapping(&NAME, &audience(of)),
        Shape::ListOf(least, of) => list(&table(of), least),
        Shape::Breakdowns => {
            let mut by_audience = mapping(&NAME, &list(&word(&NAME), 2));
            by_audience.insert("maxProperties".to_owned(), json!(1));
            list(&object(json!({"anyOf": [word(&NAME), by_audience]})), 1)
        }
    }
}

/// A list with something in it.
fn list(of: &Map<String, Value>, least: usize) -> Map<String, Value> {
    object(json!({"type": "array", "minItems": least, "items": of}))
}

/// A mapping of names to what `of` says.
fn mapping(names: &Form, of: &Map<String, Value>) -> Map<String, Value> {
    object(json!({"type": "object", "propertyNames": key(names), "additionalProperties": of}))
}

/// A word as an editor's parser gives it: `true` is a boolean to it, and `08` a number.
fn word(form: &Form) -> Map<String, Value> {
    let mut schema = key(form);
    let types = if form.numeric { json!(["string", "boolean", "integer"]) } else { json!(["string", "boolean"]) };
    schema.insert("type".to_owned(), types);
    if form.numeric {
        schema.insert("minimum".to_owned(), json!(0));
    }
    schema
}

/// A word in the place of a key, where all parsers leave it a string.
fn key(form: &Form) -> Map<String, Value> {
    let mut schema = object(json!({"pattern": form.pattern}));
    if !form.except.is_empty() {
        schema.insert("not".to_owned(), json!({"enum": form.except}));
    }
    schema
}

/// Words for people: anything but nothing.
fn words() -> Map<String, Value> {
    object(json!({"type": ["string", "number", "boolean"], "pattern": "[^ \\n]"}))
}

fn text() -> Map<String, Value> {
    let mut schema = mapping(&LANGUAGE, &words());
    schema.insert("minProperties".to_owned(), json!(1));
    schema
}

/// Each word with its meaning, so that an editor can explain what it offers.
fn one_of(known: &[(&str, &str)]) -> Map<String, Value> {
    let each = known.iter().map(|(word, about)| json!({"const": word, "description": about}));
    object(json!({"anyOf": each.collect::<Vec<_>>()}))
}

/// Also in quotes, as medvirk reads it.
fn number(least: i64, most: i64) -> Map<String, Value> {
    let mut schema = object(json!({"type": ["integer", "string"], "pattern": "^-?[0-9]+$"}));
    if least > i64::MIN {
        schema.insert("minimum".to_owned(), json!(least));
    }
    if most < i64::MAX {
        schema.insert("maximum".to_owned(), json!(most));
    }
    schema
}

/// For each word of `by`: what must stand beside it, and what means nothing there.
fn by_type(table: &Table, by: &str) -> Value {
    let key = table.keys.iter().find(|key| key.name == by);
    let Some(Shape::OneOf(known)) = key.map(|key| key.shape) else { return json!([]) };
    let each = known.iter().map(|(name, _)| {
        json!({"if": {"properties": {by: {"const": name}}, "required": [by]}, "then": one_type(table, name)})
    });
    each.collect()
}

fn one_type(table: &Table, name: &str) -> Map<String, Value> {
    let foreign = |key: &Key| !key.types.is_empty() && !key.types.contains(&name);
    let mut properties: Map<String, Value> = Map::new();
    for key in table.keys {
        if foreign(key) {
            properties.insert(key.name.to_owned(), json!(false));
        } else if let Shape::ListOf(_, inner) = key.shape {
            let refused: Map<String, Value> =
                inner.keys.iter().filter(|key| foreign(key)).map(|key| (key.name.to_owned(), json!(false))).collect();
            if !refused.is_empty() {
                properties.insert(key.name.to_owned(), json!({"items": {"properties": refused}}));
            }
        }
    }
    let needed = |key: &&Key| key.required && key.types.contains(&name);
    let required: Vec<&str> = table.keys.iter().filter(needed).map(|key| key.name).collect();
    object(json!({"properties": properties, "required": required}))
}

/// A condition, or the mapping of the table: `for` tells them apart.
fn audience(of: &Table) -> Map<String, Value> {
    object(json!({
        "if": {"type": "object", "required": ["for"]},
        "then": table(of),
        "else": {"$ref": "#/$defs/condition"},
    }))
}

/// Conditions nest, so they stand apart.
fn condition() -> Value {
    let nested = json!({"$ref": "#/$defs/condition"});
    let several = |about: &str| json!({"type": "array", "minItems": 1, "items": nested, "description": about});
    let mut answered = word(&SUBJECT);
    answered.insert("description".to_owned(), json!("this question has an answer"));
    let mapping = json!({
        "type": "object",
        "minProperties": 1,
        "properties": {
            "all": several("every one of these holds"),
            "any": several("at least one of these holds"),
            "not": {"allOf": [nested], "description": "this does not hold"},
            "answered": answered,
        },
        "propertyNames": {
            "anyOf": [{"enum": ["all", "any", "not", "answered"]}, key(&SUBJECT)],
        },
        "additionalProperties": test(),
    });
    json!({
        "description": "Who: the name of an audience, or a mapping whose every key holds.",
        "anyOf": [word(&NAME), mapping],
    })
}

/// What stands after the subject of a condition: a value, one of several, or one comparison.
fn test() -> Value {
    let value = words();
    let values = json!({"anyOf": [value, list(&value, 1)]});
    let properties: Map<String, Value> = TESTS
        .iter()
        .map(|(name, about)| {
            let mut schema = match *name {
                "at_least" | "at_most" => number(i64::MIN, i64::MAX),
                "includes" => value.clone(),
                _ => object(values.clone()),
            };
            schema.insert("description".to_owned(), json!(about));
            ((*name).to_owned(), Value::Object(schema))
        })
        .collect();
    let comparison = json!({
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "properties": properties,
        "additionalProperties": false,
    });
    json!({"anyOf": [value, list(&value, 1), comparison]})
}

/// The members of an object literal.
fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
