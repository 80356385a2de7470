//! The register, from file to database.

mod import;
