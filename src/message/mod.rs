//! One SMS: its text and what it costs, its states and what may follow what.

pub mod state;
