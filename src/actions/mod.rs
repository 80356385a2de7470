//! (actions)
