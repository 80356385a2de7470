//! The commands as a shell sees them: what they say, where, and with which exit code.
#![expect(clippy::unwrap_used, reason = "a test whose surroundings fail cannot go on")]

mod backup;
mod bad_input;
mod campaigns;
mod killed;
mod opening;
mod place;
mod serving;
