//! One launch of one survey: its states, whom it reaches, what it will cost.

pub mod preview;
pub mod state;
