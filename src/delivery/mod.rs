//! What the machine sends and hears: [`dispatch`] takes due messages and hands them to a gateway ([`gateways`]) no faster
//! than the throttle and the surveys' hours allow; [`receipts`] keeps and applies what the gateway reports afterwards. [`webhooks`]
//! tell programs what has happened.
//!
//! No transaction is open while the network is used: take, commit, send, record.

mod breaker;
pub mod dispatch;
mod doubts;
pub mod gateways;
pub mod identity;
pub mod outward;
mod pace;
pub mod receipts;
mod shared;
mod throttle;
pub mod webhooks;
