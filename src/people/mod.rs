//! Who is employed, where in the organisation, and how to reach them: the register and its rows.
//!
//! [`register`] reads HR's file, [`columns`] knows its headings, [`phone`] its numbers; [`employee`] is what comes out. [`role`] is what somebody may do,
//! [`permission`] what a program may; [`scim`] reads what an identity provider says.

pub mod columns;
pub mod employee;
pub mod grants;
pub mod permission;
pub mod phone;
pub mod register;
pub mod role;
pub mod scim;
mod text;
mod values;
pub mod wrong;
