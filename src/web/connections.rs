//! Connections: taken one by one, each request within its time, so that whoever sends slowly holds nothing for long.

use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response};
use futures_util::{StreamExt as _, stream};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::time::{Instant, timeout_at};

use super::upload::is_upload;

/// How long a client may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// From one answer, or the beginning, to the end of the next request's headers.
    pub head: Duration,
    /// For the rest of a request.
    pub body: Duration,
    /// For the rest of one with files.
    pub upload: Duration,
}

impl Default for Patience {
    /// A phone at the edge of the network, and a register of 64 MiB from a home office.
    fn default() -> Self {
        Self { head: Duration::from_secs(30), body: Duration::from_mins(1), upload: Duration::from_mins(10) }
    }
}

/// After an error such as too many open files, so long nothing new is taken.
const BREATH: Duration = Duration::from_millis(100);

/// Serves until `stopped`, and then what is on its way.
pub async fn serve(listener: TcpListener, router: Router, patience: Patience, stopped: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.head);
    let (http, running) = (Arc::new(http), GracefulShutdown::new());
    tokio::pin!(stopped);
    loop {
        let taken = tokio::select! {
            taken = listener.accept() => taken,
            () = &mut stopped => break,
        };
        let (stream, peer) = match taken {
            Ok(taken) => taken,
            // Somebody who did not wait.
            Err(error) if error.kind() == ErrorKind::ConnectionAborted => continue,
            Err(error) => {
                tracing::error!(%error, "cannot take connections");
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        let router = router.clone();
        let answer = move |request| answer(router.clone(), request, peer, patience);
        let connection = http.serve_connection(TokioIo::new(stream), service_fn(answer));
        // Whoever breaks off, or is too slow, is gone; nobody is there to be told.
        let connection = running.watch(connection);
        tokio::spawn(async move { drop(connection.await) });
    }
    drop(listener);
    running.shutdown().await;
}

async fn answer(
    router: Router,
    request: Request<Incoming>,
    peer: SocketAddr,
    patience: Patience,
) -> Result<Response<Body>, Infallible> {
    let (mut head, body) = request.into_parts();
    head.extensions.insert(ConnectInfo(peer));
    let within = if is_upload(&head.headers) { patience.upload } else { patience.body };
    let body = if body.is_end_stream() { Body::empty() } else { in_time(Body::new(body), Instant::now() + within) };
    tower_service::Service::call(&mut { router }, Request::from_parts(head, body)).await
}

/// The same bytes, and an error when they do not all come until then.
fn in_time(body: Body, until: Instant) -> Body {
    let rest = stream::unfold(Some(body.into_data_stream()), move |body| async move {
        let mut body = body?;
        match timeout_at(until, body.next()).await {
            Ok(chunk) => Some((chunk?.map_err(io::Error::other), Some(body))),
            Err(late) => Some((Err(late.into()), None)),
        }
    });
    Body::from_stream(rest)
}
