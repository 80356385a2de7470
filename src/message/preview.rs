//! What a launch would send: counted before anybody gets anything.

use std::collections::{BTreeMap, HashMap};

use super::segments::Segments;
use crate::definition::model::Language;
use crate::people::phone::{Phone, PhoneKind};

/// The sum of all messages of one round.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// People who get a message.
    pub recipients: u64,
    /// SMS parts altogether.
    pub parts: u64,
    /// By the language of the text.
    pub texts: BTreeMap<Language, TextPreview>,
    /// Numbers of other countries.
    pub foreign: u64,
    /// Numbers that are no mobile's: an SMS is likely to be lost.
    pub not_mobile: u64,
    phones: HashMap<Phone, u32>,
}

/// The messages of one language.
#[derive(Clone, Debug)]
pub struct TextPreview {
    /// People who get it.
    pub recipients: u64,
    /// SMS parts altogether.
    pub parts: u64,
    /// The longest message.
    pub longest: Segments,
    /// The longest message's text, with an example in the place of the link.
    pub example: String,
}

impl Preview {
    /// Counts one message; `text` has an example in the place of the link.
    pub fn add(&mut self, language: Language, text: String, segments: Segments, phone: &Phone) {
        let parts = u64::from(segments.parts);
        self.recipients += 1;
        self.parts += parts;
        match phone.kind() {
            PhoneKind::NorwegianMobile => {}
            PhoneKind::Foreign => self.foreign += 1,
            PhoneKind::NorwegianOther => self.not_mobile += 1,
        }
        *self.phones.entry(phone.clone()).or_default() += 1;
        if let Some(known) = self.texts.get_mut(&language) {
            known.add(text, segments);
        } else {
            let new = TextPreview { recipients: 1, parts, longest: segments, example: text };
            self.texts.insert(language, new);
        }
    }

    /// People who share their number with somebody else.
    #[must_use]
    pub fn sharing(&self) -> u64 {
        self.phones.values().filter(|people| **people > 1).map(|people| u64::from(*people)).sum()
    }

    /// How long sending takes at so many parts a second, in seconds; without a throttle, none.
    #[must_use]
    pub fn seconds(&self, parts_per_second: Option<u32>) -> u64 {
        parts_per_second.map_or(0, |rate| self.parts.div_ceil(u64::from(rate.max(1))))
    }
}

impl TextPreview {
    fn add(&mut self, text: String, segments: Segments) {
        self.recipients += 1;
        self.parts += u64::from(segments.parts);
        if segments.parts > self.longest.parts {
            (self.longest, self.example) = (segments, text);
        }
    }
}
