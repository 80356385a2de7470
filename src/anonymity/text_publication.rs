//! What was published of the free texts: one immutable document, beside the one that holds the figures. Nothing leads from
//! the one to the other, or from one question's texts to another's.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::publication::{Base, Words};
use super::tree::{Tree, WHOLE};
use super::words::{Rules, WORDS_FROM, Written};
use crate::definition::model::{Definition, Kind, Question};

/// Of this document's shape.
pub const FORMAT: u32 = 1;

/// The whole organisation among the groups.
pub const EVERYWHERE: &str = "whole";

/// Sensitive questions need so many times the smallest group, and leave no smaller counts than this.
const SENSITIVE: u32 = 2;
const SENSITIVE_BASE: u32 = 3;
const BASE: u32 = 2;

/// The whole document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextPublication {
    /// Of this document's shape.
    pub format: u32,
    /// The definition's id.
    pub survey: String,
    /// The smallest count of a theme; twice that for sensitive questions.
    pub k: u32,
    /// Words are shown from so many texts on.
    pub words_from: u32,
    /// Whether words were to be published beside the themes.
    pub with_words: bool,
    /// The whole and the areas.
    pub groups: Vec<Group>,
    /// Questions that are answered in words, in the survey's order.
    pub questions: Vec<TextQuestion>,
    /// SHA-256 of the document with an empty hash, hexadecimal.
    pub hash: String,
}

/// The whole, or an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// `whole`, or the register's id of the area.
    pub id: String,
    /// As the register says; empty for the whole.
    pub name: String,
}

/// The texts of one question. Every map is by group; `null` where it is hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextQuestion {
    /// The question's id; `question.other` for the words of `other`.
    pub id: String,
    /// The smallest count for this question.
    pub k: u32,
    /// How many texts, as a class: who has written at all is an answer too.
    pub base: BTreeMap<String, Option<Base>>,
    /// What they are about.
    pub themes: Vec<ThemeCounts>,
    /// What they say, in an order of chance.
    pub words: BTreeMap<String, Option<Vec<String>>>,
}

/// One theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeCounts {
    /// Random text.
    pub id: String,
    /// By language.
    pub label: Words,
    /// How many texts are about it, disturbed a little.
    pub counts: BTreeMap<String, Option<u32>>,
}

/// A theme of a question, as moderation has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Random text.
    pub id: String,
    /// Of this question.
    pub question: String,
    /// By language.
    pub label: Words,
}

/// What the document is made from.
#[derive(Clone, Copy, Debug)]
pub struct Making<'a> {
    /// What was asked.
    pub definition: &'a Definition,
    /// The whole and its areas.
    pub areas: &'a Tree,
    /// Of all questions.
    pub themes: &'a [Theme],
    /// By question, each with a flag for every theme of that question, in the order of `themes`.
    pub texts: &'a BTreeMap<String, Vec<Written>>,
    /// The campaign's secret.
    pub seed: &'a [u8; 32],
    /// Words beside the themes.
    pub with_words: bool,
}

/// Everything that is answered in words, in the survey's order.
#[must_use]
pub fn asked_in_words(definition: &Definition) -> Vec<(String, &Question)> {
    let id = |question: &Question| match question.kind {
        Kind::Text | Kind::LongText => Some(question.id.clone()),
        Kind::Choice { other: true, .. } | Kind::Choices { other: true, .. } => Some(format!("{}.other", question.id)),
        _ => None,
    };
    definition.questions().filter_map(|(_, question)| Some((id(question)?, question))).collect()
}

