//! Pages that are the same for everybody: rendered and compressed once, served from memory.
//!
//! A page without answers depends on the survey, the language and which questions it shows, in which words, after which
//! pages. It holds no token: its links are relative and its form posts to its own address.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use axum::body::Bytes;

use crate::web::reply::Packed;

/// Everything that such a page depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The campaign; its definition is frozen. Empty where the variant says everything.
    pub campaign: String,
    /// Two letters.
    pub language: String,
    /// The page, its place on the way, what leads to and from it, and the visible questions with their wordings; or all
    /// that is filled into the page.
    pub variant: String,
}

/// More variants than any survey has; beyond it the cache starts anew rather than grow.
const LIMIT: usize = 5_000;

/// The pages so far.
#[derive(Debug, Default)]
pub struct Cache {
    pages: RwLock<HashMap<Key, Packed>>,
}

impl Cache {
    /// The page of that key, made now if it is new.
    ///
    /// # Errors
    /// What making it failed with.
    pub fn get(&self, key: Key, make: impl FnOnce() -> anyhow::Result<String>) -> anyhow::Result<Packed> {
        if let Some(known) = self.pages.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(known.clone());
        }
        let packed = Packed::small(Bytes::from(make()?));
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= LIMIT {
            pages.clear();
        }
        pages.insert(key, packed.clone());
        Ok(packed)
    }
}
