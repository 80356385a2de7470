//! The face for programs: `/api/v1`. Each handler takes what its types read, calls one action, and gives what its types
//! write; the same types make the document at `/api/openapi.json`.

mod campaigns;
mod cursor;
mod document;
pub mod gate;
mod input;
pub mod operation;
mod output;
mod problem;
mod publications;
mod register;

use std::sync::{Arc, OnceLock};

use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response};

use super::App;
use super::access::{Doors, May};
use crate::people::permission::Permission::{CampaignsRead, CampaignsWrite, PublicationsRead, RegisterWrite};
use operation::{get, post};
use problem::{Kind, Problem};

/// What may not be done now.
const STATE: &[Kind] = &[Kind::Conflict];

/// Every call there is.
pub fn doors(app: &Arc<App>) -> Doors {
    Doors::new(app)
        .get("/api/openapi.json", May::Anybody, openapi)
        .call(
            get("/api/v1/register", RegisterWrite, "getRegister", "Count who is in the register, by area"),
            register::count,
        )
        .call(
            post("/api/v1/register/imports", RegisterWrite, "importRegister", "Bring the register up to date")
                .explains(
                    "Employees are matched by number; new ones are added, and those whom the file does not name are left \
                     alone, unless it is `complete`. Every row or none, unless `skip_bad`: then `problems` says which were left out.",
                )
                .refuses(STATE),
            register::import,
        )
        .call(
            get("/api/v1/campaigns", CampaignsRead, "listCampaigns", "List the campaigns, the newest first"),
            campaigns::list,
        )
        .call(
            post("/api/v1/campaigns", CampaignsWrite, "createCampaign", "Make a draft of a survey")
                .explains("Nobody gets anything before it is launched."),
            campaigns::create,
        )
        .call(
            get("/api/v1/campaigns/{id}", CampaignsRead, "getCampaign", "Say where a campaign stands"),
            campaigns::show,
        )
        .call(
            get("/api/v1/campaigns/{id}/launch", CampaignsRead, "previewLaunch", "Say what a launch would send")
                .refuses(STATE),
            campaigns::preview,
        )
        .call(
            post("/api/v1/campaigns/{id}/launch", CampaignsWrite, "launchCampaign", "Write and send every invitation")
                .explains("`recipients` is the number that the preview gave: with another one nothing is sent.")
                .refuses(STATE),
            campaigns::launch,
        )
        .call(
            post("/api/v1/campaigns/{id}/reminders", CampaignsWrite, "remind", "Remind those who have not answered")
                .explains("Sends an SMS to everybody who has neither answered nor said STOP, whatever the survey's schedule.")
                .refuses(STATE),
            campaigns::remind,
        )
        .call(
            post("/api/v1/campaigns/{id}/close", CampaignsWrite, "closeCampaign", "End answering").refuses(STATE),
            campaigns::close,
        )
        .call(
            post("/api/v1/campaigns/{id}/open", CampaignsWrite, "openAnswers", "Open the answers of a closed campaign")
                .explains("Its key is destroyed afterwards. A campaign that two must open is opened by a command.")
                .refuses(STATE),
            campaigns::open,
        )
        .call(
            post("/api/v1/campaigns/{id}/publications", CampaignsWrite, "publish", "Publish an edition")
                .explains("Without `interim`, the last one, of a campaign that is closed and opened.")
                .refuses(STATE),
            campaigns::publish,
        )
        .call(
            get("/api/v1/publications", PublicationsRead, "listPublications", "List what is published, the newest first"),
            publications::list,
        )
        .call(
            get("/api/v1/publications/{id}", PublicationsRead, "getPublication", "Read a campaign's last edition")
                .explains(
                    "As far as the key's places go. `hash` is that of the whole document. What is hidden has no counts; it \
                     is not zero.",
                ),
            publications::show,
        )
        .call(
            get("/api/v1/publications/{id}/csv", PublicationsRead, "exportPublication", "The same as a table"),
            publications::csv,
        )
}

/// `GET /api/openapi.json`
async fn openapi(State(app): State<Arc<App>>) -> Response<Body> {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    let document = DOCUMENT.get_or_init(|| document::document(doors(&app).operations()).to_string());
    let mut response = Response::new(Body::from(document.as_str()));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Whether programs are spoken to there.
#[must_use]
pub fn speaks(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// An address that the table does not hold.
#[must_use]
pub fn nothing_here() -> Response<Body> {
    Problem::new(Kind::NotFound, "there is nothing at this address: /api/openapi.json has all").reply()
}

/// An address that takes other methods; the router says in `Allow` which.
#[must_use]
pub fn other_method() -> Response<Body> {
    Problem::new(Kind::MethodNotAllowed, "the header Allow says which methods this address takes").reply()
}
