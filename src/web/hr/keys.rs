//! Keys to the API, as HR makes and revokes them.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, Response, StatusCode};

use super::{Desk, field, see_other};
use crate::actions::api_keys::{self as keys, KeyError, LONGEST, USUAL, Wish};
use crate::people::permission::Permission;
use crate::respond::post::Fields;
use crate::store::api_keys::{self, ApiKey};
use crate::store::people;
use crate::web::access::Visitor;
use crate::web::pages::hr::Section;
use crate::web::pages::keys::{AreaChoice, KeyLine, KeysPage, MadeKey, PermissionLine};
use crate::web::{App, norwegian_time};

/// `GET /keys`
pub async fn show(desk: Desk) -> Response<Body> {
    desk.render(page(&desk).await)
}

/// `POST /keys`: the answer is the only place where the key ever stands.
pub async fn add(desk: Desk, Form(fields): Form<Fields>) -> Response<Body> {
    let wish = wish(&fields);
    let name = wish.name.clone();
    match keys::add(&desk.app.db, &desk.app.ports, desk.visitor.who(), wish).await {
        Ok(key) => desk.render(page(&desk).await.map(|page| KeysPage { made: Some(MadeKey { name, key }), ..page })),
        Err(KeyError::Store(error)) => desk.fault(&error),
        Err(error) => {
            let page = page(&desk).await.map(|page| KeysPage { refused: Some(error.to_string()), ..page });
            desk.render_as(StatusCode::UNPROCESSABLE_ENTITY, page)
        }
    }
}

/// `POST /keys/revoke`: one that is gone already is gone.
pub async fn revoke(
    State(app): State<Arc<App>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response<Body> {
    match keys::revoke(&app.db, &app.ports, visitor.who(), field(&fields, "name")).await {
        Err(KeyError::Store(error)) => super::fault(&app, &headers, &error),
        Ok(()) | Err(_) => see_other("/keys"),
    }
}

fn wish(fields: &Fields) -> Wish {
    let chosen = fields.iter().filter(|(name, _)| name == "may");
    let results = field(fields, "results");
    Wish {
        name: field(fields, "name").trim().to_owned(),
        may: chosen.filter_map(|(_, value)| value.parse().ok()).collect(),
        areas: Some(results.to_owned()).filter(|area| !["", "whole"].contains(&area.as_str())).into_iter().collect(),
        whole: results == "whole",
        days: field(fields, "days").parse().unwrap_or(0),
    }
}

async fn page(desk: &Desk) -> anyhow::Result<KeysPage> {
    let App { db, ports, .. } = &*desk.app;
    let now = ports.clock.now();
    let line = |key: ApiKey| KeyLine {
        may: key.may.iter().copied().map(PermissionLine::from).collect(),
        maker: key.created_by,
        used: key.used_at.map(|at| at.to_zoned(norwegian_time())),
        over: key.expires_at <= now,
        until: key.expires_at.to_zoned(norwegian_time()),
        name: key.name,
    };
    let mut connection = db.read().acquire().await?;
    let tree = people::tree(&mut connection).await?;
    let areas = tree.into_iter().filter(|unit| unit.level == 1);
    Ok(KeysPage {
        shell: desk.shell(Section::Keys),
        keys: api_keys::all(db).await?.into_iter().map(line).collect(),
        made: None,
        refused: None,
        permissions: Permission::ALL.into_iter().map(PermissionLine::from).collect(),
        areas: areas.map(|unit| AreaChoice { id: unit.id, name: unit.name }).collect(),
        days: USUAL,
        most_days: LONGEST,
    })
}
