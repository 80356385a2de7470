//! What a publication of texts shows and what it hides, in words.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::anonymity::text_publication::{EVERYWHERE, TextPublication, TextQuestion};

/// For people.
pub fn in_words(published: &TextPublication) -> String {
    let TextPublication { k, words_from, hash, .. } = published;
    let mut lines = vec![
        format!("published the texts: no count under {k} is shown (under {} for sensitive questions)", 2 * k),
        if published.with_words {
            format!("words are shown from {words_from} texts on, in an order of chance")
        } else {
            "words are not shown: themes alone were wanted".to_owned()
        },
    ];
    lines.extend(published.questions.iter().flat_map(|question| self::lines(published, question)));
    lines.push(format!("hash {hash}"));
    lines.join("\n")
}

fn lines(published: &TextPublication, question: &TextQuestion) -> Vec<String> {
    let id = &question.id;
    let Some(base) = &question.base[EVERYWHERE] else {
        return vec![format!("{id}: hidden, fewer than {} texts are released", question.k)];
    };
    let theme = |counts: &BTreeMap<String, Option<u32>>| {
        let (shown, all) = areas(counts);
        match counts[EVERYWHERE] {
            None => format!("hidden: fewer than {} texts are about it", question.k),
            Some(count) => format!("{count} in all, {shown} of {all} areas shown{}", why(shown, all)),
        }
    };
    let mut lines = vec![format!("{id}: {base} texts")];
    if question.themes.is_empty() {
        lines.push("  no themes were made".to_owned());
    }
    lines.extend(question.themes.iter().map(|counted| {
        let label = counted.label.get("nb").or_else(|| counted.label.values().next());
        format!("  {}: {}", label.map_or("", String::as_str), theme(&counted.counts))
    }));
    if published.with_words {
        let (shown, all) = areas(&question.words);
        let from = question.k.max(published.words_from);
        lines.push(match &question.words[EVERYWHERE] {
            None => format!("  words hidden: fewer than {from} texts are released"),
            Some(words) => format!("  words of {} texts, {shown} of {all} areas shown{}", words.len(), why(shown, all)),
        });
    }
    lines
}

fn why(shown: usize, all: usize) -> &'static str {
    if shown < all { ": the others are too few, or would give such a few away" } else { "" }
}

/// How many areas are shown, and how many there are.
fn areas<T>(groups: &BTreeMap<String, Option<T>>) -> (usize, usize) {
    let areas = groups.iter().filter(|(group, _)| *group != EVERYWHERE);
    areas.fold((0, 0), |(shown, all), (_, value)| (shown + usize::from(value.is_some()), all + 1))
}

/// For programs.
pub fn in_json(id: &str, published: &TextPublication) -> Value {
    let question = |question: &TextQuestion| {
        let themes = question.themes.iter().filter(|theme| theme.counts[EVERYWHERE].is_some()).count();
        json!({
            "id": question.id, "base": question.base[EVERYWHERE],
            "themes": question.themes.len(), "themes_shown": themes,
            "areas_with_words": areas(&question.words).0, "words": question.words[EVERYWHERE].is_some(),
        })
    };
    json!({
        "id": id, "hash": published.hash, "k": published.k, "words_from": published.words_from,
        "with_words": published.with_words, "questions": published.questions.iter().map(question).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anonymity::publication::{Base, Words};
    use crate::anonymity::text_publication::{Group, ThemeCounts};

    fn question(base: Option<u32>, words: bool) -> TextQuestion {
        let both = |whole: Option<u32>, area: Option<u32>| [("whole".to_owned(), whole), ("a".to_owned(), area)].into();
        let theme = |label: &str, whole, area| ThemeCounts {
            id: label.into(),
            label: Words::from([("nb".to_owned(), label.to_owned())]),
            counts: both(whole, area),
        };
        let shown = words.then(|| vec!["ord".to_owned(); 12]);
        TextQuestion {
            id: "why".into(),
            k: 5,
            base: [("whole".to_owned(), base.map(Base::about)), ("a".to_owned(), None)].into(),
            themes: vec![theme("Støy", Some(12), None), theme("Lys", None, None)],
            words: [("whole".to_owned(), shown), ("a".to_owned(), None)].into(),
        }
    }

    #[test]
    fn what_is_shown_and_what_is_not_and_why() {
        let published = TextPublication {
            format: 1,
            survey: "s".into(),
            k: 5,
            words_from: 10,
            with_words: true,
            groups: Vec::<Group>::new(),
            questions: vec![question(None, false), question(Some(14), false), question(Some(14), true)],
            hash: "00".into(),
        };
        insta::assert_snapshot!(in_words(&published), @"
        published the texts: no count under 5 is shown (under 10 for sensitive questions)
        words are shown from 10 texts on, in an order of chance
        why: hidden, fewer than 5 texts are released
        why: 10–19 texts
          Støy: 12 in all, 0 of 1 areas shown: the others are too few, or would give such a few away
          Lys: hidden: fewer than 5 texts are about it
          words hidden: fewer than 10 texts are released
        why: 10–19 texts
          Støy: 12 in all, 0 of 1 areas shown: the others are too few, or would give such a few away
          Lys: hidden: fewer than 5 texts are about it
          words of 12 texts, 0 of 1 areas shown: the others are too few, or would give such a few away
        hash 00
        ");
    }
}
