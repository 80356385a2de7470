//! What calls bring along: each type reads itself from a request, and says in the API's document what it reads.

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::document::Describing;
use super::problem::{Fault, Kind, Problem};

/// A request whose body has arrived.
pub struct Raw {
    /// What stands in the address in the places of `{…}`.
    pub path: Vec<(String, String)>,
    /// Behind the `?`.
    pub query: String,
    /// Of the request.
    pub headers: HeaderMap,
    /// All of it.
    pub body: Bytes,
}

/// Read from a request.
pub trait Input: Sized + Send {
    /// Says what is read.
    fn describe(on: &mut Describing<'_>);

    /// Reads it.
    ///
    /// # Errors
    /// What is wrong with the request.
    fn read(raw: &Raw) -> Result<Self, Problem>;
}

impl Input for () {
    fn describe(_: &mut Describing<'_>) {}

    fn read(_: &Raw) -> Result<Self, Problem> {
        Ok(())
    }
}

impl<A: Input, B: Input> Input for (A, B) {
    fn describe(on: &mut Describing<'_>) {
        A::describe(on);
        B::describe(on);
    }

    fn read(raw: &Raw) -> Result<Self, Problem> {
        Ok((A::read(raw)?, B::read(raw)?))
    }
}

/// The only `{…}` of an address.
pub struct Id(pub String);

impl Input for Id {
    fn describe(on: &mut Describing<'_>) {
        on.path_parameter();
        on.refuses(Kind::NotFound);
    }

    fn read(raw: &Raw) -> Result<Self, Problem> {
        let id = raw.path.first().map(|(_, value)| value.clone());
        id.map(Self).ok_or_else(|| Problem::new(Kind::NotFound, "there is nothing with that id"))
    }
}

/// Parameters behind the `?`. Unknown ones are refused: a parameter with a slip in its name would change nothing, silently.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + JsonSchema + Send> Input for Query<T> {
    fn describe(on: &mut Describing<'_>) {
        on.query_parameters::<T>();
        on.refuses(Kind::Malformed);
    }

    fn read(raw: &Raw) -> Result<Self, Problem> {
        let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(raw.query.as_bytes()));
        serde_path_to_error::deserialize(reader).map(Self).map_err(|error| {
            let field = error.path().to_string();
            Problem::with(
                Kind::Malformed,
                "a parameter of the address is wrong",
                vec![fault(&field, &error.into_inner())],
            )
        })
    }
}

/// A JSON body.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + JsonSchema + Send> Input for Json<T> {
    fn describe(on: &mut Describing<'_>) {
        on.json_body::<T>();
        on.refuses(Kind::Malformed);
        on.refuses(Kind::UnsupportedType);
        on.refuses(Kind::TooLarge);
        on.refuses(Kind::Invalid);
    }

    fn read(raw: &Raw) -> Result<Self, Problem> {
        wants(raw, "application/json")?;
        let mut reader = serde_json::Deserializer::from_slice(&raw.body);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let field = error.path().to_string();
            let error = error.into_inner();
            let kind = if error.is_data() { Kind::Invalid } else { Kind::Malformed };
            Problem::with(kind, "the body is not what is read here", vec![fault(&field, &error)])
        })?;
        let end = reader.end().map_err(|error| {
            Problem::with(Kind::Malformed, "something comes after the end of the JSON", vec![fault("", &error)])
        });
        end.map(|()| Self(value))
    }
}

/// A register file.
pub struct Csv(pub Bytes);

impl Input for Csv {
    fn describe(on: &mut Describing<'_>) {
        on.body("text/csv", &serde_json::json!({ "type": "string" }), "The register as CSV, with headings.");
        on.refuses(Kind::UnsupportedType);
        on.refuses(Kind::TooLarge);
        on.refuses(Kind::Invalid);
    }

    fn read(raw: &Raw) -> Result<Self, Problem> {
        wants(raw, "text/csv")?;
        Ok(Self(raw.body.clone()))
    }
}

fn fault(field: &str, error: &impl std::fmt::Display) -> Fault {
    Fault::of(if [".", "?"].contains(&field) { "" } else { field }, error.to_string())
}

fn wants(raw: &Raw, mime: &str) -> Result<(), Problem> {
    let given = raw.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let bare = given.split(';').next().unwrap_or_default().trim();
    if bare.eq_ignore_ascii_case(mime) {
        return Ok(());
    }
    Err(Problem::new(Kind::UnsupportedType, format!("the body must come with Content-Type: {mime}")))
}
