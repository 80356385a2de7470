//! The register from file to database, and the phones that its people hold.
#![expect(clippy::unwrap_used, reason = "a test whose surroundings fail cannot go on")]

#[path = "../support/postgres.rs"]
mod postgres;

mod import;
mod phones;
mod respondents;
