//! (web)
