//! Free text as a reader may see it.

use crate::anonymity::text_publication::{EVERYWHERE, TextPublication};

use super::view::Scope;

/// The groups of texts that a reader is entitled to: the whole, and the areas that are their own. The hash stays that of the
/// whole document.
#[must_use]
pub fn part(published: TextPublication, scope: &Scope) -> TextPublication {
    let Scope::Places(places) = scope else { return published };
    let own = |id: &str| id == EVERYWHERE || places.iter().any(|place| place == id);
    let mut part = published;
    part.groups.retain(|group| own(&group.id));
    for question in &mut part.questions {
        question.base.retain(|group, _| own(group));
        question.words.retain(|group, _| own(group));
        for theme in &mut question.themes {
            theme.counts.retain(|group, _| own(group));
        }
    }
    part
}
