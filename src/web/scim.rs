//! The face for identity providers: `/scim/v2` (RFC 7644), with a key that has `register:write`. Users are employees;
//! there are no groups.

use std::sync::Arc;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::{Value, json};

use super::access::{Doors, May};
use super::api::gate::Caller;
use super::{App, bare, is_down};
use crate::actions::campaign::Exit;
use crate::actions::scim::{self as actions, Provider, Refusal};
use crate::people::permission::Permission;
use crate::people::scim::{ENTERPRISE, ScimError, USER, User, filter};
use crate::store::scim::{self, By, Known};

/// Where all of it is.
const BASE: &str = "/scim/v2";
/// Users on a page, at most.
const MOST: i64 = 100;

const WRITE: May = May::Key(Permission::RegisterWrite);

/// Every address for identity providers.
pub fn doors(app: &Arc<App>) -> Doors {
    Doors::new(app)
        .get("/scim/v2/ServiceProviderConfig", WRITE, config)
        .get("/scim/v2/ResourceTypes", WRITE, resource_types)
        .get("/scim/v2/ResourceTypes/User", WRITE, resource_type)
        .get("/scim/v2/Schemas", WRITE, schemas)
        .get("/scim/v2/Schemas/{id}", WRITE, schema)
        .get("/scim/v2/Users", WRITE, list)
        .post("/scim/v2/Users", WRITE, create)
        .get("/scim/v2/Users/{id}", WRITE, show)
        .put("/scim/v2/Users/{id}", WRITE, replace)
        .patch("/scim/v2/Users/{id}", WRITE, patch)
        .delete("/scim/v2/Users/{id}", WRITE, remove)
}

