//! Real processes, killed, frozen and lied to: no message leaves twice, and none is lost.
//!
//! The truth is the log of the other side: the phone simulator runs as a process of its own and writes each message down
//! before it answers. `./test` tells the short stories, `./chaos` the long ones.
#![expect(clippy::unwrap_used, reason = "a test whose surroundings fail cannot go on")]

#[expect(dead_code, reason = "other tests use the rest of it")]
#[path = "../support/mod.rs"]
mod support;

mod fleet;
mod long;
mod short;
mod truth;
