//! (web)

pub mod pages;
