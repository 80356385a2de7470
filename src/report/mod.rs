//! What published figures look like: charts, and numbers as each language writes them.

pub mod chart;
pub mod heat;
pub mod number;
pub mod table;
pub mod text;
