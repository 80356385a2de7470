//! What a person makes happen: each action loads, lets the pure modules decide, and saves in one transaction.

pub mod import;
