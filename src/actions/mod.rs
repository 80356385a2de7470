<<<<<<< HEAD
//! What a person makes happen: each loads, decides and saves in one transaction. Pages, API and commands call the same.

pub mod answer;
pub mod campaign;
pub mod login;
pub mod surveys;
=======
//! What a person makes happen: each action loads, lets the pure modules decide, and saves in one transaction.

pub mod import;
>>>>>>> people
