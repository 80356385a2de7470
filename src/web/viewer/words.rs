//! What was published of the texts, as a question's page of results shows it.

use crate::anonymity::text_publication::{EVERYWHERE, Group, TextPublication, TextQuestion, ThemeCounts};
use crate::definition::model::{Language, Question, Wording};
use crate::web::pages::texts::{ThemeLine, WordsBase, WordsGroup, WordsSection};

use crate::web::hr::texts::label;

/// The texts of a question, and those of its `other`.
pub(super) fn sections(published: &TextPublication, question: &str, language: Language) -> Vec<WordsSection> {
    let other = format!("{question}.other");
    let found = [(question, false), (&other, true)].into_iter();
    let found = found.filter_map(|(id, other)| Some((published.question(id)?, other)));
    found.map(|(texts, other)| section(published, texts, other, language)).collect()
}

fn section(published: &TextPublication, texts: &TextQuestion, other: bool, language: Language) -> WordsSection {
    // Groups that are told apart at all.
    let groups: Vec<(&Group, String)> = published
        .groups
        .iter()
        .filter_map(|group| Some((group, texts.base.get(&group.id)?.as_ref()?.to_string())))
        .collect();
    let counts = |counted: &ThemeCounts| {
        groups.iter().map(|(group, _)| counted.counts.get(&group.id).copied().flatten()).collect()
    };
    let mut themes: Vec<ThemeLine> = texts
        .themes
        .iter()
        .map(|counted| ThemeLine { label: label(&counted.label, language).to_owned(), counts: counts(counted) })
        .collect();
    themes.sort_by(|one, other| other.counts.cmp(&one.counts).then_with(|| one.label.cmp(&other.label)));
    let words = |group: &Group| {
        let words = texts.words.get(&group.id)?.clone()?;
        Some(WordsGroup { name: name(group), words })
    };
    WordsSection {
        id: texts.id.replace('.', "-"),
        other,
        k: texts.k,
        from: texts.k.max(published.words_from),
        with_words: published.with_words,
        words: published.groups.iter().filter_map(words).collect(),
        groups: groups.into_iter().map(|(group, base)| WordsBase { name: name(group), base }).collect(),
        themes,
    }
}

fn name(group: &Group) -> Option<String> {
    (group.id != EVERYWHERE).then(|| group.name.clone())
}

/// What a question that is answered in words asks.
pub(super) fn asked(question: &Question, language: Language) -> &str {
    match &question.wording {
        Wording::Everybody(text) => text.get(language),
        Wording::ByAudience(all) => all.last().map_or("", |(_, text)| text.get(language)),
    }
}
