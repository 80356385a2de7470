//! What may be published: attackers that know the method, and everything but the answers and the seed.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking, and says what it found")]

mod attacker;
mod brute;
mod exact;
mod municipality;
mod odd;
mod properties;
mod published;
#[path = "../definition/walk/survey.rs"]
mod survey;
mod utility;

/// `./attack` asks for the long form of what `./test` does in two minutes.
fn longer(short: u32, long: u32) -> u32 {
    if std::env::var_os("MEDVIRK_TEST_ATTACK").is_some() { long } else { short }
}
