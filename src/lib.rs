//! medvirk: surveys that reach every employee by SMS.
//!
//! The modules stand in the order in which the data flows. HR writes a [`definition`] and imports [`people`]; a
//! [`campaign`] freezes both and makes [`message`]s; employees [`respond`]; what may be said about the answers goes
//! through [`anonymity`] into [`results`] and a [`report`]. Those seven decide and nothing else: no `async`, no clock,
//! no database, no log. [`store`] remembers. [`actions`] (what a person makes happen) and [`delivery`] (what the machine
//! sends and hears) load, decide and save. [`simulate`], [`web`] and [`cli`] are the faces.
//!
//! Nothing imports anything that stands below it here; `tests/layers.rs` holds that order.

pub mod ports;

pub mod config;

pub mod logging;

pub mod definition;

pub mod people;

pub mod campaign;

pub mod message;

pub mod respond;

pub mod anonymity;

pub mod results;

pub mod report;

pub mod store;

pub mod actions;

pub mod delivery;

pub mod simulate;

pub mod web;

pub mod cli;
