//! What a person makes happen: each loads, decides and saves in one transaction. Pages, API and commands call the same.

pub mod accounts;
pub mod answer;
pub mod audit;
pub mod campaign;
pub mod doctor;
pub mod draft;
pub mod export;
pub mod factor;
pub mod foresee;
pub mod guess;
pub mod import;
pub mod login;
pub mod mailing;
pub mod mend;
pub mod moderate;
pub mod open;
pub mod password;
pub mod publish;
pub mod publish_texts;
pub mod purge;
pub mod remind;
pub mod sample;
pub mod stop;
pub mod surveys;
pub mod tidy;
