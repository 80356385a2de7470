//! The only door from responses to numbers: what may ever be published, and how answers are kept until then.
//!
//! The way of a publication: [`world`] holds the responses in the categories that are counted; [`plan`] decides, from who
//! answered and never from what, which groups are shown; [`certificate`] proves that no combination of the shown groups
//! weighs fewer than *k* respondents; [`rounding`] gives the world a small, secret disturbance after which every table is
//! counted, so that all tables agree; [`edition`] puts these together, [`publish`] writes the [`publication`], [`gate`] attacks that file before
//! it leaves. `docs/anonymity.md` says what is guaranteed and why it holds.

pub mod certificate;
pub mod edition;
pub mod gate;
pub mod labels;
pub mod plan;
pub mod publication;
pub mod publish;
pub mod rounding;
pub mod tree;
pub mod world;
