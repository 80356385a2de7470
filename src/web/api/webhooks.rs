//! Webhooks by API: which addresses are told what happens.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::input::{Id, Json};
use super::operation::Call;
use super::output::{Created, Found, Gone};
use super::problem::{Fault, Kind, Problem};
use crate::actions::webhooks::{self as actions, WebhookError, secret_text};
use crate::delivery::outward::{self, Reach};
use crate::store::webhooks::{self, Standing};

impl From<WebhookError> for Problem {
    fn from(error: WebhookError) -> Self {
        match error {
            WebhookError::Store(error) => Self::fault(&error),
            WebhookError::Unknown => Self::new(Kind::NotFound, error.to_string()),
            WebhookError::TooMany => Self::new(Kind::Conflict, error.to_string()),
            WebhookError::Address(why) => {
                Self::with(Kind::Invalid, "the address cannot be taken", vec![Fault::of("address", why)])
            }
        }
    }
}

/// An address to be told.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// `https://…`, in the public internet.
    #[schemars(length(max = 500), example = "https://events.kommune.example/medvirk")]
    address: String,
}

/// An address that is told from now on.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AddedWebhook {
    /// Random text.
    id: String,
    /// Where events are sent.
    address: String,
    /// What signs them (Standard Webhooks); it is shown this once.
    secret: String,
}

/// An address that is told what happens.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Webhook {
    /// Random text.
    id: String,
    /// Where events are sent.
    address: String,
    /// When it was added.
    created_at: Timestamp,
    /// By whom.
    created_by: String,
    /// Events of the last 30 days that have arrived.
    arrived: i64,
    /// Events that are still tried.
    waiting: i64,
    /// Events that were tried for a day and given up.
    given_up: i64,
    /// Why the latest event that has not arrived did not.
    problem: Option<String>,
}

/// All of them.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Webhooks {
    /// The oldest first; there are 20 at most.
    items: Vec<Webhook>,
}

/// `POST /api/v1/webhooks`
pub async fn add(call: Call, Json(new): Json<NewWebhook>) -> Result<Created<AddedWebhook>, Problem> {
    let app = &call.app;
    let url = outward::address(&new.address, Reach::of(&app.settings)).map_err(WebhookError::Address)?;
    let added = actions::add(&app.db, &app.ports, call.caller.who(), url.into()).await?;
    let secret = secret_text(&app.webhooks_key, &added.id);
    let at = format!("/api/v1/webhooks/{}", added.id);
    Ok(Created { at, made: AddedWebhook { id: added.id, address: added.address, secret } })
}

/// `GET /api/v1/webhooks`
pub async fn list(call: Call, (): ()) -> Result<Found<Webhooks>, Problem> {
    let db = &call.app.db;
    let mut connection = db.read().acquire().await?;
    let mut items = Vec::new();
    for known in webhooks::all(&mut connection).await? {
        let Standing { arrived, waiting, given_up, problem } = webhooks::standing(db, &known.id).await?;
        let webhooks::Webhook { id, address, created_at, created_by } = known;
        items.push(Webhook { id, address, created_at, created_by, arrived, waiting, given_up, problem });
    }
    Ok(Found(Webhooks { items }))
}

/// `DELETE /api/v1/webhooks/{id}`
pub async fn remove(call: Call, Id(id): Id) -> Result<Gone, Problem> {
    actions::remove(&call.app.db, &call.app.ports, call.caller.who(), &id).await?;
    Ok(Gone)
}
