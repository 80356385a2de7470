//! Memory: SQL, one file per noun, each statement written once for SQLite and PostgreSQL. What the two databases do
//! differently stands in [`dialect`] alone.

mod bulk;
mod db;
pub mod dialect;
pub mod people;

pub use bulk::Bulk;
pub use db::{Db, Tx};