/// Whether identity providers are spoken to there.
#[must_use]
pub fn speaks(path: &str) -> bool {
    path.strip_prefix(BASE).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// An address that the table does not hold.
#[must_use]
pub fn nothing_here() -> Response<Body> {
    let detail = "there is nothing at this address".to_owned();
    Refused { status: StatusCode::NOT_FOUND, kind: None, detail }.into_response()
}

type Holder = Extension<Caller>;
type Answer = Result<Response<Body>, Refused>;

fn provider<'a>(app: &'a App, caller: &'a Caller) -> Provider<'a> {
    let demo = Exit::of(&app.settings) == Exit::Simulator;
    Provider { db: &app.db, ports: &app.ports, who: caller.who(), demo }
}

/// `GET /scim/v2/Users/{id}`
async fn show(State(app): State<Arc<App>>, Path(id): Path<String>) -> Answer {
    let mut connection = app.db.read().acquire().await?;
    let known = scim::find(&mut connection, By::Id, &id).await?.ok_or(Refusal::Unknown)?;
    Ok(reply(StatusCode::OK, &written(&app, &known)))
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Wanted {
    filter: Option<String>,
    start_index: Option<i64>,
    count: Option<i64>,
}

/// `GET /scim/v2/Users`, all of them or those of a filter.
async fn list(State(app): State<Arc<App>>, wanted: Result<Query<Wanted>, QueryRejection>) -> Answer {
    let Query(wanted) =
        wanted.map_err(|error| wrong("invalidValue", format!("the address cannot be read: {error}")))?;
    let start = wanted.start_index.unwrap_or(1).max(1);
    let count = wanted.count.unwrap_or(MOST).clamp(0, MOST);
    let (total, page) = match &wanted.filter {
        None => scim::page(&app.db, start - 1, count).await?,
        Some(text) => {
            let (attribute, value) = filter(text)?;
            let by = match attribute.as_str() {
                "username" => By::UserName,
                "externalid" => By::ExternalId,
                _ => By::Id,
            };
            let mut connection = app.db.read().acquire().await?;
            let found: Vec<Known> = scim::find(&mut connection, by, &value).await?.into_iter().collect();
            (i64::try_from(found.len()).unwrap_or(0), found)
        }
    };
    let users: Vec<Value> = page.iter().map(|known| written(&app, known)).collect();
    Ok(reply(StatusCode::OK, &listed(&users, total, start)))
}

/// `POST /scim/v2/Users`
async fn create(State(app): State<Arc<App>>, Extension(caller): Holder, body: Bytes) -> Answer {
    let user = User::read(&read(&body)?)?;
    let known = actions::create(provider(&app, &caller), &user).await?;
    let mut response = reply(StatusCode::CREATED, &written(&app, &known));
    if let Ok(at) = HeaderValue::from_str(&location(&app, &known.id)) {
        response.headers_mut().insert(LOCATION, at);
    }
    Ok(response)
}

/// `PUT /scim/v2/Users/{id}`: what is not said is gone.
async fn replace(
    State(app): State<Arc<App>>,
    Extension(caller): Holder,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    let new = User::read(&read(&body)?)?;
    let change = move |user: &mut User| {
        *user = new;
        Ok(())
    };
    let known = actions::change(provider(&app, &caller), &id, change).await?;
    Ok(reply(StatusCode::OK, &written(&app, &known)))
}

/// `PATCH /scim/v2/Users/{id}`
async fn patch(State(app): State<Arc<App>>, Extension(caller): Holder, Path(id): Path<String>, body: Bytes) -> Answer {
    let operations = read(&body)?;
    let known = actions::change(provider(&app, &caller), &id, |user| user.patch(&operations)).await?;
    Ok(reply(StatusCode::OK, &written(&app, &known)))
}

/// `DELETE /scim/v2/Users/{id}`
async fn remove(State(app): State<Arc<App>>, Extension(caller): Holder, Path(id): Path<String>) -> Answer {
    actions::remove(provider(&app, &caller), &id).await?;
    Ok(bare(StatusCode::NO_CONTENT))
}

fn read(body: &Bytes) -> Result<Value, Refused> {
    serde_json::from_slice(body).map_err(|error| wrong("invalidSyntax", format!("the body is no JSON: {error}")))
}

fn wrong(kind: &'static str, detail: String) -> Refused {
    Refused { status: StatusCode::BAD_REQUEST, kind: Some(kind), detail }
}

fn location(app: &App, id: &str) -> String {
    format!("{}{BASE}/Users/{id}", app.settings.public_url.as_str())
}

fn written(app: &App, known: &Known) -> Value {
    let mut user = actions::user(known).unwrap_or_default().write();
    user["id"] = json!(known.id);
    let times = known.provided.as_ref().map(|provided| (provided.created_at, provided.changed_at));
    user["meta"] = json!({ "resourceType": "User", "location": location(app, &known.id) });
    if let Some((created, changed)) = times {
        user["meta"]["created"] = json!(created);
        user["meta"]["lastModified"] = json!(changed);
    }
    user
}

fn listed(resources: &[Value], total: i64, start: i64) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": total, "startIndex": start, "itemsPerPage": resources.len(), "Resources": resources,
    })
}

/// `GET /scim/v2/ServiceProviderConfig`
async fn config() -> Response<Body> {
    let no = json!({ "supported": false });
    reply(
        StatusCode::OK,
        &json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
            "patch": { "supported": true },
            "bulk": { "supported": false, "maxOperations": 0, "maxPayloadSize": 0 },
            "filter": { "supported": true, "maxResults": MOST },
            "changePassword": no, "sort": no, "etag": no,
            "authenticationSchemes": [{
                "type": "oauthbearertoken", "name": "A key of the API", "description": "With the permission register:write",
            }],
            "meta": { "resourceType": "ServiceProviderConfig", "location": format!("{BASE}/ServiceProviderConfig") },
        }),
    )
}

fn user_type() -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
        "id": "User", "name": "User", "endpoint": "/Users", "description": "An employee", "schema": USER,
        "schemaExtensions": [{ "schema": ENTERPRISE, "required": true }],
        "meta": { "resourceType": "ResourceType", "location": format!("{BASE}/ResourceTypes/User") },
    })
}

