//! How the installation is.

use axum::body::Body;
use axum::extract::Query;
use axum::http::Response;
use jiff::{Timestamp, Zoned};
use serde::Deserialize;

use super::Desk;
use crate::actions::audit::{self, Intact};
use crate::actions::health::{self, Check, Health, Mark, Waiting};
use crate::store::dialect::Dialect;
use crate::store::nodes::Node;
use crate::web::pages::health::{CheckLine, HealthPage, NodeLine, WaitingLine, mark, why};
use crate::web::pages::hr::Section;
use crate::web::{App, norwegian_time};

/// What to look at.
#[derive(Deserialize)]
pub struct Wanted {
    /// The audit log too: it is read from its first entry to its last.
    #[serde(default)]
    log: bool,
}

/// `GET /health`
pub async fn show(desk: Desk, Query(wanted): Query<Wanted>) -> Response<Body> {
    desk.render(page(&desk, wanted.log).await)
}

async fn page(desk: &Desk, log: bool) -> anyhow::Result<HealthPage> {
    let App { db, ports, settings, surveys, .. } = &*desk.app;
    let Health { checks, waiting, nodes, last_report, dialect, bytes } =
        health::health(db, ports, settings, surveys).await?;
    let log_line = if log { Some(log_line(desk).await?) } else { None };
    let checks: Vec<CheckLine> = log_line.into_iter().chain(checks.into_iter().map(line)).collect();
    let worst = [Mark::Bad, Mark::Look].into_iter().find(|worst| checks.iter().any(|check| check.mark == mark(*worst)));
    Ok(HealthPage {
        shell: desk.shell(Section::Health),
        at: local(ports.clock.now()),
        worst: mark(worst.unwrap_or(Mark::Good)),
        checks,
        log_read: log,
        waiting: waiting.into_iter().map(waiting_line).collect(),
        nodes: nodes.into_iter().map(node_line).collect(),
        last_report: last_report.map(local),
        database: if dialect == Dialect::Sqlite { "sqlite" } else { "postgres" },
        megabytes: megabytes(bytes),
        version: env!("CARGO_PKG_VERSION"),
    })
}

/// Whether the chain of the audit log holds.
async fn log_line(desk: &Desk) -> anyhow::Result<CheckLine> {
    let (mark, count, detail) = match audit::verify(&desk.app.db).await? {
        Ok(Intact { entries, head }) => ("good", entries.unsigned_abs(), head),
        Err(broken) => ("bad", broken.entry().unsigned_abs(), String::new()),
    };
    Ok(CheckLine { what: "log", mark, count, at: None, detail, campaign: None })
}

fn line(Check { what, mark: known, count, at, detail, campaign }: Check) -> CheckLine {
    CheckLine { what, mark: mark(known), count, at: at.map(local), detail, campaign }
}

fn waiting_line(Waiting { queue, why: known }: Waiting) -> WaitingLine {
    let oldest = local(queue.oldest);
    WaitingLine { id: queue.campaign, name: queue.name, count: queue.waiting, oldest, why: why(known) }
}

fn node_line(Node { name, version, seen, .. }: Node) -> NodeLine {
    NodeLine { name, version, seen: local(seen) }
}

fn local(at: Timestamp) -> Zoned {
    at.to_zoned(norwegian_time())
}

/// To a tenth.
fn megabytes(bytes: u64) -> f64 {
    let tenths = u32::try_from(bytes / 100_000).unwrap_or(u32::MAX);
    f64::from(tenths) / 10.0
}
