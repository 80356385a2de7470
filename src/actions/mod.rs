//! What a person makes happen: each loads, decides and saves in one transaction. Pages, API and commands call the same.

pub mod answer;
pub mod campaign;
pub mod import;
pub mod login;
pub mod stop;
pub mod surveys;
pub mod tidy;
