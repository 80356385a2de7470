//! The only door from answers to numbers. Answers are sealed when they are sent in ([`seal`]); at close they are opened and
//! taken apart ([`open`]) with a key that may be split between people who must come together ([`shares`]).

pub mod open;
pub mod seal;
pub mod shares;
pub mod size;
