//! The commands.

pub mod people;

/// Runs the command of this process.
#[must_use]
pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
