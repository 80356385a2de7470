//! A municipality that does not exist: its [`register`], the [`phones`] its people hold, the [`answers`] they would
//! give, and the [`respondents`] that give them over real HTTP.

pub mod answers;
mod municipality;
pub mod phones;
pub mod register;
pub mod respondents;
