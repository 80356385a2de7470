//! One launch of one survey: its states, and what may follow what.

pub mod held;
pub mod state;
