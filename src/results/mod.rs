//! Numbers that may be looked at, made from publications alone.

pub mod audience;
