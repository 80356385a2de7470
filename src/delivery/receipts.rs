//! What gateways report afterwards: kept raw and once, applied by rank, and only then confirmed.
//!
//! A message has its id before it is sent, so a report about an unknown one is somebody else's, or is about a message that
//! was lost with a database and is not in the backup. It is kept for [`tidy::KEEP_UNKNOWN`](crate::actions::tidy::KEEP_UNKNOWN), counted and shown in the log, and
//! never applied: no guess at what it might mean is as good as what HR decides about a message in doubt.
//!
//! Reports come in bursts, so those that arrive together are written together, in three statements and one commit
//! ([`crate::store::group`]).

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use sqlx::AnyConnection;

use super::gateways::{BadReport, Capabilities, Gateway, GatewayReport, Inbound, ReportRequest};
use crate::message::state::Message;
use crate::ports::Clock;
use crate::store::Db;
use crate::store::dialect::Dialect;
use crate::store::group::{Group, Write};
use crate::store::messages::{self, NewReport};

/// The door that gateways call back at.
#[derive(Clone)]
pub struct Receipts {
    gateway: Arc<Gateway>,
    clock: Clock,
    group: Group<Keep>,
}

/// What a report came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// It is kept, and the message follows it.
    Applied,
    /// The same report was there before. Nothing changed.
    Repeated,
    /// It is kept, but no message has its id.
    Unknown,
}

/// Why a report is not confirmed.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// It is not the gateway's, or cannot be read: sending it again will not help.
    #[error(transparent)]
    Bad(#[from] BadReport),
    /// It could not be kept: the gateway should send it again.
    #[error("the delivery report could not be kept")]
    Store(#[from] sqlx::Error),
}

impl Receipts {
    /// Opens the door. Must be called within a tokio runtime.
    #[must_use]
    pub fn start(db: &Db, clock: Clock, gateway: Arc<Gateway>) -> Self {
        Self { gateway, clock, group: Group::start(db) }
    }

    /// As in `/gateway/{name}/delivery`: only callbacks to that name are for this door.
    #[must_use]
    pub fn gateway_name(&self) -> &'static str {
        self.gateway.name()
    }

    /// How it calls.
    #[must_use]
    pub fn capabilities(&self) -> Capabilities {
        self.gateway.capabilities()
    }

    /// Reads what a phone wrote; nothing of it is kept here.
    ///
    /// # Errors
    /// It is forged, or cannot be read.
    pub fn read_inbound(&self, request: ReportRequest<'_>) -> Result<Inbound, BadReport> {
        self.gateway.read_inbound(request)
    }

    /// Takes one callback. When this returns without an error, it is durable and may be confirmed.
    ///
    /// # Errors
    /// It is forged, cannot be read, or cannot be kept.
    pub async fn receive(&self, request: ReportRequest<'_>) -> Result<Receipt, ReceiveError> {
        let report = self.gateway.read_report(request)?;
        let gateway = self.gateway.name();
        let id = id(gateway, &report);
        let GatewayReport { message_id, kind } = report;
        let report = NewReport { id, message_id, gateway, kind, received: self.clock.now() };
        Ok(self.group.run(Keep(report)).await?)
    }
}

/// The same report again has the same id. It begins with the message's, so that reports lie beside each other in the index
/// as the messages do that were sent together.
fn id(gateway: &str, report: &GatewayReport) -> String {
    format!("{} {} {gateway}", report.message_id, report.kind.name())
}

struct Keep(NewReport);

impl Write for Keep {
    type Done = Receipt;

    /// A gateway has many on their way at once, and minds no delay.
    const GATHER: Duration = Duration::from_millis(20);

    async fn apply(&self, connection: &mut AnyConnection, dialect: Dialect) -> sqlx::Result<Receipt> {
        Self::apply_all(&[self], connection, dialect).await?.pop().ok_or(sqlx::Error::RowNotFound)
    }

    async fn apply_all(
        group: &[&Self],
        connection: &mut AnyConnection,
        dialect: Dialect,
    ) -> sqlx::Result<Vec<Receipt>> {
        let reports: Vec<&NewReport> = group.iter().map(|keep| &keep.0).collect();
        let ids: Vec<&str> = reports.iter().map(|report| report.message_id.as_str()).collect();
        let mut known: HashMap<_, _> = messages::load_all(connection, dialect, &ids).await?.into_iter().collect();
        let kept = reports.iter().map(|report| (*report, known.contains_key(&report.message_id)));
        let new = messages::insert_reports(connection, dialect, kept).await?;
        let (receipts, changed) = follow(&reports, new, &mut known);
        let changed: Vec<_> = changed.iter().filter_map(|id| Some((*id, &known.get(*id)?.state))).collect();
        messages::save_reported(connection, dialect, &changed).await?;
        Ok(receipts)
    }
}

/// Lets the `known` messages follow those reports that are `new`. What each report came to, and which messages changed.
fn follow<'a>(
    reports: &[&'a NewReport],
    mut new: HashSet<String>,
    known: &mut HashMap<String, Message>,
) -> (Vec<Receipt>, BTreeSet<&'a str>) {
    let mut changed = BTreeSet::new();
    let receipt = |report: &&'a NewReport| {
        // Of two that are the same, only the first one finds it.
        if !new.remove(&report.id) {
            return Receipt::Repeated;
        }
        let Some(message) = known.get_mut(&report.message_id) else { return Receipt::Unknown };
        let followed = message.clone().reported(report.kind);
        if followed != *message {
            changed.insert(report.message_id.as_str());
            *message = followed;
        }
        Receipt::Applied
    };
    (reports.iter().map(receipt).collect(), changed)
}
