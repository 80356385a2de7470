//! What may be published: attackers that know the method, and everything but the answers and the seed.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod municipality;
mod utility;