/// `GET /scim/v2/ResourceTypes`
async fn resource_types() -> Response<Body> {
    reply(StatusCode::OK, &listed(&[user_type()], 1, 1))
}

/// `GET /scim/v2/ResourceTypes/User`
async fn resource_type() -> Response<Body> {
    reply(StatusCode::OK, &user_type())
}

/// `GET /scim/v2/Schemas`
async fn schemas() -> Response<Body> {
    reply(StatusCode::OK, &listed(&all_schemas(), 2, 1))
}

/// `GET /scim/v2/Schemas/{id}`
async fn schema(Path(id): Path<String>) -> Answer {
    let found = all_schemas().into_iter().find(|schema| schema["id"] == id).ok_or(Refusal::Unknown)?;
    Ok(reply(StatusCode::OK, &found))
}

fn all_schemas() -> Vec<Value> {
    let attribute = |name: &str, kind: &str, required: bool, uniqueness: &str| {
        json!({
            "name": name, "type": kind, "multiValued": false, "required": required, "caseExact": false,
            "mutability": "readWrite", "returned": "default", "uniqueness": uniqueness, "description": name,
        })
    };
    let text = |name: &str| attribute(name, "string", false, "none");
    let mut name = attribute("name", "complex", false, "none");
    name["subAttributes"] = json!([text("formatted")]);
    let mut phones = attribute("phoneNumbers", "complex", true, "none");
    phones["multiValued"] = json!(true);
    phones["subAttributes"] = json!([text("value"), text("type")]);
    let core = [
        attribute("userName", "string", true, "server"),
        text("externalId"),
        text("displayName"),
        name,
        attribute("active", "boolean", false, "none"),
        phones,
    ];
    let number = attribute("employeeNumber", "string", true, "server");
    let enterprise = [number, text("organization"), text("division"), text("department")];
    let schema = |id: &str, name: &str, attributes: &[Value]| {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"], "id": id, "name": name, "description": name,
            "attributes": attributes, "meta": { "resourceType": "Schema", "location": format!("{BASE}/Schemas/{id}") },
        })
    };
    vec![schema(USER, "User", &core), schema(ENTERPRISE, "EnterpriseUser", &enterprise)]
}

fn reply(status: StatusCode, value: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(value.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/scim+json"));
    response
}

/// A refusal in SCIM's words.
struct Refused {
    status: StatusCode,
    kind: Option<&'static str>,
    detail: String,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response<Body> {
        let mut error = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
            "status": self.status.as_str(), "detail": self.detail,
        });
        if let Some(kind) = self.kind {
            error["scimType"] = json!(kind);
        }
        reply(self.status, &error)
    }
}

impl From<ScimError> for Refused {
    fn from(error: ScimError) -> Self {
        Self { status: StatusCode::BAD_REQUEST, kind: Some(error.fault.name()), detail: error.detail }
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let detail = refusal.to_string();
        match refusal {
            Refusal::Invalid(error) => error.into(),
            Refusal::Taken => Self { status: StatusCode::CONFLICT, kind: Some("uniqueness"), detail },
            Refusal::Mixed(_) => Self { status: StatusCode::CONFLICT, kind: None, detail },
            Refusal::Unknown => Self { status: StatusCode::NOT_FOUND, kind: None, detail },
            Refusal::Store(error) => error.into(),
        }
    }
}

impl From<anyhow::Error> for Refused {
    fn from(error: anyhow::Error) -> Self {
        tracing::error!(error = format!("{error:#}"), "a call of the identity provider failed");
        let down = is_down(&error);
        let status = if down { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
        Self { status, kind: None, detail: "something went wrong here; it is written down".to_owned() }
    }
}

impl From<sqlx::Error> for Refused {
    fn from(error: sqlx::Error) -> Self {
        anyhow::Error::from(error).into()
    }
}