impl Making<'_> {
    /// The document.
    ///
    /// # Errors
    /// What JSON cannot write; there is nothing.
    pub fn publication(&self) -> serde_json::Result<TextPublication> {
        let questions = asked_in_words(self.definition);
        TextPublication {
            format: FORMAT,
            survey: self.definition.id.clone(),
            k: self.definition.minimum_group,
            words_from: WORDS_FROM.max(self.definition.minimum_group),
            with_words: self.with_words,
            groups: (0..self.areas.len()).map(|place| self.group(place)).collect(),
            questions: questions.into_iter().map(|(id, question)| self.question(id, question.sensitive)).collect(),
            hash: String::new(),
        }
        .sign()
    }

    fn group(&self, place: usize) -> Group {
        let area = self.areas.place(place);
        let id = if place == WHOLE { EVERYWHERE.to_owned() } else { area.id.clone() };
        Group { id, name: area.name.clone() }
    }

    fn question(&self, id: String, sensitive: bool) -> TextQuestion {
        let themes: Vec<&Theme> = self.themes.iter().filter(|theme| theme.question == id).collect();
        let ids: Vec<String> = themes.iter().map(|theme| theme.id.clone()).collect();
        let smallest = self.definition.minimum_group;
        let (k, base) = if sensitive { (SENSITIVE * smallest, SENSITIVE_BASE) } else { (smallest, BASE) };
        let rules = Rules { tree: self.areas, question: &id, themes: &ids, k, base, seed: self.seed };
        let shown = rules.shown(self.texts.get(&id).map_or(&[], Vec::as_slice), self.with_words);
        let counted = themes.iter().zip(shown.themes).map(|(theme, counts)| ThemeCounts {
            id: theme.id.clone(),
            label: theme.label.clone(),
            counts: self.by_group(counts),
        });
        let themes = counted.collect();
        let base = shown.sizes.into_iter().map(|size| size.map(Base::about)).collect();
        TextQuestion { id, k, base: self.by_group(base), themes, words: self.by_group(shown.words) }
    }

    fn by_group<T>(&self, places: Vec<T>) -> BTreeMap<String, T> {
        places.into_iter().enumerate().map(|(place, value)| (self.group(place).id, value)).collect()
    }
}

impl TextPublication {
    /// Whether nothing was changed since.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        let bare = Self { hash: String::new(), ..self.clone() };
        bare.digest().is_ok_and(|digest| digest == self.hash)
    }

    /// The texts of one question.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&TextQuestion> {
        self.questions.iter().find(|question| question.id == id)
    }

    fn sign(mut self) -> serde_json::Result<Self> {
        self.hash = self.digest()?;
        Ok(self)
    }

    fn digest(&self) -> serde_json::Result<String> {
        Ok(HEXLOWER.encode(&Sha256::digest(serde_json::to_vec(self)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::Node;
    use super::*;

    const SURVEY: &str = include_str!("../../survey-definitions/krisepuls.yaml");

    fn made(with_words: bool) -> (String, TextPublication) {
        let definition = crate::definition::load(SURVEY.as_bytes()).unwrap();
        let (id, _) = asked_in_words(&definition).pop().unwrap();
        let areas = Tree::new([Node { id: "a1".into(), parent: None, name: "Skole".into() }]);
        let label = Words::from([("nb".to_owned(), "Smittevern".to_owned())]);
        let themes = [Theme { id: "t1".into(), question: id.clone(), label }];
        let text = |number: usize| Written { place: 1, themes: vec![number < 12], words: format!("ord {number}") };
        let texts = BTreeMap::from([(id.clone(), (0..20).map(text).collect())]);
        let (definition, areas, texts) = (&definition, &areas, &texts);
        let making = Making { definition, areas, themes: &themes, texts, seed: &[1; 32], with_words };
        (id, making.publication().unwrap())
    }

    #[test]
    fn themes_are_the_rule_and_words_the_exception() {
        let (id, made) = made(false);
        let question = made.question(&id).unwrap();
        assert_eq!(question.base["a1"], Some(Base::About("20–49".into())));
        assert!(question.themes[0].counts["a1"].is_some_and(|count| count >= 5));
        assert!(question.words.values().all(Option::is_none));
        let (id, made) = self::made(true);
        assert_eq!(made.question(&id).unwrap().words["a1"].as_ref().map(Vec::len), Some(20));
    }

    #[test]
    fn a_changed_document_is_noticed() {
        let (_, made) = made(true);
        let json = serde_json::to_string(&made).unwrap();
        let read: TextPublication = serde_json::from_str(&json).unwrap();
        assert!(read.is_intact() && read == made);
        let changed: TextPublication = serde_json::from_str(&json.replace("ord 3\"", "ord 33\"")).unwrap();
        assert!(!changed.is_intact());
    }

    #[test]
    fn the_document_names_no_text() {
        let (_, made) = made(true);
        let json = serde_json::to_value(&made).unwrap();
        let question = &json["questions"].as_array().unwrap().iter().find(|q| !q["themes"][0].is_null()).unwrap();
        assert!(question["words"]["whole"].as_array().unwrap().iter().all(serde_json::Value::is_string));
        let keys: Vec<&String> = question.as_object().unwrap().keys().collect();
        assert_eq!(keys.len(), 5, "id, k, base, themes, words: {keys:?}");
    }
}
