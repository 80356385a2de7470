//! The only door from answers to numbers: how answers are kept, and what may ever be published of them.
//!
//! Answers are sealed when they are sent in ([`seal`]); at close they are opened and taken apart ([`open`]) with a key that
//! may be split between people who must come together ([`shares`]).
//!
//! The way of a publication: [`world`] holds the responses in the categories that are counted; [`plan`] decides, from who
//! answered and never from what, which groups are shown; [`certificate`] proves that no combination of the shown groups
//! weighs fewer than *k* respondents; [`rounding`] gives the world a small, secret disturbance after which every table is
//! counted, so that all tables agree, and `disturbed` gives it to the answers to one question; [`edition`] puts these
//! together for every [`family`] of groups, [`publish`] writes the [`publication`], [`gate`] attacks that file before it
//! leaves. What will be hidden is seen from the register before launch ([`foresight`]). Texts have a door of their own:
//! [`words`] decides, [`text_publication`] is the document. `docs/anonymity.md` says what is
//! guaranteed and why it holds.

pub mod certificate;
mod disturbed;
pub mod edition;
pub mod family;
pub mod foresight;
pub mod gate;
pub mod labels;
pub mod open;
pub mod plan;
pub mod publication;
pub mod publish;
pub mod rounding;
pub mod seal;
pub mod shares;
pub mod size;
pub mod text_publication;
pub mod tree;
pub mod variable;
pub mod words;
pub mod world;
