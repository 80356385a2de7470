//! What is stored: about one employee, for whoever asks for their own record; and in all tables, why and how long.

use axum::body::Body;
use axum::extract::Form;
use axum::http::{Response, StatusCode};

use super::{Desk, field};
use crate::actions::record::{self, RecordError};
use crate::respond::post::Fields;
use crate::store::stored::{self, Table};
use crate::web::pages::hr::Section;
use crate::web::pages::privacy::{RecordPage, Said, StoredPage, StoredTable};
use crate::web::{App, reply};

/// `GET /people/record`
pub async fn show(desk: Desk) -> Response<Body> {
    said(&desk, None)
}

/// `POST /people/record`: `what` is `export` or `erase`. The number is in no address: those are logged.
pub async fn act(desk: Desk, Form(fields): Form<Fields>) -> Response<Body> {
    let number = field(&fields, "number").trim();
    let done = if field(&fields, "what") != "erase" {
        export(&desk, number).await
    } else if field(&fields, "again").trim() == number {
        record::erase(&desk.app.db, &desk.app.ports, desk.visitor.who(), number)
            .await
            .map(|_| said(&desk, Some(Said::Erased)))
    } else {
        Ok(said(&desk, Some(Said::Different)))
    };
    match done {
        Ok(response) => response,
        Err(RecordError::Nobody) => said(&desk, Some(Said::Nobody)),
        Err(RecordError::Store(error)) => desk.fault(&error),
    }
}

async fn export(desk: &Desk, number: &str) -> Result<Response<Body>, RecordError> {
    let App { db, ports, .. } = &*desk.app;
    let record = record::export(db, ports, desk.visitor.who(), number).await?;
    let json = serde_json::to_vec_pretty(&record).map_err(anyhow::Error::from)?;
    Ok(reply::attachment("application/json", "record.json", json))
}

fn said(desk: &Desk, said: Option<Said>) -> Response<Body> {
    let status = match said {
        None | Some(Said::Erased) => StatusCode::OK,
        Some(Said::Nobody | Said::Different) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    desk.render_as(status, Ok(RecordPage { shell: desk.shell(Section::People), said }))
}

/// `GET /what-is-stored`
pub async fn stored(desk: Desk) -> Response<Body> {
    let table = |Table { name, what, why, kept, columns }| StoredTable {
        name,
        what,
        why,
        kept,
        columns: columns.into_iter().map(|column| (column.name, column.what)).collect(),
    };
    let tables = stored::tables(desk.app.settings.keep).into_iter().map(table).collect();
    desk.render(Ok(StoredPage { shell: desk.shell(Section::None), tables }))
}
