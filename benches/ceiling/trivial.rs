//! A handler that gives recorded answers from memory; with a durable write for each post where that is wanted.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path as Token, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use axum::routing::get;
use medvirk::store::Db;
use medvirk::store::dialect::Dialect;
use medvirk::store::group::{Group, Write};
use sqlx::AnyConnection;
use tokio::net::TcpListener;

use crate::recording;

type Answers = HashMap<String, (StatusCode, HeaderMap, Bytes)>;

struct Trivial {
    answers: Answers,
    writes: Option<Group<Row>>,
}

/// What was posted, as it came.
struct Row {
    token: String,
    body: String,
}

impl Write for Row {
    type Done = ();

    async fn apply(&self, connection: &mut AnyConnection, _: Dialect) -> sqlx::Result<()> {
        let keep = "INSERT INTO kept (token, body) VALUES ($1, $2) ON CONFLICT (token) DO UPDATE SET body = $2";
        sqlx::query(keep).bind(&self.token).bind(&self.body).execute(connection).await.map(drop)
    }
}

pub async fn serve(folder: &Path, durable: bool) {
    let writes = if durable { Some(Group::start(&database(folder).await)) } else { None };
    let state = Arc::new(Trivial { answers: answers(folder), writes });
    let router = Router::new().route("/s/{token}", get(answer).post(answer)).with_state(state);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    axum::serve(listener, router).await.unwrap();
}

async fn database(folder: &Path) -> Db {
    let db = Db::open(&format!("sqlite://{}", folder.join("kept.db").display())).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    sqlx::query("CREATE TABLE kept (token TEXT PRIMARY KEY, body TEXT NOT NULL)").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    db
}

fn answers(folder: &Path) -> Answers {
    let exchanges = recording::read(folder).into_iter().map(|one| {
        let status = StatusCode::from_u16(one.status()).unwrap();
        let header = |(name, value): &(String, String)| {
            (HeaderName::try_from(name).unwrap(), HeaderValue::try_from(value).unwrap())
        };
        (one.key(), (status, one.headers().iter().map(header).collect(), Bytes::from(one.answer)))
    });
    exchanges.collect()
}

async fn answer(
    State(state): State<Arc<Trivial>>,
    Token(token): Token<String>,
    RawQuery(query): RawQuery,
    method: Method,
    body: String,
) -> Response<Body> {
    let post = method == Method::POST;
    let (status, headers, bytes) = &state.answers[&format!("{post} {}", query.unwrap_or_default())];
    if let Some(writes) = state.writes.as_ref().filter(|_| post) {
        writes.run(Row { token, body }).await.unwrap();
    }
    let mut response = Response::new(Body::from(bytes.clone()));
    (*response.status_mut(), *response.headers_mut()) = (*status, headers.clone());
    response
}
