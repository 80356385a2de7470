//! From the due message to the delivery report, against providers that behave and providers that do not.
#![expect(clippy::unwrap_used, reason = "a test whose surroundings fail cannot go on")]

#[expect(dead_code, reason = "other tests use the rest of it")]
#[path = "../support/mod.rs"]
mod support;

mod doubt;
mod kannel;
mod killed;
mod orders;
mod provider;
mod races;
mod speed;
mod stories;
mod terms;
mod world;
