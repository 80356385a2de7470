//! The register from file to database, and the phones that its people hold.

mod import;
mod phones;
mod respondents;
