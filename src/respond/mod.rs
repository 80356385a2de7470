//! One employee answering: from the token in the link to the answers that may be stored.

pub mod draft;
pub mod follow;
pub mod link;
pub mod post;
pub mod token;
pub mod walk;
