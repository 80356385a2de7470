//! What people do with medvirk, told as stories; each on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a test whose surroundings fail cannot go on")]

mod access;
mod accounts;
mod answering;
mod api;
mod app;
mod asking;
mod attacks;
mod audited;
mod campaigns;
mod described;
mod changing;
mod every_type;
mod guessing;
mod hostile;
mod keys;
mod live;
mod logins;
mod looking;
mod midway;
mod mutated;
mod opening;
mod operating;
mod privacy;
mod provider;
mod reading;
mod retries;
mod rounds;
mod scim;
mod sealed;
mod stepping;
#[expect(dead_code, reason = "these stories use a part of it")]
#[path = "../support/mod.rs"]
mod support;
mod texts;
mod traces;
mod webhooks;
mod writing;
