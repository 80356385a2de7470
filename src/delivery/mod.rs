//! What the machine sends and hears: [`dispatch`] takes due messages and hands them to a gateway ([`gateways`]) no faster
//! than the throttle allows; [`receipts`] keeps and applies what the gateway reports afterwards.
//!
//! No transaction is open while the network is used: take, commit, send, record.

pub mod dispatch;
pub mod gateways;
pub mod receipts;
mod throttle;
