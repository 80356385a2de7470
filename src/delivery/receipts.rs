//! What gateways report afterwards: kept raw and once, applied by rank, and only then confirmed.
//!
//! A message has its id before it is sent, so a report about an unknown one is somebody else's, or is about a message that
//! was lost with a database and is not in the backup. It is kept for [`tidy::KEEP_UNKNOWN`](crate::actions::tidy::KEEP_UNKNOWN), counted and shown in the log, and
//! never applied: no guess at what it might mean is as good as what HR decides about a message in doubt.
//!
//! Reports come in bursts, so those that arrive together are committed together ([`crate::store::group`]).

use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use sqlx::AnyConnection;

use super::gateways::{BadReport, Capabilities, Gateway, GatewayReport, Inbound, ReportRequest};
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
    dialect: Dialect,
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
        Self { gateway, clock, dialect: db.dialect(), group: Group::start(db) }
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
        let id = digest(self.gateway.name(), &report);
        let GatewayReport { message_id, kind } = report;
        let gateway = self.gateway.name();
        let report = NewReport { id, message_id, gateway, kind, received: self.clock.now() };
        Ok(self.group.write(Keep { report, dialect: self.dialect }).await?)
    }
}

/// The same report again has the same digest.
fn digest(gateway: &str, report: &GatewayReport) -> String {
    let text = format!("{gateway}\n{}\n{}", report.message_id, report.kind.name());
    data_encoding::HEXLOWER.encode(&Sha256::digest(text))
}

struct Keep {
    report: NewReport,
    dialect: Dialect,
}

impl Write for Keep {
    type Done = Receipt;

    async fn apply(&self, connection: &mut AnyConnection) -> sqlx::Result<Receipt> {
        let NewReport { message_id, kind, .. } = &self.report;
        let message = messages::load(connection, self.dialect, message_id).await?;
        if !messages::insert_report(connection, &self.report, message.is_some()).await? {
            return Ok(Receipt::Repeated);
        }
        let Some(message) = message else { return Ok(Receipt::Unknown) };
        messages::save(connection, message_id, &message.reported(*kind)).await?;
        Ok(Receipt::Applied)
    }
}
