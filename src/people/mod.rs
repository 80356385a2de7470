//! Who is employed, where in the organisation, and how to reach them: the register and its rows.

pub mod employee;
pub mod phone;
