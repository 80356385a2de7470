//! Figures for readers, made from a publication alone and never from responses.
//!
//! A [`view`] is what one reader may see of a publication. From it come the [`distribution`] of one question in one group,
//! the same along a [`breakdown`], an [`index`], a [`compare`]d group with a test of [`significance`], [`rank`]s, the response
//! [`rate`] (while a campaign runs: from who was invited and has answered), a [`trend`] over waves, figures by [`weight`], and what is [`standing_out`]. `docs/results.md` says in plain
//! words what each figure means. Everything is worked out from the disturbed counts of the file, so it tells nothing that
//! the file does not hold.

pub mod audience;
pub mod breakdown;
pub mod compare;
pub mod distribution;
pub mod index;
pub mod rank;
pub mod rate;
pub mod row;
pub mod significance;
pub mod standing_out;
pub mod trend;
pub mod view;
pub mod weight;
pub mod words;
