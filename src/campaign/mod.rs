//! One launch of one survey: its states, what may follow what, and how its free texts are moderated.

pub mod held;
pub mod moderation;
pub mod state;
