//! From the due message to the delivery report, against providers that behave and providers that do not.

#[path = "../support/mod.rs"]
mod support;

mod doubt;
mod kannel;
mod provider;
mod speed;
mod stories;
mod world;
