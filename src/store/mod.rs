//! Memory: SQL, one file per noun, each statement written once for SQLite and PostgreSQL. What the two databases do
//! differently stands in [`dialect`] alone.

pub mod accounts;
pub mod answering;
pub mod api_answers;
pub mod api_keys;
pub mod audit;
mod bulk;
pub mod campaigns;
mod db;
pub mod definitions;
pub mod dialect;
pub mod envelopes;
pub mod group;
pub mod guesses;
pub mod invitations;
pub mod invited;
pub mod messages;
pub mod nodes;
pub mod paces;
pub mod people;
pub mod publications;
pub mod recipients;
pub mod record;
pub mod register;
pub mod responses;
pub mod rounds;
pub mod scim;
pub mod sessions;
pub mod steps;
pub mod stored;
pub mod text_publications;
pub mod texts;
pub mod themes;
pub mod webhooks;

pub use bulk::Bulk;
pub use db::{Db, Tx};
