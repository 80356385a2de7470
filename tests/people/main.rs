//! The register from file to database, and the phones that its people hold.

#[path = "../support/postgres.rs"]
mod postgres;

mod import;
mod phones;
mod respondents;
