//! The API's document, OpenAPI 3.1: made from the same table that makes the routes, and from the types that handlers read
//! and write.

use axum::http::StatusCode;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::operation::Operation;
use super::problem::{Kind, Written};
use crate::actions::api_keys::PREFIX;
use crate::people::permission::Permission;

/// What every call may be refused for.
const ALWAYS: [Kind; 5] = [Kind::Unauthorized, Kind::Forbidden, Kind::TooMany, Kind::Broken, Kind::Down];

/// The whole document.
#[must_use]
pub fn document<'o>(operations: impl IntoIterator<Item = &'o Operation>) -> Value {
    let mut schemas = Schemas::new();
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations {
        let described = describe(operation, &mut schemas);
        let path = paths.entry(operation.rule.path).or_insert_with(|| json!({}));
        path[operation.rule.method.as_str().to_ascii_lowercase()] = described;
    }
    let problem = schemas.outputs.subschema_for::<Written>();
    json!({
        "openapi": "3.1.1",
        "info": {
            "title": "medvirk",
            "version": "1",
            "summary": "Surveys that reach every employee by SMS",
            "description": ABOUT,
            "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "key": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas.all(),
            "responses": responses(&problem),
            "headers": headers(),
            "securitySchemes": { "key": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": PREFIX,
                "description": "A key, made on /keys or by `medvirk key add`. Each operation names the permission that it needs.",
            } },
        },
    })
}

const ABOUT: &str = "Whatever HR's pages do, for programs. Refusals are `application/problem+json` (RFC 9457): decide by `type`, \
     read `detail` and `errors`.";

fn describe(operation: &Operation, schemas: &mut Schemas) -> Value {
    let mut on = Describing { schemas, parameters: Vec::new(), body: None, answers: Map::new(), refusals: Vec::new() };
    (operation.describe)(&mut on);
    let Describing { parameters, body, mut answers, mut refusals, .. } = on;
    refusals.extend(ALWAYS);
    refusals.extend(operation.refuses);
    for kind in refusals {
        answers.insert(kind.status().as_str().to_owned(), reference("responses", kind.name()));
    }
    let permission = operation.permission;
    let mut described = json!({
        "operationId": operation.id,
        "summary": operation.says,
        "description": format!("{} Needs the permission `{permission}`.", operation.explains).trim_start(),
        "tags": [tag(permission)],
        "responses": answers,
    });
    if !parameters.is_empty() {
        described["parameters"] = parameters.into();
    }
    if let Some(body) = body {
        described["requestBody"] = body;
    }
    described
}

fn tag(permission: Permission) -> &'static str {
    permission.name().split(':').next().unwrap_or_default()
}

fn reference(part: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{part}/{name}") })
}

/// One operation while its types say what they are.
pub struct Describing<'s> {
    schemas: &'s mut Schemas,
    parameters: Vec<Value>,
    body: Option<Value>,
    answers: Map<String, Value>,
    refusals: Vec<Kind>,
}

impl Describing<'_> {
    /// The address has an id in it.
    pub fn path_parameter(&mut self) {
        self.parameters.push(json!({
            "name": "id", "in": "path", "required": true, "schema": { "type": "string" }, "description": "Its id.",
        }));
    }

    /// The fields of `T` stand behind the `?`.
    pub fn query_parameters<T: JsonSchema>(&mut self) {
        let schema = T::json_schema(&mut self.schemas.inputs);
        let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        let fields = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        for (name, mut schema) in fields {
            let described = schema.as_object_mut().and_then(|schema| schema.remove("description"));
            // In an address nothing is `null`: what is not said is left out.
            if let Some(kinds) = schema.get_mut("type").filter(|kinds| kinds.is_array()) {
                *kinds = kinds[0].take();
            }
            self.parameters.push(json!({
                "name": name, "in": "query", "required": required.contains(&json!(name)), "schema": schema,
                "description": described,
            }));
        }
    }

    /// A header that may come along.
    pub fn header_parameter(&mut self, name: &str, required: bool, schema: &Value, description: &str) {
        self.parameters.push(json!({
            "name": name, "in": "header", "required": required, "schema": schema, "description": description,
        }));
    }

    /// The body is JSON.
    pub fn json_body<T: JsonSchema>(&mut self) {
        let schema = self.schemas.inputs.subschema_for::<T>();
        self.body = Some(json!({ "required": true, "content": { "application/json": { "schema": schema } } }));
    }

    /// The body is something else.
    pub fn body(&mut self, mime: &str, schema: &Value, description: &str) {
        let content = json!({ mime: { "schema": schema } });
        self.body = Some(json!({ "required": true, "description": description, "content": content }));
    }

    /// It answers JSON.
    pub fn answers_json<T: JsonSchema + Serialize>(&mut self, status: StatusCode, description: &str) {
        let schema = self.schemas.outputs.subschema_for::<T>();
        self.answers(status, description, "application/json", &schema.to_value());
    }

    /// It answers something else.
    pub fn answers(&mut self, status: StatusCode, description: &str, mime: &str, schema: &Value) {
        let content = json!({ mime: { "schema": schema } });
        let answer = json!({ "description": description, "content": content, "headers": limits() });
        self.answers.insert(status.as_str().to_owned(), answer);
    }

    /// It says where what it made is.
    pub fn answers_location(&mut self, status: StatusCode) {
        if let Some(answer) = self.answers.get_mut(status.as_str()) {
            answer["headers"]["Location"] = reference("headers", "Location");
        }
    }

    /// It may be refused for this.
    pub fn refuses(&mut self, kind: Kind) {
        self.refusals.push(kind);
    }
}

/// The schemas of all types, of those that are read and of those that are written.
struct Schemas {
    inputs: SchemaGenerator,
    outputs: SchemaGenerator,
}

impl Schemas {
    fn new() -> Self {
        let mut settings = SchemaSettings::draft2020_12();
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
        let inputs = settings.clone().for_deserialize().into_generator();
        Self { inputs, outputs: settings.for_serialize().into_generator() }
    }

    fn all(mut self) -> Map<String, Value> {
        let mut all = self.inputs.take_definitions(true);
        all.extend(self.outputs.take_definitions(true));
        all
    }
}

fn responses(problem: &Schema) -> Map<String, Value> {
    let response = |kind: &Kind| {
        let mut headers = match kind {
            Kind::Unauthorized => json!({ "WWW-Authenticate": reference("headers", "WWW-Authenticate") }),
            _ => limits(),
        };
        if [Kind::TooMany, Kind::Down].contains(kind) {
            headers["Retry-After"] = reference("headers", "Retry-After");
        }
        let content = json!({ "application/problem+json": { "schema": problem } });
        (kind.name().to_owned(), json!({ "description": kind.title(), "content": content, "headers": headers }))
    };
    Kind::ALL.iter().map(response).collect()
}

/// On every answer to a key.
fn limits() -> Value {
    json!({
        "RateLimit": reference("headers", "RateLimit"),
        "RateLimit-Policy": reference("headers", "RateLimit-Policy"),
    })
}

fn headers() -> Value {
    let text = |description: &str| json!({ "description": description, "schema": { "type": "string" } });
    json!({
        "RateLimit": text("What is left: `\"key\";r=REQUESTS;t=SECONDS until all are there again`."),
        "RateLimit-Policy": text("What there is: `\"key\";q=REQUESTS;w=SECONDS`."),
        "Retry-After": { "description": "Seconds to wait.", "schema": { "type": "integer", "minimum": 0 } },
        "Location": text("Where it is from now on."),
        "WWW-Authenticate": text("Asks for a key."),
    })
}
