//! From the due message to the delivery report, against providers that behave and providers that do not.

#[path = "../support/mod.rs"]
pub mod support;

mod doubt;
mod kannel;
pub mod provider;
mod speed;
mod stories;
pub mod world;
