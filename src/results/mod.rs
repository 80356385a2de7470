//! Numbers that may be looked at. For now the preliminary ones only; certified publications take their place.

pub mod audience;
pub mod preliminary;
