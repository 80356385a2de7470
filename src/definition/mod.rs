//! The survey language: what a survey asks, of whom, in which words. Read from YAML, checked before anybody gets an
//! SMS, and walked page by page while somebody answers.

pub mod model;
pub mod route;
